package dev.wireline.http.grammar;

import java.nio.charset.StandardCharsets;

/** Rewrites heads that violate the grammar in a way that the caller allows, so that the parser accepts them. */
public final class LenientHead {
  static final byte[] ICY = {'I', 'C', 'Y', ' '};

  private static final byte[] HTTP = "HTTP/1.0 ".getBytes(StandardCharsets.US_ASCII);

  private LenientHead() {}

  /**
   * A head whose status line starts with {@code ICY} as one of HTTP/1.0.
   *
   * @param block the head
   * @return a head that the parser accepts; the same one if it has another status line
   */
  public static byte[] withoutIcy(byte[] block) {
    for (int i = 0; i < ICY.length; i++) {
      if (i >= block.length || block[i] != ICY[i]) {
        return block;
      }
    }
    byte[] http = new byte[HTTP.length + block.length - ICY.length];
    System.arraycopy(HTTP, 0, http, 0, HTTP.length);
    System.arraycopy(block, ICY.length, http, HTTP.length, block.length - ICY.length);
    return http;
  }

  /**
   * Moves spaces between a field name and its colon after the colon. Lines that start with a space stay as they
   * are: they belong to the line before.
   *
   * @param block the head, which is changed
   */
  public static void withoutBlanksBeforeColons(byte[] block) {
    int line = lineAfter(block, 0);
    while (line < block.length) {
      int next = lineAfter(block, line);
      int colon = line;
      while (colon < next && block[colon] != ':') {
        colon++;
      }
      int name = colon;
      while (name > line && isBlank(block[name - 1])) {
        name--;
      }
      if (colon < next && name < colon && name > line && !isBlank(block[line])) {
        block[colon] = ' ';
        block[name] = ':';
      }
      line = next;
    }
  }

  private static int lineAfter(byte[] block, int from) {
    int i = from;
    while (i < block.length && block[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
