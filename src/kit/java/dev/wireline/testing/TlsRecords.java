package dev.wireline.testing;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The records of one side of TLS 1.3 (RFC 8446, section 5), in the clear at first. Not thread-safe. */
final class TlsRecords {

  private static final int TAG_BYTES = 16;
  private static final int LEGACY_VERSION = 0x0303;

  private @Nullable SecretKeySpec key;
  private byte[] iv = {};
  private long number;

  /** Protects the records from here on with AES-128-GCM, under keys that start now. */
  void protect(TlsKeys keys) {
    key = new SecretKeySpec(keys.key(), "AES");
    iv = keys.iv();
    number = 0;
  }

  byte[] record(int type, byte[] source, int from, int count) {
    byte[] content = Arrays.copyOfRange(source, from, from + count);
    return key == null
        ? header(type, count).raw(content).toByteArray()
        : sealed(key, new TlsBytes().raw(content).number(type, 1).toByteArray());
  }

  private byte[] sealed(SecretKeySpec used, byte[] inner) {
    TlsBytes record = header(RoughTls.DATA, inner.length + TAG_BYTES);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, used, new GCMParameterSpec(8 * TAG_BYTES, nonce()));
      cipher.updateAAD(record.toByteArray());
      return record.raw(cipher.doFinal(inner)).toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  private byte[] nonce() {
    byte[] nonce = iv.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (number >> (8 * i));
    }
    number++;
    return nonce;
  }

  private static TlsBytes header(int type, int count) {
    return new TlsBytes().number(type, 1).number(LEGACY_VERSION, 2).number(count, 2);
  }
}
