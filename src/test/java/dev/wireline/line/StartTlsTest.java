package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The upgrade of a conversation that began in plaintext. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class StartTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();
  private static final Duration LONG = Duration.ofSeconds(40);

  private static LineClient client(
      PeerServer server, TestCertificate trusted, Duration timeout, LineEnds ends) {
    Tls.Builder tls = Tls.builder().context(trusted.clientContext());
    Tls named = server.endpoint().isUnix() ? tls.serverName("localhost").build() : tls.build();
    Dialer dialer = Dialer.builder().tls(named).tlsTimeout(timeout).build();
    return new LineClient(
        server.endpoint(), LineOptions.builder().dialer(dialer).lineEnds(ends).build());
  }

  private static LineClient client(PeerServer server) {
    return client(server, CERTIFICATE, LONG, LineEnds.CRLF_OR_LF);
  }

  private static void upgrade(LineClient client) throws IOException {
    client.writeLine("STARTTLS");
    assertThat(client.readLine()).isEqualTo("220 go ahead");
    client.startTls();
  }

  private static Peer upgrading(Delivery delivery) {
    return connection -> {
      assertThat(connection.readLine()).isEqualTo("STARTTLS");
      send(connection, delivery, "220 go ahead\r\n");
      connection.startTls(CERTIFICATE);
      for (String line = connection.readLine(); line != null; line = connection.readLine()) {
        send(connection, delivery, "heard " + line + "\r\n");
      }
    };
  }

  private static void send(PeerConnection connection, Delivery delivery, String text)
      throws IOException {
    if (delivery == Delivery.BYTE_BY_BYTE) {
      connection.writeByteByByte(text);
    } else {
      connection.write(text);
    }
  }

  @Test
  void hasASessionFromTheUpgradeOnAndNeverDialsForIt() throws Exception {
    try (PeerServer server = PeerServer.start(upgrading(Delivery.WHOLE));
        LineClient client = client(server)) {
      assertThat(client.tlsSession()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      client.connect();
      assertThat(client.tlsSession()).isEmpty();

      upgrade(client);

      assertThat(client.tlsSession().orElseThrow().getProtocol()).startsWith("TLSv1.");
      assertThat(client.tlsSession().orElseThrow().getPeerCertificates()).isNotEmpty();
    }
  }

  @Test
  void showsTheSessionInAGreetingAndForgetsItWithTheConnection() throws Exception {
    Peer peer = connection -> {
      connection.startTls(CERTIFICATE);
      connection.hold();
    };
    try (PeerServer server = PeerServer.start(peer);
        Greeted client = new Greeted(server)) {
      client.connect();

      assertThat(client.greeted).isTrue();
      assertThat(client.tlsSession()).isPresent();
      client.forget();
      assertThat(client.tlsSession()).isEmpty();
    }
  }

  private static final class Greeted extends LineClient {
    private boolean greeted;

    Greeted(PeerServer server) {
      super(
          Endpoint.tls("localhost", server.endpoint().port()),
          LineOptions.builder()
              .dialer(Dialer.builder()
                  .tls(Tls.builder().context(CERTIFICATE.clientContext()).build())
                  .build())
              .build());
    }

    @Override
    protected void greet() {
      greeted = tlsSession().isPresent();
    }

    void forget() {
      hangUp();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void goesOnInTls(Delivery delivery) throws Exception {
    try (PeerServer server = PeerServer.start(upgrading(delivery));
        LineClient client = client(server)) {
      upgrade(client);
      assertThat(client.wire().tlsSession()).isPresent();
      client.writeLines("one", "two");

      assertThat(client.readLine()).isEqualTo("heard one");
      assertThat(client.readLine()).isEqualTo("heard two");
      client.shutdownOutput();
      assertThat(client.readLineOrEnd()).isEmpty();
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void goesOnInTlsOverAUnixSocket() throws Exception {
    try (PeerServer server = PeerServer.builder().unix().start(upgrading(Delivery.WHOLE));
        LineClient client = client(server)) {
      upgrade(client);
      client.writeLine("one");

      assertThat(client.readLine()).isEqualTo("heard one");
    }
  }

  @Test
  void takesTheOtherHalfOfTheGoAheadsEndForNothing() throws Exception {
    Feed feed = new Feed();
    feed.cutAt("220 go ahead\r\n".getBytes(US_ASCII), 13);
    Peer peer = connection -> {
      feed.talk(connection);
      connection.startTls(CERTIFICATE);
      connection.write("in TLS\r\n");
    };
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = client(server, CERTIFICATE, LONG, LineEnds.ANY)) {
      feed.next(client, 0);
      assertThat(client.readLine()).isEqualTo("220 go ahead");
      feed.next(client, 1);
      client.writeLine("");
      client.startTls();

      assertThat(client.readLine()).isEqualTo("in TLS");
    }
  }

  @Test
  void refusesBytesBehindTheGoAhead() throws Exception {
    Peer peer = connection -> {
      connection.readLine();
      connection.write("220 go ahead\r\n250 EVIL\u001B\r\n");
      connection.awaitClosedByPeer(LONG);
    };
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = client(server)) {
      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, () -> upgrade(client));

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.excerpt()).isEqualTo("\"250 EVIL\\x1b\\r\\n\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(thrown);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void takesBytesThatComeInTheHandshakeForNoLines() throws Exception {
    Peer peer = connection -> {
      connection.readLine();
      connection.write("220 go ahead\r\n");
      connection.read();
      connection.write("250 EVIL\r\n");
      connection.awaitClosedByPeer(LONG);
    };
    assertUpgradeFails(peer, CERTIFICATE, LONG, TlsException.class);
  }

  @Test
  void refusesACertificateThatIsNotTrusted() throws Exception {
    assertUpgradeFails(
        upgrading(Delivery.WHOLE), TestCertificate.forHosts(), LONG, TlsException.class);
  }

  @Test
  void breaksOffWhenThePeerSaysNothingMore() throws Exception {
    Peer peer = connection -> {
      connection.write("220 go ahead\r\n");
      connection.hold();
    };
    assertUpgradeFails(peer, CERTIFICATE, Duration.ofMillis(100), DeadlineExceededException.class);
  }

  @Test
  void breaksOffWhenThePeerHangsUp() throws Exception {
    Peer peer = connection -> {
      connection.write("220 go ahead\r\n");
      connection.readLine();
      connection.read();
      connection.shutdownOutput();
      connection.awaitClosedByPeer(LONG);
    };
    assertUpgradeFails(peer, CERTIFICATE, LONG, ConnectionClosedException.class);
  }

  private static void assertUpgradeFails(
      Peer peer,
      TestCertificate trusted,
      Duration timeout,
      Class<? extends WirelineException> expected)
      throws Exception {
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = client(server, trusted, timeout, LineEnds.CRLF_OR_LF)) {
      WirelineException thrown = catchThrowableOfType(expected, () -> upgrade(client));

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(thrown);
    }
  }

  @Test
  void refusesASecondUpgradeAndGoesOn() throws Exception {
    try (PeerServer server = PeerServer.start(upgrading(Delivery.WHOLE));
        LineClient client = client(server)) {
      upgrade(client);

      assertThatIllegalStateException()
          .isThrownBy(client::startTls)
          .withMessage("the connection to " + server.endpoint() + " is a TLS one already");
      client.writeLine("one");
      assertThat(client.readLine()).isEqualTo("heard one");
    }
  }

  @Test
  void refusesAnUpgradeOfATlsConnection() throws Exception {
    try (PeerServer server = Way.TLS.start(PeerConnection::hold);
        LineClient client = Way.TLS.client(server)) {
      assertThatIllegalStateException().isThrownBy(client::startTls);

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void refusesAnUpgradeWhileAnotherThreadReads() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("one\r\n");
        });
        LineClient client = client(server)) {
      client.connect();
      Caller<String> reader = Caller.start(client::readLine);
      reader.awaitSelecting();

      assertThatIllegalStateException().isThrownBy(client::startTls);
      client.writeLine("go on");

      assertThat(reader.result()).isEqualTo("one");
    }
  }
}
