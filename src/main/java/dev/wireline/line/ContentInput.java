package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a content while it is sent: exactly as many as were announced, or an exception. Not
 * thread-safe.
 */
final class ContentInput extends PieceStream {
  private final InputStream in;
  private final long announced;
  private long given;
  private boolean ended;

  ContentInput(InputStream in, long announced) {
    this.in = in;
    this.announced = announced;
  }

  /**
   * Reads some bytes, at least one, and more as long as they are there without waiting. That they are the
   * last ones of an announced length is made sure of before they are given.
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    try {
      int count = given == announced ? -1 : gather(into, offset, length);
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
      throw new IOException("the content ended after " + given + " of the " + announced
          + " bytes that were announced");
    }
    if (given == announced && !ended) {
      if (in.read() >= 0) {
        throw new IOException("the content has more than the " + announced + " bytes announced");
      }
      ended = true;
    }
  }

  /** A failure of another connection must not look like one of this. */
  static IOException foreign(WirelineException e) {
    return new IOException("the content to be sent could not be read: " + e.getMessage(), e);
  }

  /** What was sent is sent: that its source does not close well is no failure of the sending. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is lost of what was read.
    }
  }
}
