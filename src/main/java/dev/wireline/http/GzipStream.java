package dev.wireline.http;

import dev.wireline.internal.PieceStream;
import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A content in gzip (RFC 1952), compressed as it is read. Not thread-safe. */
final class GzipStream extends PieceStream {
  private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
  private static final int PIECE = 8 * 1024;

  private final Content content;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final CRC32 checksum = new CRC32();
  private final byte[] piece = new byte[PIECE];
  private @Nullable InputStream in;
  private byte @Nullable [] frame = HEADER;
  private int framed;
  private boolean closed;

  GzipStream(Content content) {
    this.content = content;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    int count = frame(into, offset, length);
    if (count == 0 && length > 0 && frame == null) {
      return deflater.finished() ? -1 : packed(into, offset, length);
    }
    return count;
  }

  /** Copies the rest of the header, or of the trailer. */
  private int frame(byte[] into, int offset, int length) {
    byte[] current = frame;
    if (current == null) {
      return 0;
    }
    int count = Math.min(length, current.length - framed);
    System.arraycopy(current, framed, into, offset, count);
    framed += count;
    if (framed == current.length) {
      frame = null;
    }
    return count;
  }

  private int packed(byte[] into, int offset, int length) throws IOException {
    while (true) {
      int count = deflater.deflate(into, offset, length);
      if (deflater.finished()) {
        frame = trailer();
        framed = 0;
        return count + frame(into, offset + count, length - count);
      }
      if (count > 0) {
        return count;
      }
      feed();
    }
  }

  private void feed() throws IOException {
    InputStream source = in;
    if (source == null) {
      source = content.open();
      in = source;
    }
    int count = source.read(piece, 0, PIECE);
    if (count < 0) {
      deflater.finish();
    } else {
      checksum.update(piece, 0, count);
      deflater.setInput(piece, 0, count);
    }
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putInt((int) deflater.getBytesRead())
        .array();
  }

  /** Gives up a source that was not opened yet, and closes it too. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    deflater.end();
    if (in != null) {
      in.close();
    } else if (!content.isRepeatable()) {
      content.open().close();
    }
  }
}
