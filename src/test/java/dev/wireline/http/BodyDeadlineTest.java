package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.StoppedClock;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose time counts while a body is read: the peer's, never the caller's. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BodyDeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  /** Stands while the head is on its way, however long a busy machine takes. */
  private final StoppedClock clock = new StoppedClock();

  private final HttpOptions shortCall =
      HttpOptions.builder().dialer(clock.dialer().build()).callTimeout(SHORT).build();
  private final HttpOptions shortSilence =
      HttpOptions.builder().dialer(clock.dialer().silenceTimeout(SHORT).build()).build();

  /** The caller is busy for longer than the time that is set. */
  private void spendMoreThanThat() {
    clock.advance(SHORT.multipliedBy(2));
  }

  /** What a read throws whose time runs out while it waits. */
  private DeadlineExceededException waitedTooLong(Callable<?> read) throws Exception {
    Caller<?> reading = Caller.start(read).awaitSelecting();
    clock.advance(SHORT);
    return reading.failure(DeadlineExceededException.class);
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
        HttpClient client = new HttpClient(server.endpoint(), shortCall)) {
      HttpResponse response = client.get("/");
      spendMoreThanThat();
      told.countDown();

      assertThat(response.text()).isEqualTo("hello");
    }
  }

  @Test
  void theTimeOfTheCallEndsABodyThatIsReadWhole() throws Exception {
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint(), shortCall)) {
      HttpResponse response = client.get("/");

      DeadlineExceededException e = waitedTooLong(response::text);

      assertThat(e.phase()).isEqualTo(Phase.CALL);
      assertThat(e).hasMessageStartingWith("reading the response body from " + server.endpoint());
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void theTimeOfTheCallIsToldFromItsStart() throws Exception {
    Duration half = SHORT.dividedBy(2);
    try (PeerServer server = stopping();
        HttpClient client = new HttpClient(server.endpoint(), shortCall) {
          @Override
          protected void greet() {
            clock.advance(half);
          }
        }) {
      HttpResponse response = client.get("/");

      DeadlineExceededException e = waitedTooLong(response::text);

      assertThat(e.elapsed()).isEqualTo(SHORT.plus(half));
      assertThat(e.setting()).contains("callTimeout");
    }
  }

  @Test
  void theTimeOfTheCallIsLeftBehindByAStream() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), shortCall)) {
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
        HttpClient client = new HttpClient(server.endpoint(), shortSilence)) {
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
        HttpClient client = new HttpClient(server.endpoint(), shortSilence)) {
      InputStream body = client.get("/").body();
      assertThat(body.readNBytes(3)).asString().isEqualTo("hel");

      DeadlineExceededException e = waitedTooLong(body::read);

      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(e.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void theTimeOfTheCallDoesNotEndABodyThatIsInMemory() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(told);
        HttpClient client = new HttpClient(server.endpoint(), shortCall)) {
      HttpResponse first = client.get("/");
      told.countDown();
      first.discard();
      spendMoreThanThat();

      assertThat(first.text()).isEqualTo("hello");
    }
  }
}
