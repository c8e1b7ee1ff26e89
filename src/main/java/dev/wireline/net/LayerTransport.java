package dev.wireline.net;

import dev.wireline.internal.StackRoom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Layer} over another transport, driven without waiting.
 *
 * <p>The reader sends the layer's answers, as far as the socket takes them at once. The rest is sent with the
 * next write, or while the reader waits.
 */
final class LayerTransport extends UpperTransport {
  /** How many bytes in a row may come from which the layer makes none. */
  static final int MAX_BYTES_WITHOUT_DATA = 64 * 1024;

  /** How many bytes a layer may leave until more have come. */
  static final int MAX_LEFT_BYTES = 16 * 1024;

  private static final int SIZE = 16 * 1024;

  /** The least room that a layer gets to put bytes into. */
  private static final int LEAST_ROOM = 1024;

  /** How many pieces are moved before the caller looks at the clock again. */
  private static final int MAX_PIECES = 8;

  /** How long a reader waits before it tries again to send the layer's answers. */
  private static final long UNSENT_NANOS = 50_000_000;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Layer layer;

  /** Held while the layer works, in either direction; nothing waits for the peer while it is held. */
  private final ReentrantLock working = new ReentrantLock();

  /** What came from below that the layer has not taken yet. */
  private ByteBuffer raw;

  /** What the layer has put that the transport below has not taken yet. */
  private ByteBuffer turned = NOTHING;

  /** What the peer did wrong, to be reported after what came before it. */
  private @Nullable BrokenLayerException broken;

  private boolean ended;
  private boolean finishing;
  private boolean shut;
  private volatile boolean unsent;
  private int withoutData;

  /**
   * Puts a layer on.
   *
   * @param unread what was received before and belongs to the layer already
   */
  LayerTransport(Transport below, Layer layer, byte[] unread) {
    super(below);
    this.layer = layer;
    this.raw = ByteBuffer.wrap(unread);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    StackRoom.lock(working);
    try {
      int start = into.position();
      take(into);
      answer();
      int count = into.position() - start;
      if (count == 0 && broken != null) {
        throw broken;
      }
      return count == 0 && ended ? -1 : count;
    } finally {
      working.unlock();
    }
  }

  /** Takes what there is until the layer yields something. */
  private void take(ByteBuffer into) throws IOException {
    int start = into.position();
    for (int i = 0; i < MAX_PIECES && !ended && broken == null; i++) {
      int before = raw.remaining();
      turn(into);
      if (into.position() > start || broken != null) {
        return;
      }
      if (raw.hasRemaining() && raw.remaining() < before) {
        continue;
      }
      int count = receive();
      if (count == 0) {
        return;
      }
      if (count < 0) {
        end();
      }
    }
  }

  private void turn(ByteBuffer into) throws IOException {
    int before = raw.remaining();
    int start = into.position();
    try {
      layer.receive(raw, into);
    } catch (IOException e) {
      broken = new BrokenLayerException(e);
    }
    if (into.position() > start) {
      withoutData = 0;
      return;
    }
    withoutData += before - raw.remaining();
    if (withoutData > MAX_BYTES_WITHOUT_DATA) {
      throw new NoDataException("bytes without data", MAX_BYTES_WITHOUT_DATA);
    }
  }

  /** Reads more after what the layer left: the count, 0 for nothing now, -1 at the end. */
  private int receive() throws IOException {
    if (raw.remaining() >= MAX_LEFT_BYTES) {
      throw new NoDataException("bytes that a layer leaves", MAX_LEFT_BYTES);
    }
    if (raw.capacity() < MAX_LEFT_BYTES) {
      raw = ByteBuffer.allocate(MAX_LEFT_BYTES).put(raw).flip();
    }
    raw.compact();
    try {
      return below.read(raw);
    } finally {
      raw.flip();
    }
  }

  private void end() {
    ended = true;
    try {
      layer.end();
    } catch (IOException e) {
      broken = new BrokenLayerException(e);
    }
  }

  private void answer() {
    try {
      unsent = flush() > 0;
    } catch (IOException e) {
      // What had come can still be read; the next write reports that the peer is gone.
      unsent = false;
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    StackRoom.lock(working);
    try {
      for (int i = 0; i < MAX_PIECES && from.hasRemaining() && isSent(); i++) {
        clearTurned();
        int before = from.remaining();
        try {
          layer.send(from, turned);
        } finally {
          turned.flip();
        }
        if (from.remaining() == before && !turned.hasRemaining()) {
          throw new IllegalStateException("a layer neither takes nor puts a byte");
        }
      }
    } finally {
      working.unlock();
    }
  }

  /** Whether the transport below has taken everything that the layer has put. */
  private boolean isSent() throws IOException {
    if (turned.hasRemaining()) {
      below.write(turned);
    }
    return !turned.hasRemaining();
  }

  private void clearTurned() {
    if (turned.capacity() == 0) {
      turned = ByteBuffer.allocate(SIZE);
    }
    turned.clear();
  }

  @Override
  public int flush() throws IOException {
    StackRoom.lock(working);
    try {
      boolean more = true;
      for (int i = 0; i < MAX_PIECES && more && isSent(); i++) {
        clearTurned();
        try {
          layer.flush(turned);
          if (finishing && turned.remaining() >= LEAST_ROOM) {
            layer.finish(turned);
          }
        } finally {
          turned.flip();
        }
        more = turned.hasRemaining();
      }
      int left = turned.remaining() + below.flush();
      if (left == 0 && finishing && !shut) {
        shut = true;
        below.shutdownOutput();
        return below.flush();
      }
      return left;
    } finally {
      working.unlock();
    }
  }

  @Override
  public void awaitInput(long nanos) throws IOException {
    below.awaitInput(unsent ? Math.min(nanos, UNSENT_NANOS) : nanos);
  }

  /** The layer's own end comes first, as soon as the transport below takes it. */
  @Override
  public void shutdownOutput() throws IOException {
    StackRoom.lock(working);
    try {
      finishing = true;
      flush();
    } finally {
      working.unlock();
    }
  }

  @Override
  public void park() throws IOException {
    below.park();
    StackRoom.lock(working);
    try {
      if (!raw.hasRemaining()) {
        raw = NOTHING;
      }
      if (!turned.hasRemaining()) {
        turned = NOTHING;
      }
    } finally {
      working.unlock();
    }
  }

  /** The peer violated a rule of the layer. */
  static final class BrokenLayerException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenLayerException(IOException cause) {
      super(
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
          cause);
    }
  }
}
