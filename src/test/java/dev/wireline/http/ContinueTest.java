package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expect: 100-continue (RFC 9110, section 10.1.1): who waits for what, and for how long. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ContinueTest {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  private static HttpOptions patient() {
    return HttpOptions.builder().continueTimeout(LONG).build();
  }

  private static HttpRequest expecting(Body body) {
    return HttpRequest.post("/").header("Expect", "100-continue").body(body);
  }

  private static HttpRequest expecting(String text) {
    return expecting(Body.of(text, "text/plain"));
  }

  @ParameterizedTest
  @EnumSource
  void sendsTheBodyWhenItIsWanted(Delivery delivery) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          for (int i = 0; i < 2; i++) {
            connection.readHead();
            Answers.send(delivery, connection, CONTINUE + CONTINUE);
            String body = new String(connection.read(5), UTF_8);
            Answers.send(delivery, connection, Answers.text(body));
          }
        });
        HttpClient client = new HttpClient(server.endpoint(), patient())) {

      assertThat(client.send(expecting("hello")).text()).isEqualTo("hello");
      assertThat(client.send(expecting("again")).text()).isEqualTo("again");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 401, 413, 417, 500})
  void sendsNothingAfterAFinalAnswerAndLeavesTheConnection(int status) throws Exception {
    CompletableFuture<byte[]> sent = new CompletableFuture<>();
    Source source = Source.of(new byte[9]);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          if (connection.number() == 1) {
            connection.write("HTTP/1.1 103 Early\r\n\r\n");
            connection.write("HTTP/1.1 " + status + " No\r\nContent-Length: 3\r\n\r\nwhy");
            sent.complete(connection.input().readAllBytes());
          } else {
            connection.write(Answers.text("next"));
          }
        });
        HttpClient client = new HttpClient(server.endpoint(), patient())) {

      HttpResponse response = client.send(expecting(Body.of(source, "a/b")));

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.text()).isEqualTo("why");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(sent.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(source.isClosed()).isFalse();
    }
  }

  @Test
  void sendsTheBodyToAServerThatSaysNothing() throws Exception {
    HttpOptions options = HttpOptions.builder().continueTimeout(SHORT).build();
    try (RawServer server = RawServer.answering(Answers.ok("thanks"));
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThat(client.send(expecting("hello")).text()).isEqualTo("thanks");
      assertThat(client.get("/").text()).isEqualTo("thanks");
      assertThat(server.requests().get(0).bodyText()).isEqualTo("hello");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void takesA100ThatComesTooLate() throws Exception {
    HttpOptions options = HttpOptions.builder().continueTimeout(SHORT).build();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.read(5);
          connection.write(CONTINUE + Answers.text("thanks"));
        });
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      assertThat(client.send(expecting("hello")).text()).isEqualTo("thanks");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 100 Con", "HTTP/1.1 102 Wait\r\n\r\n"})
  void isUnderTheTimeOfTheCall(String said) throws Exception {
    HttpOptions options =
        HttpOptions.builder().continueTimeout(LONG).callTimeout(SHORT).build();
    try (PeerServer server = PeerServer.start(saying(said));
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class, () -> client.send(expecting("hello")));

      assertThat(e.phase()).isEqualTo(Phase.CALL);
    }
  }

  @Test
  void isLeftWhenTheServerStallsBehindItsGoAhead() throws Exception {
    HttpOptions options = HttpOptions.builder()
        .dialer(Dialer.builder().silenceTimeout(SHORT).build())
        .continueTimeout(LONG)
        .build();
    try (PeerServer server = PeerServer.start(saying(CONTINUE));
        HttpClient client = new HttpClient(server.endpoint(), options)) {

      DeadlineExceededException small = catchThrowableOfType(
          DeadlineExceededException.class, () -> client.send(expecting("hello")));
      DeadlineExceededException large = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> client.send(expecting(Body.of(new byte[32 << 20], "a/b"))));

      assertThat(small.phase()).isEqualTo(Phase.HEAD);
      assertThat(large.phase()).isEqualTo(Phase.WRITE);
    }
  }

  private static Peer saying(String text) {
    return connection -> {
      connection.readHead();
      connection.write(text);
      connection.hold();
    };
  }

  @Test
  void failsWhenTheServerHangsUpOrTalksNonsense() throws Exception {
    try (PeerServer hangsUp = PeerServer.start(PeerConnection::readHead);
        PeerServer nonsense = PeerServer.start(saying("100 Continue\r\n\r\n"));
        HttpClient left = new HttpClient(hangsUp.endpoint(), patient());
        HttpClient puzzled = new HttpClient(nonsense.endpoint(), patient())) {

      ConnectionClosedException cut = catchThrowableOfType(
          ConnectionClosedException.class, () -> left.send(expecting("hello")));
      PeerProtocolException broken =
          catchThrowableOfType(PeerProtocolException.class, () -> puzzled.send(expecting("hello")));

      assertThat(cut.phase()).isEqualTo(Phase.HEAD);
      assertThat(broken.rule()).contains("section 4");
    }
  }

  static Stream<ThreadKind> kinds() {
    return ThreadKind.available().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void endsWhenItsThreadIsInterrupted(ThreadKind kind) throws Exception {
    try (PeerServer server = PeerServer.start(saying(""));
        HttpClient client = new HttpClient(server.endpoint(), patient())) {
      Caller<HttpResponse> caller =
          Caller.start(kind, () -> client.send(expecting("hello"))).awaitSelecting();

      caller.interrupt();

      assertThat(caller.failure()).isInstanceOf(CallInterruptedException.class);
    }
  }

  @Test
  void neverWaitsForWhatWillNotCome() throws Exception {
    HttpOptions old = HttpOptions.builder()
        .version(HttpVersion.HTTP_1_0)
        .continueTimeout(LONG)
        .build();
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint(), patient());
        HttpClient other = new HttpClient(server.endpoint(), old)) {

      assertThat(client.send(expecting("")).text()).isEqualTo("x");
      assertThat(other.send(expecting("hello")).text()).isEqualTo("x");
    }
  }

  @Test
  void opensItsBodyOnlyWhenItIsWanted() throws Exception {
    Body never = Body.of(
        () -> {
          throw new IOException("opened");
        },
        20_000,
        "a/b");
    try (PeerServer server = PeerServer.start(saying("HTTP/1.1 413 No\r\n\r\n"));
        HttpClient client = new HttpClient(server.endpoint(), patient())) {

      assertThat(client.send(expecting(never)).status()).isEqualTo(413);
    }
  }
}
