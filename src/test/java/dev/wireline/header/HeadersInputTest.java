package dev.wireline.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller puts in: nothing of it may end a line or change on its way to bytes. */
class HeadersInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a:",
        ":",
        "a\r\nb",
        "a\n",
        "\ra",
        "a\u0000",
        "a\tb",
        " a",
        "a ",
        "a\"b",
        "a(b)",
        "a,b",
        "a/b",
        "a@b",
        "a\u007f",
        "\u010dookie",
        "ka\u0159el",
        "a\u010a",
        "a\ud83d\ude00"
      })
  void refusesANameThatIsNoToken(String name) {
    assertThatThrownBy(() -> Headers.of(name, "v")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Headers.empty().with(name, "v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Headers.empty().withSecret(name, "v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Headers.empty().replacing(name, "v"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // U+010D and U+010A have CR and LF as their low bytes.
  @ParameterizedTest
  @CsvSource({
    "'a\rb', U+000D, 1",
    "'a\nb', U+000A, 1",
    "'a\r\nX-Evil: 1', U+000D, 1",
    "'ab\u0000', U+0000, 2",
    "'\u001bab', U+001B, 0",
    "'ab\u007f', U+007F, 2",
    "'a\u0085', U+0085, 1",
    "'a\u010dX: b', U+010D, 1",
    "'a\u010aX: b', U+010A, 1",
    "'\u010d', U+010D, 0",
    "' \tna\u00efve', U+00EF, 4",
    "'a\u2028', U+2028, 1",
    "'a\ud83d\ude00', U+1F600, 1",
    "'a\ud83d', U+D83D, 1",
    "'a\u00a0', U+00A0, 1",
    "'a\r\n', U+000D, 1",
  })
  void refusesAValueWithWhatMayNotStandThere(String value, String character, int index) {
    assertThatThrownBy(() -> Headers.of("X-Id", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X-Id")
        .hasMessageContaining(character)
        .hasMessageEndingWith("at index " + index);
    assertThatThrownBy(() -> Headers.empty().replacing("X-Id", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Headers.of("X-Id", "1").replacing("X-Id", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsNothingOfTheValueOfASecret() {
    assertThatThrownBy(() -> Headers.of("Authorization", "Bearer s3cr\u00e9t"))
        .hasMessage(
            "the value of header Authorization has a character that is not ASCII at index 11");
    assertThatThrownBy(() -> Headers.empty().withSecret("X-Key", "s3cr\net"))
        .hasMessage("the value of header X-Key has a control character at index 4");
  }

  @Test
  void showsABadNameEscaped() {
    assertThatThrownBy(() -> Headers.of("a\r\nb", "v"))
        .hasMessage("the header name \"a\\r\\nb\" is no token: U+000D at index 1");
  }

  @ParameterizedTest
  @CsvSource({
    "' a', a",
    "'a\t ', a",
    "' \t a b\tc \t', 'a b\tc'",
    "' \t', ''",
    "'', ''",
    "'~!\"#$%&()*+,-./:;<=>?@[]^_`{|}', '~!\"#$%&()*+,-./:;<=>?@[]^_`{|}'",
  })
  void dropsTheBlanksAroundAValueAndKeepsTheRest(String value, String kept) {
    assertThat(Headers.of("X", value).first("X")).contains(kept);
  }
}
