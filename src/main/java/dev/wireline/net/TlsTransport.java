package dev.wireline.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over another transport: the JDK's engine, driven without waiting.
 *
 * <p>The reading thread unwraps, the writing thread wraps; where the engine wants the other direction
 * too, as for a key update, the reader wraps only if no writer is at it, for the writer's next record
 * would carry it anyway. The engine's delegated tasks run in the calling thread.
 */
final class TlsTransport implements Transport {
  /** What a handshake needs next. */
  enum Step {
    DONE,
    INPUT,
    OUTPUT
  }

  private static final int MAX_ALERTS = 4;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Transport below;
  private final SSLEngine engine;
  private final ReentrantLock wrapping = new ReentrantLock();
  private ByteBuffer records = NOTHING;
  private ByteBuffer plain = NOTHING;
  private ByteBuffer sealed = NOTHING;
  private boolean begun;
  private volatile boolean shaken;
  private boolean ended;

  TlsTransport(Transport below, SSLEngine engine) {
    this.below = below;
    this.engine = engine;
  }

  /** Takes the handshake as far as it goes without waiting. */
  Step handshake() throws IOException {
    try {
      return shake();
    } catch (SSLException e) {
      sendAlert();
      throw e;
    }
  }

  private Step shake() throws IOException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    while (true) {
      if (!flush()) {
        return Step.OUTPUT;
      }
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrapHandshake()) {
            return Step.INPUT;
          }
        }
        default -> {
          shaken = true;
          return Step.DONE;
        }
      }
    }
  }

  private boolean unwrapHandshake() throws IOException {
    clearPlain();
    SSLEngineResult result = engine.unwrap(records, plain);
    plain.flip();
    if (result.getStatus() == Status.CLOSED) {
      throw new EOFException("the peer closed TLS during the handshake");
    }
    if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
      return true;
    }
    int count = receive();
    if (count < 0) {
      throw new EOFException("the peer hung up during the handshake");
    }
    return count > 0;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      return open(into);
    } catch (SSLException e) {
      sendAlert();
      throw e;
    }
  }

  private int open(ByteBuffer into) throws IOException {
    if (plain.hasRemaining()) {
      return moveTo(into);
    }
    int before = into.position();
    while (!ended) {
      SSLEngineResult result = engine.unwrap(records, into);
      switch (result.getStatus()) {
        case BUFFER_UNDERFLOW -> {
          int count = receive();
          if (count < 0) {
            throw new TruncatedException();
          }
          if (count == 0) {
            return 0;
          }
        }
        case BUFFER_OVERFLOW -> {
          return unwrapAside(into);
        }
        case CLOSED -> ended = true;
        case OK -> {
          afterRecord();
          if (into.position() > before) {
            return into.position() - before;
          }
        }
      }
    }
    return -1;
  }

  /** For a record that is larger than the room: it is opened aside and handed over in parts. */
  private int unwrapAside(ByteBuffer into) throws IOException {
    clearPlain();
    SSLEngineResult result = engine.unwrap(records, plain);
    plain.flip();
    if (result.getStatus() == Status.OK) {
      afterRecord();
    }
    return moveTo(into);
  }

  private int moveTo(ByteBuffer into) {
    int count = Math.min(into.remaining(), plain.remaining());
    into.put(into.position(), plain, plain.position(), count);
    into.position(into.position() + count);
    plain.position(plain.position() + count);
    return count;
  }

  private void clearPlain() {
    int size = engine.getSession().getApplicationBufferSize();
    if (plain.capacity() < size) {
      plain = ByteBuffer.allocate(size);
    }
    plain.clear();
  }

  /** Best effort: the peer learns why, but nobody waits for it. */
  private void sendAlert() {
    try {
      for (int records = 0;
          records < MAX_ALERTS && !engine.isOutboundDone() && flush();
          records++) {
        wrap(NOTHING);
      }
      flush();
    } catch (IOException e) {
      // The failure that is being reported is the one before.
    }
  }

  private void afterRecord() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NOT_HANDSHAKING) {
      return;
    }
    // Strict: TLS 1.2 renegotiation is refused, as RFC 9325 section 3.5 advises clients to.
    if (shaken && !engine.getSession().getProtocol().equals("TLSv1.3")) {
      throw new SSLException("the peer asked for a renegotiation, which is refused");
    }
    runTasks();
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrapping.tryLock()) {
      try {
        if (flush()) {
          wrap(NOTHING);
          flush();
        }
      } finally {
        wrapping.unlock();
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Reads records from below: the count, 0 for nothing now, -1 at the end. */
  private int receive() throws IOException {
    if (records.capacity() == 0) {
      records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
    }
    records.compact();
    try {
      return below.read(records);
    } finally {
      records.flip();
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    wrapping.lock();
    try {
      while (flush() && from.hasRemaining()) {
        wrap(from);
      }
    } finally {
      wrapping.unlock();
    }
  }

  /** Seals one record; {@code sealed} is empty before. */
  private void wrap(ByteBuffer from) throws IOException {
    if (sealed.capacity() == 0) {
      sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }
    sealed.clear();
    SSLEngineResult result;
    try {
      result = engine.wrap(from, sealed);
    } finally {
      sealed.flip();
    }
    if (result.getStatus() == Status.CLOSED && from.hasRemaining()) {
      throw new SSLException("the sending direction is closed");
    }
    if (result.bytesProduced() == 0 && from.hasRemaining()) {
      throw new SSLException("the TLS engine does not take data: " + result.getHandshakeStatus());
    }
    runTasks();
  }

  @Override
  public boolean flush() throws IOException {
    wrapping.lock();
    try {
      if (sealed.hasRemaining()) {
        below.write(sealed);
      }
      return !sealed.hasRemaining() && below.flush();
    } finally {
      wrapping.unlock();
    }
  }

  @Override
  public void awaitInput(long nanos) throws IOException {
    below.awaitInput(nanos);
  }

  @Override
  public void awaitOutput(long nanos) throws IOException {
    below.awaitOutput(nanos);
  }

  /** Sends close_notify; the channel below stays open both ways, as RFC 8446 section 6.1 has it. */
  @Override
  public void shutdownOutput() throws IOException {
    wrapping.lock();
    try {
      engine.closeOutbound();
      while (flush() && !engine.isOutboundDone()) {
        wrap(NOTHING);
      }
      flush();
    } finally {
      wrapping.unlock();
    }
  }

  @Override
  public void park() throws IOException {
    below.park();
    if (!records.hasRemaining()) {
      records = NOTHING;
    }
    if (!plain.hasRemaining()) {
      plain = NOTHING;
    }
    wrapping.lock();
    try {
      if (!sealed.hasRemaining()) {
        sealed = NOTHING;
      }
    } finally {
      wrapping.unlock();
    }
  }

  @Override
  public boolean isClosed() {
    return below.isClosed();
  }

  @Override
  public void close() {
    // A writer at work means that no close_notify can be fitted in; the cut tells the peer as well.
    if (!below.isClosed() && wrapping.tryLock()) {
      try {
        if (shaken) {
          shutdownOutput();
        }
      } catch (IOException e) {
        // Best effort: the connection is given up.
      } finally {
        wrapping.unlock();
      }
    }
    below.close();
  }

  @Override
  public Optional<SSLSession> session() {
    return Optional.of(engine.getSession());
  }

  /** The bytes below ended without a close_notify. */
  static final class TruncatedException extends IOException {
    private static final long serialVersionUID = 1;

    TruncatedException() {
      super("the connection ended without close_notify");
    }
  }
}
