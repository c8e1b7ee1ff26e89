package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.TimeText;
import dev.wireline.stability.NotFrozen;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges many datagrams with one peer, for protocols in which it answers from another port than the one it
 * was asked at, as in TFTP (RFC 1350, section 4). If each request has its answer, use {@link DatagramClient}.
 *
 * <p>The first datagram from an address that was asked fixes the peer's port. From then on datagrams from
 * anybody else are ignored, and answered with a refusal if one was given; before that they are ignored
 * silently. Nothing is resent automatically. A peer that does not listen shows only by the timeout.
 *
 * <p>Not thread-safe; {@link #close()} may be called from any thread.
 */
@NotFrozen
public final class DatagramDialogue implements Closeable {
  private static final Activity TALKING = new Activity(Phase.READ, "waiting for a datagram of");

  /** Somebody who floods must not keep a dialogue from ending. */
  private static final int MAX_STRANGE = 1000;

  private final Endpoint endpoint;
  private final DatagramOptions options;
  private final byte[] refusal;
  private final Deadline end;
  private final List<InetSocketAddress> addresses;
  private final Dialing dialing;
  private final DatagramChannel channel;
  private final Selector selector;
  private final ByteBuffer input;
  private @Nullable InetSocketAddress peer;
  private int turn;
  private int strange;
  private volatile boolean closed;

  private DatagramDialogue(
      Endpoint endpoint, DatagramOptions options, byte[] refusal, Deadline end, Dialing dialing)
      throws IOException {
    this.endpoint = endpoint;
    this.options = options;
    this.refusal = refusal;
    this.end = end;
    this.dialing = dialing;
    this.addresses = Race.inTurn(dialing.addresses(), endpoint.port());
    // One byte more than allowed, which shows that a datagram was cut.
    this.input = ByteBuffer.allocate(options.maxAnswerBytes() + 1);
    this.selector = LocalFault.selector();
    this.channel = opened(selector);
  }

  private static DatagramChannel opened(Selector selector) throws IOException {
    DatagramChannel channel = null;
    try {
      channel = LocalFault.datagrams();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return channel;
    } catch (IOException e) {
      Closing.quietly(selector);
      if (channel != null) {
        Closing.quietly(channel);
      }
      throw e;
    }
  }

  /**
   * Begins a dialogue: looks up the name and takes a port. Sends nothing.
   *
   * @param endpoint the peer, and the port at which it is asked first
   * @param options the call timeout, which applies to the whole dialogue, the longest datagram, and the
   *     resolver
   * @param refusal what to send to a stranger; nothing if it is empty
   * @return the dialogue, which the caller closes
   * @throws IllegalArgumentException if the endpoint has TLS or is a Unix-domain socket
   * @throws dev.wireline.error.UnresolvedHostException if the name has no address
   * @throws WirelineException if this host has no socket for it, or the look-up did not finish in time
   */
  public static DatagramDialogue open(Endpoint endpoint, DatagramOptions options, byte[] refusal)
      throws WirelineException {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(refusal, "refusal");
    if (endpoint.isTls() || endpoint.isUnix()) {
      throw new IllegalArgumentException("datagrams go to a host and a port, not to " + endpoint);
    }
    Deadline end = Deadline.after(options.callTimeout(), Phase.CALL, "callTimeout");
    Dialing dialing = new Dialing(endpoint, options.lookup(), end, DialListener.NONE);
    try {
      return new DatagramDialogue(endpoint, options, refusal.clone(), end, dialing);
    } catch (IOException e) {
      throw e instanceof WirelineException known ? known : dialing.failed(List.of(e));
    }
  }

  /**
   * Sends a datagram to the peer; until its port is known, to the next address of the name in turn.
   *
   * @param datagram its bytes
   * @throws dev.wireline.error.ConnectFailedException if it could be sent to no address
   * @throws WirelineException if the dialogue was closed
   */
  public void send(byte[] datagram) throws WirelineException {
    Objects.requireNonNull(datagram, "datagram");
    InetSocketAddress known = peer;
    int tries = known == null ? addresses.size() : 1;
    List<AttemptException> failures = new ArrayList<>();
    while (failures.size() < tries) {
      InetSocketAddress to = known == null ? addresses.get(turn++ % addresses.size()) : known;
      try {
        channel.send(ByteBuffer.wrap(datagram), to);
        return;
      } catch (ClosedChannelException e) {
        throw wasClosed();
      } catch (IOException | UnsupportedAddressTypeException e) {
        failures.add(new AttemptException(AddressText.of(to) + ": " + e.getMessage(), e));
      }
    }
    throw dialing.failed(failures);
  }

  /**
   * Waits for the next datagram from the peer.
   *
   * @param time how long; zero or less only looks
   * @return its bytes, or empty if none came in time
   * @throws dev.wireline.error.DeadlineExceededException if the time for the whole dialogue is over
   * @throws LimitExceededException if it has more than {@code maxAnswerBytes}, or strangers sent more than 1000
   * @throws CallInterruptedException if the thread was interrupted; its flag stays set
   * @throws ClientClosedException if the dialogue was closed, before or meanwhile
   * @throws WirelineException one of these
   */
  public Optional<byte[]> receive(Duration time) throws WirelineException {
    Deadline wait =
        Deadline.after(Objects.requireNonNull(time, "time"), Phase.READ).earlier(end);
    try {
      while (true) {
        check();
        // Checked first: a peer that never pauses would hold the caller for ever.
        if (end.isExpired()) {
          throw end.exceeded(endpoint, TALKING, "the dialogue was not at its end after", "");
        }
        if (isNext()) {
          return Optional.of(taken());
        }
        if (wait.isExpired()) {
          return Optional.empty();
        }
        selector.select(Readiness.millis(wait.remainingNanos()));
        selector.selectedKeys().clear();
      }
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw wasClosed();
    } catch (IOException e) {
      throw e instanceof WirelineException known ? known : dialing.failed(List.of(e));
    }
  }

  private void check() throws WirelineException {
    if (closed) {
      throw wasClosed();
    }
    if (Thread.currentThread().isInterrupted()) {
      String waited = TimeText.of(end.elapsed());
      throw new CallInterruptedException(endpoint, TALKING, "interrupted after " + waited);
    }
  }

  private ClientClosedException wasClosed() {
    return new ClientClosedException(endpoint, TALKING, "this dialogue was closed", null);
  }

  /** Takes what has come up to a datagram of the peer; false if there is none. */
  private boolean isNext() throws IOException {
    InetSocketAddress from = (InetSocketAddress) channel.receive(input.clear());
    while (from != null && !isPeer(from)) {
      if (++strange > MAX_STRANGE) {
        throw new LimitExceededException(endpoint, TALKING, "datagrams of strangers", MAX_STRANGE);
      }
      refuse(from);
      check();
      from = (InetSocketAddress) channel.receive(input.clear());
    }
    return from != null;
  }

  private boolean isPeer(InetSocketAddress from) {
    InetSocketAddress known = peer;
    if (known != null) {
      return known.equals(from);
    }
    for (InetSocketAddress asked : addresses) {
      if (asked.getAddress().equals(from.getAddress())) {
        peer = from;
        return true;
      }
    }
    return false;
  }

  private void refuse(InetSocketAddress stranger) {
    if (peer == null || refusal.length == 0) {
      return;
    }
    try {
      channel.send(ByteBuffer.wrap(refusal), stranger);
    } catch (IOException e) {
      // The refusal is only a courtesy.
    }
  }

  private byte[] taken() throws WirelineException {
    if (input.position() > options.maxAnswerBytes()) {
      throw new LimitExceededException(
          endpoint, TALKING, "maxAnswerBytes", options.maxAnswerBytes());
    }
    return Arrays.copyOf(input.array(), input.position());
  }

  /** Closes for good and ends a wait. May be called from any thread, more than once. */
  @Override
  public void close() {
    closed = true;
    Closing.quietly(selector);
    Closing.quietly(channel);
  }
}
