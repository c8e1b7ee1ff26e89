package dev.wireline.net;

import dev.wireline.internal.Quoted;
import dev.wireline.internal.StackRoom;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over another transport: the JDK's engine, driven without waiting.
 *
 * <p>The reading thread unwraps, the writing thread wraps. If the engine needs the other direction too, as for
 * a key update, the reader wraps only if no writer is at work, since the writer's next record would carry it
 * anyway. The engine's delegated tasks run in the calling thread.
 */
final class TlsTransport extends UpperTransport {
  /** What a handshake needs next. */
  enum Step {
    DONE,
    INPUT,
    OUTPUT,
    /** Check the clock: there is more to do without waiting. */
    CLOCK
  }

  /** More than an engine sends at its end: user_canceled and close_notify. */
  private static final int MAX_ALERTS = 4;

  /** How many records are encrypted before the caller checks the clock again. */
  private static final int MAX_RECORDS = 8;

  /** How many pieces of one record are received before the caller checks the clock again. */
  private static final int MAX_PIECES = 8;

  /** How many steps of a handshake are taken before the caller checks the clock again. */
  private static final int MAX_STEPS = 8;

  /**
   * How many records without data may come in a row, plus one for each second since the last data; for a
   * handshake, how many in all.
   */
  static final int MAX_RECORDS_WITHOUT_DATA = 100;

  /** The types of records, change_cipher_spec to heartbeat. */
  private static final int FIRST_RECORD_TYPE = 20;

  private static final int LAST_RECORD_TYPE = 24;
  private static final int MAX_SHOWN_BYTES = 60;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final LongSupplier clock;
  private final ReentrantLock wrapping = new ReentrantLock();
  private ByteBuffer records = NOTHING;
  private ByteBuffer plain = NOTHING;
  private ByteBuffer sealed = NOTHING;
  private boolean begun;
  private volatile boolean shaken;
  private boolean ended;

  /** The records without data that have come since the last data, and when that came. */
  private int passedOver;

  private long dataCame;

  TlsTransport(Transport below, SSLEngine engine, LongSupplier clock) {
    super(below);
    this.engine = engine;
    this.clock = clock;
    this.dataCame = clock.getAsLong();
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
    for (int i = 0; i < MAX_STEPS; i++) {
      if (flush() > 0) {
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
          countAnew();
          return Step.DONE;
        }
      }
    }
    return Step.CLOCK;
  }

  private boolean unwrapHandshake() throws IOException {
    clearPlain();
    SSLEngineResult result = engine.unwrap(records, plain);
    plain.flip();
    if (result.getStatus() == Status.CLOSED) {
      throw new EOFException("the peer closed TLS during the handshake");
    }
    if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
      passOver();
      return true;
    }
    int count = receive();
    if (count < 0) {
      throw new EOFException("the peer hung up during the handshake");
    }
    return count > 0;
  }

  /** What came in place of a first record, quoted; an empty string if it is one (RFC 8446 section 5.1). */
  String plaintext() {
    int start = records.position();
    boolean record = !records.hasRemaining()
        || (records.get(start) >= FIRST_RECORD_TYPE && records.get(start) <= LAST_RECORD_TYPE);
    if (shaken || record) {
      return "";
    }
    byte[] came = new byte[Math.min(records.remaining(), MAX_SHOWN_BYTES)];
    records.get(start, came);
    return Quoted.bytes(came);
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
    int count = moveTo(into);
    int pieces = 0;
    while (count == 0 && !ended) {
      int before = into.position();
      switch (unwrap(into)) {
        case BUFFER_UNDERFLOW -> {
          int received = pieces++ < MAX_PIECES ? receive() : 0;
          if (received < 0) {
            throw new TruncatedException();
          }
          if (received == 0) {
            return 0;
          }
          continue;
        }
        case BUFFER_OVERFLOW ->
          throw new SSLException("a TLS record is larger than the engine had said");
        case CLOSED -> {
          ended = true;
          answer();
        }
        case OK -> afterRecord();
      }
      count = into.position() - before + moveTo(into);
      if (count == 0 && !ended) {
        passOver();
      }
    }
    countAnew();
    return count == 0 ? -1 : count;
  }

  private void countAnew() {
    passedOver = 0;
    dataCame = clock.getAsLong();
  }

  /** Counts a record without data; a peer must not keep its client busy with them. */
  private void passOver() throws NoDataException {
    if (++passedOver <= MAX_RECORDS_WITHOUT_DATA) {
      return;
    }
    // Tickets and key updates come now and then on an idle connection: that is not a flood.
    long seconds = (clock.getAsLong() - dataCame) / 1_000_000_000;
    if (passedOver - seconds > MAX_RECORDS_WITHOUT_DATA) {
      throw new NoDataException("TLS records without data", MAX_RECORDS_WITHOUT_DATA);
    }
  }

  /** Decrypts a record; into a separate buffer if it might not fit, to hand it over in parts. */
  private Status unwrap(ByteBuffer into) throws IOException {
    Status status = engine.unwrap(records, into).getStatus();
    if (status != Status.BUFFER_OVERFLOW) {
      return status;
    }
    // This may still find that the record is incomplete: engines check the room first.
    clearPlain();
    try {
      return engine.unwrap(records, plain).getStatus();
    } finally {
      plain.flip();
    }
  }

  private int moveTo(ByteBuffer into) {
    if (!plain.hasRemaining()) {
      return 0;
    }
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
      wrapToTheEnd();
    } catch (IOException e) {
      // The earlier failure is the one being reported.
    }
  }

  private void wrapToTheEnd() throws IOException {
    for (int i = 0; i < MAX_ALERTS && flush() == 0 && !engine.isOutboundDone(); i++) {
      wrap(NOTHING);
    }
    flush();
  }

  private void afterRecord() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status != HandshakeStatus.NEED_TASK && status != HandshakeStatus.NEED_WRAP) {
      return;
    }
    // Strict: TLS 1.2 renegotiation is refused, as RFC 9325 section 3.5 advises clients to.
    if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
      engine.closeOutbound();
      throw new SSLException("the peer asked for a renegotiation, which is refused");
    }
    runTasks();
    answer();
  }

  /** Sends the engine's response to what was read, if that is possible without waiting. */
  private void answer() {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrapping.tryLock()) {
      try {
        if (flush() == 0) {
          wrap(NOTHING);
          flush();
        }
      } catch (IOException e) {
        // What had come can still be read; the next write reports that the peer is gone.
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
      if (!records.hasRemaining()) {
        throw new SSLException("a TLS record is larger than the engine had said");
      }
      return below.read(records);
    } finally {
      records.flip();
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    StackRoom.lock(wrapping);
    try {
      for (int i = 0; i < MAX_RECORDS && flush() == 0 && from.hasRemaining(); i++) {
        wrap(from);
      }
    } finally {
      wrapping.unlock();
    }
  }

  /** Encrypts one record; {@code sealed} is empty before. */
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
      // Before TLS 1.3 the peer's close_notify ends both directions (RFC 5246 section 7.2.1).
      throw new EOFException("the peer has closed TLS");
    }
    if (result.getStatus() == Status.BUFFER_OVERFLOW
        || (result.bytesProduced() == 0 && from.hasRemaining())) {
      throw new SSLException("the TLS engine does not take data: " + result.getHandshakeStatus());
    }
    runTasks();
  }

  @Override
  public int flush() throws IOException {
    StackRoom.lock(wrapping);
    try {
      if (sealed.hasRemaining()) {
        below.write(sealed);
      }
      return sealed.remaining() + below.flush();
    } finally {
      wrapping.unlock();
    }
  }

  /** Sends close_notify; the channel below stays open both ways, as RFC 8446 section 6.1 requires. */
  @Override
  public void shutdownOutput() throws IOException {
    StackRoom.lock(wrapping);
    try {
      engine.closeOutbound();
      wrapToTheEnd();
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
    StackRoom.lock(wrapping);
    try {
      if (!sealed.hasRemaining()) {
        sealed = NOTHING;
      }
    } finally {
      wrapping.unlock();
    }
  }

  @Override
  public void close() {
    // While a writer is at work no close_notify can be fitted in; the cut tells the peer as well.
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

  @Override
  public Optional<String> applicationProtocol() {
    String chosen = engine.getApplicationProtocol();
    return chosen == null || chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
  }

  /** The bytes below ended without a close_notify. */
  static final class TruncatedException extends IOException {
    private static final long serialVersionUID = 1;

    TruncatedException() {
      super("the connection ended without close_notify");
    }
  }
}
