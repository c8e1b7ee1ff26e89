package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.Acceptor;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.SocksProxy;
import dev.wireline.net.Wire;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Second connections of a dialogue, to the peer and from it. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class CompanionTest {
  /** A client with second connections. */
  private static final class Files extends LineClient {
    Files(Endpoint endpoint, Dialer.Builder dialer) {
      super(endpoint, LineOptions.builder().dialer(dialer.build()).build());
    }

    Wire second(int port) throws IOException {
      return companion(port);
    }

    Acceptor acceptor() throws IOException {
      return listen();
    }
  }

  private static Endpoint named(PeerServer server) {
    return Endpoint.tcp("files.test", server.port());
  }

  private static Dialer.Builder loopback() {
    return Dialer.builder().resolver(host -> List.of(InetAddress.getLoopbackAddress()));
  }

  private static PeerServer holding() throws IOException {
    return PeerServer.start(PeerConnection::hold);
  }

  @Test
  void connectsToTheAddressOfTheFirst() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Dialer.Builder dialer = Dialer.builder().resolver(host -> {
      // A name with several addresses, of which another one comes first each time.
      int last = asked.incrementAndGet() == 1 ? 1 : 2;
      return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}));
    });
    try (PeerServer control = holding();
        PeerServer data = PeerServer.start(peer -> peer.write("data"));
        Files client = new Files(named(control), dialer);
        Wire second = client.second(data.port())) {

      assertThat(second.input().readAllBytes()).asString(US_ASCII).isEqualTo("data");

      assertThat(asked).hasValue(1);
      assertThat(second.endpoint()).isEqualTo(Endpoint.tcp("files.test", data.port()));
    }
  }

  @Test
  void namesItsRealPortInFailures() throws Exception {
    int nobody = closedPort();
    try (PeerServer control = holding();
        Files client = new Files(named(control), loopback())) {

      ConnectionRefusedException refused =
          catchThrowableOfType(ConnectionRefusedException.class, () -> client.second(nobody));

      assertThat(refused.endpoint()).isEqualTo(Endpoint.tcp("files.test", nobody));
      assertThat(refused).hasMessageContaining("files.test:" + nobody);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A SOCKS 5 proxy that notes the names that it is asked for, and leads to the loopback interface. */
  private static Peer socks(BlockingQueue<String> asked) {
    return peer -> {
      DataInputStream in = new DataInputStream(peer.input());
      in.readFully(new byte[1]);
      in.readFully(new byte[in.readUnsignedByte()]);
      peer.write(new byte[] {5, 0});
      in.readFully(new byte[4]);
      byte[] name = new byte[in.readUnsignedByte()];
      in.readFully(name);
      int port = in.readUnsignedShort();
      asked.add(new String(name, US_ASCII) + ":" + port);
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        peer.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
        peer.write(target.getInputStream().readAllBytes());
      }
    };
  }

  @Test
  void goesThroughTheSameProxyByName() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (PeerServer proxy = PeerServer.start(socks(asked));
        PeerServer control = PeerServer.start(peer -> peer.write("220 ready\r\n"));
        PeerServer data = PeerServer.start(peer -> peer.write("data"));
        Files client = new Files(
            named(control), Dialer.builder().connector(SocksProxy.of(proxy.endpoint())))) {
      assertThat(client.readLine()).isEqualTo("220 ready");

      try (Wire second = client.second(data.port())) {
        assertThat(second.input().readAllBytes()).asString(US_ASCII).isEqualTo("data");
      }

      assertThat(asked)
          .containsExactly("files.test:" + control.port(), "files.test:" + data.port());
      assertThatIllegalStateException()
          .isThrownBy(client::acceptor)
          .withMessageContaining("without a proxy");
    }
  }

  @Test
  void isClosedWithTheFirst() throws Exception {
    try (PeerServer control = holding();
        PeerServer data = holding();
        Files client = new Files(control.endpoint(), Dialer.builder())) {
      Wire second = client.second(data.port());
      Acceptor acceptor = client.acceptor();
      Caller<Integer> reader = Caller.start(() -> second.input().read()).awaitSelecting();
      Caller<Wire> accepting = Caller.start(acceptor::accept).awaitSelecting();

      client.close();

      reader.failure(ClientClosedException.class);
      accepting.failure(ClientClosedException.class);
      assertThat(second.isOpen()).isFalse();
      assertThat(catchThrowableOfType(ClientClosedException.class, () -> client.second(1)))
          .isNotNull();
    }
  }

  @Test
  void leavesTheFirstOneOpenWhenItIsClosedOrFails() throws Exception {
    try (EchoServer control = EchoServer.start();
        PeerServer data = PeerServer.start(peer -> {
          peer.read();
          peer.reset();
        });
        Files client = new Files(control.endpoint(), Dialer.builder())) {
      for (int i = 0; i < 3; i++) {
        try (Wire second = client.second(data.port())) {
          second.output().write(1);
          assertThat(
                  catchThrowableOfType(IOException.class, () -> second.input().read()))
              .isNotNull();
        }
      }

      client.writeLine("still here");

      assertThat(client.readLine()).isEqualTo("still here");
    }
  }

  @Test
  void isUnderTheDeadlineAndTheSilenceOfTheDialogue() throws Exception {
    try (PeerServer control = holding();
        PeerServer data = holding();
        Files client = new Files(control.endpoint(), Dialer.builder());
        Wire second = client.second(data.port())) {
      Dialogue dialogue = Dialogue.of(client);

      DeadlineExceededException late = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> dialogue.within(Duration.ofMillis(100), () -> second.input().read()));

      assertThat(late.phase()).isEqualTo(Phase.CALL);
      assertThat(late.endpoint()).isEqualTo(second.endpoint());
      try (Wire third = client.second(data.port())) {
        DeadlineExceededException silent = catchThrowableOfType(
            DeadlineExceededException.class,
            () -> dialogue.patient(Duration.ofMillis(100), () -> third.input().read()));
        assertThat(silent.phase()).isEqualTo(Phase.READ);
      }
    }
  }

  /** With a reset or without. */
  private static boolean isHungUpOn(SocketChannel stranger) {
    try {
      return stranger.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void acceptsThePeerAlone() throws Exception {
    try (PeerServer control = holding();
        Files client = new Files(control.endpoint(), Dialer.builder());
        Acceptor acceptor = client.acceptor()) {
      Caller<Wire> accepting = Caller.start(acceptor::accept).awaitSelecting();
      try (SocketChannel stranger = SocketChannel.open()) {
        stranger.bind(new InetSocketAddress("127.0.0.2", 0));
        stranger.connect(acceptor.address());
        assertThat(isHungUpOn(stranger)).isTrue();
      }

      try (Socket peer =
              new Socket(InetAddress.getLoopbackAddress(), acceptor.address().getPort());
          Wire second = accepting.result()) {
        peer.getOutputStream().write("data".getBytes(US_ASCII));
        peer.shutdownOutput();

        assertThat(second.input().readAllBytes()).asString(US_ASCII).isEqualTo("data");
        assertThat(second.endpoint()).isEqualTo(Endpoint.tcp("127.0.0.1", peer.getLocalPort()));
        assertThat(acceptor.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void waitsForThePeerNoLongerThanAllowed() throws Exception {
    try (PeerServer control = holding();
        Files client =
            new Files(control.endpoint(), Dialer.builder().connectTimeout(Duration.ofMillis(300)));
        Acceptor acceptor = client.acceptor()) {

      DeadlineExceededException late =
          catchThrowableOfType(DeadlineExceededException.class, acceptor::accept);
      DeadlineExceededException call = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(Duration.ofMillis(50), acceptor::accept));

      assertThat(late.phase()).isEqualTo(Phase.CONNECT);
      assertThat(late).hasMessageStartingWith("awaiting a second connection from 127.0.0.1:");
      assertThat(call.phase()).isEqualTo(Phase.CALL);
    }
  }

  @Test
  void isWokenByAnInterruptAndByAClose() throws Exception {
    try (PeerServer control = holding();
        Files client = new Files(control.endpoint(), Dialer.builder());
        Acceptor acceptor = client.acceptor()) {
      Caller<Wire> interrupted = Caller.start(acceptor::accept).awaitSelecting();
      assertThatIllegalStateException().isThrownBy(acceptor::accept);
      interrupted.interrupt();
      interrupted.failure(CallInterruptedException.class);
      assertThat(interrupted.endedInterrupted()).isTrue();
      Caller<Wire> closed = Caller.start(acceptor::accept).awaitSelecting();

      acceptor.close();

      closed.failure(ClientClosedException.class);
    }
  }

  @Test
  void standsInTheTranscript() throws Exception {
    try (PeerServer control = holding();
        PeerServer data = holding();
        Files client = new Files(control.endpoint(), Dialer.builder())) {
      Transcript transcript = Transcript.of(client);

      client.second(data.port()).close();
      client.acceptor().close();

      assertThat(transcript.toString())
          .contains("# a second connection to 127.0.0.1:" + data.port())
          .contains("# listening for a second connection at port ");
    }
  }

  @Test
  void needsAPort() throws Exception {
    try (PeerServer control = PeerServer.builder().unix().start(PeerConnection::hold);
        PeerServer tcp = holding();
        Files client = new Files(control.endpoint(), Dialer.builder());
        Files other = new Files(tcp.endpoint(), Dialer.builder())) {
      assertThatIllegalStateException().isThrownBy(() -> client.second(1));
      assertThatIllegalStateException().isThrownBy(client::acceptor);
      assertThatIllegalArgumentException().isThrownBy(() -> other.second(0));
      assertThatIllegalArgumentException().isThrownBy(() -> other.second(65_536));
    }
  }
}
