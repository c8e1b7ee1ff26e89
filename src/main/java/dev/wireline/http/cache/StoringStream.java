package dev.wireline.http.cache;

import dev.wireline.internal.PieceStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body that is copied as it is read; the copy is handed on if it is complete and not too large. */
final class StoringStream extends PieceStream {
  private final InputStream in;
  private final int maxBytes;
  private final Consumer<byte[]> whole;
  private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

  StoringStream(InputStream in, int maxBytes, Consumer<byte[]> whole) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.whole = whole;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    ByteArrayOutputStream before = kept;
    kept = null;
    int count = in.read(into, offset, length);
    if (before != null) {
      take(before, into, offset, count);
    }
    return count;
  }

  /** A read that failed has dropped the copy already. */
  private void take(ByteArrayOutputStream before, byte[] into, int offset, int count) {
    if (count < 0) {
      whole.accept(before.toByteArray());
    } else if (before.size() + count <= maxBytes) {
      before.write(into, offset, count);
      kept = before;
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    kept = null;
    in.close();
  }
}
