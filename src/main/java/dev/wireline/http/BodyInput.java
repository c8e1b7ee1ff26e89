package dev.wireline.http;

import dev.wireline.error.WirelineException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a request body while it is sent: exactly as many as were announced, or an exception.
 * Not thread-safe.
 */
final class BodyInput implements Closeable {
  private final InputStream in;
  private final long announced;
  private long given;

  private BodyInput(InputStream in, long announced) {
    this.in = in;
    this.announced = announced;
  }

  /**
   * Opens a content.
   *
   * @param announced how many bytes it will give, or {@link Content#UNKNOWN}
   */
  static BodyInput open(Content content, long announced) throws IOException {
    try {
      return new BodyInput(content.open(), announced);
    } catch (WirelineException e) {
      throw foreign(e);
    }
  }

  /**
   * Some bytes, at least one, and more as long as they are there without waiting. That they are the
   * last ones of an announced length is made sure of before they are given.
   *
   * @return how many, or -1 at the end
   */
  int read(byte[] into, int offset, int room) throws IOException {
    try {
      int count = given == announced ? -1 : gather(into, offset, room);
      if (count > 0) {
        given += count;
      }
      checkCount(count);
      return count;
    } catch (WirelineException e) {
      throw foreign(e);
    }
  }

  private int gather(byte[] into, int offset, int room) throws IOException {
    int wanted = announced < 0 ? room : (int) Math.min(room, announced - given);
    int size = some(into, offset, wanted);
    while (size > 0 && size < wanted && in.available() > 0) {
      int more = some(into, offset + size, wanted - size);
      if (more < 0) {
        return size;
      }
      size += more;
    }
    return size;
  }

  /** Reads at least a byte, also from streams that now and then give none. */
  private int some(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count == 0) {
      int octet = in.read();
      if (octet >= 0) {
        into[offset] = (byte) octet;
      }
      return octet < 0 ? -1 : 1;
    }
    return count;
  }

  private void checkCount(int count) throws IOException {
    if (announced < 0) {
      return;
    }
    if (count < 0 && given < announced) {
      throw new IOException(
          "the body ended after " + given + " of the " + announced + " bytes that were announced");
    }
    if (given == announced && in.read() >= 0) {
      throw new IOException("the body has more than the " + announced + " bytes announced");
    }
  }

  /** A failure of another connection must not look like one of this. */
  private static IOException foreign(WirelineException e) {
    return new IOException("the body to be sent could not be read: " + e.getMessage(), e);
  }

  /** What was sent is sent: that its source does not close well is no failure of the request. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is lost of what was read.
    }
  }
}
