package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Log;
import dev.wireline.internal.Turn;
import dev.wireline.stability.NotFrozen;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one peer over TCP, TLS or a Unix-domain socket, and the bytes on it.
 *
 * <pre>{@code
 * try (Wire wire = Dialer.standard().dial(Endpoint.parse(endpoint))) {
 *   wire.output().write("hello".getBytes(StandardCharsets.UTF_8));
 *   byte[] back = wire.input().read(5);
 *   System.out.println(new String(back, StandardCharsets.UTF_8));
 * }
 * }</pre>
 *
 * <p>{@link #input()} receives, and holds the bytes that have not been consumed yet; {@link #output()} sends.
 * Every wait ends at the dialer's silence timeout (no byte in the awaited direction: a read timeout), at the
 * deadline that was passed in, when the thread is interrupted, or when another thread closes the wire.
 *
 * <p>A wire that fails is closed: a call that throws a {@link WirelineException} gives the connection up, and
 * every further call throws a {@link ClientClosedException} with that failure as its cause. After a failed
 * write, it is closed once what the peer had said before has been read; see {@link WireOutput}.
 *
 * <p>One thread may read while another writes. A second thread in the same direction gets an {@link
 * IllegalStateException} at once. {@code close()} may be called from any thread.
 */
public final class Wire implements Closeable {
  private final Endpoint endpoint;
  private final Dialer dialer;
  private final WireInput input = new WireInput(this);
  private final WireOutput output = new WireOutput(this);
  private final Turns turns = new Turns(this, input.turn(), output.turn());
  private final WireEnd ended;
  private volatile @Nullable Transport transport;
  private volatile @Nullable Dialing dialing;
  private volatile Unclosed.@Nullable Watch watch;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean connected;

  /** Whether something is being sent that has not ended, so that a close must be a reset. */
  private volatile boolean sending;

  private volatile Terms terms;

  /** Whether TLS is spoken with the peer itself, and not only with a proxy on the way. */
  private volatile boolean secured;

  /** Whether there is a layer, which stays above TLS. */
  private volatile boolean layered;

  /** Whose TLS session to resume: that of the first connection of the same session. */
  private Endpoint session;

  /** The group of second connections that this one belongs to; null for a first one. */
  private volatile @Nullable Companions beside;

  /** The route that is being dialled. */
  private @Nullable Route route;

  private final AtomicReference<@Nullable Companions> companions = new AtomicReference<>();
  private volatile boolean proxied;
  private volatile @Nullable SocketAddress local;
  private volatile @Nullable SocketAddress remote;

  Wire(Dialer dialer, Endpoint endpoint) {
    this.dialer = dialer;
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.ended = new WireEnd(endpoint);
    this.session = endpoint;
    this.terms = new Terms(dialer.silenceTimeout());
  }

  /**
   * Connects: looks up the name, races the addresses, and sets up proxies and TLS. Waits at most the dialer's
   * connect and TLS timeouts.
   *
   * @throws IllegalStateException if it was called before; a dial in another thread goes on
   * @throws dev.wireline.error.UnresolvedHostException if the name has no address
   * @throws dev.wireline.error.ConnectionRefusedException if every address refused
   * @throws dev.wireline.error.ConnectFailedException if no address worked
   * @throws dev.wireline.error.LocalFailureException if this host has no socket left for it
   * @throws TlsException if the handshake, the certificate, the host name or a pinned key failed
   * @throws dev.wireline.error.DeadlineExceededException at the connect or the TLS timeout
   * @throws WirelineException if the dial failed in another way; in each case the wire is closed
   */
  public void connect() throws WirelineException {
    connect(Deadline.NEVER);
  }

  /**
   * Connects before a deadline.
   *
   * @param limit when to give up dialling, in addition to the dialer's timeouts
   * @throws WirelineException as {@link #connect()}
   */
  public void connect(Deadline limit) throws WirelineException {
    connect(limit, DialListener.NONE);
  }

  /**
   * Connects before a deadline, and reports each step.
   *
   * @param limit when to give up dialling, in addition to the dialer's timeouts
   * @param listener told of the steps, in this thread
   * @throws WirelineException as {@link #connect()}
   */
  public void connect(Deadline limit, DialListener listener) throws WirelineException {
    if (!begun.compareAndSet(false, true) || ended.failure() != null) {
      throw new IllegalStateException("a wire connects once");
    }
    Unclosed.OF_THE_PROCESS.closeDropped();
    Deadline deadline = dialer
        .deadline(dialer.connectTimeout(), Phase.CONNECT, "connectTimeout")
        .earlier(limit);
    try {
      Route made = new Route(this, dialer, new HeardDial(listener), deadline, limit);
      route = made;
      made.connect();
      connected = true;
      if (Log.isDebug()) {
        Log.debug("connected to {} in {} ms", endpoint, deadline.elapsed().toMillis());
      }
    } catch (IOException e) {
      throw failed(e, Activity.CONNECTING);
    } catch (RuntimeException | Error e) {
      // A bug in a resolver, a connector or a trust manager must not leak a descriptor.
      fail(e);
      throw e;
    } finally {
      dialing = null;
      route = null;
    }
  }

  /**
   * Hangs up on a proxy and connects to it again by the same route: for a {@link Connector} in the middle of
   * its {@code open} whose proxy takes no second request on the same connection. What is unread is dropped.
   * Waits as {@link #connect()} does. Not frozen yet.
   *
   * @throws IllegalStateException if no connector is opening a tunnel
   * @throws IOException as {@link #connect()}
   */
  public void dialAgain() throws IOException {
    Route used = route;
    if (used == null) {
      throw new IllegalStateException("a tunnel is dialled again while it is opened");
    }
    open(Activity.CONNECTING).close();
    input.hand();
    used.again();
  }

  /**
   * Who hears what is said to proxies on the way, for a {@link Connector} that speaks in lines.
   *
   * @return the listener; empty unless there is one
   */
  @NotFrozen
  public Optional<ProxyListener> proxyListener() {
    return Optional.ofNullable(terms.proxyListener());
  }

  /** The first hop of a route: a socket. */
  void dial(Endpoint hop, Deadline deadline, DialListener listener) throws IOException {
    Endpoint aim = hop.equals(endpoint) ? listener.aim().orElse(hop) : endpoint;
    Dialing started = new Dialing(hop, aim, dialer, deadline, listener);
    dialing = started;
    if (ended.closed) {
      started.close();
    }
    take(started.connect());
    proxied = !hop.equals(endpoint);
  }

  /** Adopts a connection that the peer has made. */
  void adopt(SocketChannel channel) throws WirelineException {
    begun.set(true);
    try {
      take(channel);
      connected = true;
    } catch (IOException e) {
      throw failed(e, Activity.CONNECTING);
    }
  }

  private void take(SocketChannel channel) throws IOException {
    take(new SocketTransport(channel));
    local = channel.getLocalAddress();
    remote = channel.getRemoteAddress();
  }

  /** Adds TLS to the connection, up to the end of the handshake. */
  void secure(Endpoint hop, Tls tls, Deadline deadline) throws IOException {
    input.refuseUnread(hop);
    Deadline end = dialer.deadline(dialer.tlsTimeout(), Phase.TLS, "tlsTimeout").earlier(deadline);
    try {
      boolean last = hop.equals(endpoint);
      take(Handshake.run(open(Activity.SECURING), hop, last ? session : hop, tls, end));
      secured = last;
    } catch (IOException e) {
      WirelineException named = ended.named(hop, e, Activity.SECURING, new byte[0]);
      fail(named);
      throw named;
    }
  }

  private void take(Transport taken) {
    Unclosed.Watch watched = watch;
    if (watched == null) {
      watch = Unclosed.OF_THE_PROCESS.watch(this, taken);
    } else {
      watched.transport(taken);
    }
    transport = taken;
    if (ended.closed) {
      close();
    }
  }

  /**
   * Upgrades an open plaintext connection to TLS, as after the answer to STARTTLS. Waits at most the dialer's
   * TLS timeout for the handshake.
   *
   * @throws PeerProtocolException if there are unread bytes, since what came in plaintext must never be read as
   *     if it had come through TLS; the wire is closed
   * @throws IllegalStateException if the connection uses TLS already or has a layer on it, or if another thread
   *     is using it
   * @throws WirelineException if the handshake failed; the wire is closed
   */
  public void startTls() throws WirelineException {
    open(Activity.SECURING);
    if (secured) {
      throw new IllegalStateException("the connection to " + endpoint + " is a TLS one already");
    }
    if (layered) {
      throw new IllegalStateException("TLS comes before layers on the connection to " + endpoint);
    }
    turns.inBoth(
        Activity.SECURING,
        () -> secure(endpoint, dialer.tls(), within(Deadline.NEVER, Activity.SECURING)));
  }

  /**
   * Puts a layer on the connection. From now on all bytes go through it, including those that have already
   * arrived but are unread. Does not wait. There may be several layers, each above the one before.
   *
   * @param layer transforms the bytes; it belongs to the wire from now on
   * @throws IllegalStateException if another thread uses the wire
   * @throws ClientClosedException if the wire is closed
   */
  @NotFrozen
  public void layer(Layer layer) throws ClientClosedException {
    Objects.requireNonNull(layer, "layer");
    Transport below = openToWrite(Activity.WRITING);
    Turn turn = turns.takeBoth(Activity.WRITING);
    try {
      layered = true;
      take(new LayerTransport(below, layer, input.hand()));
      turns.giveBoth();
    } catch (Throwable e) {
      turn.left = e;
      turns.leaveBoth(e);
      throw e;
    }
  }

  /**
   * Opens a second connection of the same session, as FTP does for data: to the address that this one is
   * connected to, or to the same name through the same proxies. It obeys the deadline and the silence timeout
   * of this one's client, and is closed with this one. It begins in plaintext; its {@link #startTls()} resumes
   * the TLS session of this one if the server allows it. Waits as {@link #connect()} does.
   *
   * @param port the port, 1 to 65535
   * @return the second connection, whose exceptions name this port; the caller closes it
   * @throws IllegalArgumentException if it is not a port
   * @throws IllegalStateException if this is a Unix-domain socket, which has no other port
   * @throws ClientClosedException if this one is closed
   * @throws WirelineException as {@link #connect()}; this one is as before
   */
  @NotFrozen
  public Wire companion(int port) throws WirelineException {
    open(Activity.CONNECTING);
    return companions().dial(port);
  }

  /**
   * Listens for a second connection of the same session, as in active FTP: on the local address of this one,
   * for its peer. Does not wait. It is closed with this one.
   *
   * @return where the peer can connect; close it when it is done
   * @throws IllegalStateException if this is a Unix-domain socket, or goes through a proxy
   * @throws ClientClosedException if this one is closed
   * @throws dev.wireline.error.LocalFailureException if this host has no port or descriptor for it
   * @throws WirelineException in both cases; this one is as before
   */
  @NotFrozen
  public Acceptor listen() throws WirelineException {
    open(Activity.CONNECTING);
    return companions().listen();
  }

  private Companions companions() {
    Companions present = companions.get();
    if (present == null) {
      Companions made = new Companions(this, dialer, terms);
      present = companions.compareAndSet(null, made) ? made : companions.get();
    }
    return Objects.requireNonNull(present);
  }

  /** Makes this a second connection, with the TLS session of the first. */
  void beside(Companions others, Endpoint first) {
    beside = others;
    session = first;
  }

  /** Whether the first hop is not the peer. */
  boolean isProxied() {
    return proxied;
  }

  /**
   * The receiving side.
   *
   * @return the same input each time, for the whole life of the wire
   */
  public WireInput input() {
    return input;
  }

  /**
   * The sending side.
   *
   * @return the same output each time, for the whole life of the wire
   */
  public WireOutput output() {
    return output;
  }

  /**
   * The peer.
   *
   * @return the endpoint that this wire was made for
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Whether the wire is connected and readable: it has not been closed and has not failed, except by a write
   * while there is more to read. The peer may have hung up all the same; only a read tells.
   *
   * @return true between a successful {@link #connect} and the end
   */
  public boolean isOpen() {
    return connected && ended.isReadable() && turns.leftBy() == null;
  }

  /**
   * The failure after which the connection was given up.
   *
   * @return the first one, or empty if there was none
   */
  public Optional<Throwable> failure() {
    Throwable first = ended.failure();
    return Optional.ofNullable(first != null ? first : turns.leftBy());
  }

  /**
   * The local address of the connection.
   *
   * @return the address; empty before the wire is connected
   */
  public Optional<SocketAddress> localAddress() {
    return Optional.ofNullable(local);
  }

  /**
   * The address that was connected: the peer's (the one that won the race), or the first proxy's.
   *
   * @return the address; empty before the wire is connected
   */
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remote);
  }

  /**
   * The TLS session with the peer.
   *
   * @return the session; empty for a plaintext connection, even through a TLS proxy
   */
  public Optional<SSLSession> tlsSession() {
    Transport used = transport;
    return used == null || !secured ? Optional.empty() : used.session();
  }

  /**
   * The protocol that the peer chose by ALPN (RFC 7301).
   *
   * @return its registered name; empty if it chose none, or the connection is plaintext
   */
  public Optional<String> applicationProtocol() {
    Transport used = transport;
    return used == null || !secured ? Optional.empty() : used.applicationProtocol();
  }

  /**
   * Whether an idle connection is still as it was left: open, with nothing received since. Does not wait.
   * Session tickets, which a healthy TLS 1.3 peer sends on its own, do not count as input.
   *
   * @return true if it can be used again; false if the peer hung up or sent something that nobody asked for,
   *     which stays unread
   * @throws IllegalStateException if another thread is reading
   */
  public boolean isQuiet() {
    Transport used = transport;
    boolean written = ended.readOn() != null || output.isRefused();
    return used != null && isOpen() && !written && input.isQuiet(used);
  }

  /**
   * Releases the selectors and any empty buffers of a connection that will be idle. Nothing else changes; they
   * are allocated again when needed.
   *
   * @throws IllegalStateException if another thread is reading or writing
   * @throws WirelineException if the connection is gone already; the wire is closed
   */
  public void park() throws WirelineException {
    Transport used = open(Activity.READING);
    turns.inBoth(Activity.READING, () -> {
      input.release();
      used.park();
    });
  }

  /** Who reads and who writes. */
  Turns turns() {
    return turns;
  }

  /**
   * Checks that the wire is open.
   *
   * @param activity what the caller wants to do, for the message
   * @throws ClientClosedException if it was closed, or given up after a failure, which is then the cause
   */
  public void checkOpen(Activity activity) throws ClientClosedException {
    open(activity);
  }

  /** The transport of an open wire; throws the reason if there is none. */
  Transport open(Activity activity) throws ClientClosedException {
    Transport used = transport;
    if (used == null || ended.closed) {
      throw ended.notOpen(activity);
    }
    return used;
  }

  /** The transport of an open wire on which no write has failed. */
  Transport openToWrite(Activity activity) throws ClientClosedException {
    if (ended.readOn() != null) {
      throw ended.notOpen(activity);
    }
    return open(activity);
  }

  /** Why nothing can be done on it. */
  ClientClosedException notOpen(Activity activity) {
    return ended.notOpen(activity);
  }

  long silenceNanos() {
    return terms.silenceNanos();
  }

  LongSupplier clock() {
    return dialer.clock();
  }

  /** Sets the terms of its client. */
  void terms(Terms value) {
    terms = value;
  }

  /**
   * The deadline of a wait, including the limit of the wire. A limit that has passed throws at once: a peer
   * that always has bytes, or always takes them, must not outrun it.
   */
  Deadline within(Deadline deadline, Activity activity) throws WirelineException {
    Deadline all = terms.limit();
    if (all == Deadline.NEVER) {
      return deadline;
    }
    if (all.isExpired()) {
      String facts = input.unreadFact();
      throw failed(new Wait(endpoint, activity, all).exceeded(facts), activity);
    }
    return deadline.earlier(all);
  }

  /** Gives the connection up after an I/O failure and names it by our own flags first. */
  WirelineException failed(IOException e, Activity activity) {
    return failed(e, activity, new byte[0]);
  }

  /** As above, if part of what was being read had come. */
  WirelineException failed(IOException e, Activity activity, byte[] received) {
    WirelineException named = named(e, activity, received);
    fail(named);
    return named;
  }

  WirelineException named(IOException e, Activity activity, byte[] received) {
    return ended.named(endpoint, e, activity, received);
  }

  /** Wakes a thread that waits for input; it checks again and goes on waiting. */
  void wakeInput() {
    Transport used = transport;
    if (used != null) {
      used.wakeInput();
    }
  }

  /**
   * Gives the connection up: closes it, and every further call throws a {@link ClientClosedException} with this
   * cause. Protocols use it when what they read makes no sense. Does nothing if the wire has failed already.
   *
   * @param cause why
   */
  public void fail(Throwable cause) {
    WirelineException known = ended.readOn();
    if (known != null && (cause == known || cause.getCause() == known)) {
      return;
    }
    try {
      giveUp(cause);
    } finally {
      close();
    }
  }

  private void giveUp(Throwable cause) {
    boolean first = ended.giveUp(cause);
    if (cause instanceof WirelineException known) {
      // It may be a refusal that normally leaves a connection usable, when more depended on
      // acceptance.
      known.connectionGivenUp();
      WirelineException unheard = output.unheard();
      if (first && unheard != null && unheard != known) {
        known.addSuppressed(unheard);
      }
      Consumer<WirelineException> told = terms.failureListener();
      if (first && told != null) {
        tell(told, known);
      }
    }
  }

  /** Gives the connection up for a failed write, except for reading what the peer had said before. */
  WirelineException readOn(WirelineException failed) {
    ended.readOn(failed);
    giveUp(failed);
    if (input.isEnded() && !input.hasUnread()) {
      close();
    }
    return failed;
  }

  /** Called at the end of input: closes a connection that a write has given up. */
  void endReadingOn() {
    if (ended.readOn() != null) {
      close();
    }
  }

  private static void tell(Consumer<WirelineException> told, WirelineException failure) {
    try {
      told.accept(failure);
    } catch (RuntimeException e) {
      Log.threw(told, e);
    }
  }

  /**
   * Marks the start and end of something that the peer must not take for complete if it is cut short, such as a
   * file that ends with the connection. In between, anything that closes the wire resets it: the peer sees an
   * error rather than the end of its input, and over TLS no close_notify. A Unix-domain socket has no reset and
   * simply ends.
   *
   * @param value true at the start, false at the end
   */
  @NotFrozen
  public void sending(boolean value) {
    sending = value;
  }

  /**
   * Closes at once and wakes every thread that waits on this wire; they get a {@link ClientClosedException}.
   * Never waits for the peer; over TLS a close_notify is sent if that can be done without waiting. If something
   * is being {@linkplain #sending sent}, the peer sees a reset. Does nothing if the wire is closed already.
   */
  @Override
  public void close() {
    ended.closed = true;
    Dialing started = dialing;
    if (started != null) {
      started.close();
    }
    Transport used = transport;
    if (used != null && sending) {
      used.reset();
    } else if (used != null) {
      used.close();
    }
    Unclosed.Watch watched = watch;
    if (watched != null) {
      watched.end();
    }
    Companions own = companions.get();
    if (own != null) {
      own.close();
    }
    Companions others = beside;
    if (others != null) {
      others.left(this);
    }
  }
}
