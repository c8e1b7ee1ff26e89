package dev.wireline.smtp;

import dev.wireline.internal.PieceStream;
import dev.wireline.line.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A content in lines of Base64 (RFC 2045, section 6.8), opened when it is read. Not thread-safe. */
final class Base64Lines extends PieceStream {
  /** 128 lines of 57 bytes, which are 76 characters. */
  private static final int PIECE_BYTES = 128 * 57;

  private static final byte[] LINE_END = {'\r', '\n'};

  private final Content content;
  private @Nullable InputStream in;
  private byte[] lines = {};
  private int at;
  private int owed;

  private Base64Lines(Content content) {
    this.content = content;
  }

  /** The lines, which can be sent again if the content can. */
  static Content of(Content content) {
    return content.isRepeatable()
        ? Content.of(() -> new Base64Lines(content))
        : Content.of(new Base64Lines(content));
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length > 0 && at == lines.length && !fill()) {
      return -1;
    }
    int count = Math.min(length, lines.length - at);
    System.arraycopy(lines, at, into, offset, count);
    at += count;
    return count;
  }

  /** Lines, without the last line end, which belongs to what follows. */
  private boolean fill() throws IOException {
    if (in == null) {
      in = content.open();
    }
    if (owed > 0) {
      lines = LINE_END;
      owed = 0;
      at = 0;
      return true;
    }
    byte[] piece = in.readNBytes(PIECE_BYTES);
    lines = Base64.getMimeEncoder().encode(piece);
    owed = piece.length == PIECE_BYTES ? 1 : 0;
    at = 0;
    return piece.length > 0;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
