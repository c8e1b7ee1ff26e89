package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether an idle connection is as it was left. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class QuietTest {

  @ParameterizedTest
  @EnumSource(Way.class)
  void isQuietUntilThePeerHangsUp(Way way) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (PeerServer server = way.start(connection -> {
          connection.write(connection.readLine() + "\r\n");
          end.await();
        });
        LineClient client = way.client(server)) {
      assertThat(client.isQuiet()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      client.writeLine("x");
      client.readLine();
      assertThat(client.isQuiet()).isTrue();
      assertThat(client.isQuiet()).isTrue();

      end.countDown();
      while (client.isQuiet()) {
        Caller.pause();
      }

      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(client::readLine);
      assertThat(client.isQuiet()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void isNotQuietOnceThePeerHasSaidSomething(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.readLine();
          connection.write("421 idle for too long\r\n");
          connection.hold();
        });
        LineClient client = way.client(server)) {
      client.writeLine("x");
      while (client.isQuiet()) {
        Caller.pause();
      }

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      assertThat(client.readLine()).isEqualTo("421 idle for too long");
      assertThat(client.isQuiet()).isTrue();
    }
  }

  @Test
  void takesTheOtherHalfOfALineEndForNothingNew() throws Exception {
    CountDownLatch cr = new CountDownLatch(1);
    LineOptions options = LineOptions.builder().lineEnds(LineEnds.ANY).build();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("line\r");
          cr.await();
          connection.write("\nx");
          connection.readLine();
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint(), options)) {
      assertThat(client.readLine()).isEqualTo("line");
      assertThat(client.isQuiet()).isTrue();
      cr.countDown();
      while (client.isQuiet()) {
        Caller.pause();
      }
      assertThat(client.read(1)).containsExactly('x');
      assertThat(client.isQuiet()).isTrue();
    }
  }

  @Test
  void isNotAskedBesideAReader() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Caller<String> reading = Caller.start(client::readLine);
      reading.awaitSelecting();

      assertThatIllegalStateException().isThrownBy(client::isQuiet);

      client.close();
      assertThat(reading.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(client.isQuiet()).isFalse();
    }
  }
}
