package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.PeerProtocolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line taken apart: words, numbers, and what is wrong with it. */
class WordsTest {
  private final LineClient client = new LineClient("peer.test:9");

  private Words words(String line) {
    return Words.of(client, line);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void takesALineApart() throws IOException {
    Words words = words("VALUE key -1 5 and the rest").expect("VALUE");

    assertThat(words.next()).isEqualTo("key");
    assertThat(words.number()).isEqualTo(-1);
    assertThat(words.number(0, 10)).isEqualTo(5);
    assertThat(words.hasNext()).isTrue();
    assertThat(words.rest()).isEqualTo("and the rest");
    assertThat(words.hasNext()).isFalse();
    assertThat(words.rest()).isEmpty();
    words.end();
  }

  @ParameterizedTest
  @CsvSource({"'',0", "a,1", "a b,2", "'a ',2", "' a',2", "a  b,3", "' ',2"})
  void hasAWordOnEachSideOfASpace(String line, int count) throws IOException {
    Words words = words(line);
    List<String> taken = new ArrayList<>();
    while (words.hasNext()) {
      taken.add(words.next());
    }

    assertThat(taken).hasSize(count);
    assertThat(String.join(" ", taken)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "007", "9223372036854775807", "-9223372036854775808"})
  void takesANumber(String number) throws IOException {
    assertThat(words(number).number()).isEqualTo(Long.parseLong(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+5",
        "5x",
        " 5",
        "0x5",
        "\u0665",
        "9223372036854775808",
        "99999999999999999999"
      })
  void refusesWhatIsNoNumber(String word) {
    assertThatThrownBy(() -> words("OK " + word).expect("OK").number())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("word 2 of the line is a number")
        .hasMessageContaining("OK ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "11"})
  void refusesANumberOutOfItsRange(String word) {
    assertThatThrownBy(() -> words(word).number(0, 10))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("word 1 of the line is a number from 0 to 10");
  }

  @Test
  void refusesAnotherLine() {
    assertThatThrownBy(() -> words("ok 5").expect("OK"))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("word 1 of the line is OK, but got \"ok 5\"");
    assertThatThrownBy(() -> words("").expect("OK"))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("word 1 of the line is OK");
    assertThatThrownBy(() -> words("OK").expect("OK").next())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("the line has 2 words");
    assertThatThrownBy(() -> words("OK then").expect("OK").end())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("the line ends behind word 1");
  }
}
