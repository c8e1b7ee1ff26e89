package dev.wireline.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** 8 MiB of lines, always the same. */
final class BenchLines {
  /** Of 20 to 100 bytes. */
  static final byte[] LINES = of(20, 100, "abcdefghijklmnopqrstuvwxyz");

  /** The same as a text that ends in a dot; each line starts with a letter, so none is stuffed. */
  static final byte[] TEXT = text();

  private BenchLines() {}

  /** Lines of so many letters of an alphabet. */
  static byte[] of(int least, int most, String alphabet) {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 20);
    while (bytes.size() < 8 << 20) {
      int length = least + random.nextInt(most - least + 1);
      StringBuilder line = new StringBuilder(length + 2);
      for (int i = 0; i < length; i++) {
        line.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      bytes.writeBytes(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(LINES.length + 3);
    bytes.writeBytes(LINES);
    bytes.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }
}
