package dev.wireline.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plaintext that becomes TLS, and handshakes that come to nothing. */
@Timeout(60)
class TlsUpgradeTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Peer UPGRADING = client -> {
    client.write("250 go ahead\r\n");
    client.readLine();
    client.startTls(Carrier.CERTIFICATE);
    client.write("through TLS: " + client.readLine() + "\r\n");
    client.readLine();
  };

  private static Dialer.Builder dialer() {
    return Dialer.builder()
        .tls(Tls.builder()
            .trust(Carrier.CERTIFICATE.authority())
            .serverName("localhost")
            .build());
  }

  private static Wire greeted(PeerServer server) throws IOException {
    Wire wire = dialer().build().dial(server.endpoint());
    assertThat(wire.input().readNBytes(14)).hasSize(14);
    return wire;
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void upgradesAPlaintextConnection(Carrier carrier) throws Exception {
    try (PeerServer server = carrier.serve(UPGRADING);
        Wire wire = greeted(server)) {
      wire.output().write("STARTTLS\r\n".getBytes(US_ASCII));

      wire.startTls();

      wire.output().write("hello\r\n".getBytes(US_ASCII));
      assertThat(new String(wire.input().readNBytes(20), US_ASCII))
          .isEqualTo("through TLS: hello\r\n");
      assertThat(wire.tlsSession()).isPresent();
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void refusesToUpgradeTwice() throws Exception {
    try (PeerServer server = Carrier.TLS_1_3.serve(PeerConnection::hold);
        Wire wire = dialer().build().dial(server.endpoint())) {

      assertThatIllegalStateException()
          .isThrownBy(wire::startTls)
          .withMessageContaining("is a TLS one already");
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void refusesToUpgradeWhileAnotherThreadReads() throws Exception {
    try (PeerServer server = Carrier.TCP.serve(PeerConnection::hold)) {
      Wire wire = dialer().build().dial(server.endpoint());
      Caller<Integer> reading = Caller.start(() -> wire.input().read()).awaitWaiting();

      assertThatIllegalStateException()
          .isThrownBy(wire::startTls)
          .withMessageContaining("another thread is reading");
      assertThat(wire.isOpen()).isTrue();
      wire.close();
      reading.failure(ClientClosedException.class);
    }
  }

  @Test
  void refusesPlaintextThatCameBehindTheGoAhead() throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
          client.write("250 go ahead\r\nEVIL\u001b\r\n");
          client.hold();
        });
        Wire wire = greeted(server)) {

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, wire::startTls);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.excerpt()).isEqualTo("\"EVIL\\x1b\\r\\n\"");
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
      assertThat(catchThrowableOfType(
              ClientClosedException.class, () -> wire.input().read()))
          .hasCause(thrown);
    }
  }

  @Test
  void needsANameToCheckOnAUnixSocket() throws Exception {
    try (PeerServer server = Carrier.UNIX.serve(PeerConnection::hold)) {
      Wire wire = Dialer.standard().dial(server.endpoint());

      IllegalStateException thrown =
          catchThrowableOfType(IllegalStateException.class, wire::startTls);

      assertThat(thrown).hasMessageContaining("needs a serverName");
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 smtp ready\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\u0016\u0003\u0003" + "\u00ff\u00ff garbage",
        "\u0000\u0000\u0000\u0000\u0000"
      })
  void reportsGarbageInPlaceOfAServerHello(String garbage) throws Exception {
    try (PeerServer server = PeerServer.start(client -> {
      client.write(garbage);
      client.hold();
    })) {
      Wire wire = dialer().build().wire(server.endpoint().withTls(true));

      TlsException thrown = catchThrowableOfType(TlsException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.endpoint()).isEqualTo(wire.endpoint());
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void endsASilentHandshakeAtTheTlsTimeout() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Wire wire = dialer().tlsTimeout(SHORT).build().wire(server.endpoint().withTls(true));

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(thrown).hasMessageContaining("TLS handshake with");
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void endsASilentUpgradeAtTheTlsTimeout() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Wire wire = dialer().tlsTimeout(SHORT).build().dial(server.endpoint());

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, wire::startTls);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void endsASilentHandshakeAtTheDeadlineOfTheCall() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      Wire wire = dialer().build().wire(server.endpoint().withTls(true));

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> wire.connect(Deadline.after(SHORT, Phase.CALL)));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown).hasMessageContaining("TLS handshake with");
    }
  }

  /** Reads the whole ClientHello first, so that the end is the peer's own doing. */
  private static void readHello(PeerConnection client) throws IOException {
    byte[] header = client.read(5);
    client.read((header[3] & 0xFF) << 8 | (header[4] & 0xFF));
  }

  @Test
  void reportsAPeerThatHangsUpInTheHandshake() throws Exception {
    assertHandshakeCut(TlsUpgradeTest::readHello, "the peer hung up during the handshake");
  }

  @Test
  void reportsAPeerThatResetsInTheHandshake() throws Exception {
    assertHandshakeCut(
        client -> {
          readHello(client);
          client.reset();
        },
        "Connection reset");
  }

  private static void assertHandshakeCut(Peer peer, String reason) throws Exception {
    try (PeerServer server = PeerServer.start(peer)) {
      Wire wire = dialer().build().wire(server.endpoint().withTls(true));

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.TLS);
      assertThat(thrown).hasMessageContaining(reason);
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void survivesAHandshakeThatComesByteByByte() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (SslPeer target = SslPeer.start("TLSv1.3", (tls, below) -> {
          tls.startHandshake();
          tls.getOutputStream().write("hello".getBytes(US_ASCII));
          done.await();
        });
        PeerServer slow = PeerServer.start(new Trickle(target.endpoint().port()));
        Wire wire = dialer().build().dial(slow.endpoint().withTls(true))) {

      byte[] read = wire.input().read(5, Deadline.NEVER, Activity.READING);

      assertThat(read).asString(US_ASCII).isEqualTo("hello");
      done.countDown();
    }
  }

  @Test
  void givesUpTheWireWhenATrustManagerHasABug() throws Exception {
    try (PeerServer server = PeerServer.start(UPGRADING);
        Wire wire = Dialer.builder()
            .tls(Tls.builder().context(Bugs.context()).build())
            .build()
            .dial(server.endpoint())) {
      wire.input().readNBytes(14);
      wire.output().write("STARTTLS\r\n".getBytes(US_ASCII));

      Exception thrown = catchThrowableOfType(Exception.class, wire::startTls);

      assertThat(thrown).hasStackTraceContaining("a bug in a trust manager");
      assertThat(wire.isOpen()).isFalse();
      assertThat(wire.failure()).containsSame(thrown);
      assertThat(Arrays.asList(RuntimeException.class, WirelineException.class))
          .anyMatch(type -> type.isInstance(thrown));
    }
  }
}
