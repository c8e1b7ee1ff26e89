package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.header.Headers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveFieldTest {
  @ParameterizedTest
  @CsvSource({
    "timeout=0, PT0S",
    "timeout=1, PT0.5S",
    "timeout=2, PT1S",
    "timeout=5, PT4S",
    "'timeout=15, max=100', PT14S",
    "'max=100, Timeout=15', PT14S",
    "'timeout=x, timeout=3', PT2S",
  })
  void letsGoSomewhatSoonerThanTheServer(String value, Duration time) {
    assertThat(KeepAlive.time(Headers.of("Keep-Alive", value))).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "timeout", "timeout=", "timeout=-1", "timeout=1s", "timeout=99999999999", "5"})
  void takesNothingElseForAHint(String value) {
    assertThat(KeepAlive.time(Headers.of("Keep-Alive", value))).isEmpty();
  }
}
