package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds of a head and of trailers, to the byte: the last that fits, and the first that does not. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HeadBoundsTest {
  private static final HttpOptions OPTIONS = HttpOptions.builder()
      .maxHeadBytes(300)
      .maxHeaders(4)
      .maxInterimResponses(3)
      .build();

  static Stream<Arguments> bounds() {
    return Stream.of(Delivery.values())
        .flatMap(delivery -> Stream.of(
            bound("maxHeadBytes", 300, Phase.HEAD, delivery, padded(300), padded(301)),
            bound("maxHeaders", 4, Phase.HEAD, delivery, fields(4), fields(5)),
            bound("maxInterimResponses", 3, Phase.HEAD, delivery, interim(3), interim(4)),
            bound("maxHeaders", 4, Phase.BODY, delivery, trailers(4), trailers(5)),
            bound("maxTrailerBytes", 300, Phase.BODY, delivery, trailer(300), trailer(301))));
  }

  private static Arguments bound(
      String limit, int max, Phase phase, Delivery delivery, String fits, String tooLarge) {
    return arguments(
        limit,
        max,
        phase,
        RawAnswer.of(fits).delivered(delivery),
        RawAnswer.of(tooLarge).delivered(delivery));
  }

  private static String padded(int bytes) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: \r\n\r\n";
    String pad = "x".repeat(bytes - head.length());
    return head.replace("X: ", "X: " + pad) + "ok";
  }

  private static String fields(int count) {
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + "X: y\r\n".repeat(count - 1) + "\r\nok";
  }

  private static String interim(int count) {
    return "HTTP/1.1 103 x\r\nX: y\r\n\r\n".repeat(count) + Answers.text("ok");
  }

  private static String trailers(int count) {
    return Answers.chunkedHead() + "2\r\nok\r\n0\r\n" + "X: y\r\n".repeat(count) + "\r\n";
  }

  private static String trailer(int bytes) {
    return Answers.chunkedHead() + "2\r\nok\r\n0\r\nX: " + "x".repeat(bytes - 5) + "\r\n\r\n";
  }

  @ParameterizedTest(name = "{0} {2} {index}")
  @MethodSource("bounds")
  void takeAsMuchAsTheyAreToldAndNoMore(
      String limit, int max, Phase phase, RawAnswer fits, RawAnswer tooLarge) throws Exception {
    try (RawServer server = RawServer.answering(fits, tooLarge, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint(), OPTIONS)) {
      assertThat(client.get("/").text()).isEqualTo("ok");
      LimitExceededException e = catchThrowableOfType(
          LimitExceededException.class, () -> client.get("/").text());

      assertThat(e.limit()).isEqualTo(limit);
      assertThat(e.max()).isEqualTo(max);
      assertThat(e.phase()).isEqualTo(phase);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void takeNoInterimResponseWhenTheyAreToldSo() throws Exception {
    HttpOptions options = HttpOptions.builder().maxInterimResponses(0).build();
    try (RawServer server =
            RawServer.answering(RawAnswer.of(interim(1)), RawAnswer.of(interim(0)));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      assertThat(catchThrowableOfType(LimitExceededException.class, () -> client.get("/"))
              .max())
          .isZero();
      assertThat(client.get("/").text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void leaveRoomForAHeadOfTheDefaultBound(Delivery delivery) throws Exception {
    HttpOptions endless = HttpOptions.builder()
        .callTimeout(Duration.ofSeconds(Long.MAX_VALUE))
        .headTimeout(Duration.ofSeconds(Long.MAX_VALUE))
        .build();
    RawAnswer answer = RawAnswer.of(padded(HttpOptions.MAX_HEAD_BYTES)).delivered(delivery);
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint(), endless)) {
      HttpResponse response = client.get("/");

      assertThat(response.text()).isEqualTo("ok");
      assertThat(response.header("X").orElse("")).hasSizeGreaterThan(65_000);
    }
  }

  @Test
  void showNoSecretInTheTextOfAResponse() throws Exception {
    String fields = "Set-Cookie: s3cret\r\nX: \t\r\n";
    try (RawServer server = RawServer.answering(Answers.ok("x", fields));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response).hasToString("HTTP/1.1 200 OK\nContent-Length: 1\nSet-Cookie: ***\nX: ");
      assertThat(response.header("set-cookie")).contains("s3cret");
    }
  }
}
