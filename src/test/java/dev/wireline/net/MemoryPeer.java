package dev.wireline.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

/**
 * A TLS server in memory, and the transport that leads to it: it hands out and takes as many bytes as
 * a test lets it.
 */
final class MemoryPeer implements Transport {
  private final SSLEngine engine;
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 20);
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 20);
  private int room = Integer.MAX_VALUE;
  private int most = Integer.MAX_VALUE;
  private int reads;
  private long sent;
  private final LongSupplier clock;
  private boolean closed;

  MemoryPeer(String protocol) {
    this(protocol, Deadline.SYSTEM_CLOCK);
  }

  /** The clock is that of the client. */
  MemoryPeer(String protocol, LongSupplier clock) {
    this.clock = clock;
    engine = Carrier.CERTIFICATE.serverContext().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(new String[] {protocol});
    toClient.flip();
    toServer.flip();
  }

  /** Shakes hands; what the server sends at the end of it, such as tickets, is still unread. */
  TlsTransport connect() throws IOException {
    SSLEngine client = Carrier.CERTIFICATE.clientContext().createSSLEngine("127.0.0.1", 1);
    client.setUseClientMode(true);
    TlsTransport transport = new TlsTransport(this, client, clock);
    while (transport.handshake() != TlsTransport.Step.DONE) {
      work();
    }
    work();
    return transport;
  }

  /** Does what the server's engine wants until it has nothing to do. */
  void work() throws IOException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        engine.getDelegatedTask().run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        send(new byte[0]);
      } else if (!unwrap(ByteBuffer.allocate(1 << 16))) {
        return;
      }
    }
  }

  private boolean unwrap(ByteBuffer into) throws IOException {
    SSLEngineResult result = engine.unwrap(toServer, into);
    return result.getStatus() == Status.OK && result.bytesConsumed() > 0;
  }

  /** Whether the handshake has ended for the server. */
  boolean isShaken() {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !engine.getSession().getProtocol().equals("NONE");
  }

  /** What the client has sent, up to the end of its record. */
  byte[] receive() throws IOException {
    ByteBuffer into = ByteBuffer.allocate(1 << 16);
    unwrap(into);
    byte[] bytes = new byte[into.flip().remaining()];
    into.get(bytes);
    return bytes;
  }

  /** Seals bytes, or what the engine itself has to say, for the client to read. */
  void send(byte[] bytes) throws IOException {
    toClient.compact();
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      do {
        engine.wrap(from, toClient);
      } while (from.hasRemaining());
    } finally {
      toClient.flip();
    }
  }

  void closeOutbound() throws IOException {
    engine.closeOutbound();
    work();
  }

  /** Asks for a key update (RFC 8446 section 4.6.3). */
  void updateKeys() throws IOException {
    engine.beginHandshake();
    work();
  }

  /** Whether the client's close_notify has come. */
  boolean isNotified() throws IOException {
    work();
    return engine.isInboundDone();
  }

  /** From now on takes so many bytes and no more. */
  void setRoom(int bytes) {
    room = bytes;
  }

  /** From now on hands out at most so many bytes a read. */
  void setMost(int bytes) {
    most = bytes;
  }

  /** How often the client has asked for bytes. */
  int reads() {
    return reads;
  }

  int unread() {
    return toClient.remaining();
  }

  @Override
  public int read(ByteBuffer into) {
    reads++;
    int count = Math.min(most, Math.min(into.remaining(), toClient.remaining()));
    into.put(toClient.slice().limit(count));
    toClient.position(toClient.position() + count);
    return count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    if (closed) {
      throw new IOException("Broken pipe");
    }
    int count = Math.min(room, from.remaining());
    room -= count;
    sent += count;
    toServer.compact();
    toServer.put(from.slice().limit(count)).flip();
    from.position(from.position() + count);
  }

  @Override
  public long sent() {
    return sent;
  }

  @Override
  public int flush() {
    return 0;
  }

  @Override
  public void awaitInput(long nanos) {
    throw new AssertionError("nothing waits in memory");
  }

  @Override
  public void wakeInput() {}

  @Override
  public void awaitOutput(long nanos) {
    throw new AssertionError("nothing waits in memory");
  }

  @Override
  public void awaitEither(long nanos) {
    throw new AssertionError("nothing waits in memory");
  }

  @Override
  public void shutdownOutput() {
    throw new AssertionError("TLS keeps the channel below open");
  }

  @Override
  public void park() {}

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void reset() {
    close();
  }

  /** From now on writes fail. */
  @Override
  public void close() {
    closed = true;
  }

  @Override
  public Optional<SSLSession> session() {
    return Optional.empty();
  }
}
