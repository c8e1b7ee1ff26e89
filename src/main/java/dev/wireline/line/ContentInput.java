package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a content that is being sent: exactly as many as announced, or an exception. Not thread-safe.
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
   * Reads at least one byte, and more as long as they are there without waiting. Before it returns the last
   * bytes of an announced length, it makes sure that they are the last.
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

  /** Reads at least one byte, even from streams that now and then return none. */
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

  /** Wraps a failure of another connection, which must not look like one of this. */
  static IOException foreign(WirelineException e) {
    return new IOException("the content to be sent could not be read: " + e.getMessage(), e);
  }

  /** What was sent is sent: a source that fails to close is not a failure of sending. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is lost of what was read.
    }
  }
}
