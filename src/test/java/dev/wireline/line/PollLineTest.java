package dev.wireline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** How an idle chat waits: for a while, and nothing breaks when nothing comes. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class PollLineTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  static final List<Duration> TIMES = List.of(
      Duration.ofSeconds(Long.MIN_VALUE),
      Duration.ofMillis(-1),
      Duration.ZERO,
      Duration.ofNanos(1),
      SHORT);

  @ParameterizedTest
  @FieldSource("TIMES")
  void givesNothingWhenNothingComesInTime(Duration time) throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.pollLine(time)).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @ParameterizedTest
  @FieldSource("TIMES")
  void givesALineThatIsThere(Duration time) throws Exception {
    Feed feed = new Feed();
    feed.whole("one\r\ntwo\r\n".getBytes(UTF_8));
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = new LineClient(server.endpoint())) {
      feed.next(client, 0);

      assertThat(client.pollLine(time)).contains("one");
      assertThat(client.pollLine(time)).contains("two");
      assertThat(client.pollLine(time)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void waitsForALine(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.readLine();
          connection.write("answer\r\n");
          connection.readLine();
        });
        LineClient client = way.client(server)) {
      client.connect();
      Caller<Optional<String>> reader =
          Caller.start(() -> client.pollLine(Duration.ofSeconds(Long.MAX_VALUE)));
      reader.awaitSelecting();
      client.writeLine("question");

      assertThat(reader.result()).contains("answer");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keepsAHalfReadLineOverManyLooks(Way way) throws Exception {
    Feed feed = new Feed();
    feed.byteByByte("kůň\r\n".getBytes(UTF_8));
    try (PeerServer server = way.start(feed);
        LineClient client = way.client(server)) {
      for (int part = 0; part < feed.size() - 1; part++) {
        feed.next(client, part);
        assertThat(client.pollLine(Duration.ZERO)).isEmpty();
        assertThat(client.pollLine(Duration.ofMillis(5))).isEmpty();
      }
      Feed.more(client);

      assertThat(client.pollLine(LONG)).contains("kůň");
    }
  }

  @Test
  void leavesAHalfReadLineToEachOtherRead() throws Exception {
    Feed feed = new Feed();
    feed.cutAt("half and whole\r\n12345".getBytes(UTF_8), 4);
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = new LineClient(server.endpoint())) {
      feed.next(client, 0);
      assertThat(client.pollLine(Duration.ZERO)).isEmpty();
      feed.next(client, 1);

      assertThat(client.read(9)).asString().isEqualTo("half and ");
      assertThat(client.readLine()).isEqualTo("whole");
      assertThat(client.pollLine(Duration.ZERO)).isEmpty();
      assertThat(client.read(5)).asString().isEqualTo("12345");
    }
  }

  @Test
  void isBoundByNeitherSilenceNorTransferTimeout() throws Exception {
    Duration limit = Duration.ofMillis(30);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("li");
          connection.readLine();
          connection.write("ne\r\n");
          connection.readLine();
        });
        LineClient client = Way.TCP.client(server, limit, limit)) {
      assertThat(client.pollLine(Duration.ofMillis(100))).isEmpty();
      assertThat(client.pollLine(Duration.ofMillis(100))).isEmpty();
      client.writeLine("go on");

      assertThat(client.pollLine(LONG)).contains("line");
    }
  }
}
