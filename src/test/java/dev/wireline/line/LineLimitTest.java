package dev.wireline.line;

import static dev.wireline.line.LineEnds.ANY;
import static dev.wireline.line.LineEnds.CRLF;
import static dev.wireline.line.LineEnds.CRLF_OR_LF;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The longest line: exactly as long as allowed, and one byte more. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class LineLimitTest {
  private static final int MAX = 5;

  /** A way to ask for a line. */
  interface Reading {
    Object read(LineClient client) throws IOException;
  }

  static final List<Arguments> READINGS = List.of(
      Arguments.of("readLine", (Reading) LineClient::readLine),
      Arguments.of("readLineOrEnd", (Reading) LineClient::readLineOrEnd),
      Arguments.of("readLineBytes", (Reading) LineClient::readLineBytes),
      Arguments.of("pollLine", (Reading) client -> client.pollLine(Duration.ofSeconds(20))));

  private static LineClient client(PeerServer server, LineEnds ends) {
    Dialer dialer = Dialer.builder().silenceTimeout(Duration.ofSeconds(5)).build();
    return new LineClient(
        server.endpoint(),
        LineOptions.builder().dialer(dialer).lineEnds(ends).maxLineBytes(MAX).build());
  }

  static final List<Arguments> ALLOWED = List.of(
      Arguments.of(CRLF, "abcde\r\n", "abcde"),
      Arguments.of(CRLF, "abcd\r\r\n", "abcd\r"),
      Arguments.of(CRLF, "abcd\n\r\n", "abcd\n"),
      Arguments.of(CRLF_OR_LF, "abcde\r\n", "abcde"),
      Arguments.of(CRLF_OR_LF, "abcde\n", "abcde"),
      Arguments.of(CRLF_OR_LF, "abcd\r\r\n", "abcd\r"),
      Arguments.of(ANY, "abcde\r\n", "abcde"),
      Arguments.of(ANY, "abcde\n", "abcde"),
      Arguments.of(ANY, "abcde\r", "abcde"));

  @ParameterizedTest
  @FieldSource("ALLOWED")
  void takesALineThatIsExactlyAsLongAsAllowed(LineEnds ends, String raw, String line)
      throws Exception {
    Feed feed = new Feed();
    try (PeerServer server = PeerServer.start(feed)) {
      for (int position = 1; position < raw.length(); position++) {
        feed.cutAt(raw.getBytes(US_ASCII), position);
        try (LineClient client = client(server, ends)) {
          feed.next(client, 0);
          Feed.more(client);

          assertThat(client.readLine()).isEqualTo(line);
        }
      }
    }
  }

  static final List<Arguments> TOO_LONG = List.of(
      Arguments.of(CRLF, "abcdef\r\n"),
      Arguments.of(CRLF, "abcde\n\r\n"),
      Arguments.of(CRLF, "abcdef"),
      Arguments.of(CRLF, "abcde\n"),
      Arguments.of(CRLF, "abcde\r\r"),
      Arguments.of(CRLF_OR_LF, "abcdef\r\n"),
      Arguments.of(CRLF_OR_LF, "abcdef\n"),
      Arguments.of(CRLF_OR_LF, "abcdef"),
      Arguments.of(CRLF_OR_LF, "abcde\rf"),
      Arguments.of(ANY, "abcdef\r\n"),
      Arguments.of(ANY, "abcdef\n"),
      Arguments.of(ANY, "abcdef\r"),
      Arguments.of(ANY, "abcdef"));

  @ParameterizedTest
  @FieldSource("TOO_LONG")
  void refusesOneByteMoreAsSoonAsItIsThere(LineEnds ends, String raw) throws Exception {
    Feed feed = new Feed();
    feed.whole(raw.getBytes(US_ASCII));
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = client(server, ends)) {
      feed.next(client, 0);

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, client::readLine);

      assertIsOfTheLine(thrown, client);
    }
  }

  private static void assertIsOfTheLine(LimitExceededException thrown, LineClient client) {
    assertThat(thrown.limit()).isEqualTo("maxLineBytes");
    assertThat(thrown.max()).isEqualTo(MAX);
    assertThat(thrown.phase()).isEqualTo(Phase.READ);
    assertThat(thrown.connectionUsable()).isFalse();
    assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("READINGS")
  void holdsInEachCallThatReadsALine(String name, Reading reading) throws Exception {
    Feed feed = new Feed();
    feed.whole("abcdef\r\nnext\r\n".getBytes(US_ASCII));
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = client(server, CRLF)) {
      feed.next(client, 0);

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> reading.read(client));

      assertIsOfTheLine(thrown, client);
    }
  }

  @Test
  void isOfTheLineAloneAndNotOfABlockBehindIt() throws Exception {
    Feed feed = new Feed();
    feed.cutAt("a\r\n0123456789b\r".getBytes(US_ASCII), 2);
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = client(server, ANY)) {
      feed.next(client, 0);
      assertThat(client.readLine()).isEqualTo("a");
      feed.next(client, 1);

      assertThat(client.read(10)).asString().isEqualTo("0123456789");
      assertThat(client.readLine()).isEqualTo("b");
    }
  }

  @Test
  void isSixtyFourKibibytesUnlessSet() throws Exception {
    String longest = "x".repeat(64 * 1024);
    try (PeerServer server =
            PeerServer.start(connection -> connection.write(longest + "\r\nx" + longest + "\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo(longest);

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, client::readLine);

      assertThat(thrown.max()).isEqualTo(65_536);
    }
  }
}
