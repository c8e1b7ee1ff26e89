package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that starve, flood and confuse: each ends in its exception, and the next request works. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HostileServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final HttpOptions STANDARD = HttpOptions.standard();
  private static final HttpOptions SHORT_SILENCE = Clients.silence(SHORT).build();
  private static final HttpOptions SHORT_CALL =
      HttpOptions.builder().callTimeout(SHORT).build();
  private static final HttpOptions SHORT_HEAD =
      HttpOptions.builder().headTimeout(SHORT).maxHeadBytes(1 << 28).build();

  /** A server's first connection, and what must come of a request on it. */
  private record Bad(
      String name,
      HttpOptions options,
      Class<? extends WirelineException> failure,
      Phase phase,
      Peer peer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Bad slow(String name, HttpOptions options, Phase phase, Peer peer) {
    return new Bad(name, options, DeadlineExceededException.class, phase, peer);
  }

  private static Bad large(String name, Phase phase, Peer peer) {
    return new Bad(name, STANDARD, LimitExceededException.class, phase, peer);
  }

  private static Bad wrong(String name, Phase phase, String bytes) {
    return new Bad(name, STANDARD, PeerProtocolException.class, phase, sends(bytes));
  }

  private static Bad ends(String name, Phase phase, Peer peer) {
    return new Bad(name, STANDARD, ConnectionClosedException.class, phase, peer);
  }

  private static Peer sends(String bytes) {
    return connection -> {
      connection.readHead();
      connection.write(bytes);
      connection.hold();
    };
  }

  /** Sends a start and then the same again and again until the client hangs up. */
  private static Peer floods(String start, String more) {
    return connection -> {
      connection.readHead();
      connection.write(start);
      while (true) {
        connection.write(more);
      }
    };
  }

  private static Peer resets(String bytes) {
    return connection -> {
      connection.readHead();
      connection.write(bytes);
      connection.reset();
    };
  }

  static List<Bad> starving() {
    return List.of(
        slow("silent", SHORT_SILENCE, Phase.HEAD, PeerConnection::hold),
        slow("silent, by the call's time", SHORT_CALL, Phase.CALL, PeerConnection::hold),
        slow("stalls in the head", SHORT_SILENCE, Phase.HEAD, sends(HEAD)),
        slow("stalls in the head, by its time", SHORT_HEAD, Phase.HEAD, sends(HEAD)),
        slow("drips the head", SHORT_HEAD, Phase.HEAD, floods(HEAD + "X: ", "x")),
        slow(
            "stalls behind interim ones",
            SHORT_SILENCE,
            Phase.HEAD,
            sends("HTTP/1.1 102 x\r\n\r\n")),
        slow("stalls in a length", SHORT_SILENCE, Phase.BODY, sends(Answers.head(9) + "x")),
        slow(
            "stalls in a chunk size",
            SHORT_SILENCE,
            Phase.BODY,
            sends(Answers.chunkedHead() + "5")),
        slow("stalls until close", SHORT_SILENCE, Phase.BODY, sends(HEAD + "\r\nx")),
        slow("drips a body", SHORT_CALL, Phase.CALL, floods(Answers.head(1 << 25), "x")),
        slow("drips chunks", SHORT_CALL, Phase.CALL, floods(Answers.chunkedHead(), "1\r\nx\r\n")),
        slow("drips until close", SHORT_CALL, Phase.CALL, floods(HEAD + "\r\n", "x")));
  }

  static List<Bad> flooding() {
    String spam = "spam".repeat(1000);
    return List.of(
        large("an endless status line", Phase.HEAD, floods("HTTP/1.1 200 ", spam)),
        large("an endless field line", Phase.HEAD, floods(HEAD + "X: ", spam)),
        large("an endless field name", Phase.HEAD, floods(HEAD, spam)),
        large("an endless fold", Phase.HEAD, floods(HEAD + "X: y\r\n", " \r\n".repeat(1000))),
        large("endless fields", Phase.HEAD, floods(HEAD, "X: y\r\n".repeat(1000))),
        large("too many fields", Phase.HEAD, sends(HEAD + "X: y\r\n".repeat(201) + "\r\n")),
        large("endless interim ones", Phase.HEAD, floods("", "HTTP/1.1 103 x\r\n\r\n")),
        large("large interim ones", Phase.HEAD, floods("HTTP/1.1 103 x\r\nX: ", spam)),
        large("an endless extension", Phase.BODY, floods(Answers.chunkedHead() + "1;", spam)),
        large("costly extensions", Phase.BODY, floods(Answers.chunkedHead(), costlyChunk())),
        large("endless trailers", Phase.BODY, floods(Answers.chunkedHead() + "0\r\n", "X: y\r\n")),
        large("an endless trailer", Phase.BODY, floods(Answers.chunkedHead() + "0\r\nX: ", spam)),
        large("an endless body", Phase.BODY, floods(HEAD + "\r\n", spam.repeat(10))),
        large("a length beyond the bound", Phase.BODY, sends(Answers.head(1L << 40))));
  }

  private static String costlyChunk() {
    return "1;" + "a".repeat(4000) + "\r\nx\r\n";
  }

  static List<Bad> ending() {
    return List.of(
        ends("hangs up at once", Phase.HEAD, connection -> {}),
        ends("hangs up behind the request", Phase.HEAD, PeerConnection::readHead),
        ends("resets at once", Phase.HEAD, resets("")),
        ends("resets in the head", Phase.HEAD, resets(HEAD + "X: y\r\n")),
        ends("resets behind an interim one", Phase.HEAD, resets("HTTP/1.1 103 x\r\n\r\n")));
  }

  static List<Bad> confusing() {
    return List.of(
        wrong("101 that nobody asked for", Phase.HEAD, "HTTP/1.1 101 x\r\nUpgrade: x\r\n\r\n"),
        wrong("text without a head", Phase.HEAD, "hello"),
        wrong("a mail server", Phase.HEAD, "220 mail.test ESMTP\r\n"),
        wrong("a shell", Phase.HEAD, "SSH-2.0-OpenSSH_9.2\r\n"),
        wrong("TLS", Phase.HEAD, "\u0015\u0003\u0003\u0000\u0002\u0002F"),
        wrong("HTTP/2", Phase.HEAD, "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000"),
        wrong("a radio station", Phase.HEAD, "ICY 200 OK\r\n\r\n"),
        wrong("an empty line first", Phase.HEAD, "\r\nHTTP/1.1 200 OK\r\n\r\n"),
        wrong("an empty line alone", Phase.HEAD, "\n"),
        wrong("a request", Phase.HEAD, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        wrong("two lengths", Phase.BODY, HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        wrong("an escape sequence", Phase.HEAD, HEAD + "X: \u001b[2J\r\n\r\n"),
        wrong("a colour in the status", Phase.HEAD, "HTTP/1.1 200 \u001b[31mOK\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"starving", "flooding", "ending", "confusing"})
  void isLeftWithItsExceptionAndTheNextRequestWorks(Bad bad) throws Exception {
    try (PeerServer server = PeerServer.start(firstBadThenGood(bad.peer()));
        HastyOnce client = new HastyOnce(server.endpoint(), bad.options())) {
      WirelineException e =
          catchThrowableOfType(WirelineException.class, () -> client.get("/").text());

      assertThat(e).isInstanceOf(bad.failure());
      assertThat(e.phase()).isEqualTo(bad.phase());
      assertThat(e.connectionUsable()).isFalse();
      assertThat(e.endpoint()).isEqualTo(server.endpoint());
      assertThat(e.toString().chars()).noneMatch(Character::isISOControl);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.getPatiently("/").text()).isEqualTo("good");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  static List<Bad> unreading() {
    return List.of(
        slow("by silence", SHORT_SILENCE, Phase.WRITE, PeerConnection::hold),
        slow("by the call's time", SHORT_CALL, Phase.CALL, PeerConnection::hold));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreading")
  void isLeftWhenItReadsNoLargeBody(Bad bad) throws Exception {
    HttpRequest large =
        HttpRequest.put("/").body(Body.of(new byte[1 << 25], "application/octet-stream"));
    try (PeerServer server = PeerServer.start(firstBadThenGood(bad.peer()));
        HastyOnce client = new HastyOnce(server.endpoint(), bad.options())) {
      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.send(large));

      assertThat(e.phase()).isEqualTo(bad.phase());
      assertThat(e).hasMessageStartingWith("sending the request to ");
      assertThat(e).hasMessageContaining("the peer does not read");
      assertThat(client.getPatiently("/").text()).isEqualTo("good");
    }
  }

  private static Peer firstBadThenGood(Peer bad) {
    return connection -> {
      if (connection.number() == 1) {
        bad.talk(connection);
        return;
      }
      connection.readHead();
      connection.write(Answers.text("good"));
      connection.hold();
    };
  }
}
