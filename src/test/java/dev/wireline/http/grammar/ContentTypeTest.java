package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of media types, as servers write them. */
class ContentTypeTest {

  @ParameterizedTest
  @CsvSource({
    "'text/html;charset=utf-8', utf-8",
    "'text/html; charset=utf-8', utf-8",
    "'text/html ;\tcharset=utf-8 ', utf-8",
    "'text/html; CHARSET=utf-8', utf-8",
    "'text/html; charset=\"utf-8\"', utf-8",
    "'text/html; charset=\"u\\tf-8\"', utf-8",
    "'text/html; charset=\"a\\\"b\"', 'a\"b'",
    "'text/html; charset=\"utf-8', utf-8",
    "'text/html; charset=\"utf-8\\', 'utf-8\\'",
    "'text/html; a=b; charset=c; charset=d', c",
    "'text/html; a=\";charset=x;\"; charset=c', c",
    "'text/html;;; charset=c', c",
    "'text/html; charset; charset=c', c",
    "'text/html; charset=; charset=c', c",
    "'text/html; charset=\"\"; charset=c', c",
    "'text/html; a b; charset=c', c",
    "'; charset=c', c",
  })
  void areFound(String type, String value) {
    assertThat(ContentType.parameter(type, "charset")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "text/html",
        "text/html;",
        "text/html; charset",
        "text/html; charset=",
        "text/html; charset=;",
        "text/html; charset=\"\"",
        "text/html; charset=\"",
        "text/html; charset =utf-8",
        "text/html; charset= utf-8",
        "text/html; xcharset=utf-8",
        "text/html; a=\"; charset=x\"",
        "text/html; a=\"\\\"; charset=x\"",
        "charset=utf-8"
      })
  void areNotFoundWhereThereAreNone(String type) {
    assertThat(ContentType.parameter(type, "charset")).isEmpty();
  }

  @Test
  void areFoundInTimeThatGrowsWithTheLengthOfTheType() {
    String type = "text/html" + ";=\"".repeat(20_000) + "; charset=c";

    assertThat(ContentType.parameter(type, "charset")).isNotNull();
  }
}
