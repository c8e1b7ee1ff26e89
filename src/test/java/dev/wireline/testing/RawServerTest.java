package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.testing.PlainClient.Way;
import dev.wireline.testing.RawAnswer.Ending;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RawServerTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration SOON = Duration.ofSeconds(10);

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static RawServer start(Way way, RawAnswer... answers) throws IOException {
    RawServer.Builder builder = RawServer.builder(answers);
    return switch (way) {
      case TCP -> builder.start();
      case TLS -> builder.tls().start();
      case UNIX -> builder.unix().start();
    };
  }

  private static PlainClient connect(Way way, RawServer server) throws IOException {
    return way == Way.TLS
        ? PlainClient.connect(server.endpoint(), server.clientContext())
        : PlainClient.connect(server.endpoint());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void answersInTurnAndRepeatsTheLast(Way way) throws Exception {
    try (RawServer server =
            start(way, RawAnswer.of("first"), RawAnswer.of("last").byteByByte());
        PlainClient client = connect(way, server)) {
      client.send(GET);
      assertThat(client.read(5)).isEqualTo("first");
      client.send(GET);
      assertThat(client.read(4)).isEqualTo("last");
      client.send(GET);
      assertThat(client.read(4)).isEqualTo("last");

      assertThat(server.requests()).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void countsRequestsAcrossConnections() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of("1").thenClose(), RawAnswer.of("2"))) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send(GET);
        assertThat(client.readAll()).isEqualTo("1");
      }
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send(GET);
        assertThat(client.read()).isEqualTo('2');
      }

      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 2);
      assertThat(server.requests().get(0)).hasToString("connection 1: GET / HTTP/1.1");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void receivesARequestInFull(String name, String head, String framed, String body)
      throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(OK));
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send(head + framed + GET);

      assertThat(client.read(2 * OK.length())).as(name).isEqualTo(OK + OK);
      RawRequest request = server.requests().get(0);
      assertThat(request.head()).isEqualTo(head);
      assertThat(request.bodyText()).isEqualTo(body);
      assertThat(request.body()).hasSize(body.length());
      assertThat(request.bytes()).isEqualTo(Latin1.bytes(head + framed));
      assertThat(server.requests().get(1).head()).isEqualTo(GET);
    }
  }

  static Stream<Arguments> requests() {
    String chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n";
    return Stream.of(
        arguments("no body", GET, "", ""),
        arguments("bare line feeds", "GET / HTTP/1.1\n\n", "", ""),
        arguments("a length", "POST / HTTP/1.1\r\ncontent-length:4\r\n\r\n", "a\r\n\r", "a\r\n\r"),
        arguments("no length", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "", ""),
        arguments(
            "chunks", chunked, "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "abc0123456789"),
        arguments("trailers", chunked, "1\r\na\r\n0\r\nX: y\r\n\r\n", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length:\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
      })
  void failsAtARequestWhoseFramingIsBroken(String request) throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(OK));
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send(request);

      assertThat(client.read()).isEqualTo(-1);
      assertThat(server.failure()).isPresent();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void streamsPartsThatRepeat() throws Exception {
    RawAnswer answer = RawAnswer.of("<")
        .repeat("0123456789", 3_000_000)
        .and(">")
        .repeat("!", 2)
        .thenClose();
    try (RawServer server = RawServer.answering(answer);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send(GET);

      assertThat(client.drain()).isEqualTo(30_000_004);
    }
  }

  @Test
  void isNotDisturbedByAClientThatHangsUpEarly() throws Exception {
    RawAnswer endless = RawAnswer.of("").repeat("spam", Long.MAX_VALUE);
    try (RawServer server = RawServer.answering(endless, RawAnswer.of(OK))) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send(GET);
        assertThat(client.read(4)).isEqualTo("spam");
      }
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send("GET / HT");
      }
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send(GET);
        assertThat(client.read(OK.length())).isEqualTo(OK);
      }

      assertThat(server.failure()).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void closesResetsOrHalfClosesBehindAnAnswer() throws Exception {
    RawAnswer answer = RawAnswer.of("x");
    assertThat(readAfter(answer.thenClose())).isEqualTo(-1);
    assertThat(readAfter(answer.then(Ending.CUT))).isEqualTo(-1);
    assertThat(readAfter(answer.then(Ending.HALF_CLOSE))).isEqualTo(-1);
    assertThatThrownBy(() -> readAfter(RawAnswer.of("").thenReset()))
        .isInstanceOf(SocketException.class);
  }

  private static int readAfter(RawAnswer answer) throws IOException {
    try (RawServer server = RawServer.answering(answer);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send(GET);
      client.read();
      int next = client.read();
      if (answer.ending() == Ending.HALF_CLOSE) {
        client.send("still taken");
      }
      return next;
    }
  }

  @Test
  void closesOrCutsTlsBehindAnAnswer() throws Exception {
    RawAnswer answer = RawAnswer.of("x");
    try (RawServer server = start(Way.TLS, answer.thenClose(), answer.then(Ending.CUT))) {
      assertThat(TlsEnd.isNotified(server.endpoint(), server.clientContext(), GET))
          .isTrue();
      assertThat(TlsEnd.isNotified(server.endpoint(), server.clientContext(), GET))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void stallsUntilItIsClosed(Way way) throws Exception {
    RawServer server = start(way, RawAnswer.of("x").thenStall());
    try (PlainClient client = connect(way, server)) {
      client.send(GET);
      assertThat(client.read()).isEqualTo('x');
      client.send(GET);

      server.close();

      assertThat(server.requests()).hasSize(1);
      assertThat(server.failure()).isEmpty();
    } finally {
      server.close();
    }
  }

  @Test
  void waitsForRequests() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(OK));
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> server.awaitRequests(1, Duration.ofMillis(10)))
          .withMessage("0 of 1 requests were received within PT0.01S");
      client.send(GET);

      server.awaitRequests(1, SOON);

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void leavesAnAnswerAsItWas() {
    RawAnswer answer = RawAnswer.of("x");

    RawAnswer closing = answer.thenClose();

    assertThat(answer.ending()).isEqualTo(Ending.KEEP_OPEN);
    assertThat(closing.ending()).isEqualTo(Ending.CLOSE);
  }

  @Test
  void refusesAnswersThatCannotBeSent() {
    assertThatIllegalArgumentException().isThrownBy(RawServer::builder);
    assertThatIllegalArgumentException().isThrownBy(() -> RawAnswer.of("\u20ac"));
    assertThatIllegalArgumentException().isThrownBy(() -> RawAnswer.of("").repeat("x", -1));
  }
}
