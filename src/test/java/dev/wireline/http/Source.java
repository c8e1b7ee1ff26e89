package dev.wireline.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that a test sends: it gives bytes, then perhaps throws, and notes that it was closed. */
final class Source extends InputStream {
  private final InputStream bytes;
  private final int atOnce;
  private final @Nullable Exception failure;
  private volatile boolean closed;

  private Source(byte[] bytes, int atOnce, @Nullable Exception failure) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.atOnce = atOnce;
    this.failure = failure;
  }

  static Source of(byte[] bytes) {
    return new Source(bytes, Integer.MAX_VALUE, null);
  }

  /** A stream that gives so many bytes with each read. */
  static Source of(byte[] bytes, int atOnce) {
    return new Source(bytes, atOnce, null);
  }

  /** A stream that throws behind its bytes. */
  static Source failing(byte[] bytes, Exception failure) {
    return new Source(bytes, Integer.MAX_VALUE, failure);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int read() throws IOException {
    return checked(bytes.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return checked(bytes.read(into, offset, Math.min(length, atOnce)));
  }

  private int checked(int result) throws IOException {
    if (result < 0 && failure instanceof IOException checked) {
      throw checked;
    }
    if (result < 0 && failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return result;
  }

  @Override
  public void close() {
    closed = true;
  }
}
