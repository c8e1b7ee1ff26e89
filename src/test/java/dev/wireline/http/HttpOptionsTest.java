package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.header.Headers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of a client: finite by default, and checked when they are made. */
class HttpOptionsTest {

  @Test
  void haveTheDocumentedDefaults() {
    HttpOptions options = HttpOptions.standard();

    assertThat(options.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(options.keepAlive()).isTrue();
    assertThat(options.halfClose()).isFalse();
    assertThat(options.callTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.headTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.continueTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.interimListener()).isNull();
    assertThat(options.userAgent()).isEqualTo("Wireline");
    assertThat(options.headers()).isEqualTo(Headers.empty());
    assertThat(options.pace()).isNull();
    assertThat(options.maxHeadBytes()).isEqualTo(64 * 1024);
    assertThat(options.maxHeaders()).isEqualTo(200);
    assertThat(options.maxInterimResponses()).isEqualTo(100);
    assertThat(options.maxBodyBytes()).isEqualTo(64 * 1024 * 1024);
    assertThat(HttpOptions.standard()).isSameAs(options);
  }

  @Test
  void keepNoConnectionWhoseSendingEndIsClosed() {
    HttpOptions options = HttpOptions.builder().halfClose(true).keepAlive(true).build();

    assertThat(options.keepAlive()).isFalse();
  }

  @Test
  void goOnFromWhatTheyAre() {
    InterimListener listener = (status, headers) -> {};
    HttpOptions options = HttpOptions.builder()
        .version(HttpVersion.HTTP_1_0)
        .halfClose(true)
        .callTimeout(Duration.ofSeconds(1))
        .headTimeout(Duration.ofSeconds(2))
        .continueTimeout(Duration.ofSeconds(3))
        .interimListener(listener)
        .leastRate(7, Duration.ofSeconds(4))
        .maxHeadBytes(100)
        .maxHeaders(5)
        .maxInterimResponses(6)
        .maxBodyBytes(8)
        .build();

    HttpOptions more = options.toBuilder().maxHeaders(9).build();

    assertThat(more.interimListener()).isSameAs(listener);
    assertThat(more.pace()).isNotNull();
    assertThat(more.toString())
        .isEqualTo(options.toString().replace("maxHeaders 5", "maxHeaders 9"))
        .contains("HTTP/1.0, keepAlive false, halfClose true, callTimeout 1 s")
        .contains("leastRate 7 in 4 s", "maxBodyBytes 8");
    assertThat(more.toBuilder().halfClose(false).build().keepAlive()).isTrue();
  }

  @Test
  void stayAsTheyWereBuilt() {
    HttpOptions.Builder builder = HttpOptions.builder().maxHeaders(1);
    HttpOptions options = builder.build();
    builder.maxHeaders(2);

    assertThat(options.maxHeaders()).isEqualTo(1);
  }

  @FunctionalInterface
  private interface Setting {
    HttpOptions.Builder on(HttpOptions.Builder builder);
  }

  private static Arguments setting(String name, Setting setting) {
    return arguments(name, setting);
  }

  static Stream<Arguments> wrong() {
    Duration negative = Duration.ofNanos(-1);
    return Stream.of(
        setting("callTimeout", builder -> builder.callTimeout(Duration.ZERO)),
        setting("callTimeout", builder -> builder.callTimeout(negative)),
        setting("headTimeout", builder -> builder.headTimeout(Duration.ZERO)),
        setting("headTimeout", builder -> builder.headTimeout(negative)),
        setting("continueTimeout", builder -> builder.continueTimeout(Duration.ZERO)),
        setting("leastRate", builder -> builder.leastRate(0, Duration.ofSeconds(1))),
        setting("leastRate", builder -> builder.leastRate(1, Duration.ZERO)),
        setting("maxHeadBytes", builder -> builder.maxHeadBytes(63)),
        setting("maxHeadBytes", builder -> builder.maxHeadBytes((1 << 30) + 1)),
        setting("maxHeaders", builder -> builder.maxHeaders(0)),
        setting("maxInterimResponses", builder -> builder.maxInterimResponses(-1)),
        setting("maxBodyBytes", builder -> builder.maxBodyBytes(0)));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("wrong")
  void areRefusedOutOfTheirRange(String name, Setting setting) {
    assertThatThrownBy(() -> setting.on(HttpOptions.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be ");
  }

  static Stream<Arguments> right() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    return Stream.of(
        setting("callTimeout", builder -> builder.callTimeout(Duration.ofNanos(1))),
        setting("callTimeout", builder -> builder.callTimeout(endless)),
        setting("headTimeout", builder -> builder.headTimeout(endless)),
        setting("maxHeadBytes", builder -> builder.maxHeadBytes(64).maxHeadBytes(1 << 30)),
        setting("maxHeaders", builder -> builder.maxHeaders(1).maxHeaders(1 << 30)),
        setting("maxInterimResponses", builder -> builder.maxInterimResponses(0)),
        setting("maxBodyBytes", builder -> builder.maxBodyBytes(1).maxBodyBytes(1 << 30)));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("right")
  void areTakenAtTheEndsOfTheirRange(String name, Setting setting) {
    assertThat(setting.on(HttpOptions.builder()).build()).isNotNull();
  }
}
