package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Selectors that go from one connection to another. */
@Timeout(60)
class WarmKeysTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private final WarmKeys warm = new WarmKeys(1, 100);
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Socket> peers = new ArrayList<>();
  private ServerSocket server;
  private long before;

  @BeforeEach
  void listen() throws IOException {
    before = Leftovers.descriptors();
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    for (Socket peer : peers) {
      peer.close();
    }
    for (SocketChannel channel : channels) {
      channel.close();
    }
    server.close();
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress());
    channels.add(channel);
    channel.configureBlocking(false);
    peers.add(server.accept());
    return channel;
  }

  private Readiness readiness(SocketChannel channel) {
    return new Readiness(channel, warm, warm.writers());
  }

  private static void awaitRoom(Readiness readiness) throws IOException {
    readiness.await(LONG, SelectionKey.OP_WRITE);
  }

  @Test
  void aSelectorGoesToTheNextWhoWaits() throws Exception {
    long alone = Leftovers.descriptors();
    try (Readiness first = readiness(connect());
        Readiness second = readiness(connect())) {
      awaitRoom(first);
      long one = Leftovers.descriptors() - alone;
      awaitRoom(second);
      long two = Leftovers.descriptors() - alone;
      awaitRoom(first);

      assertThat(two).isEqualTo(one).isLessThanOrEqualTo(4 + 2);
      assertThat(Leftovers.descriptors() - alone).isEqualTo(one);
    }
  }

  @Test
  void theDescriptorOfAClosedConnectionGoesThoughAnotherHasItsSelector() throws Exception {
    SocketChannel channel = connect();
    try (Readiness first = readiness(channel);
        Readiness second = readiness(connect())) {
      awaitRoom(first);
      channel.close();
      awaitRoom(second);
      long open = Leftovers.descriptors();
      Closing.quietly(first);

      assertThat(Leftovers.descriptors()).isEqualTo(open);
      assertThat(peers.get(0).getInputStream().read()).isEqualTo(-1);
    }
  }

  /** A close must never reach the selector that its connection had, and another one has now. */
  @Test
  void aCloseDisturbsNobodyWhoTookTheSelectorOver() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    try (Readiness steady = readiness(connect())) {
      Thread waiting = new Thread(() -> {
        try {
          while (!done.get()) {
            awaitRoom(steady);
          }
        } catch (IOException | RuntimeException e) {
          failures.add(e);
        }
      });
      waiting.start();
      for (int i = 0; i < 2000; i++) {
        useAndClose();
      }
      done.set(true);
      waiting.join();
    }

    assertThat(failures).isEmpty();
  }

  private void useAndClose() throws IOException, InterruptedException {
    SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress());
    channel.configureBlocking(false);
    server.accept().close();
    Readiness brief = readiness(channel);
    Thread closing = new Thread(() -> {
      Closing.quietly(channel);
      Closing.quietly(brief);
    });
    closing.start();
    try {
      awaitRoom(brief);
    } catch (IOException e) {
      assertThat(channel.isOpen()).isFalse();
    }
    closing.join();
    assertThat(channel.isOpen()).isFalse();
  }
}
