package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS 1.3 in the hands of a bad peer: it sends what it is told to, in pieces of
 * any size.
 *
 * <p>It knows X25519 and TLS_AES_128_GCM_SHA256 alone, and reads no more than it has to. Not
 * thread-safe.
 */
final class RoughTls {

  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int DATA = 23;

  private static final int SERVER_HELLO = 2;
  private static final int ENCRYPTED_EXTENSIONS = 8;
  private static final int CERTIFICATE = 11;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final int FINISHED = 20;
  private static final int SHARE_BYTES = 32;

  /** An alert in a protected record is shorter, a Finished longer. */
  private static final int MOST_BYTES_OF_AN_ALERT = 40;

  private final PeerConnection client;
  private final TestCertificate shown;
  private final TlsKeys keys = new TlsKeys();
  private final TlsRecords records;
  private final int most;
  private final ClientHello hello;

  /** Reads the client's hello; what is sent comes in records of at most that many bytes. */
  RoughTls(PeerConnection client, TestCertificate shown, int most) throws IOException {
    this.client = client;
    this.shown = shown;
    this.records = new TlsRecords();
    this.most = most;
    this.hello = ClientHello.read(client);
    keys.take(hello.message());
  }

  void sayHello() throws IOException {
    KeyPair own = newKeys();
    TlsBytes share = new TlsBytes().number(0x1d, 2).vector(littleEndian(own), 2);
    TlsBytes extensions = new TlsBytes()
        .number(43, 2)
        .vector(new TlsBytes().number(0x0304, 2), 2)
        .number(51, 2)
        .vector(share, 2);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    TlsBytes body = new TlsBytes()
        .number(0x0303, 2)
        .raw(random)
        .vector(hello.session(), 1)
        .number(0x1301, 2)
        .number(0, 1)
        .vector(extensions, 2);
    say(SERVER_HELLO, body);
    keys.shareSecret(agreed(own));
    records.protect(keys);
  }

  void sayCertificate() throws IOException {
    say(ENCRYPTED_EXTENSIONS, new TlsBytes().number(0, 2));
    TlsBytes chain = new TlsBytes();
    try {
      chain.vector(shown.certificate().getEncoded(), 3).number(0, 2);
      chain.vector(shown.authority().getEncoded(), 3).number(0, 2);
    } catch (GeneralSecurityException e) {
      throw unable(e);
    }
    say(CERTIFICATE, new TlsBytes().number(0, 1).vector(chain, 3));
    say(CERTIFICATE_VERIFY, new TlsBytes().number(0x0403, 2).vector(signature(), 2));
  }

  private byte[] signature() {
    byte[] signed = new TlsBytes()
        .raw(" ".repeat(64).getBytes(StandardCharsets.US_ASCII))
        .raw("TLS 1.3, server CertificateVerify\0".getBytes(StandardCharsets.US_ASCII))
        .raw(keys.saidSoFar())
        .toByteArray();
    return shown.signature(signed);
  }

  void sayFinished() throws IOException {
    say(FINISHED, new TlsBytes().raw(keys.verifyData()));
    keys.finish();
    records.protect(keys);
  }

  /** Waits for the client's Finished; throws an AssertionError when it does not go along. */
  void awaitFinished() {
    try {
      while (true) {
        byte[] header = client.read(5);
        byte[] record = client.read(ByteBuffer.wrap(header).getShort(3) & 0xffff);
        if (header[0] == ALERT || (header[0] == DATA && record.length < MOST_BYTES_OF_AN_ALERT)) {
          throw brokenOff(null);
        }
        if (header[0] == DATA) {
          return;
        }
      }
    } catch (IOException e) {
      // A client may hang up so that its alert is lost.
      throw brokenOff(e);
    }
  }

  static AssertionError brokenOff(@Nullable IOException cause) {
    return new AssertionError("the client broke TLS off: does it trust the certificate?", cause);
  }

  /** Sends a message of the handshake that counts for it. */
  private void say(int type, TlsBytes body) throws IOException {
    byte[] message = new TlsBytes().number(type, 1).vector(body, 3).toByteArray();
    keys.take(message);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int from = 0; from < message.length; from += most) {
      int count = Math.min(most, message.length - from);
      sent.writeBytes(records.record(HANDSHAKE, message, from, count));
    }
    client.write(sent.toByteArray());
  }

  /** Makes one record, protected once the server has said its hello. */
  byte[] record(int type, byte[] content) {
    return records.record(type, content, 0, content.length);
  }

  /** Goes on to the next keys, as a KeyUpdate that was sent says. */
  void updateKeys() {
    keys.update();
    records.protect(keys);
  }

  private byte[] agreed(KeyPair own) {
    byte[] bigEndian = reversed(hello.share());
    bigEndian[0] &= 0x7f;
    try {
      PublicKey other = KeyFactory.getInstance("X25519")
          .generatePublic(
              new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(own.getPrivate());
      agreement.doPhase(other, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the client's key for X25519 is not valid", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw unable(e);
    }
  }

  private static byte[] littleEndian(KeyPair own) {
    byte[] number = ((XECPublicKey) own.getPublic()).getU().toByteArray();
    byte[] share = new byte[SHARE_BYTES];
    for (int i = 0; i < Math.min(number.length, SHARE_BYTES); i++) {
      share[i] = number[number.length - 1 - i];
    }
    return share;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static IllegalStateException unable(Exception e) {
    return new IllegalStateException("this Java platform cannot speak TLS 1.3", e);
  }
}
