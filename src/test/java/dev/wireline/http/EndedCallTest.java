package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that waits is ended by an interrupt, and by a close from another thread. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EndedCallTest {

  /** Brings a client to where its next step waits for the peer, and gives that step. */
  @FunctionalInterface
  private interface Preparation {
    Callable<Object> of(HttpClient client) throws IOException;
  }

  static Stream<Arguments> waits() {
    HttpRequest large =
        HttpRequest.post("/").body(Body.of(new byte[1 << 25], "application/octet-stream"));
    return ThreadKind.available().stream()
        .flatMap(kind -> Stream.of(
            wait("for a head", Phase.HEAD, kind, client -> () -> client.get("/silent")),
            wait("in a head", Phase.HEAD, kind, client -> () -> client.get("/head")),
            wait("in a body", Phase.BODY, kind, client -> client.get("/body")::text),
            wait(
                "in a stream",
                Phase.BODY,
                kind,
                client -> client.get("/body").body()::readAllBytes),
            wait("in chunks", Phase.BODY, kind, client -> client.get("/chunks")::bytes),
            wait("for a reader", Phase.WRITE, kind, client -> () -> client.send(large))));
  }

  private static Arguments wait(
      String name, Phase phase, ThreadKind kind, Preparation preparation) {
    return arguments(name, phase, kind, preparation);
  }

  /** Starts the call on a connection that is there, so that it waits for nothing else. */
  private static Caller<Object> start(HttpClient client, ThreadKind kind, Preparation preparation)
      throws IOException {
    client.connect();
    return Caller.start(kind, preparation.of(client)).awaitSelecting();
  }

  /** A server that stops where the first request asks it to, and answers on later connections. */
  private static PeerServer stopping() throws IOException {
    return PeerServer.start(connection -> {
      String line = connection.readLine();
      if (connection.number() > 1) {
        connection.readHead();
        connection.write(Answers.text("next"));
      } else if (line != null && line.startsWith("GET")) {
        connection.readHead();
        connection.write(partFor(line.substring("GET ".length(), line.lastIndexOf(' '))));
      }
      connection.hold();
    });
  }

  private static String partFor(String path) {
    return switch (path) {
      case "/head" -> "HTTP/1.1 200 OK\r\nX:";
      case "/body" -> Answers.head(10) + "hello";
      case "/chunks" -> Answers.chunkedHead() + "5\r\nhel";
      default -> "";
    };
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("waits")
  void endsWhenItsThreadIsInterrupted(
      String name, Phase phase, ThreadKind kind, Preparation preparation) throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint())) {
      Caller<Object> caller = start(client, kind, preparation);
      caller.interrupt();

      assertThat(caller.failure()).isInstanceOfSatisfying(CallInterruptedException.class, e -> {
        assertThat(e.phase()).isEqualTo(phase);
        assertThat(e.connectionUsable()).isFalse();
      });
      assertThat(caller.endedInterrupted()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("waits")
  void endsWhenTheClientIsClosed(String name, Phase phase, ThreadKind kind, Preparation preparation)
      throws Exception {
    try (PeerServer server = stopping()) {
      HttpClient client = new HttpClient(server.endpoint());
      Caller<Object> caller = start(client, kind, preparation);
      client.close();

      assertThat(caller.failure())
          .isInstanceOfSatisfying(
              ClientClosedException.class, e -> assertThat(e.phase()).isEqualTo(phase));
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(ClientClosedException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.wireline.testing.ThreadKind#available")
  void endsWhenTheStreamOfTheBodyIsClosed(ThreadKind kind) throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint())) {
      InputStream body = client.get("/body").body();
      Caller<byte[]> caller = Caller.start(kind, body::readAllBytes).awaitSelecting();
      body.close();

      assertThat(caller.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.wireline.testing.ThreadKind#available")
  void doesNotBeginInAThreadThatIsInterrupted(ThreadKind kind) throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint())) {
      Caller<String> caller = Caller.start(kind, () -> {
        Thread.currentThread().interrupt();
        return client.get("/silent").text();
      });

      assertThat(caller.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(caller.endedInterrupted()).isTrue();
    }
  }
}
