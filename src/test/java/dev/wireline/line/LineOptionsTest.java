package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.wireline.net.Dialer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOptionsTest {

  @Test
  void hasTheDocumentedDefaults() {
    LineOptions options = LineOptions.standard();

    assertThat(options.dialer()).isSameAs(Dialer.standard());
    assertThat(options.charset()).isEqualTo(UTF_8);
    assertThat(options.lineEnds()).isEqualTo(LineEnds.CRLF_OR_LF);
    assertThat(options.maxLineBytes()).isEqualTo(65_536);
    assertThat(options.maxReadBytes()).isEqualTo(67_108_864);
    assertThat(options.transferTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(LineOptions.standard()).isSameAs(options);
  }

  @Test
  void holdsWhatWasSet() {
    Dialer dialer = Dialer.builder().build();

    LineOptions options = LineOptions.builder()
        .dialer(dialer)
        .charset(ISO_8859_1)
        .lineEnds(LineEnds.ANY)
        .maxLineBytes(1)
        .maxReadBytes(1 << 30)
        .transferTimeout(Duration.ofNanos(1))
        .build();

    assertThat(options.dialer()).isSameAs(dialer);
    assertThat(options.charset()).isEqualTo(ISO_8859_1);
    assertThat(options.lineEnds()).isEqualTo(LineEnds.ANY);
    assertThat(options.maxLineBytes()).isEqualTo(1);
    assertThat(options.maxReadBytes()).isEqualTo(1 << 30);
    assertThat(options.transferTimeout()).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void areTheStartOfOthers() {
    LineOptions options = LineOptions.builder()
        .dialer(Dialer.builder().build())
        .charset(ISO_8859_1)
        .lineEnds(LineEnds.ANY)
        .maxLineBytes(1)
        .maxReadBytes(2)
        .transferTimeout(Duration.ofSeconds(3))
        .build();

    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    assertThat(options.toBuilder().maxLineBytes(9).build().maxLineBytes()).isEqualTo(9);
    assertThat(options.maxLineBytes()).isEqualTo(1);
  }

  @Test
  void showsItsSettings() {
    assertThat(LineOptions.standard())
        .hasToString("dialer (" + Dialer.standard() + "), charset UTF-8, lineEnds CRLF_OR_LF,"
            + " maxLineBytes 65536, maxReadBytes 67108864, transferTimeout 60 s");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, (1 << 30) + 1, Integer.MAX_VALUE})
  void refusesABoundOutOfRange(int value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineOptions.builder().maxLineBytes(value))
        .withMessage("maxLineBytes must be 1 to 2^30, not " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineOptions.builder().maxReadBytes(value))
        .withMessage("maxReadBytes must be 1 to 2^30, not " + value);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void refusesATransferTimeoutOfNoTime(long millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineOptions.builder().transferTimeout(Duration.ofMillis(millis)))
        .withMessage("transferTimeout must be more than zero, not " + Duration.ofMillis(millis));
  }

  @Test
  @SuppressWarnings("NullAway") // that null is refused is what is shown
  void refusesNull() {
    LineOptions.Builder builder = LineOptions.builder();

    assertThatNullPointerException().isThrownBy(() -> builder.dialer(null));
    assertThatNullPointerException().isThrownBy(() -> builder.charset(null));
    assertThatNullPointerException().isThrownBy(() -> builder.lineEnds(null));
    assertThatNullPointerException().isThrownBy(() -> builder.transferTimeout(null));
  }
}
