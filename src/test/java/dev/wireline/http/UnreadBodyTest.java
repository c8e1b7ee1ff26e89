package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a body that nobody read when the next request comes, and when it is discarded. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class UnreadBodyTest {
  private static final int SMALL = 64 * 1024;
  private static final String NEXT = "next";

  static Stream<RawAnswer> small() {
    String body = "x".repeat(SMALL);
    return Stream.of(
        Answers.ok(body),
        Answers.ok("xx").byteByByte(),
        Answers.chunked("x", "x".repeat(SMALL - 1)),
        Answers.untilClose(body));
  }

  @ParameterizedTest
  @MethodSource("small")
  void staysReadableWhenItIsSmall(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer, Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse first = client.get("/");
      HttpResponse second = client.get("/");

      assertThat(second.text()).isEqualTo(NEXT);
      assertThat(first.text()).matches("x{2}|x{65536}");
      assertThat(first.text()).isEqualTo(first.text());
    }
  }

  @Test
  void freesTheConnectionForTheNextRequest() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok("x".repeat(SMALL)), Answers.chunked("y"), Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/");
      client.get("/");
      client.get("/");

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<RawAnswer> large() {
    String body = "x".repeat(SMALL + 1);
    return Stream.of(
        Answers.ok(body),
        Answers.chunked(body),
        Answers.untilClose(body),
        RawAnswer.of(Answers.head(Long.MAX_VALUE) + "x"),
        RawAnswer.of(Answers.chunkedHead() + "7fffffffffffffff\r\n").repeat("x", Long.MAX_VALUE),
        RawAnswer.of("HTTP/1.1 200 OK\r\n\r\n").repeat("x", Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("large")
  void isDroppedWithItsConnectionAndSaysSoWhenItIsLarge(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer, Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse first = client.get("/");

      assertThat(client.get("/").text()).isEqualTo(NEXT);

      ClientClosedException e = catchThrowableOfType(ClientClosedException.class, first::text);
      assertThat(e).hasMessageContaining("the rest of this body was dropped with its connection");
      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(first.status()).isEqualTo(200);
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 2);
    }
  }

  @Test
  void staysReadableWhenItWasStreamedInPart() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.chunked("0123", "456789"),
            Answers.ok("abcdef").byteByByte(),
            Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      InputStream first = client.get("/").body();
      assertThat(first.readNBytes(3)).asString().isEqualTo("012");
      InputStream second = client.get("/").body();
      assertThat(second.readNBytes(2)).asString().isEqualTo("ab");
      assertThat(client.get("/").text()).isEqualTo(NEXT);

      assertThat(first.readAllBytes()).asString().isEqualTo("3456789");
      assertThat(second.readAllBytes()).asString().isEqualTo("cdef");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isNeverDeliveredShortWhenItIsCutWhileItIsSettled() throws Exception {
    RawAnswer cut = RawAnswer.of(Answers.head(100) + "half").thenClose();
    try (RawServer server = RawServer.answering(cut, Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse first = client.get("/");
      assertThat(client.get("/").text()).isEqualTo(NEXT);

      assertThatThrownBy(first::text)
          .isInstanceOf(ClientClosedException.class)
          .hasCauseInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void keepsTheNextRequestWaitingForNoMoreThanItsBound() throws Exception {
    CountDownLatch dropped = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          if (connection.number() == 1) {
            connection.write(Answers.head(10) + "half");
            connection.awaitClosedByPeer(Duration.ofSeconds(30));
            dropped.countDown();
          } else {
            connection.write(Answers.text(NEXT));
          }
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/");

      assertThat(client.get("/").text()).isEqualTo(NEXT);
      assertThat(dropped.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isSettledWithinTheTimeOfTheNextCall() throws Exception {
    HttpOptions options =
        HttpOptions.builder().callTimeout(Duration.ofMillis(100)).build();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(Answers.head(10) + "half");
          connection.hold();
        });
        HastyOnce client = new HastyOnce(server.endpoint(), options)) {
      client.getPatiently("/");

      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.get("/"));

      assertThat(e.phase()).isEqualTo(Phase.CALL);
    }
  }

  @Test
  void leavesTheConnectionFreeWhenItsChunksCameWithItsHead() throws Exception {
    RawAnswer whole = Answers.chunked("hello", " ", "world");
    try (RawServer server = RawServer.answering(whole, Answers.ok(NEXT));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      HttpResponse response = client.get("/");

      // The lines may be used: no body is open.
      client.speak(lines -> lines.writeLine("GET / HTTP/1.1"));
      assertThat(response.text()).isEqualTo("hello world");
    }
  }

  @Test
  void isReadOrDroppedWhenItIsDiscarded() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.chunked("small"), RawAnswer.of(Answers.head(1 << 20) + "x"), Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").discard();
      HttpResponse large = client.get("/");
      large.discard();
      large.discard();
      client.get("/").discard();

      assertThatThrownBy(large::text).isInstanceOf(ClientClosedException.class);
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 1, 2);
    }
  }

  @Test
  void isDroppedWhenItsStreamIsClosedBeforeItsEnd() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked(Answers.LONG), Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint())) {
      InputStream body = client.get("/").body();
      body.read();
      body.close();
      body.close();

      assertThatThrownBy(body::read).isInstanceOf(ClientClosedException.class);
      assertThat(client.get("/").text()).isEqualTo(NEXT);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void leavesTheNextResponseAloneWhateverIsDoneWithTheEarlierOne() throws Exception {
    HttpOptions options = HttpOptions.builder().maxBodyBytes(10).build();
    RawAnswer twenty = Answers.chunked("x".repeat(20));
    try (RawServer server =
            RawServer.answering(twenty, Answers.chunked("second"), Answers.ok(NEXT));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      HttpResponse first = client.get("/");
      HttpResponse second = client.get("/");

      assertThatThrownBy(first::text).isInstanceOf(ClientClosedException.class);
      first.discard();
      first.body().close();

      assertThat(second.text()).isEqualTo("second");
      assertThat(client.get("/").text()).isEqualTo(NEXT);
      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 2, 2);
    }
  }

  @Test
  void givesTheConnectionBackWithItsLastByte() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x".repeat(20_000)));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      assertThat(client.get("/").body().readNBytes(20_000)).hasSize(20_000);

      // The lines may be used: no body is open.
      client.speak(lines -> {
        lines.writeLines("GET / HTTP/1.1", "");
        assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      });
    }
  }

  @Test
  void givesNothingOfItsMemoryOnceTheClientIsClosed() throws Exception {
    String line = "x".repeat(998) + "\r\n";
    try (RawServer server = RawServer.answering(
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + line.repeat(1000)))) {
      HttpClient client = new HttpClient(server.endpoint());
      Iterator<String> lines = client.get("/").lines().iterator();
      assertThat(lines.next()).hasSize(998);

      client.close();

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(lines::hasNext)
          .withCauseInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void doesNotEndWellOnAClosedClientThoughItsLastChunkIsInMemory() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawServer server = RawServer.answering(
        RawAnswer.of(head + "3\r\nabc\r\n0\r\nA: " + "b".repeat(20) + "\r\n\r\n" + "behind"))) {
      HttpClient client = new HttpClient(server.endpoint());
      InputStream body = client.get("/").body();
      assertThat(body.readNBytes(3)).hasSize(3);

      client.close();

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(body::read);
    }
  }
}
