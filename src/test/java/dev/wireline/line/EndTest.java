package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What a reader sees when the peer hangs up: cleanly between two lines, or in the middle. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EndTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A way to ask for a line. */
  interface Reading {
    Object read(LineClient client) throws IOException;
  }

  static final List<Arguments> READINGS = List.of(
      Arguments.of("readLine", (Reading) LineClient::readLine),
      Arguments.of("readLineOrEnd", (Reading) LineClient::readLineOrEnd),
      Arguments.of("readLineBytes", (Reading) LineClient::readLineBytes),
      Arguments.of("pollLine", (Reading) client -> client.pollLine(LONG)));

  static final List<Arguments> READINGS_THAT_NEED_A_LINE =
      READINGS.stream().filter(each -> !"readLineOrEnd".equals(each.get()[0])).toList();

  @ParameterizedTest(name = "{0}")
  @FieldSource("READINGS_THAT_NEED_A_LINE")
  void throwsAtACleanEnd(String name, Reading reading) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("one\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> reading.read(client));

      assertThat(thrown.received()).isEmpty();
      assertThat(thrown)
          .hasMessage("reading a line from " + server.endpoint()
              + ": the peer hung up [READ, connection closed]");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void findsACleanEndAsOftenAsItIsAsked(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> connection.write("one\r\n"));
        LineClient client = way.client(server)) {
      assertThat(client.readLineOrEnd()).contains("one");
      assertThat(client.readLineOrEnd()).isEmpty();
      assertThat(client.readLineOrEnd()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void findsACleanEndBehindAHalfCloseAndStillWrites(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.shutdownOutput();
          assertThat(connection.readLine()).isEqualTo("still here");
        });
        LineClient client = way.client(server)) {
      assertThat(client.readLineOrEnd()).isEmpty();
      client.writeLine("still here");
      client.shutdownOutput();

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      assertThat(server.failure()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("READINGS")
  void throwsInACutLineAndHoldsWhatCame(String name, Reading reading) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("one\r\nhal"));
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> reading.read(client));

      assertThat(thrown.received()).asString().isEqualTo("hal");
      assertThat(thrown)
          .hasMessage("reading a line from " + server.endpoint()
              + ": the peer hung up in the middle of a line, after 3 bytes of it"
              + " [READ, connection closed]");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("READINGS")
  void takesACutTlsConnectionForNoEnd(String name, Reading reading) throws Exception {
    try (PeerServer server = Way.TLS.start(connection -> {
          connection.write("one\r\n");
          connection.closeWithoutNotify();
        });
        LineClient client = Way.TLS.client(server)) {
      assertThat(client.readLine()).isEqualTo("one");

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> reading.read(client));

      assertThat(thrown).hasMessageContaining("without close_notify");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void takesAResetForNoEnd(Way way) throws Exception {
    try (PeerServer server = way.start(connection -> {
          connection.write("hal");
          connection.readLine();
          connection.reset();
        });
        LineClient client = way.client(server)) {
      client.pollLine(Duration.ZERO);
      client.writeLine("go on");

      WirelineException thrown =
          catchThrowableOfType(WirelineException.class, client::readLineOrEnd);

      assertThat(thrown).isInstanceOf(ConnectionClosedException.class);
      assertThat(((ConnectionClosedException) thrown).received()).asString().isEqualTo("hal");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }
}
