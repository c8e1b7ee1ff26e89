package dev.wireline.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connected, non-blocking channel: TCP or Unix-domain. */
final class SocketTransport implements Transport {
  /** The JDK copies through a direct buffer of the requested size, and keeps it. */
  private static final int MAX_PIECE = 128 * 1024;

  /** The JDK has no class for EPIPE, only the system's words. */
  private static final String BROKEN_PIPE = "Broken pipe";

  private final SocketChannel channel;
  private final Readiness input;
  private final Readiness output;
  private volatile boolean closed;
  private long sent;

  /** The system reports a reset once; to the other direction the input would seem to end cleanly. */
  private volatile @Nullable IOException reset;

  SocketTransport(SocketChannel channel) {
    this.channel = channel;
    WarmKeys warm = WarmKeys.OF_THE_PROCESS;
    this.input = new Readiness(channel, warm, warm.readers());
    this.output = new Readiness(channel, warm, warm.writers());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int limit = into.limit();
    int count;
    try {
      count = channel.read(into.limit(piece(into)));
    } catch (IOException e) {
      reset = e;
      throw e;
    } finally {
      into.limit(limit);
    }
    IOException cut = count < 0 ? reset : null;
    if (cut != null) {
      throw cut;
    }
    return count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    int limit = from.limit();
    try {
      sent += channel.write(from.limit(piece(from)));
    } catch (IOException e) {
      // A peer that closed cleanly before leaves a broken pipe, and its input is complete.
      if (!BROKEN_PIPE.equals(e.getMessage())) {
        reset = e;
      }
      throw e;
    } finally {
      from.limit(limit);
    }
  }

  @Override
  public long sent() {
    return sent;
  }

  private static int piece(ByteBuffer buffer) {
    return buffer.position() + Math.min(buffer.remaining(), MAX_PIECE);
  }

  @Override
  public int flush() {
    return 0;
  }

  @Override
  public void awaitInput(long nanos) throws IOException {
    input.await(nanos, SelectionKey.OP_READ);
  }

  @Override
  public void wakeInput() {
    input.wakeup();
  }

  @Override
  public void awaitOutput(long nanos) throws IOException {
    output.await(nanos, SelectionKey.OP_WRITE);
  }

  @Override
  public void awaitEither(long nanos) throws IOException {
    output.await(nanos, SelectionKey.OP_WRITE | SelectionKey.OP_READ);
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void park() throws IOException {
    input.release();
    output.release();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    Closing.quietly(channel);
    Closing.quietly(input);
    Closing.quietly(output);
  }

  @Override
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | UnsupportedOperationException e) {
      // It is closed already, or a Unix-domain socket, which has no reset.
    }
    close();
  }

  @Override
  public Optional<SSLSession> session() {
    return Optional.empty();
  }
}
