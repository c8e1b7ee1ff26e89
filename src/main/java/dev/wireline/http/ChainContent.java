package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contents one behind the other, each opened when its turn comes. */
final class ChainContent implements Content {
  private final List<Content> links;
  private final String name;

  ChainContent(List<Content> links, String name) {
    this.links = List.copyOf(links);
    this.name = name;
  }

  @Override
  public long length() throws IOException {
    long sum = 0;
    for (Content link : links) {
      // All are asked: one that was sent before must say so.
      long length = link.length();
      sum = sum == UNKNOWN || length == UNKNOWN ? UNKNOWN : Math.addExact(sum, length);
    }
    return sum;
  }

  @Override
  public boolean isRepeatable() {
    for (Content link : links) {
      if (!link.isRepeatable()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public InputStream open() {
    return new Links(links);
  }

  @Override
  public String toString() {
    return name;
  }

  /** The bytes of all, of which one is open at a time. */
  private static final class Links extends InputStream {
    private final List<Content> links;
    private int next;
    private @Nullable BodyInput current;

    Links(List<Content> links) {
      this.links = links;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (true) {
        BodyInput input = current;
        int count = input == null ? -1 : input.read(into, offset, length);
        if (count >= 0) {
          return count;
        }
        close();
        if (next == links.size()) {
          return -1;
        }
        Content link = links.get(next++);
        current = BodyInput.open(link, link.length());
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public void close() {
      BodyInput open = current;
      current = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
