package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.PeerProtocolException;
import java.io.IOException;
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
  @ValueSource(strings = {"", "a  b", "a ", " a", " "})
  void wantsAWordOnEachSideOfASpace(String line) {
    assertThatThrownBy(() -> {
          Words words = words(line);
          do {
            words.next();
          } while (words.hasNext());
        })
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("after one space");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '\'',
      value = {"plain=plain", "\"two words\"=two words", "\"\"=''", "\"a \\\" \\\\\"=a \" \\"})
  void takesAWordInQuotes(String word, String meant) throws IOException {
    Words words = words("OK " + word + " end").expect("OK");

    assertThat(words.quoted()).isEqualTo(meant);
    assertThat(words.next()).isEqualTo("end");
    assertThat(words("x " + word).expect("x").quoted()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\"open", "\"open\\\"", "\"a\"b", "\"a\\"})
  void refusesQuotesThatDoNotEndTheWord(String word) {
    assertThatThrownBy(() -> words(word).quoted())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("word 1 of the line ends with its quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "007", "9223372036854775807", "-9223372036854775808"})
  void takesANumber(String number) throws IOException {
    assertThat(words(number).number()).isEqualTo(Long.parseLong(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-", "+5", "5x", "0x5", "\u0665", "9223372036854775808", "99999999999999999999"})
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

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", " "})
  void expectsOneWord(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> words("a b").expect(word));
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
        .hasMessageContaining("the line has a word 2");
    assertThatThrownBy(() -> words("OK then").expect("OK").end())
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("the line ends after word 1");
  }
}
