package dev.wireline.line;

import dev.wireline.internal.PieceStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of several contents, of which one is open at a time. */
final class ContentChain extends PieceStream {
  private final List<Content> links;
  private int next;
  private @Nullable InputStream current;

  ContentChain(List<Content> links) {
    this.links = links;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (true) {
      InputStream input = current;
      int count = input == null ? -1 : input.read(into, offset, length);
      if (count >= 0) {
        return count;
      }
      close();
      if (next == links.size()) {
        return -1;
      }
      current = links.get(next++).open();
    }
  }

  @Override
  public void close() throws IOException {
    InputStream open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
