package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are no lines: exactly so many, and all to the end. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BlockTest {
  private static final byte[] LARGE = randomBytes(300_000);

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static LineClient client(PeerServer server, int maxReadBytes) {
    return new LineClient(
        server.endpoint(), LineOptions.builder().maxReadBytes(maxReadBytes).build());
  }

  private static void send(PeerConnection connection, Delivery delivery, String text)
      throws IOException {
    if (delivery == Delivery.BYTE_BY_BYTE) {
      connection.writeByteByByte(text);
    } else {
      connection.write(text);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsLinesThenBytesThenLines(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.write("VALUE k 0 300000\r\n");
          connection.write(LARGE);
          connection.write("\r\nEND\r\n");
        });
        LineClient client = way.client(server)) {
      assertThat(client.readLine()).isEqualTo("VALUE k 0 300000");
      assertThat(client.read(300_000)).isEqualTo(LARGE);
      assertThat(client.readLine()).isEmpty();
      assertThat(client.readLine()).isEqualTo("END");
      assertThat(client.readLineOrEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsExactlySoManyBytesAndNoMore(Delivery delivery) throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> send(connection, delivery, "a\nbcdef\r\nnext\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.read(0)).isEmpty();
      assertThat(client.read(1)).asString().isEqualTo("a");
      assertThat(client.read(0)).isEmpty();
      assertThat(client.read(6)).asString().isEqualTo("\nbcdef");
      assertThat(client.readLine()).isEmpty();
      assertThat(client.readLine()).isEqualTo("next");
    }
  }

  @Test
  void readsNoBytesWithoutWaitingForOne() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.read(0)).isEmpty();
    }
  }

  @Test
  void readsNoBytesBehindABareCrWithoutWaiting() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("a\r");
          connection.readLine();
          connection.write("\nbc");
        });
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().lineEnds(LineEnds.ANY).build())) {
      assertThat(client.readLine()).isEqualTo("a");
      assertThat(client.read(0)).isEmpty();
      client.writeLine("more");

      assertThat(client.readToEnd()).asString().isEqualTo("bc");
    }
  }

  @Test
  void refusesANegativeCountAndGoesOn() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("ab"));
        LineClient client = new LineClient(server.endpoint())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.read(-1))
          .withMessage("a count of bytes must not be negative, not -1");

      assertThat(client.read(2)).asString().isEqualTo("ab");
    }
  }

  @Test
  void tellsWhatCameOfBytesThatWereCut() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("abc"));
        LineClient client = new LineClient(server.endpoint())) {
      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> client.read(10));

      assertThat(thrown.received()).asString().isEqualTo("abc");
      assertThat(thrown)
          .hasMessage("reading a block from " + server.endpoint()
              + ": the peer hung up after 3 of 10 bytes [READ, connection closed]");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void tellsThatNotAByteOfABlockCame() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {});
        LineClient client = new LineClient(server.endpoint())) {
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> client.read(10))
          .withMessage("reading a block from " + server.endpoint()
              + ": the peer hung up before the first of 10 bytes [READ, connection closed]");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesABlockThatIsExactlyAsLargeAsAllowed() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("abcdefghij"));
        LineClient client = client(server, 5)) {
      assertThat(client.read(5)).asString().isEqualTo("abcde");
      assertThat(client.readToEnd()).asString().isEqualTo("fghij");
    }
  }

  @Test
  void breaksOffAtABlockThatIsLargerThanAllowed() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("abcdef\r\n"));
        LineClient client = client(server, 5)) {
      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> client.read(6));

      assertThat(thrown.limit()).isEqualTo("maxReadBytes");
      assertThat(thrown.max()).isEqualTo(5);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(thrown);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsToTheEnd(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.write("head\r\n");
          connection.write(LARGE);
        });
        LineClient client = way.client(server)) {
      assertThat(client.readLine()).isEqualTo("head");
      assertThat(client.readToEnd()).isEqualTo(LARGE);
      assertThat(client.readToEnd()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void breaksOffAnEndThatIsFurtherAwayThanAllowed() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("abcdef"));
        LineClient client = client(server, 5)) {
      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, client::readToEnd);

      assertThat(thrown.limit()).isEqualTo("maxReadBytes");
      assertThat(thrown.max()).isEqualTo(5);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void givesTheStreamNoLfOfTheLineBefore() throws Exception {
    Feed feed = new Feed();
    feed.cutAt("a\r\nbc".getBytes(US_ASCII), 2);
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().lineEnds(LineEnds.ANY).build())) {
      feed.next(client, 0);
      assertThat(client.readLine()).isEqualTo("a");
      feed.next(client, 1);

      assertThat(client.input().readNBytes(2)).asString().isEqualTo("bc");
    }
  }

  @Test
  void sharesItsBytesWithTheStream() throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> connection.write("one\r\nabcd\r\nxyztwo\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("one");
      InputStream stream = client.input();
      assertThat(stream.readNBytes(4)).isEqualTo("abcd".getBytes(US_ASCII));
      assertThat(client.readLine()).isEmpty();
      assertThat(client.read(2)).asString().isEqualTo("xy");
      assertThat(stream.read()).isEqualTo('z');
      assertThat(client.readLine()).isEqualTo("two");
      assertThat(stream.read()).isEqualTo(-1);
    }
  }
}
