package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The least rate of a streamed body: who is too slow, and whose time counts. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class LeastRateTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private static HttpOptions rate(int bytes) {
    return HttpOptions.builder().leastRate(bytes, SHORT).build();
  }

  private static Peer sends(String start) {
    return connection -> {
      connection.readHead();
      connection.write(start);
      connection.hold();
    };
  }

  static Stream<Peer> slow() {
    String chunks = Answers.chunkedHead();
    return Stream.of(
        sends(Answers.head(1 << 30) + "start"),
        sends(Answers.head(1 << 30)),
        sends(chunks + Answers.chunk("start")),
        sends("HTTP/1.1 200 OK\r\n\r\nstart"));
  }

  @ParameterizedTest
  @MethodSource("slow")
  void endsABodyThatDoesNotComeOn(Peer peer) throws Exception {
    try (PeerServer server = PeerServer.start(peer);
        HttpClient client = new HttpClient(server.endpoint(), rate(1 << 20))) {
      InputStream body = client.get("/").body();

      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, body::readAllBytes);

      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(e).hasMessageContaining("the leastRate is 1048576 in 100 ms");
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void leavesAloneWhatIsFastEnoughOrEnds() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok(Answers.LONG), Answers.ok("short"), Answers.chunked(Answers.LONG, "x"));
        HttpClient client = new HttpClient(server.endpoint(), rate(1))) {
      for (int length : new int[] {20_000, 5, 20_001}) {
        assertThat(client.get("/").body().readAllBytes()).hasSize(length);
      }
    }
  }

  @Test
  void isNotThatOfABodyThatIsReadWhole() throws Exception {
    HttpOptions options =
        HttpOptions.builder().leastRate(1 << 30, Duration.ofNanos(1)).build();
    try (RawServer server = RawServer.answering(Answers.ok("hello").byteByByte());
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThat(client.get("/").text()).isEqualTo("hello");
    }
  }

  @Test
  void countsNothingOfTheCallersTime() {
    BodyPace pace = new BodyPace(100, Duration.ofHours(1));

    for (int i = 0; i < 1000; i++) {
      pace.begin();
      assertThat(pace.end(1)).isTrue();
    }
    assertThat(pace.begin().remainingNanos()).isPositive();
  }

  @Test
  void hasNoCreditOfAFastStart() {
    BodyPace pace = new BodyPace(100, Duration.ofNanos(1));

    pace.begin();
    assertThat(pace.end(1_000_000)).isTrue();
    pace.begin();
    assertThat(pace.end(99)).isFalse();
    pace.begin();
    assertThat(pace.end(-1)).isTrue();
  }

  @Test
  void leavesTheSilenceTimeoutToItself() throws Exception {
    HttpOptions options =
        Clients.silence(SHORT).leastRate(1, Duration.ofMinutes(5)).build();
    try (PeerServer server = PeerServer.start(sends(Answers.head(9)));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      InputStream body = client.get("/").body();

      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, body::readAllBytes);

      assertThat(e).hasMessageContaining("not a byte moved");
    }
  }
}
