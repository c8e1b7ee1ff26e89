package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LocalFailureException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.stability.NotFrozen;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A port on which the peer of a connection, and nobody else, can open a second one, as in active FTP.
 *
 * <p>It listens on the local address of the first connection and is closed with it. A connection from any other
 * address than the peer's is closed, and the wait goes on. One thread accepts at a time; {@code close()} may be
 * called from any thread.
 */
@NotFrozen
public final class Acceptor implements Closeable {
  private static final Activity ACCEPTING =
      new Activity(Phase.CONNECT, "awaiting a second connection from");

  /** How many connections may wait to be accepted, including those of strangers. */
  private static final int BACKLOG = 8;

  private final Companions companions;
  private final Endpoint endpoint;
  private final Dialer dialer;
  private final Terms terms;
  private final InetAddress peer;
  private final ServerSocketChannel channel;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Turn turn = new Turn("accepting");
  private volatile boolean closed;

  private Acceptor(
      Companions companions,
      Endpoint endpoint,
      Dialer dialer,
      Terms terms,
      InetAddress peer,
      ServerSocketChannel channel,
      Selector selector)
      throws IOException {
    this.companions = companions;
    this.endpoint = endpoint;
    this.dialer = dialer;
    this.terms = terms;
    this.peer = peer;
    this.channel = channel;
    this.selector = selector;
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  static Acceptor listen(
      Companions companions,
      Endpoint endpoint,
      Dialer dialer,
      Terms terms,
      InetAddress here,
      InetAddress peer)
      throws WirelineException {
    ServerSocketChannel channel = null;
    Selector selector = null;
    try {
      channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(here, 0), BACKLOG);
      selector = Selector.open();
      channel.register(selector, SelectionKey.OP_ACCEPT);
      return new Acceptor(companions, endpoint, dialer, terms, peer, channel, selector);
    } catch (IOException e) {
      if (channel != null) {
        Closing.quietly(channel);
      }
      if (selector != null) {
        Closing.quietly(selector);
      }
      throw unable(endpoint, e);
    }
  }

  private static LocalFailureException unable(Endpoint endpoint, IOException e) {
    return new LocalFailureException(endpoint, ACCEPTING, "cannot listen: " + e.getMessage(), e);
  }

  /**
   * Where the peer can connect.
   *
   * @return the local address of the first connection, and a port of its own
   */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Waits for the peer's connection, at most the dialer's connect timeout, and no longer than a deadline of the
   * whole session.
   *
   * @return the connection, in plaintext, with the name of the peer and the port that it came from; for TLS
   *     call {@link Wire#startTls()}, which takes the client's side
   * @throws IllegalStateException if another thread is accepting
   * @throws dev.wireline.error.DeadlineExceededException if nobody came in time; a later call may succeed
   * @throws CallInterruptedException if the thread was interrupted while waiting
   * @throws ClientClosedException if this or the first connection was closed
   * @throws LocalFailureException if this host has no file descriptor for it
   * @throws WirelineException in each of these cases; this goes on listening unless it was closed
   */
  public Wire accept() throws WirelineException {
    Deadline deadline = dialer
        .deadline(dialer.connectTimeout(), Phase.CONNECT, "connectTimeout")
        .earlier(terms.limit());
    turn.take();
    try {
      SocketChannel came = await(deadline);
      return companions.adopt(came, port(came));
    } catch (IOException e) {
      throw named(e);
    } finally {
      turn.give();
    }
  }

  private SocketChannel await(Deadline deadline) throws IOException {
    while (true) {
      check(deadline);
      SocketChannel came = channel.accept();
      if (came == null) {
        select(deadline);
      } else if (isPeer(came)) {
        return prepared(came);
      } else {
        Closing.quietly(came);
      }
    }
  }

  private void select(Deadline deadline) throws IOException {
    try {
      selector.select(Readiness.millis(deadline.remainingNanos()));
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private void check(Deadline deadline) throws WirelineException {
    if (closed) {
      throw gone();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CallInterruptedException(endpoint, ACCEPTING, "interrupted");
    }
    if (deadline.isExpired()) {
      throw deadline.exceeded(endpoint, ACCEPTING, "it had not come after", "");
    }
  }

  private boolean isPeer(SocketChannel came) {
    try {
      return came.getRemoteAddress() instanceof InetSocketAddress from
          && peer.equals(from.getAddress());
    } catch (IOException e) {
      return false;
    }
  }

  private SocketChannel prepared(SocketChannel came) throws IOException {
    try {
      dialer.socketSettings().prepare(came);
      return came;
    } catch (IOException | RuntimeException e) {
      Closing.quietly(came);
      throw e;
    }
  }

  private static int port(SocketChannel came) throws IOException {
    return ((InetSocketAddress) came.getRemoteAddress()).getPort();
  }

  private WirelineException named(IOException e) {
    if (e instanceof WirelineException known) {
      return known;
    }
    return closed ? gone() : unable(endpoint, e);
  }

  private ClientClosedException gone() {
    return new ClientClosedException(endpoint, ACCEPTING, "closed while it was awaited", null);
  }

  /** Stops listening and wakes a thread that is accepting. May be called from any thread, more than once. */
  @Override
  public void close() {
    closed = true;
    Closing.quietly(channel);
    Closing.quietly(selector);
    companions.left(this);
  }
}
