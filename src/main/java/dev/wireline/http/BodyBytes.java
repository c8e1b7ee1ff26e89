package dev.wireline.http;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body's bytes gathered in memory, which grows with what arrives and not with what is announced. An announced
 * length only allows larger steps, since it keeps the last one from being too large.
 */
final class BodyBytes {
  private static final int FIRST_SIZE = 16 * 1024;

  private BodyBytes() {}

  private static int larger(int size, int max, long announced) {
    long grown = announced > size ? Math.min(announced, 4L * size) : 2L * size;
    return (int) Math.min(max, Math.max(64, grown));
  }

  /** The body to its end, or null as soon as it is known to have more than {@code max} bytes. */
  static byte @Nullable [] gather(BodyStream body, int max) throws IOException {
    long remaining = body.remaining();
    if (remaining > max) {
      return null;
    }
    long expected = remaining < 0 ? max : remaining;
    byte[] bytes = new byte[(int) Math.min(FIRST_SIZE, expected)];
    int size = 0;
    while (true) {
      if (size == bytes.length) {
        int read = body.next();
        if (read < 0) {
          return bytes;
        }
        if (size == max) {
          return null;
        }
        bytes = Arrays.copyOf(bytes, larger(size, max, remaining));
        bytes[size++] = (byte) read;
      }
      int read = size == bytes.length ? 0 : body.next(bytes, size, bytes.length - size);
      if (read < 0) {
        return Arrays.copyOf(bytes, size);
      }
      size += read;
    }
  }
}
