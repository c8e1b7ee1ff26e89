package dev.wireline.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SASLprep by the examples of RFC 4013 section 3, and the tables it takes from RFC 3454. */
class SaslPrepTest {
  @ParameterizedTest
  @CsvSource({
    "I\u00adX, IX",
    "user, user",
    "USER, USER",
    "\u00aa, a",
    "\u2168, IX",
    "a\u00a0b, a b",
    "a\u3000b, a b",
    "a\u200db, ab",
    "a\ufe0fb, ab",
    "\u0627\u0628, \u0627\u0628",
    "p\u00e4ss, p\u00e4ss",
    "pa\u0308ss, p\u00e4ss",
    "\ud83d\ude00, \ud83d\ude00"
  })
  void prepares(String value, String prepared) {
    assertThat(SaslPrep.prepare("password", value)).isEqualTo(prepared);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0007",
        "a\u007f",
        "\u06271",
        "\u0627a\u0628",
        "a\u2028",
        "\ue000",
        "a\ufffd",
        "\u200e",
        "a\ud800",
        "a\u0000"
      })
  void refuses(String value) {
    assertThatThrownBy(() -> SaslPrep.prepare("password", "secret" + value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the password ")
        .hasMessageNotContaining("secret");
  }
}
