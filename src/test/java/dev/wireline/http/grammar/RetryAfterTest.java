package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1999-12-31T23:58:59Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "007, PT7S",
    "2147483647, PT2147483647S",
    "2147483648, PT2147483647S",
    "99999999999999999999999999, PT2147483647S",
    "'Fri, 31 Dec 1999 23:59:59 GMT', PT1M",
    "'Friday, 31-Dec-99 23:59:59 GMT', PT1M",
    "'Fri, 31 Dec 1999 23:58:59 GMT', PT0S",
    "'Fri, 31 Dec 1999 23:58:58 GMT', PT0S",
    "'Thu, 01 Jan 1970 00:00:00 GMT', PT0S",
  })
  void tellsHowLongToWait(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "-1", "+1", "1.5", "1s", "soon", "\u0661", "Fri, 31 Dec 1999"})
  void takesNothingElseForAWait(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
