package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.StackRoom;
import dev.wireline.stability.NotFrozen;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The single connection of a client through its life: dialled by the first thread that needs it, greeted, used,
 * broken or closed.
 *
 * <p>A client holds one and asks it for the wire before each use. Thread-safe. No lock is held while the dial
 * or the greeting runs; other threads wait for it to end.
 */
public final class Connection implements Closeable {
  /*
   * The fields through a life, each step an assignment of its own:
   *
   *                        wire  ready  opener  connected  left
   * 1. NEW                 -     -      -       false      -
   * 2. begin, locked       -     -      set     false      -
   * 3. begin, locked       set   -      set     false      -
   * 4. dialled             set   -      set     true       -
   * 5. greeted: end        set   set    -       true       -
   * dial failed: end       -     -      -       false      -
   * greeting failed: end   set   set    -       true       -      the wire has failed: BROKEN
   * an Error in 3 or 4     set   -      -       as it was  set    until end runs, now or in the next use
   * hangUp, letGo          -     -      as it was          -      NEW; an end that comes later sees it
   *
   * opener stands before wire: whoever sees the wire without the lock sees that it is being dialled.
   * closed is apart from all of them and never taken back; end keeps a wire whose dial a close has ended,
   * so that later uses are told of the close.
   *
   * They are not one immutable state: an Error may be a stack or a heap at its end, where an assignment
   * works, and to make an object or to call does not.
   */

  /** How often a thread that waits for another one's dial checks whether that has ended. */
  private static final long LOOK_NANOS = 500_000_000;

  private final Endpoint endpoint;
  private final Dialer dialer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();

  /** The wire from the start of its dial, even if it has failed since. */
  private volatile @Nullable Wire wire;

  /** The same wire once it is dialled and greeted: the only field that an ordinary use reads. */
  private volatile @Nullable Wire ready;

  /** The error that ended the dial or the greeting, until it can be recorded on the wire. */
  private volatile @Nullable Error left;

  private volatile boolean connected;
  private volatile @Nullable Thread opener;
  private volatile boolean closed;
  private final Terms terms;

  /**
   * Creates a connection that is NEW.
   *
   * @param endpoint the peer
   * @param dialer how it is dialled
   */
  public Connection(Endpoint endpoint, Dialer dialer) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.dialer = Objects.requireNonNull(dialer, "dialer");
    this.terms = new Terms(dialer.silenceTimeout());
  }

  /** What happens right after dialling. */
  @FunctionalInterface
  public interface Greeting {
    /**
     * Talks to the peer, through the same connection.
     *
     * @throws IOException if the greeting failed
     */
    void run() throws IOException;
  }

  /**
   * The peer.
   *
   * @return the endpoint
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * The wire, dialled and greeted by the first thread that asks. The greeting itself may call this too.
   *
   * @param greeting what to say right after dialling; if it throws, the connection is BROKEN
   * @param deadline when to give up dialling, or waiting for another thread that dials, in addition to the
   *     dialer's timeouts
   * @return the wire; one that is broken or closed says so when used
   * @throws CallInterruptedException if the thread was interrupted while another one dialled, which goes on
   * @throws DeadlineExceededException at the deadline; a dial in another thread goes on
   * @throws ClientClosedException if this was closed before it was dialled
   * @throws WirelineException as {@link Wire#connect()}; the connection is NEW again
   * @throws IOException whatever the greeting threw
   */
  public Wire wire(Greeting greeting, Deadline deadline) throws IOException {
    Wire usable = ready;
    return usable != null ? usable : open(greeting, deadline);
  }

  private Wire open(Greeting greeting, Deadline deadline) throws IOException {
    Wire made;
    StackRoom.lock(lock);
    try {
      awaitOpener(deadline.earlier(terms.limit()));
      endLeft();
      Wire present = wire;
      if (present != null) {
        return present;
      }
      made = begin();
    } finally {
      lock.unlock();
    }
    connect(made, greeting, deadline);
    return made;
  }

  /** Waits while another thread dials; that thread itself passes. */
  private void awaitOpener(Deadline deadline) throws WirelineException {
    try {
      while (opener != null && opener != Thread.currentThread()) {
        long nanos = deadline.remainingNanos();
        // A dial whose thread ran out of stack ends without a signal.
        opened.awaitNanos(Math.min(nanos, LOOK_NANOS));
        if (deadline.remainingNanos() == 0 && opener != null) {
          throw deadline.exceeded(
              endpoint, Activity.CONNECTING, "another thread was still dialling after", "");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(
          endpoint, Activity.CONNECTING, "interrupted while another thread dialled");
    }
  }

  private Wire begin() throws ClientClosedException {
    if (closed) {
      throw new ClientClosedException(
          endpoint, Activity.CONNECTING, "this client was closed", null);
    }
    Wire made = dialer.wire(endpoint);
    made.terms(terms);
    connected = false;
    // In this order, so that whoever sees the wire without the lock sees that it is being dialled.
    opener = Thread.currentThread();
    wire = made;
    return made;
  }

  private void connect(Wire made, Greeting greeting, Deadline deadline) throws IOException {
    try {
      made.connect(deadline.earlier(terms.limit()));
      connected = true;
      greeting.run();
      end(made);
    } catch (Throwable e) {
      if (e instanceof Error error) {
        // By assignments: at the end of the stack, no call works.
        left = error;
        opener = null;
      }
      made.fail(e);
      made.close();
      end(made);
      throw e;
    }
  }

  /** Ends a dial or a greeting whose thread had no stack left to do it. */
  private void endLeft() {
    Error by = left;
    Wire half = wire;
    if (by != null && half != null) {
      half.fail(by);
      end(half);
    }
  }

  private void end(Wire made) {
    StackRoom.lock(lock);
    try {
      boolean hungUp = wire != made;
      if (!hungUp && (connected || closed)) {
        ready = made;
      } else if (!hungUp) {
        wire = null;
      }
      left = null;
      if (opener == Thread.currentThread()) {
        opener = null;
      }
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The current deadline for everything.
   *
   * @return the deadline; {@link Deadline#NEVER} if none is set
   */
  @NotFrozen
  public Deadline limit() {
    return terms.limit();
  }

  /**
   * Sets a deadline for everything from now on, including dials, in addition to the deadlines of the calls.
   * Waits that have begun already do not end sooner.
   *
   * @param value the deadline; {@link Deadline#NEVER} removes it
   * @return the previous one
   */
  @NotFrozen
  public Deadline limit(Deadline value) {
    Deadline before = terms.limit();
    terms.limit(value);
    return before;
  }

  /**
   * Sets the silence timeout for waits that begin from now on.
   *
   * @param value the time, in place of the dialer's silence timeout
   * @return the previous one
   */
  @NotFrozen
  public Duration silence(Duration value) {
    Duration before = terms.silence();
    terms.silence(Objects.requireNonNull(value, "value"));
    return before;
  }

  /**
   * Sets a listener for the failure that ends a connection or a dial. It runs in the thread that met the
   * failure, before it is thrown.
   *
   * @param listener the listener; it must not use the connection. A RuntimeException that it throws is logged
   *     and changes nothing else.
   */
  @NotFrozen
  public void onFailure(Consumer<WirelineException> listener) {
    terms.failureListener(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Sets who hears what is said to proxies on the way, in the thread that dials. It replaces the listener set
   * before.
   *
   * @param listener who hears it
   */
  @NotFrozen
  public void onProxy(ProxyListener listener) {
    terms.proxyListener(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * The state of the connection. That the peer has hung up shows only at the next read or write.
   *
   * @return the state now
   */
  public ConnectionState state() {
    Wire present = wire;
    if (closed) {
      return ConnectionState.CLOSED;
    }
    if (present == null || !connected) {
      return ConnectionState.NEW;
    }
    if (left != null) {
      return ConnectionState.BROKEN;
    }
    if (present.failure().isPresent()) {
      return ConnectionState.BROKEN;
    }
    return present.isOpen() ? ConnectionState.OPEN : ConnectionState.CLOSED;
  }

  /**
   * Whether the calling thread is dialling or greeting right now.
   *
   * @return true during the dial or greeting in that thread, else false
   */
  public boolean isOpeningHere() {
    return opener == Thread.currentThread();
  }

  /**
   * The caller's identity: the thread, for comparison with another one.
   *
   * @return the calling thread
   */
  @NotFrozen
  public static Object caller() {
    return Thread.currentThread();
  }

  /**
   * Gives the connection up because of a failure: it is BROKEN. Does nothing if NEW.
   *
   * @param why the failure
   */
  public void breakOff(Throwable why) {
    Wire present = wire;
    if (present != null) {
      present.fail(why);
    }
  }

  /**
   * The wire if it is dialled and greeted. Does not dial.
   *
   * @return the wire, which may have failed since; empty if NEW
   */
  @NotFrozen
  public Optional<Wire> wireNow() {
    return Optional.ofNullable(ready);
  }

  /**
   * The TLS session with the peer, of the connection as it is now, even during its greeting. Does not dial.
   *
   * @return the session; empty if NEW or in plaintext, even through a TLS proxy
   */
  @NotFrozen
  public Optional<SSLSession> tlsSession() {
    Wire present = wire;
    return present == null || !connected ? Optional.empty() : present.tlsSession();
  }

  /** Wakes a thread that waits for input, as {@link WireInput#wakeup()}. */
  @NotFrozen
  public void wakeup() {
    Wire present = wire;
    if (present != null) {
      present.wakeInput();
    }
  }

  /**
   * Pauses, between two dials.
   *
   * @param time how long
   * @throws CallInterruptedException if the thread was interrupted
   * @throws ClientClosedException if this was closed, before or meanwhile
   */
  @NotFrozen
  public void pause(Duration time) throws WirelineException {
    Deadline end = Deadline.after(time, Phase.CONNECT);
    StackRoom.check();
    lock.lock();
    try {
      while (!closed && !end.isExpired()) {
        opened.awaitNanos(end.remainingNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(
          endpoint, Activity.CONNECTING, "interrupted before the next try");
    } finally {
      lock.unlock();
    }
    if (closed) {
      throw new ClientClosedException(
          endpoint, Activity.CONNECTING, "this client was closed", null);
    }
  }

  /** Closes the wire on purpose. The connection is then NEW, and the next use dials. Does nothing if CLOSED. */
  public void hangUp() {
    StackRoom.lock(lock);
    try {
      Wire present = wire;
      if (present != null && !closed) {
        wire = null;
        ready = null;
        present.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets go of the wire without closing it. The wire belongs to whoever holds it, without the settings of
   * {@link #limit}, {@link #silence} and {@link #onFailure}; the connection is NEW, and the next use dials.
   * Does nothing if NEW or CLOSED.
   */
  @NotFrozen
  public void letGo() {
    StackRoom.lock(lock);
    try {
      Wire present = wire;
      if (present != null && !closed) {
        present.terms(new Terms(dialer.silenceTimeout()));
        wire = null;
        ready = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes for good and wakes every thread that waits for the peer. May be called from any thread, more than
   * once.
   */
  @Override
  public void close() {
    StackRoom.lock(lock);
    try {
      closed = true;
      opened.signalAll();
      Wire present = wire;
      if (present != null) {
        present.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
