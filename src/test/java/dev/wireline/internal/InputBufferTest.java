package dev.wireline.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window in the growing array. */
class InputBufferTest {
  private static final int MAX = InputBuffer.MAX_SIZE;
  private final InputBuffer buffer = new InputBuffer();

  private void receive(byte[] bytes) {
    for (int from = 0; from < bytes.length; ) {
      ByteBuffer room = buffer.room();
      int count = Math.min(room.remaining(), bytes.length - from);
      assertThat(count).isPositive();
      room.put(bytes, from, count);
      buffer.received(count);
      from += count;
    }
  }

  private void receive(String text) {
    receive(text.getBytes(UTF_8));
  }

  @Test
  void findsEachByteAtEveryAlignment() {
    Random random = new Random(1);
    byte[] bytes = new byte[40];
    for (int round = 0; round < 20_000; round++) {
      byte[] values = {0, -1, 1, -128, 127, '\n', (byte) random.nextInt()};
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = values[random.nextInt(values.length)];
      }
      int skipped = random.nextInt(9);
      int length = random.nextInt(bytes.length - skipped);
      InputBuffer searched = new InputBuffer();
      searched.room().put(bytes, 0, skipped + length);
      searched.received(skipped + length);
      searched.consume(skipped);
      byte wanted = values[random.nextInt(values.length)];
      int from = random.nextInt(length + 1);

      assertThat(searched.indexOf(wanted, from))
          .isEqualTo(naive(bytes, skipped, length, wanted, from));
    }
  }

  @Test
  void findsEachPairAtEveryAlignment() {
    Random random = new Random(2);
    byte[] bytes = new byte[40];
    for (int round = 0; round < 20_000; round++) {
      byte[] values = {'\n', '.', '\r', '\n' + 1, '.' - 1, '.' + 1, -128};
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = values[random.nextInt(values.length)];
      }
      int skipped = random.nextInt(9);
      int length = random.nextInt(bytes.length - skipped);
      InputBuffer searched = new InputBuffer();
      searched.room().put(bytes, 0, skipped + length);
      searched.received(skipped + length);
      searched.consume(skipped);
      byte first = values[random.nextInt(values.length)];
      byte second = values[random.nextInt(values.length)];
      int from = random.nextInt(length + 1);

      assertThat(searched.indexOf(first, second, from))
          .isEqualTo(naivePair(bytes, skipped, length, first, second, from));
    }
  }

  private static int naivePair(
      byte[] bytes, int start, int length, byte first, byte second, int from) {
    for (int i = from; i < length - 1; i++) {
      if (bytes[start + i] == first && bytes[start + i + 1] == second) {
        return i;
      }
    }
    return -1;
  }

  private static int naive(byte[] bytes, int start, int length, byte wanted, int from) {
    for (int i = from; i < length; i++) {
      if (bytes[start + i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void looksOnlyAtUnread() {
    receive("xxabc");
    buffer.consume(2);

    assertThat(buffer.indexOf((byte) 'x', 0)).isEqualTo(-1);
    assertThat(buffer.indexOf((byte) 'c', 0)).isEqualTo(2);
    assertThat(buffer.indexOf((byte) 'c', 3)).isEqualTo(-1);
    for (Runnable mistake : new Runnable[] {
      () -> buffer.indexOf((byte) 'x', -1),
      () -> buffer.indexOf((byte) 'x', 4),
      () -> buffer.at(-1),
      () -> buffer.at(3),
      () -> buffer.consume(4),
      () -> buffer.consume(-1),
      () -> buffer.copy(-1, new byte[9], 0, 1),
      () -> buffer.copy(2, new byte[9], 0, 2),
      () -> buffer.copy(0, new byte[2], 0, 3)
    }) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(mistake::run);
    }
    assertThat(buffer.buffered()).isEqualTo(3);
  }

  @Test
  void decodesAndCopiesWithoutConsuming() throws Exception {
    receive("_größe");
    buffer.consume(1);
    byte[] copy = new byte[5];

    buffer.copy(1, copy, 2, 3);

    assertThat(buffer.text(0, 7, UTF_8)).isEqualTo("größe");
    assertThat(buffer.text(3, 3, UTF_8)).isEmpty();
    assertThat(copy).containsExactly(0, 0, 'r', 0xC3, 0xB6);
    assertThat(buffer.buffered()).isEqualTo(7);
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> buffer.text(0, 7, US_ASCII));
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> buffer.text(0, 3, UTF_8));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.text(0, 8, UTF_8));
  }

  @Test
  void keepsEveryByteHoweverItGrows() {
    Random random = new Random(2);
    byte next = 0;
    byte expected = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] more = new byte[random.nextInt(3_000)];
      for (int i = 0; i < more.length; i++) {
        more[i] = next++;
      }
      receive(more);
      for (int taken = random.nextInt(buffer.buffered() + 1); taken > 0; taken--) {
        assertThat(buffer.at(0)).isEqualTo(expected++);
        buffer.consume(1);
      }
    }
  }

  @Test
  void holdsNothingWhenReleasedEmpty() {
    receive("ab");
    buffer.release();
    assertThat(buffer.buffered()).as("unread bytes stay").isEqualTo(2);
    buffer.consume(2);

    buffer.release();

    assertThat(buffer.indexOf((byte) 0, 0)).isEqualTo(-1);
    receive("01234567\n");
    assertThat(buffer.indexOf((byte) '\n', 0)).isEqualTo(8);
  }

  @Test
  void growsOnlyWithWhatArrived() {
    byte[] some = new byte[5_000];
    Arrays.fill(some, (byte) 7);
    for (int i = 0; i < 1_000; i++) {
      receive(some);
      buffer.consume(buffer.buffered());
    }

    assertThat(buffer.room().capacity()).isLessThanOrEqualTo(64 * 1024);
  }

  @ParameterizedTest(name = "{0} with {1} unread, filled {2}: {3}")
  @CsvSource({
    "0, 0, false, 8192",
    "8192, 4096, false, 8192",
    "8192, 4097, false, 16384",
    "8192, 0, true, 16384",
    "32768, 0, true, 65536",
    "65536, 0, true, 65536",
    "65536, 40000, true, 131072",
    "536870912, 268435457, false, 1073741824",
    "1073741824, 536870912, true, 1073741824",
    "1073741824, 536870913, true, 2147483639",
    "2147483639, 2147483638, true, 2147483639",
  })
  void growsToDoubleAndNotPastTheLongestArray(int length, int size, boolean filled, int expected) {
    assertThat(InputBuffer.capacity(length, size, filled)).isEqualTo(expected);
    assertThat(MAX).isEqualTo(2147483639);
  }
}
