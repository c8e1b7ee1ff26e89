package dev.wireline.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A connected, non-blocking channel: TCP or Unix-domain. */
final class SocketTransport implements Transport {
  /** The JDK copies through a direct buffer of the size of what is asked for, and keeps it. */
  private static final int MAX_PIECE = 128 * 1024;

  private final SocketChannel channel;
  private final Readiness input;
  private final Readiness output;
  private volatile boolean closed;
  private long sent;

  SocketTransport(SocketChannel channel) {
    this.channel = channel;
    WarmKeys warm = WarmKeys.OF_THE_PROCESS;
    this.input = new Readiness(channel, warm, warm.readers());
    this.output = new Readiness(channel, warm, warm.writers());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int limit = into.limit();
    try {
      return channel.read(into.limit(piece(into)));
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    int limit = from.limit();
    try {
      sent += channel.write(from.limit(piece(from)));
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
  public Optional<SSLSession> session() {
    return Optional.empty();
  }
}
