package dev.wireline.testing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS over another layer, on either side.
 *
 * <p><b>Lenient:</b> an end without close_notify reads as an end, since it is the client that is
 * under test for what it makes of a cut; {@link #wasNotified()} tells them apart.
 */
final class TlsLink implements Link {

  private static final byte[] NOTHING = {};

  private final Link below;
  private final SSLEngine engine;
  private final ReentrantLock writing = new ReentrantLock();

  private ByteBuffer incoming;
  private ByteBuffer outgoing;
  private ByteBuffer plain;
  private boolean ended;

  /** Stands on a layer of which some bytes were read before. */
  TlsLink(Link below, SSLEngine engine, byte[] readBefore) {
    this.below = below;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    incoming =
        ByteBuffer.allocate(Math.max(packet, readBefore.length)).put(readBefore).flip();
    outgoing = ByteBuffer.allocate(packet);
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
  }

  /** Shakes hands; when that fails the peer has got its alert. */
  void handshake() throws IOException {
    try {
      engine.beginHandshake();
      while (isShakingHands()) {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP && !unwrap()) {
          throw new EOFException("the peer hung up during the TLS handshake");
        }
        followUp();
      }
    } catch (SSLException e) {
      sendAlert(e);
      throw e;
    }
  }

  /** Whether the end that was read was a close_notify, and not a cut. */
  boolean wasNotified() {
    return engine.isInboundDone();
  }

  private boolean isShakingHands() {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
  }

  private void sendAlert(SSLException reason) {
    try {
      followUp();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!plain.hasRemaining()) {
      if (ended || !unwrap()) {
        ended = true;
        return -1;
      }
      followUp();
    }
    int count = Math.min(length, plain.remaining());
    plain.get(target, offset, count);
    return count;
  }

  /** Unwraps one record, or reads more bytes for it; gives false at the end. */
  private boolean unwrap() throws IOException {
    plain.clear();
    Status status;
    try {
      status = engine.unwrap(incoming, plain).getStatus();
    } finally {
      plain.flip();
    }
    return switch (status) {
      case OK -> true;
      case CLOSED -> false;
      case BUFFER_UNDERFLOW -> fill();
      case BUFFER_OVERFLOW -> {
        plain = ByteBuffer.allocate(plain.capacity() * 2).limit(0);
        yield true;
      }
    };
  }

  private boolean fill() throws IOException {
    incoming.compact();
    if (!incoming.hasRemaining()) {
      incoming = ByteBuffer.allocate(incoming.capacity() * 2).put(incoming.flip());
    }
    try {
      int count = below.read(incoming.array(), incoming.position(), incoming.remaining());
      incoming.position(incoming.position() + Math.max(count, 0));
      return count >= 0;
    } finally {
      incoming.flip();
    }
  }

  /** Does what the engine asks for besides reading. */
  private void followUp() throws IOException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        runTasks();
      } else if (status != HandshakeStatus.NEED_WRAP || !wrap(ByteBuffer.wrap(NOTHING))) {
        return;
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      if (!wrap(buffer)) {
        throw new IOException("TLS is closed for output");
      }
    }
  }

  /** Wraps and sends one record; gives false when the engine had nothing to send. */
  private boolean wrap(ByteBuffer source) throws IOException {
    writing.lock();
    try {
      outgoing.clear();
      SSLEngineResult result = engine.wrap(source, outgoing);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        outgoing = ByteBuffer.allocate(outgoing.capacity() * 2);
        return true;
      }
      below.write(outgoing.array(), 0, outgoing.position());
      return outgoing.position() > 0;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    notifyClose();
    below.shutdownOutput();
  }

  private void notifyClose() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      if (!wrap(ByteBuffer.wrap(NOTHING))) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      notifyClose();
    } finally {
      below.close();
    }
  }
}
