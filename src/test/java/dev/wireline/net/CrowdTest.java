package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that wait where no selector is left for them alone. */
@Timeout(60)
class CrowdTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(50);

  private final WarmKeys none = new WarmKeys(1, 0);
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Readiness> readiness = new ArrayList<>();
  private final List<Socket> peers = new ArrayList<>();
  private ServerSocket server;

  static List<ThreadKind> kinds() {
    return ThreadKind.available();
  }

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    for (int i = 0; i < 5; i++) {
      SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress());
      channel.configureBlocking(false);
      channels.add(channel);
      readiness.add(new Readiness(channel, none, none.readers()));
      peers.add(server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).close();
      readiness.get(i).close();
      peers.get(i).close();
    }
    server.close();
  }

  private Caller<Boolean> reader(ThreadKind kind, int number, int bytes) {
    return Caller.run(kind, () -> {
      for (int i = 0; i < bytes; i++) {
        ByteBuffer into = ByteBuffer.allocate(1);
        while (channels.get(number).read(into) == 0) {
          readiness.get(number).await(LONG, SelectionKey.OP_READ);
        }
        assertThat(into.get(0)).isEqualTo((byte) number);
        acknowledge(number);
      }
    });
  }

  private void acknowledge(int number) throws IOException {
    ByteBuffer octet = ByteBuffer.wrap(new byte[] {1});
    while (octet.hasRemaining()) {
      channels.get(number).write(octet);
    }
  }

  /** Whoever selects for all is served first, last, and in between. */
  @ParameterizedTest
  @MethodSource("kinds")
  void eachIsWokenByItsOwnInput(ThreadKind kind) throws Exception {
    List<Caller<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      callers.add(reader(kind, i, 400));
    }

    for (int round = 0; round < 400; round++) {
      for (int i = 0; i < channels.size(); i++) {
        int number = (i + round) % channels.size();
        peers.get(number).getOutputStream().write(number);
        assertThat(peers.get(number).getInputStream().read()).isOne();
      }
    }

    for (Caller<Boolean> caller : callers) {
      assertThat(caller.result()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anInterruptEndsOneWaitAlone(ThreadKind kind) throws Exception {
    for (int i = 0; i < 4; i++) {
      int number = i;
      Caller<Boolean> interrupted =
          Caller.run(kind, () -> readiness.get(number).await(LONG, SelectionKey.OP_READ));
      Caller<Boolean> other = reader(kind, 4, 1);
      interrupted.awaitWaiting(Crowd.class);
      other.awaitWaiting(Crowd.class);

      interrupted.interrupt();

      assertThat(interrupted.result()).isTrue();
      assertThat(interrupted.endedInterrupted()).isTrue();
      peers.get(4).getOutputStream().write(4);
      assertThat(other.result()).isTrue();
      assertThat(peers.get(4).getInputStream().read()).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aCloseWakesItsOwnAndTellsThePeer(ThreadKind kind) throws Exception {
    List<Caller<Boolean>> callers = new ArrayList<>();
    for (Readiness each : readiness) {
      callers.add(Caller.run(kind, () -> each.await(LONG, SelectionKey.OP_READ)));
    }
    for (Caller<Boolean> caller : callers) {
      caller.awaitWaiting(Crowd.class);
    }

    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).close();
      readiness.get(i).close();

      assertThat(callers.get(i).result()).isTrue();
      assertThat(peers.get(i).getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aWaitEndsWithItsTime() throws Exception {
    long start = System.nanoTime();

    readiness.get(0).await(TimeUnit.MILLISECONDS.toNanos(20), SelectionKey.OP_READ);
    readiness.get(0).await(TimeUnit.MILLISECONDS.toNanos(20), SelectionKey.OP_READ);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000);
  }

  /** Also when nobody is left who would select. */
  @Test
  void aCloseFreesTheDescriptor() throws Exception {
    readiness.get(0).await(1, SelectionKey.OP_READ);
    long before = Leftovers.descriptors();

    channels.get(0).close();
    readiness.get(0).close();

    assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(Math.max(0, before - 1));
  }
}
