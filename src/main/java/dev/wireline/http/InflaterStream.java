package dev.wireline.http;

import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A stream that decompresses another with an {@link Inflater}, in the frames of a coding.
 *
 * <p>It asks the compressed stream for more only when it has nothing left to return, and then takes what is
 * there. The inflater's memory is released at the end, at a failure or at a close, whichever comes first. Every
 * later read rethrows a failure.
 */
abstract class InflaterStream extends PieceStream {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream encoded;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private @Nullable Inflater inflater;
  private @Nullable IOException failure;
  private boolean ended;
  private boolean closed;

  InflaterStream(InputStream encoded) {
    this.encoded = encoded;
  }

  /**
   * Reads what precedes compressed data, and begins it by {@link #begin}.
   *
   * @return false if the body ends here, and may
   */
  abstract boolean readHeader() throws IOException;

  /** Sees what was decompressed. */
  abstract void unpacked(byte[] bytes, int offset, int length);

  /** Reads what follows compressed data of so many bytes when decompressed. */
  abstract void readTrailer(long length) throws IOException;

  final void begin(boolean raw) {
    inflater = new Inflater(raw);
  }

  /** The next compressed byte, or -1 at the end. */
  final int nextByte() throws IOException {
    return fill() ? buffer[at++] & 0xFF : -1;
  }

  /** Puts the last byte back. */
  final void stepBack() {
    at--;
  }

  /** The next compressed byte of a frame that cannot end here. */
  final int frameByte() throws IOException {
    int next = nextByte();
    if (next < 0) {
      throw CodingException.cut();
    }
    return next;
  }

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (failure != null) {
      throw failure;
    }
    if (closed) {
      throw new IOException("the stream was closed");
    }
    if (length == 0) {
      return 0;
    }
    try {
      return readSome(into, offset, length);
    } catch (DataFormatException e) {
      throw failed(new CodingException("packed data is well formed (RFC 1951)"));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException e) {
    failure = e;
    release();
    return e;
  }

  private int readSome(byte[] into, int offset, int length)
      throws IOException, DataFormatException {
    while (!ended) {
      Inflater current = inflater;
      if (current == null) {
        ended = !readHeader();
        continue;
      }
      int count = inflate(current, into, offset, length);
      if (count > 0) {
        unpacked(into, offset, count);
        return count;
      }
      if (current.finished()) {
        long unpacked = current.getBytesWritten();
        release();
        readTrailer(unpacked);
      }
    }
    return -1;
  }

  private int inflate(Inflater current, byte[] into, int offset, int length)
      throws IOException, DataFormatException {
    int count = current.inflate(into, offset, length);
    if (current.finished()) {
      at = end - current.getRemaining();
    }
    if (count > 0 || current.finished()) {
      return count;
    }
    if (current.needsDictionary()) {
      throw new CodingException("packed data needs no dictionary (RFC 9110 section 8.4.1.2)");
    }
    if (!fill()) {
      throw CodingException.cut();
    }
    current.setInput(buffer, at, end - at);
    at = end;
    return 0;
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    int count = encoded.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  private void release() {
    Inflater used = inflater;
    inflater = null;
    if (used != null) {
      used.end();
    }
  }

  @Override
  public final void close() throws IOException {
    if (!closed) {
      closed = true;
      release();
      encoded.close();
    }
  }
}
