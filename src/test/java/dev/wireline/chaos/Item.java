package dev.wireline.chaos;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** What goes to and fro: every line of it tells whose it is, and the last one that it is the last. */
final class Item {
  private Item() {}

  /** Some lines begin with a dot, which a dot-text has to stuff. */
  static List<String> lines(String token, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> (i % 7 == 3 ? "." : "") + token + " " + i + " of " + count)
        .toList();
  }

  /** The same with an LF behind each line. */
  static String text(String token, int count) {
    StringBuilder text = new StringBuilder();
    lines(token, count).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** What the server answers when it got a text whole. */
  static String receipt(String token, byte[] text) {
    CRC32 sum = new CRC32();
    sum.update(text);
    return token + " " + text.length + " " + sum.getValue();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
