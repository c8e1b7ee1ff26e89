package dev.wireline.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory. Immutable. */
final class BytesContent implements Content {
  private final byte[] bytes;

  /** Bytes that nobody changes any more. */
  BytesContent(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
