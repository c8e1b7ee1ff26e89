package dev.wireline.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrialTest {

  private static final Duration LITTLE = Duration.ofMillis(50);

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  /** A read of a socket is not ended by an interrupt. */
  @Test
  void outlivesAClientThatOnlyTheEndOfItsConnectionEnds() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Trial trial = Trial.of(
          endpoint -> {
            try (PlainClient client = PlainClient.connect(endpoint)) {
              client.read();
            }
          },
          server.endpoint(),
          LITTLE,
          server::close);

      assertThat(trial.fault()).isEqualTo("the client did not end within 50 ms");
      assertThat(Leftovers.threads()).isEmpty();
    }
  }

  @Test
  void tellsAClientThatNothingEnds() throws Exception {
    AtomicReference<Thread> client = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Trial trial = Trial.of(
          endpoint -> {
            client.set(Thread.currentThread());
            awaitInSpiteOfInterrupts(over);
          },
          server.endpoint(),
          LITTLE,
          server::close,
          LITTLE);

      assertThat(trial.thrown())
          .hasMessage("where the client stood, which went on when it was interrupted and cut off");
      assertThat(trial.hung()).isTrue();
    } finally {
      over.countDown();
      requireNonNull(client.get()).join();
    }
  }

  private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // It waits on.
      }
    }
  }

  @Test
  void keepsWhatTheClientThrew() throws Exception {
    IOException thrown = new IOException("no mood");
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Trial trial = Trial.of(
          endpoint -> {
            throw thrown;
          },
          server.endpoint(),
          Duration.ofSeconds(30),
          server::close);

      assertThat(trial).isEqualTo(new Trial(thrown, null));
      assertThat(trial.fault()).isNull();
    }
  }
}
