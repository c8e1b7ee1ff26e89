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
 * A client's one connection through its life: dialled by the first thread that needs it, greeted, used,
 * broken or closed.
 *
 * <p>A client holds one and asks it for the wire before each use. Thread-safe. No lock is held while the
 * dial or the greeting runs; other threads that come meanwhile wait for its end.
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

  /** A thread that waits for another one's dial looks this often whether that has ended. */
  private static final long LOOK_NANOS = 500_000_000;

  private final Endpoint endpoint;
  private final Dialer dialer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();

  /** The wire from the start of its dial, also when it has failed since. */
  private volatile @Nullable Wire wire;

  /** The same wire once it is dialled and greeted: the one field that a use in peace looks at. */
  private volatile @Nullable Wire ready;

  /** What the dial or the greeting ended by, as long as nobody could say so of the wire. */
  private volatile @Nullable Error left;

  private volatile boolean connected;
  private volatile @Nullable Thread opener;
  private volatile boolean closed;
  private final Terms terms;

  /**
   * A connection that is NEW.
   *
   * @param endpoint the peer
   * @param dialer how it is dialled
   */
  public Connection(Endpoint endpoint, Dialer dialer) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.dialer = Objects.requireNonNull(dialer, "dialer");
    this.terms = new Terms(dialer.silenceTimeout());
  }

  /** What is said right after dialling. */
  @FunctionalInterface
  public interface Greeting {
    /**
     * Speaks with the peer, through the same connection.
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
   * The wire, dialled and greeted by the first thread that asks. The greeting itself may ask too.
   *
   * @param greeting what is said right after dialling; when it throws, the connection is BROKEN
   * @param deadline the end of the dial, beside the dialer's timeouts, and of the wait for another
   *     thread that dials
   * @return the wire; one that is broken or closed says so at its use
   * @throws CallInterruptedException if the thread was interrupted while another one dialled, whom
   *     that does not disturb
   * @throws DeadlineExceededException at the deadline; another thread that dials goes on
   * @throws ClientClosedException if this was closed before it was dialled
   * @throws WirelineException as {@link Wire#connect()}; the connection is NEW again
   * @throws IOException what the greeting threw
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

  /** Waits while another thread dials; that thread itself comes through. */
  private void awaitOpener(Deadline deadline) throws WirelineException {
    try {
      while (opener != null && opener != Thread.currentThread()) {
        long nanos = deadline.remainingNanos();
        // A dial whose thread has no stack left ends without a signal.
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
    // In this order: whoever sees the wire without the lock sees that it is being dialled.
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
        // By assignments: where the stack is at its end, no call works.
        left = error;
        opener = null;
      }
      made.fail(e);
      made.close();
      end(made);
      throw e;
    }
  }

  /** Ends a dial or a greeting for one that had no stack left to do it. */
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
   * The deadline for all that is done now.
   *
   * @return the deadline; {@link Deadline#NEVER} where none is set
   */
  @NotFrozen
  public Deadline limit() {
    return terms.limit();
  }

  /**
   * Sets a deadline for all that is done from now on, dials too, beside the deadlines of the calls. What
   * waits already is not ended sooner by it.
   *
   * @param value the deadline; {@link Deadline#NEVER} takes it away
   * @return the one that was set before
   */
  @NotFrozen
  public Deadline limit(Deadline value) {
    Deadline before = terms.limit();
    terms.limit(value);
    return before;
  }

  /**
   * Sets how long no byte may move in a wait that begins from now on.
   *
   * @param value the time, in place of the dialer's silence timeout
   * @return the one that was set before
   */
  @NotFrozen
  public Duration silence(Duration value) {
    Duration before = terms.silence();
    terms.silence(Objects.requireNonNull(value, "value"));
    return before;
  }

  /**
   * Sets who hears of the failure that ends a connection, in the thread that met it and before it is
   * thrown; of dials too.
   *
   * @param listener who hears; it must not use the connection. A RuntimeException that it throws goes to
   *     the log and changes nothing else.
   */
  @NotFrozen
  public void onFailure(Consumer<WirelineException> listener) {
    terms.failureListener(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Sets who hears what is said to proxies on the way, in the thread that dials. A listener that was set before
   * hears no more.
   *
   * @param listener who hears it
   */
  @NotFrozen
  public void onProxy(ProxyListener listener) {
    terms.proxyListener(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Where the connection is in its life. That the peer has hung up shows at the next read or write.
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
   * Whether the calling thread is dialling or greeting just now.
   *
   * @return true in a greeting, false in other threads and between times
   */
  public boolean isOpeningHere() {
    return opener == Thread.currentThread();
  }

  /**
   * Who calls: the thread, to be compared with another one.
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
   * The wire where it is dialled and greeted. Does not dial.
   *
   * @return the wire, which may have failed since; empty if NEW
   */
  @NotFrozen
  public Optional<Wire> wireNow() {
    return Optional.ofNullable(ready);
  }

  /**
   * The TLS session with the peer, of the connection as it is now; also in its greeting. Does not dial.
   *
   * @return the session; empty in plaintext, also through a TLS proxy, and when NEW
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
   * Waits for nothing but the time; between two dials.
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

  /** Closes the wire on purpose: NEW, and the next use dials. Does nothing if CLOSED. */
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
   * Lets go of the wire without closing it: it is whose who has it, without what was set here by
   * {@link #limit}, {@link #silence} and {@link #onFailure}, and the connection is NEW, so that the next
   * use dials. Does nothing if NEW or CLOSED.
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

  /** Closes for good and wakes every thread that waits for the peer. From any thread, and again. */
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
