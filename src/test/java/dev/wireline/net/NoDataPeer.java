package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A TLS server for one connection that works for ever and says nothing. */
final class NoDataPeer implements Closeable {

  /** What it works at. The JDK's engine sends no empty records and no further tickets. */
  enum Work {
    KEY_UPDATES(""),
    /** In place of its ServerHello: a warning that does not end the handshake, user_canceled. */
    ALERTS("1503030002015a"),
    /** The same as the compatibility mode has it (RFC 8446, appendix D.4). */
    CHANGES_OF_CIPHER("140303000101");

    private final String record;

    /** The octets of a record that is sent as it is, in hexadecimal. */
    Work(String record) {
      this.record = record;
    }

    /** Whether a client gets no handshake from it. */
    boolean isInTheHandshake() {
      return !record.isEmpty();
    }
  }

  private final Work work;
  private final Duration pause;
  private final ServerSocketChannel server;
  private final Thread thread;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile SocketChannel accepted;

  private NoDataPeer(Work work, Duration pause) throws IOException {
    this.work = work;
    this.pause = pause;
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    accepted = SocketChannel.open();
    thread = new Thread(this::serve, "no-data-peer");
  }

  /** One record after the other, as fast as the client takes them. */
  static NoDataPeer flooding(Work work) throws IOException {
    return start(work, Duration.ZERO);
  }

  /** A record, a pause, and so on. */
  static NoDataPeer dripping(Work work) throws IOException {
    return start(work, Duration.ofMillis(100));
  }

  private static NoDataPeer start(Work work, Duration pause) throws IOException {
    NoDataPeer peer = new NoDataPeer(work, pause);
    peer.thread.start();
    return peer;
  }

  Endpoint endpoint() throws IOException {
    return Endpoint.tls("127.0.0.1", ((InetSocketAddress) server.getLocalAddress()).getPort());
  }

  /** Waits until the first records are on their way. */
  void awaitWork() throws InterruptedException {
    begun.await();
  }

  private void serve() {
    try (SocketChannel client = server.accept()) {
      accepted.close();
      accepted = client;
      if (work.isInTheHandshake()) {
        client.read(ByteBuffer.allocate(1 << 14));
        while (!closed) {
          client.write(ByteBuffer.wrap(HexFormat.of().parseHex(work.record)));
          rest();
        }
      } else {
        MemoryPeer memory = shakeHands(client);
        while (!closed) {
          memory.updateKeys();
          handOver(memory, client);
          rest();
        }
      }
    } catch (IOException e) {
      // The client has gone, which is what is waited for.
    }
  }

  private void rest() {
    begun.countDown();
    LockSupport.parkNanos(pause.toNanos());
  }

  private static MemoryPeer shakeHands(SocketChannel client) throws IOException {
    MemoryPeer memory = new MemoryPeer("TLSv1.3");
    ByteBuffer records = ByteBuffer.allocate(1 << 15);
    while (!memory.isShaken()) {
      if (client.read(records.clear()) < 0) {
        throw new IOException("no handshake");
      }
      memory.write(records.flip());
      memory.work();
      handOver(memory, client);
    }
    return memory;
  }

  private static void handOver(MemoryPeer memory, SocketChannel client) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(memory.unread());
    memory.read(records);
    client.write(records.flip());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    accepted.close();
    try {
      thread.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
