package dev.wireline.http.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Received;
import dev.wireline.internal.TooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadSearchTest {
  private static final int MAX = 40;

  private final HeadSearch search = new HeadSearch(MAX);

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("dev.wireline.http.grammar.ResponseHeadTest#heads")
  void findsOneHeadAfterTheOtherHoweverTheyCome(String text) throws Exception {
    byte[] two = bytes(text + "HTTP/1.1 200 OK\r\n\r\n");
    for (int step = 1; step <= two.length; step++) {
      HeadSearch one = new HeadSearch(1000);
      InputBuffer input = new InputBuffer();
      int next = 0;
      int length = 0;
      while (length == 0) {
        int there = Math.min(two.length, next + step);
        Received.add(input, two, next, there);
        next = there;
        length = one.find(input);
      }
      assertThat(length).isEqualTo(text.length());
      input.consume(length);
      Received.add(input, two, next, two.length);

      assertThat(one.find(input)).isEqualTo(two.length - text.length());
    }
  }

  @Test
  void knowsWhetherAHeadHasBegun() throws Exception {
    InputBuffer input = new InputBuffer();
    assertThat(search.find(input)).isZero();
    assertThat(search.hasBegun()).isFalse();

    Received.add(input, bytes("HTTP/1"), 0, 6);
    assertThat(search.find(input)).isZero();
    assertThat(search.hasBegun()).isTrue();

    Received.add(input, bytes("\n\n"), 0, 2);
    assertThat(search.find(input)).isEqualTo(8);
    assertThat(search.hasBegun()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h", "HTTP 200", "HTP/1.1", "<html>", "220 ready\r\n"})
  void refusesWhatCannotBecomeAHead(String text) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> search.find(Received.of(bytes(text))))
        .withMessageStartingWith("a response starts with HTTP/");
  }

  @Test
  void refusesMoreThanAHeadMayHave() throws Exception {
    String longest = "HTTP/1.1 200 " + "x".repeat(MAX - 15) + "\n\n";

    assertThat(search.find(Received.of(bytes(longest)))).isEqualTo(MAX);
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> search.find(Received.of(bytes(longest.replace("\n\n", "x\n\n")))));
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> search.find(Received.of(bytes(longest.replace("\n\n", "xxx")))));
  }
}
