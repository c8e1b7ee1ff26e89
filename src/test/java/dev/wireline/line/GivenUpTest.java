package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wireline.net.ConnectionState;
import dev.wireline.net.Wire;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer sees of something in bulk that is not sent to its end: an error, and not an end. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class GivenUpTest {
  private static final byte[] HALF = "half of a file".getBytes(US_ASCII);

  /** What ended the input of a peer: an exception, or the bytes up to a clean end. */
  private final CompletableFuture<Object> seen = new CompletableFuture<>();

  private void readAll(PeerConnection peer) throws IOException {
    assertThat(peer.read(HALF.length)).isEqualTo(HALF);
    peer.write("seen\r\n");
    try {
      seen.complete(peer.input().readAllBytes());
    } catch (IOException e) {
      seen.complete(e);
    }
  }

  private void assertReset() throws Exception {
    assertThat(seen.get(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            IOException.class, e -> assertThat(e).hasMessageContaining("reset"));
  }

  private static Outgoing half(Wire wire) throws IOException {
    Outgoing out = Outgoing.of(wire, LineOptions.standard());
    out.write(HALF);
    out.flush();
    assertThat(wire.input().read(6)).asString(US_ASCII).isEqualTo("seen\r\n");
    return out;
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void isResetWhereItIsClosedUnfinished(Way way) throws Exception {
    try (PeerServer server = way.start(this::readAll);
        Wire wire = way.dialer(server::clientContext).build().dial(server.endpoint())) {
      half(wire).close();

      assertReset();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void isResetWhereItsWireIsClosedFirst(Way way) throws Exception {
    try (PeerServer server = way.start(this::readAll);
        Wire wire = way.dialer(server::clientContext).build().dial(server.endpoint())) {
      half(wire);

      wire.close();

      assertReset();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void isResetWhereItsSourceFails(Way way) throws Exception {
    try (PeerServer server = way.start(this::readAll);
        Wire wire = way.dialer(server::clientContext).build().dial(server.endpoint())) {
      Outgoing out = half(wire);

      assertThat(catchThrowable(() -> out.sendAll(unreadable()))).hasMessage("unreadable");

      assertReset();
    }
  }

  private static InputStream unreadable() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("unreadable");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void endsInPeaceWhereItIsFinished(Way way) throws Exception {
    try (PeerServer server = way.start(this::readAll);
        Wire wire = way.dialer(server::clientContext).build().dial(server.endpoint())) {
      half(wire).finish();
      wire.close();

      assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(new byte[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TLS"})
  void breaksTheClientWhoseOwnConnectionItIs(Way way) throws Exception {
    try (PeerServer server = way.start(this::readAll);
        LineClient client =
            new LineClient(server.endpoint(), way.options(server::clientContext).build())) {
      Outgoing text = DotBlocks.of(client).write();
      text.write(HALF);
      text.flush();
      assertThat(client.readLine()).isEqualTo("seen");

      text.close();

      assertReset();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  /** A second connection, with the client that has it. */
  private static final class Files extends LineClient {
    Files(PeerServer server) {
      super(server.endpoint());
    }

    Wire second(int port) throws IOException {
      return companion(port);
    }
  }

  @Test
  void isResetOnASecondConnectionThatItsClientCloses() throws Exception {
    try (PeerServer control = PeerServer.start(PeerConnection::hold);
        PeerServer data = PeerServer.start(this::readAll)) {
      Files client = new Files(control);
      half(client.second(data.port()));

      client.close();

      assertReset();
    }
  }
}
