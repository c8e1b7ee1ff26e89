package dev.wireline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The looks at eight bytes at a time. */
class OctetsTest {
  private static final byte[] VALUES = {
    0, '\t', '\n', 0x0B, '\r', 0x0E, 'a', 'a', 'a', 127, -128, -1
  };

  @Test
  void findsWhatASearchByteByByteFinds() {
    Random random = new Random(14);
    byte[] bytes = new byte[40];
    ByteBuffer view = Octets.view(bytes);
    for (int round = 0; round < 20_000; round++) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(8) > 0 ? (byte) 'a' : VALUES[random.nextInt(VALUES.length)];
      }
      int from = random.nextInt(bytes.length + 1);
      int end = from + random.nextInt(bytes.length + 1 - from);

      assertThat(Octets.lineEnd(view, from, end)).isEqualTo(lineEnd(bytes, from, end));
      assertThat(Octets.areAscii(view, from, end)).isEqualTo(areAscii(bytes, from, end));
    }
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\r' && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean areAscii(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }
}
