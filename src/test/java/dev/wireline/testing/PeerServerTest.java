package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.testing.PlainClient.Way;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PeerServerTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration NOW = Duration.ofMillis(50);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private static PeerServer start(Way way, Peer peer) throws IOException {
    PeerServer.Builder builder = PeerServer.builder();
    return switch (way) {
      case TCP -> builder.start(peer);
      case TLS -> builder.tls().start(peer);
      case UNIX -> builder.unix().start(peer);
    };
  }

  private static PlainClient connect(Way way, PeerServer server) throws IOException {
    return way == Way.TLS
        ? PlainClient.connect(server.endpoint(), server.clientContext())
        : PlainClient.connect(server.endpoint());
  }

  private @Nullable String nextSeen() throws InterruptedException {
    return seen.poll(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsAndWritesInEveryForm(Way way) throws Exception {
    Peer peer = connection -> {
      seen.add("line " + connection.readLine());
      seen.add("line " + connection.readLine());
      seen.add("head " + connection.readHead());
      seen.add("bytes " + Latin1.text(connection.read(3)));
      seen.add("byte " + connection.read());
      connection.write("whole\r\n");
      connection.writeByteByByte("bytes\r\n");
      connection.output().write(Latin1.bytes("stream\r\n"));
      seen.add("end " + connection.readLine());
    };
    try (PeerServer server = start(way, peer);
        PlainClient client = connect(way, server)) {
      client.send("one\r\ntwo\nA: b\r\nC: d\r\n\r\nxyz!");

      assertThat(client.readLine()).isEqualTo("whole\r\n");
      assertThat(client.readLine()).isEqualTo("bytes\r\n");
      assertThat(client.readLine()).isEqualTo("stream\r\n");
      client.shutdownOutput();

      assertThat(List.of("line one", "line two", "head [A: b, C: d]", "bytes xyz", "byte 33"))
          .allSatisfy(expected -> assertThat(nextSeen()).isEqualTo(expected));
      assertThat(nextSeen()).isEqualTo("end null");
      assertThat(server.failure()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void tellsWhereItListens(Way way) throws Exception {
    try (PeerServer server = start(way, PeerConnection::hold)) {
      assertThat(server.endpoint().isTls()).isEqualTo(way == Way.TLS);
      assertThat(server.endpoint().isUnix()).isEqualTo(way == Way.UNIX);
      assertThat(server.port()).isEqualTo(server.endpoint().port());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void endsConnectionsAndThreadsWhenClosed(Way way) throws Exception {
    long before = Leftovers.descriptors();
    PeerServer server = start(way, PeerConnection::hold);
    try (PlainClient first = connect(way, server);
        PlainClient second = connect(way, server)) {
      server.awaitConnections(2, SOON);

      server.close();
      server.close();

      Leftovers.assertNoThreads();
      assertThat(server.failure()).isEmpty();
      assertThat(first.read()).isEqualTo(-1);
      assertThat(second.read()).isEqualTo(-1);
    }
    assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(before);
  }

  @Test
  void deletesTheSocketOfAUnixServer() throws Exception {
    Path socket;
    try (PeerServer server = PeerServer.builder().unix().start(PeerConnection::hold)) {
      socket = server.endpoint().path().orElseThrow();
      assertThat(Files.exists(socket)).isTrue();
    }

    assertThat(Files.exists(socket)).isFalse();
    assertThat(Files.exists(socket.resolveSibling(""))).isFalse();
  }

  @Test
  void servesConnectionsAtOnce() throws Exception {
    CountDownLatch together = new CountDownLatch(2);
    Peer peer = connection -> {
      together.countDown();
      assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
      connection.write(connection.number() + "\n");
    };
    try (PeerServer server = PeerServer.start(peer);
        PlainClient first = PlainClient.connect(server.endpoint());
        PlainClient second = PlainClient.connect(server.endpoint())) {
      assertThat(List.of(first.readAll(), second.readAll())).containsExactly("1\n", "2\n");
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void keepsTheFirstFailureOfAPeer() throws Exception {
    Peer peer = connection -> {
      throw new AssertionError("number " + connection.number());
    };
    try (PeerServer server = PeerServer.start(peer)) {
      try (PlainClient first = PlainClient.connect(server.endpoint())) {
        assertThat(first.read()).isEqualTo(-1);
      }
      try (PlainClient second = PlainClient.connect(server.endpoint())) {
        assertThat(second.read()).isEqualTo(-1);
      }

      assertThat(server.failure().orElseThrow())
          .isInstanceOf(AssertionError.class)
          .hasMessage("number 1");
    }
  }

  @Test
  void saysHowManyConnectionsThereWereInTime() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> server.awaitConnections(1, NOW))
          .withMessage("0 of 1 connections were accepted within PT0.05S");
    }
  }

  @Test
  void saysWhenNoHandshakeFailedInTime() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> server.awaitHandshakeFailure(NOW))
          .withMessage("no handshake failed within PT0.05S");
    }
  }

  @Test
  void resetsATcpConnection() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::reset);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void closesAUnixConnectionInPlaceOfAReset() throws Exception {
    try (PeerServer server = start(Way.UNIX, PeerConnection::reset);
        PlainClient client = connect(Way.UNIX, server)) {
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void endsTlsWithANotifyUnlessItIsCut() throws Exception {
    try (PeerServer server = start(Way.TLS, connection -> connection.write("x"))) {
      assertThat(TlsEnd.isNotified(server.endpoint(), server.clientContext(), ""))
          .isTrue();
    }
    try (PeerServer server = start(Way.TLS, PeerConnection::shutdownOutput)) {
      assertThat(TlsEnd.isNotified(server.endpoint(), server.clientContext(), ""))
          .isTrue();
    }
    try (PeerServer server = start(Way.TLS, PeerConnection::closeWithoutNotify)) {
      assertThat(TlsEnd.isNotified(server.endpoint(), server.clientContext(), ""))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsOnAfterClosingItsSendingDirection(Way way) throws Exception {
    Peer peer = connection -> {
      connection.write("bye\n");
      connection.shutdownOutput();
      seen.add("got " + connection.readLine());
    };
    try (PeerServer server = start(way, peer);
        PlainClient client = connect(way, server)) {
      assertThat(client.readLine()).isEqualTo("bye\n");
      client.send("still here\n");

      assertThat(nextSeen()).isEqualTo("got still here");
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void startsTlsInPlace() throws Exception {
    TestCertificate certificate = TestCertificate.forHosts();
    Peer peer = connection -> {
      seen.add("before " + connection.readLine());
      connection.write("go ahead\n");
      connection.startTls(certificate);
      seen.add("after " + connection.readLine());
      connection.write("secret\n");
    };
    try (PeerServer server = PeerServer.start(peer);
        Socket socket = PlainClient.tcp(server.endpoint())) {
      PlainClient plain = PlainClient.over(socket);
      plain.send("STARTTLS\n");
      assertThat(plain.readLine()).isEqualTo("go ahead\n");

      try (PlainClient secured =
          PlainClient.startTls(socket, "localhost", server.port(), certificate.clientContext())) {
        secured.send("hello\n");
        assertThat(secured.readLine()).isEqualTo("secret\n");
      }

      assertThat(nextSeen()).isEqualTo("before STARTTLS");
      assertThat(nextSeen()).isEqualTo("after hello");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void asksForACertificateOfTheClient() throws Exception {
    TestCertificate own = TestCertificate.forHosts();
    TestCertificate client = TestCertificate.onlyForHost("client.example");
    PeerServer.Builder builder = PeerServer.builder().tls(own).needsClientCertificate(client);
    try (PeerServer server = builder.start(connection -> connection.write("welcome"))) {
      try (PlainClient known = PlainClient.connect(server.endpoint(), client.contextFor(own))) {
        assertThat(known.readAll()).isEqualTo("welcome");
      }
      assertThat(server.handshakeFailure()).isEmpty();

      assertThatThrownBy(() -> readWithTls(server, own)).isInstanceOf(IOException.class);
      assertThat(server.awaitHandshakeFailure(SOON)).isInstanceOf(SSLException.class);
      assertThat(server.failure()).isEmpty();
    }
  }

  private static void readWithTls(PeerServer server, TestCertificate trusted) throws IOException {
    try (PlainClient client = PlainClient.connect(server.endpoint(), trusted.clientContext())) {
      client.read();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void waitsForTheClientToHangUp(Way way) throws Exception {
    Peer peer = connection -> {
      connection.awaitClosedByPeer(SOON);
      seen.add("closed");
    };
    try (PeerServer server = start(way, peer)) {
      try (PlainClient client = connect(way, server)) {
        client.send("dropped");
      }

      assertThat(nextSeen()).isEqualTo("closed");
    }
  }

  @Test
  void waitsForTheClientAsLongAsAnybodyCares() throws Exception {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    Peer peer = connection -> {
      connection.awaitClosedByPeer(forEver);
      seen.add("closed");
    };
    try (PeerServer server = PeerServer.start(peer)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        server.awaitConnections(1, forEver);
        client.send("dropped");
      }

      assertThat(nextSeen()).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void goesOnWhenTheClientDoesNotHangUp(Way way) throws Exception {
    Peer peer = connection -> {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> connection.awaitClosedByPeer(NOW))
          .withMessage("the client did not close the connection within PT0.05S");
      connection.write("still open\n");
      seen.add("got " + connection.readLine());
    };
    try (PeerServer server = start(way, peer);
        PlainClient client = connect(way, server)) {
      assertThat(client.readLine()).isEqualTo("still open\n");
      client.send("yes\n");

      assertThat(nextSeen()).isEqualTo("got yes");
    }
  }

  @Test
  void refusesTextThatHasNoLatin1Bytes() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.write("\u20ac"));
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.read()).isEqualTo(-1);
      assertThat(server.failure().orElseThrow()).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latin1.bytes("a\u20ac"))
        .withMessageContaining("index 1");
  }

  @Test
  void saysWhenALineOrAHeadIsCut() throws Exception {
    Peer peer = connection -> {
      assertThatThrownBy(connection::readHead).hasMessageContaining("\"Host\"");
      seen.add("line");
    };
    try (PeerServer server = PeerServer.start(peer)) {
      try (PlainClient client = PlainClient.connect(server.endpoint())) {
        client.send("GET / HTTP/1.1\r\nHost");
      }

      assertThat(nextSeen()).isEqualTo("line");
    }
  }

  @Test
  void refusesSettingsThatDoNotGoTogether() {
    TestCertificate certificate = TestCertificate.forHosts();
    PeerServer.Builder tlsOverUnix = PeerServer.builder().unix().tls(certificate);
    PeerServer.Builder noTls = PeerServer.builder().needsClientCertificate(certificate);

    assertThatIllegalStateException().isThrownBy(() -> tlsOverUnix.start(PeerConnection::hold));
    assertThatIllegalStateException().isThrownBy(() -> noTls.start(PeerConnection::hold));
  }

  @Test
  void hasNoContextWithoutTls() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      assertThatIllegalStateException()
          .isThrownBy(server::clientContext)
          .withMessageContaining(server.endpoint().toString());
    }
  }
}
