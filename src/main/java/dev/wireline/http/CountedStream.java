package dev.wireline.http;

import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that counts what is read from it. */
class CountedStream extends PieceStream {
  /** A caller's large buffer must not let much through before the count is checked. */
  private static final int MAX_READ_BYTES = 64 * 1024;

  private final InputStream in;
  private long count;
  private int unread = -1;

  CountedStream(InputStream in) {
    this.in = in;
  }

  final long count() {
    return count;
  }

  /** Puts the last byte that was read back. */
  final void unread(int octet) {
    unread = octet;
    count--;
  }

  /** Called after each read that returned something. */
  void counted() throws IOException {}

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    int read = some(into, offset, Math.min(length, MAX_READ_BYTES));
    if (read == 0 && length > 0) {
      read = one(into, offset);
    }
    if (read > 0) {
      count += read;
      counted();
    }
    return read;
  }

  private int some(byte[] into, int offset, int length) throws IOException {
    if (unread < 0 || length == 0) {
      return in.read(into, offset, length);
    }
    into[offset] = (byte) unread;
    unread = -1;
    return 1;
  }

  /** For streams that now and then return no bytes, which a reader of this would ask for ever. */
  private int one(byte[] into, int offset) throws IOException {
    int octet = in.read();
    if (octet >= 0) {
      into[offset] = (byte) octet;
    }
    return octet < 0 ? -1 : 1;
  }

  @Override
  public final long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.max(0, Math.min(n, 8 * 1024))];
    return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public final int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
