package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.header.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content-Range, and the validators that a range depends on (RFC 9110, sections 8.8 and 14.4). */
class ContentRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes 0-0/1, 0, 0, 1",
    "bytes 5-9/10, 5, 9, 10",
    "Bytes 5-9/*, 5, 9, -1",
    "bytes */10, -1, -1, 10",
    "bytes */0, -1, -1, 0",
    "bytes 0-9223372036854775805/9223372036854775806, 0, 9223372036854775805, 9223372036854775806",
  })
  void isRead(String value, long first, long last, long total) {
    assertThat(ContentRange.parse(value)).contains(new ContentRange(first, last, total));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes ",
        "bytes 5-9",
        "bytes 5-9/",
        "bytes 5-9/x",
        "bytes 5-9/9",
        "bytes 9-5/10",
        "bytes -5/10",
        "bytes 5-/10",
        "bytes +5-9/10",
        "bytes 5 - 9/10",
        "bytes */*",
        "bytes /10-5",
        "bytes 5-9/10, 5-9/10",
        "bytes=5-9/10",
        "items 5-9/10",
        "bytes 0-9223372036854775807/*",
        "bytes 0-1/99999999999999999999"
      })
  void isPassedOverIfItIsNone(String value) {
    assertThat(ContentRange.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"a\" | yes",
        "\"\" | yes",
        "W/\"a\" | no",
        "a | no",
        "\"a | no",
        "\" | no",
        "\"a b\" | no",
        "\"a\"b\" | no",
        "\"\u00e9\" | no",
      })
  void dependsOnAStrongTag(String tag, String strong) throws Exception {
    byte[] block = ("ETag: " + tag + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    Headers headers = Headers.parse(block, 0, block.length, 1);

    assertThat(Validator.strong(headers).isPresent()).isEqualTo(strong.equals("yes"));
  }

  @ParameterizedTest
  @CsvSource({"08:49:37, yes", "08:49:36, no", "08:00:00, no"})
  void dependsOnADateThatIsOldEnough(String time, String strong) {
    Headers headers = Headers.of(
        "Last-Modified",
        "Sun, 06 Nov 1994 08:48:37 GMT",
        "Date",
        "Sun, 06 Nov 1994 " + time + " GMT");

    assertThat(Validator.strong(headers).isPresent()).isEqualTo(strong.equals("yes"));
    assertThat(Validator.strong(headers.with("ETag", "W/\"a\""))).isEmpty();
    assertThat(Validator.strong(headers.without("Date"))).isEmpty();
  }
}
