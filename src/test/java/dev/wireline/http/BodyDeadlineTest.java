package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose time counts while a body is read: the peer's, never the caller's. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BodyDeadlineTest {
  /** It is on the head too, which has to come in time. */
  private static final Duration SHORT = Duration.ofMillis(700);

  private static final HttpOptions SHORT_CALL =
      HttpOptions.builder().callTimeout(SHORT).build();
  private static final HttpOptions SHORT_SILENCE = Clients.silence(SHORT).build();

  /** The caller is busy for longer than the time that is set: with a call that gets no answer. */
  private static void spendMoreThanThat() throws IOException {
    try (PeerServer silent = PeerServer.start(PeerConnection::hold);
        HttpClient other =
            new HttpClient(silent.endpoint(), Clients.silence(SHORT).build())) {
      assertThat(catchThrowableOfType(DeadlineExceededException.class, () -> other.get("/")))
          .isNotNull();
    }
  }

  /** Sends the head and a first part, waits to be told, and sends the rest. */
  private static PeerServer inTwoParts(CountDownLatch told) throws IOException {
    return PeerServer.start(connection -> {
      connection.readHead();
      connection.write(Answers.chunkedHead() + Answers.chunk("hel"));
      told.await();
      connection.write(Answers.chunk("lo") + "0\r\n\r\n");
      connection.hold();
    });
  }

  /** Sends the head and a first part, and no more. */
  private static PeerServer stopping() throws IOException {
    return PeerServer.start(connection -> {
      connection.readHead();
      connection.write(Answers.chunkedHead() + Answers.chunk("hel"));
      connection.hold();
    });
  }

  @Test
  void theTimeOfTheCallerIsNoTimeOfTheCall() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), SHORT_CALL)) {
      HttpResponse response = client.get("/");
      spendMoreThanThat();
      told.countDown();

      assertThat(response.text()).isEqualTo("hello");
    }
  }

  @Test
  void theTimeOfTheCallEndsABodyThatIsReadWhole() throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint(), SHORT_CALL)) {
      HttpResponse response = client.get("/");

      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, response::text);

      assertThat(e.phase()).isEqualTo(Phase.CALL);
      assertThat(e).hasMessageStartingWith("reading the response body from " + server.endpoint());
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void theTimeOfTheCallIsToldFromItsStart() throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint(), SHORT_CALL) {
          @Override
          protected void greet() throws IOException {
            pollLine(SHORT.dividedBy(2));
          }
        }) {
      // The half that the greeting left may end before the head is there, or behind it.
      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class, () -> client.get("/").text());

      assertThat(e.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(e.setting()).contains("callTimeout");
    }
  }

  @Test
  void theTimeOfTheCallIsLeftBehindByAStream() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), SHORT_CALL)) {
      InputStream body = client.get("/").body();
      assertThat(body.readNBytes(3)).asString().isEqualTo("hel");
      spendMoreThanThat();
      told.countDown();

      assertThat(body.readAllBytes()).asString().isEqualTo("lo");
    }
  }

  @Test
  void theTimeOfTheCallerIsNoSilence() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), SHORT_SILENCE)) {
      InputStream body = client.get("/").body();
      assertThat(body.readNBytes(3)).asString().isEqualTo("hel");
      spendMoreThanThat();
      told.countDown();

      assertThat(body.readAllBytes()).asString().isEqualTo("lo");
    }
  }

  @Test
  void silenceEndsAStream() throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint(), SHORT_SILENCE)) {
      InputStream body = client.get("/").body();
      assertThat(body.readNBytes(3)).asString().isEqualTo("hel");

      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, body::read);

      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(e.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void theTimeOfTheCallDoesNotEndABodyThatIsInMemory() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), SHORT_CALL)) {
      HttpResponse first = client.get("/");
      told.countDown();
      first.discard();
      spendMoreThanThat();

      assertThat(first.text()).isEqualTo("hello");
    }
  }
}
