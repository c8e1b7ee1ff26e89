package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dials of Unix-domain sockets. */
@Timeout(60)
class UnixDialTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir
  Path directory;

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  @Test
  void connectsAndTellsThePath() throws Exception {
    Path path = directory.resolve("s");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);

      try (Wire wire = Dialer.standard().dial(Endpoint.unix(path))) {
        assertThat(wire.remoteAddress()).contains(address);
        assertThat(wire.localAddress()).isPresent();
        assertThat(wire.tlsSession()).isEmpty();
        assertThat(wire.isOpen()).isTrue();
      }
    }
  }

  @Test
  void saysThatThereIsNoSuchPath() {
    Endpoint peer = Endpoint.unix(directory.resolve("missing"));

    ConnectFailedException thrown = catchThrowableOfType(
        ConnectFailedException.class, () -> Dialer.standard().dial(peer));

    assertThat(thrown).isNotInstanceOf(ConnectionRefusedException.class);
    assertThat(thrown.endpoint()).isEqualTo(peer);
    assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
    assertThat(thrown)
        .hasMessage("connecting to " + peer
            + ": not connected (No such file or directory) [CONNECT, no connection]");
  }

  @Test
  void saysThatNobodyListensBehindAStaleFile() throws Exception {
    Path path = directory.resolve("stale");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
    Endpoint peer = Endpoint.unix(path);

    ConnectionRefusedException thrown = catchThrowableOfType(
        ConnectionRefusedException.class, () -> Dialer.standard().dial(peer));

    assertThat(Files.exists(path)).isTrue();
    assertThat(thrown.endpoint()).isEqualTo(peer);
    assertThat(thrown).hasMessageContaining("connection refused (Connection refused)");
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void saysThatThePathIsTooLong() {
    Endpoint peer = Endpoint.unix(directory.resolve("x".repeat(200)));

    ConnectFailedException thrown = catchThrowableOfType(
        ConnectFailedException.class, () -> Dialer.standard().dial(peer));

    assertThat(thrown).hasMessageContaining("too long");
  }

  @Test
  void endsAtTheConnectTimeoutWhenTheBacklogStaysFull() throws Exception {
    try (BlackHole hole = BlackHole.unix(directory.resolve("full"))) {
      Wire wire = Dialer.builder().connectTimeout(SHORT).build().wire(hole.endpoint());

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, wire::connect);

      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
      assertThat(thrown.elapsed()).isGreaterThanOrEqualTo(SHORT);
      assertThat(thrown).hasMessageContaining("the peer's backlog was still full after ");
      assertThat(wire.failure()).containsSame(thrown);
    }
  }

  @Test
  void connectsWhenAFullBacklogHasRoomAgain() throws Exception {
    try (BlackHole hole = BlackHole.unix(directory.resolve("full"))) {
      Caller<Wire> dial =
          Caller.start(() -> Dialer.standard().dial(hole.endpoint())).awaitWaiting();

      hole.makeRoom();

      try (Wire wire = dial.result()) {
        assertThat(wire.isOpen()).isTrue();
      }
    }
  }
}
