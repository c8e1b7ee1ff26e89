package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a datagram client can be set to. */
class DatagramOptionsTest {

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(DatagramOptions.standard())
        .hasToString(
            "callTimeout 10 s, firstWait 1 s, maxWait 8 s, maxTries 4," + " maxAnswerBytes 1472")
        .isSameAs(DatagramOptions.standard());
  }

  @Test
  void keepsAllSettingsInACopy() throws Exception {
    Resolver resolver = Names.of("127.0.0.1");
    DatagramOptions options = DatagramOptions.builder()
        .callTimeout(Duration.ofSeconds(20))
        .firstWait(Duration.ofSeconds(2))
        .maxWait(Duration.ofSeconds(3))
        .maxTries(5)
        .maxAnswerBytes(600)
        .resolver(resolver)
        .build();

    DatagramOptions copy = options.toBuilder().build();

    assertThat(copy.callTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(copy.firstWait()).isEqualTo(Duration.ofSeconds(2));
    assertThat(copy.maxWait()).isEqualTo(Duration.ofSeconds(3));
    assertThat(copy.maxTries()).isEqualTo(5);
    assertThat(copy.maxAnswerBytes()).isEqualTo(600);
    assertThat(copy.lookup().resolver()).isSameAs(resolver);
    assertThat(copy.toBuilder().resolver(null).build().lookup().resolver()).isNull();
  }

  static Stream<Arguments> waits() {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    return Stream.of(
        Arguments.of(Duration.ofSeconds(1), Duration.ofSeconds(8), 1, 1_000_000_000L),
        Arguments.of(Duration.ofSeconds(1), Duration.ofSeconds(8), 2, 2_000_000_000L),
        Arguments.of(Duration.ofSeconds(1), Duration.ofSeconds(8), 4, 8_000_000_000L),
        Arguments.of(Duration.ofSeconds(1), Duration.ofSeconds(8), 20, 8_000_000_000L),
        Arguments.of(Duration.ofSeconds(3), Duration.ofSeconds(8), 3, 8_000_000_000L),
        Arguments.of(Duration.ofSeconds(9), Duration.ofSeconds(8), 1, 8_000_000_000L),
        Arguments.of(ages, ages, 3, Long.MAX_VALUE));
  }

  @ParameterizedTest(name = "{0}, {1} after {2}")
  @MethodSource("waits")
  void doublesTheWaitUpToTheLongest(Duration first, Duration most, int tries, long nanos) {
    DatagramOptions options =
        DatagramOptions.builder().firstWait(first).maxWait(most).build();

    assertThat(options.waitNanos(tries)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 21})
  void refusesTriesOutOfRange(int tries) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatagramOptions.builder().maxTries(tries))
        .withMessage("maxTries must be 1 to 20, not " + tries);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65508})
  void refusesASizeThatNoDatagramHas(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatagramOptions.builder().maxAnswerBytes(bytes))
        .withMessage("maxAnswerBytes must be 1 to 65507, not " + bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void refusesATimeThatIsNone(long millis) {
    Duration none = Duration.ofMillis(millis);
    DatagramOptions.Builder builder = DatagramOptions.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.callTimeout(none));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.firstWait(none));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWait(none));
  }
}
