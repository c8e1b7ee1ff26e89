package dev.wireline.http;

import java.nio.charset.StandardCharsets;

/** A document of the soak test: every part of it tells whose it is. */
final class SoakItem {
  private static final int[] LINES = {1, 1, 1, 3, 40, 600, 9000};
  private static final String PATH = "/item/";

  private SoakItem() {}

  static String path(long id) {
    return PATH + id;
  }

  /** The number in a path, wherever a redirect has led. */
  static long id(String path) {
    if (!path.startsWith(PATH)) {
      throw new AssertionError("no path of an item: " + path);
    }
    return Long.parseLong(path.substring(PATH.length()));
  }

  /** What a server answers: a few bytes, or more than goes into the buffers of a socket. */
  static String answer(long id) {
    return ("the answer to " + id + "\n").repeat(LINES[(int) (id % LINES.length)]);
  }

  /** What a client sends. */
  static String content(long id) {
    return ("the content of " + id + "\n").repeat(1 + (int) (id % 3) * 300);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
