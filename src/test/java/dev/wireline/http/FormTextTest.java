package dev.wireline.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form as a browser encodes it (WHATWG URL, section 5.2). */
class FormTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name|value|name=value",
        "a b|c d|a+b=c+d",
        "a+b|c&d=e|a%2Bb=c%26d%3De",
        "*-._|~!'()|*-._=%7E%21%27%28%29",
        "č|€😀|%C4%8D=%E2%82%AC%F0%9F%98%80",
        "``|``|=",
        "n|%41|n=%2541",
      })
  void encodesNamesAndValues(String name, String value, String encoded) throws IOException {
    assertThat(text(Body.form(name, value))).isEqualTo(encoded);
  }

  @Test
  void encodesLineEndsAsTheyAre() throws IOException {
    assertThat(text(Body.form("a", "x\r\ny\nz\0"))).isEqualTo("a=x%0D%0Ay%0Az%00");
  }

  @Test
  void joinsFieldsInTheirOrder() throws IOException {
    Body form = Body.form("b", "1", "a", "2", "b", "3");

    assertThat(text(form)).isEqualTo("b=1&a=2&b=3");
    assertThat(form.contentType()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(form.length()).isEqualTo(11);
    assertThat(Body.form().length()).isZero();
  }

  @Test
  void refusesWhatIsNoForm() {
    assertThatThrownBy(() -> Body.form("a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Body.form("a", "\ud83d")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Body body) throws IOException {
    return new String(body.content().open().readAllBytes(), US_ASCII);
  }
}
