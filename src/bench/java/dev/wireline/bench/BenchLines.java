package dev.wireline.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** 8 MiB of lines of 20 to 100 bytes, always the same. */
final class BenchLines {
  static final byte[] LINES = lines();

  /** The same as a text that ends in a dot; each line starts with a letter, so none is stuffed. */
  static final byte[] TEXT = text();

  private BenchLines() {}

  private static byte[] lines() {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 20);
    while (bytes.size() < 8 << 20) {
      int length = 20 + random.nextInt(81);
      for (int i = 0; i < length; i++) {
        bytes.write('a' + random.nextInt(26));
      }
      bytes.write('\r');
      bytes.write('\n');
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
