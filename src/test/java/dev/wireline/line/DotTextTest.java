package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.internal.InputBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The grammar of texts that end in a dot, without a connection. */
class DotTextTest {
  private final InputBuffer input = new InputBuffer();

  private void receive(byte[] bytes, int from, int to) {
    for (int at = from; at < to; ) {
      ByteBuffer room = input.room();
      int count = Math.min(room.remaining(), to - at);
      room.put(bytes, at, count);
      input.received(count);
      at += count;
    }
  }

  /** What a text holds that comes in pieces of that size, taken in bites of another. */
  private String content(byte[] wire, int piece, int bite, boolean bareLf) {
    input.consume(input.buffered());
    DotText text = new DotText(input, bareLf);
    StringBuilder content = new StringBuilder();
    int at = 0;
    while (!text.isEnded()) {
      while (!text.look()) {
        if (at == wire.length) {
          return content + " and no end";
        }
        int to = Math.min(wire.length, at + piece);
        receive(wire, at, to);
        at = to;
      }
      int some = Math.min(bite, text.buffered());
      content.append(new String(text.front(some), ISO_8859_1));
      text.consume(some);
    }
    byte[] behind = input.front(input.buffered());
    return content + "|" + new String(behind, ISO_8859_1) + rest(wire, at);
  }

  private static String rest(byte[] wire, int from) {
    return new String(wire, from, wire.length - from, ISO_8859_1);
  }

  private void holds(String wire, String content, boolean bareLf) {
    byte[] bytes = (wire + "next").getBytes(ISO_8859_1);
    for (int piece : new int[] {1, 2, 3, 100_000}) {
      for (int bite : new int[] {1, 2, 5, 100_000}) {
        assertThat(content(bytes, piece, bite, bareLf)).isEqualTo(content + "|next");
      }
    }
  }

  @SuppressWarnings("unused") // Named in the annotations below.
  static final List<Arguments> STRICT = DotInputTest.STRICT;

  @SuppressWarnings("unused")
  static final List<Arguments> WITH_BARE_LF = DotInputTest.WITH_BARE_LF;

  @ParameterizedTest(name = "{0}")
  @FieldSource("STRICT")
  void endsAtADotBetweenLineEndsAlone(String name, String wire, String content) {
    holds(wire, content, false);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("WITH_BARE_LF")
  void takesABareLfForALineEndWhenAsked(String name, String wire, String content) {
    holds(wire, content, true);
  }

  @Test
  void agreesWithADecoderThatLooksAtOneByteAfterTheOther() {
    byte[] telling = {'.', '\r', '\n', 'a', '.', '\r', '\n'};
    Random random = new Random(9);
    for (int i = 0; i < 100_000; i++) {
      byte[] wire = new byte[random.nextInt(24)];
      for (int at = 0; at < wire.length; at++) {
        wire[at] = telling[random.nextInt(telling.length)];
      }
      boolean bareLf = random.nextBoolean();
      int piece = 1 + random.nextInt(5);
      int bite = 1 + random.nextInt(5);

      assertThat(content(wire, piece, bite, bareLf))
          .as("%s, %d, %d, %s", new String(wire, ISO_8859_1), piece, bite, bareLf)
          .isEqualTo(plainly(new String(wire, ISO_8859_1), bareLf));
    }
  }

  /** The same, written in another way: line by line. */
  private static String plainly(String wire, boolean bareLf) {
    StringBuilder content = new StringBuilder();
    String end = bareLf ? "\n" : "\r\n";
    int at = 0;
    while (true) {
      int stop = wire.indexOf(end, at);
      String line = stop < 0 ? wire.substring(at) : wire.substring(at, stop + end.length());
      if (line.equals(".\r\n") || (bareLf && line.equals(".\n"))) {
        return content + "|" + wire.substring(at + line.length());
      }
      if (stop < 0) {
        boolean undecided = line.equals(".") || line.equals(".\r");
        return content + (undecided ? "" : line.startsWith(".") ? line.substring(1) : line)
            + " and no end";
      }
      content.append(line.startsWith(".") ? line.substring(1) : line);
      at += line.length();
    }
  }
}
