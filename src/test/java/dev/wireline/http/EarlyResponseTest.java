package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers before it has read the request (RFC 9112, section 9.5). */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EarlyResponseTest {
  /** More than the buffers of two kernels take. */
  private static final int LARGE = 32 << 20;

  private static final String REFUSAL =
      "HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\n\r\ntoo big";

  /** A stream that never ends. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return length;
    }
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("bytes", Body.of(new byte[LARGE], "a/b")),
        arguments("a length", Body.of(Endless::new, Long.MAX_VALUE, "a/b")),
        arguments("chunks", Body.of(Endless::new, "a/b")));
  }

  private static HttpRequest with(Body body) {
    return HttpRequest.put("/").body(body);
  }

  private static Peer firstThenNext(Peer first) {
    return connection -> {
      connection.readHead();
      if (connection.number() == 1) {
        first.talk(connection);
      } else {
        connection.write(Answers.text("next"));
      }
    };
  }

  /** A head has no watch: what came is found when its write fails. */
  @Test
  void isHeardInTheMiddleOfAHeadToo() throws Exception {
    HttpRequest large = HttpRequest.get("/").header("X-Large", "x".repeat(LARGE / 4));
    try (PeerServer server = PeerServer.start(connection -> {
          if (connection.number() == 1) {
            connection.read();
            connection.write("HTTP/1.1 431 Too Large\r\nContent-Length: 0\r\n\r\n");
          } else {
            connection.readHead();
            connection.write(Answers.text("next"));
          }
        });
        HttpClient client = new HttpClient(server.endpoint())) {

      assertThat(client.send(large).status()).isEqualTo(431);

      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void assertRefusedAndLeft(PeerServer server, Body body) throws Exception {
    try (HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.send(with(body));

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.text()).isEqualTo("too big");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isHeardWhileItDoesNotRead(String name, Body body) throws Exception {
    try (PeerServer server = PeerServer.start(firstThenNext(connection -> {
      connection.write(REFUSAL);
      connection.hold();
    }))) {
      assertRefusedAndLeft(server, body);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isHeardWhileItReads(String name, Body body) throws Exception {
    try (PeerServer server = PeerServer.start(firstThenNext(connection -> {
      connection.read(1000);
      connection.writeByteByByte("HTTP/1.1 102 Hm\r\n\r\n" + REFUSAL);
      connection.input().transferTo(OutputStream.nullOutputStream());
    }))) {
      assertRefusedAndLeft(server, body);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isHeardWhenItResetsBehindItsAnswer(String name, Body body) throws Exception {
    for (int i = 0; i < 10; i++) {
      try (PeerServer server = PeerServer.start(firstThenNext(connection -> {
        connection.write(REFUSAL);
        connection.reset();
      }))) {
        assertRefusedAndLeft(server, body);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isHeardWhenItClosesBehindItsAnswer(String name, Body body) throws Exception {
    try (PeerServer server =
        PeerServer.start(firstThenNext(connection -> connection.write(REFUSAL)))) {
      assertRefusedAndLeft(server, body);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isHeardOverTls(String name, Body body) throws Exception {
    try (PeerServer server = PeerServer.builder().tls().start(firstThenNext(connection -> {
          connection.write(REFUSAL);
          connection.hold();
        }));
        HttpClient client = new HttpClient(
            server.endpoint(), Clients.trusting(server.clientContext()).build())) {

      assertThat(client.send(with(body)).text()).isEqualTo("too big");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void isReportedWhenItLeavesWithoutAnAnswer(String name, Body body) throws Exception {
    Peer resets = connection -> {
      connection.readHead();
      connection.reset();
    };
    try (PeerServer server = PeerServer.start(resets);
        HttpClient client = new HttpClient(server.endpoint())) {

      ConnectionClosedException e =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.send(with(body)));

      assertThat(e.phase()).isEqualTo(Phase.WRITE);
      assertThat(e).hasMessageStartingWith("sending the request to " + server.endpoint());
    }
  }

  @Test
  void isReportedWhenItLeavesInTheMiddleOfAnAnswer() throws Exception {
    Peer cuts = connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 413 Too");
      connection.shutdownOutput();
      connection.hold();
    };
    try (PeerServer server = PeerServer.start(cuts);
        HttpClient client = new HttpClient(server.endpoint())) {
      Body body = Body.of(new byte[LARGE], "a/b");

      ConnectionClosedException e =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.send(with(body)));

      assertThat(e.phase()).isEqualTo(Phase.HEAD);
      assertThat(new String(e.received(), UTF_8)).isEqualTo("HTTP/1.1 413 Too");
    }
  }

  @ParameterizedTest
  @EnumSource
  void stopsTheSourceWhereItIs(Delivery delivery) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Source rest = Source.of(new byte[50_000]);
    Body body = Body.of(
        () -> new InputStream() {
          private boolean begun;

          @Override
          public int read() {
            throw new AssertionError("reads one by one");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (begun) {
              await(answered);
            }
            begun = true;
            return rest.read(into, offset, length);
          }

          @Override
          public void close() {
            rest.close();
          }
        },
        "a/b");
    try (PeerServer server = PeerServer.start(firstThenNext(connection -> {
          Answers.send(delivery, connection, REFUSAL);
          answered.countDown();
          connection.hold();
        }));
        HttpClient client = new HttpClient(server.endpoint())) {

      assertThat(client.send(with(body)).text()).isEqualTo("too big");

      assertThat(rest.isClosed()).isTrue();
      assertThat(rest.read()).isZero();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void mayComeWithTheLastPieceStillUnsent() throws Exception {
    List<String> heard = new ArrayList<>();
    HttpOptions options = HttpOptions.builder()
        .interimListener(
            (status, headers) -> heard.add(status + " " + headers.first("X").get()))
        .build();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 100 Go\r\nX: a\r\n\r\nHTTP/1.1 103 Hints\r\nX: b\r\n\r\n");
          connection.read(LARGE);
          connection.write(Answers.text("thanks"));
        });
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThat(client.send(with(Body.of(new byte[LARGE], "a/b"))).text()).isEqualTo("thanks");

      assertThat(heard).containsExactly("100 a", "103 b");
    }
  }

  static Stream<Arguments> nonsense() {
    String unasked = "101 answers an Upgrade alone (RFC 9110 section 15.2.2)";
    return Stream.of(
        arguments("SMTP ready\r\n", PeerProtocolException.class, "HTTP/"),
        arguments("HTTP/1.1 101 Switch\r\n\r\n", PeerProtocolException.class, unasked),
        arguments("HTTP/1.1 200 OK\r\n bad\r\n\r\n", PeerProtocolException.class, ""),
        arguments(
            "HTTP/1.1 102 Hm\r\n\r\n".repeat(101),
            LimitExceededException.class,
            "maxInterimResponses"),
        arguments(
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000),
            LimitExceededException.class,
            "maxHeadBytes"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void isRefusedWhenItMakesNoSense(
      String said, Class<? extends WirelineException> type, String problem) throws Exception {
    Peer talks = connection -> {
      connection.readHead();
      connection.write(said);
      connection.hold();
    };
    try (PeerServer server = PeerServer.start(talks);
        HttpClient client = new HttpClient(server.endpoint())) {
      Body body = Body.of(new byte[LARGE], "a/b");

      WirelineException e = catchThrowableOfType(type, () -> client.send(with(body)));

      assertThat(e).isNotNull().hasMessageContaining(problem);
      assertThat(e.phase()).isEqualTo(Phase.HEAD);
    }
  }

  @Test
  void hasHeardEnoughWhenItReadsOnAndCloses() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::readHead);
        HttpClient client = new HttpClient(server.endpoint())) {
      Body body = Body.of(Endless::new, "a/b");

      ConnectionClosedException e =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.send(with(body)));

      assertThat(e.received()).isEmpty();
    }
  }
}
