package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that waits for a line is told to stop, and nothing breaks. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WakeupTest {
  private static final Duration LONG = Duration.ofHours(1);

  @ParameterizedTest
  @EnumSource(Way.class)
  void endsAPollAndKeepsWhatCame(Way way) throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    try (PeerServer server = way.start(connection -> {
          connection.write("half ");
          woken.await();
          connection.write("and whole\r\n");
          connection.hold();
        });
        LineClient client = way.client(server)) {
      client.connect();
      Caller<Optional<String>> polling = Caller.start(() -> client.pollLine(LONG));
      polling.awaitSelecting();

      client.wakeup();

      assertThat(polling.result()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      woken.countDown();
      assertThat(client.pollLine(LONG)).contains("half and whole");
    }
  }

  @Test
  void endsTheNextPollWhereNoneWaits() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      client.wakeup();

      assertThat(client.pollLine(LONG)).isEmpty();
      Caller<Optional<String>> polling = Caller.start(() -> client.pollLine(LONG));
      polling.awaitSelecting();
      client.wakeup();
      assertThat(polling.result()).isEmpty();
    }
  }

  @Test
  void givesALineThatIsThereFirst() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("one\r\ntwo\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("one");
      client.wakeup();

      assertThat(client.pollLine(LONG)).contains("two");
      assertThat(client.pollLine(LONG)).isEmpty();
    }
  }

  @Test
  void endsNoOtherCall() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          woken.await();
          connection.write("line\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Caller<String> reading = Caller.start(client::readLine);
      reading.awaitSelecting();
      client.wakeup();
      reading.awaitSelecting();
      woken.countDown();

      assertThat(reading.result()).isEqualTo("line");
    }
  }
}
