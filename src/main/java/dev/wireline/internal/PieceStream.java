package dev.wireline.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** A stream that reads pieces, and a single byte as a piece of one. To be extended; as safe as its kind. */
public abstract class PieceStream extends InputStream {
  /** A stream. */
  protected PieceStream() {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;

  @Override
  public long transferTo(OutputStream out) throws IOException {
    return Copying.all(this, Objects.requireNonNull(out, "out"));
  }
}
