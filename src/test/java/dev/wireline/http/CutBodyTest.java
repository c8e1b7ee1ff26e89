package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawAnswer.Ending;
import dev.wireline.testing.RawServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that does not come to its end never looks like one that did. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CutBodyTest {
  private static final String CHUNKS = "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n";

  static List<Arguments> everyCut() {
    List<Arguments> cuts = new ArrayList<>();
    for (Ending ending : List.of(Ending.CLOSE, Ending.RESET)) {
      for (int length = 0; length < CHUNKS.length(); length++) {
        cuts.add(arguments(
            Answers.chunkedHead() + CHUNKS.substring(0, length), ending, "chunks to " + length));
      }
      for (int length = 0; length < 5; length++) {
        cuts.add(arguments(
            Answers.head(5) + "hello".substring(0, length), ending, "length to " + length));
      }
    }
    return cuts;
  }

  @ParameterizedTest(name = "{2}, {1}")
  @MethodSource("everyCut")
  void isAnException(String bytes, Ending ending, String name) throws Exception {
    try (RawServer server =
            RawServer.answering(RawAnswer.of(bytes).then(ending), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      ConnectionClosedException e = catchThrowableOfType(
          ConnectionClosedException.class, () -> client.get("/").text());

      assertThat(e.connectionUsable()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhelloXX0\r\n\r\n",
        "5\nhello\n0\n\n",
        "5\r\nhello\r\n0\r\n\n",
        "5\r\nhello\r\n0\r\nX y\r\n\r\n",
        "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
        "5\r\nhello\r\n-1\r\n\r\n",
        "5 x\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void isAnExceptionWhereItsFramingIsBroken(String chunks) throws Exception {
    RawAnswer broken = RawAnswer.of(Answers.chunkedHead() + chunks);
    try (RawServer server = RawServer.answering(broken, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, response::text);

      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(e.rule()).contains("RFC 9112");
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  static Stream<RawAnswer> overTls() {
    return Stream.of(
        RawAnswer.of(Answers.head(10) + "hello"),
        RawAnswer.of(Answers.chunkedHead() + "5\r\nhello\r\n"),
        RawAnswer.of("HTTP/1.1 200 OK\r\n\r\nhello"));
  }

  @ParameterizedTest
  @MethodSource("overTls")
  void isAnExceptionWhenTlsEndsWithoutCloseNotify(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.builder(answer.then(Ending.CUT)).tls().start();
        HttpClient client = Clients.trusting(server)) {
      HttpResponse response = client.get("/");

      WirelineException e = catchThrowableOfType(WirelineException.class, response::text);

      assertThat(e).isInstanceOf(ConnectionClosedException.class);
      assertThat(e.phase()).isEqualTo(Phase.BODY);
    }
  }

  @Test
  void isCompleteOverTlsWhereItsFramingSaysSoThoughCloseNotifyIsMissing() throws Exception {
    RawAnswer length = Answers.ok("hello").then(Ending.CUT);
    RawAnswer chunks = Answers.chunked("hello").then(Ending.CUT);
    try (RawServer server = RawServer.builder(length, chunks).tls().start();
        HttpClient client = Clients.trusting(server)) {
      assertThat(client.get("/").text()).isEqualTo("hello");
      assertThat(client.get("/").text()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", ""})
  void endsWithCloseNotifyWhereItEndsWithTheConnection(String body) throws Exception {
    try (RawServer server = RawServer.builder(Answers.untilClose(body)).tls().start();
        HttpClient client = Clients.trusting(server)) {
      assertThat(client.get("/").text()).isEqualTo(body);
    }
  }
}
