package dev.wireline.testing;

import java.io.ByteArrayOutputStream;

/** Bytes in the presentation language of TLS (RFC 8446, section 3). Not thread-safe. */
final class TlsBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a number of that many bytes. */
  TlsBytes number(int value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      bytes.write(value >> shift);
    }
    return this;
  }

  TlsBytes raw(byte[] content) {
    bytes.writeBytes(content);
    return this;
  }

  /** Adds a vector whose length takes that many bytes. */
  TlsBytes vector(byte[] content, int size) {
    return number(content.length, size).raw(content);
  }

  TlsBytes vector(TlsBytes content, int size) {
    return vector(content.toByteArray(), size);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
