package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Log;
import dev.wireline.internal.StackRoom;
import dev.wireline.internal.TimeText;
import dev.wireline.net.Connection;
import dev.wireline.net.Deadline;
import dev.wireline.net.KeptInterrupts;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets many callers share one connection, for protocols whose answers carry the id of their request and come in
 * any order, with events in between: AMI, QMP, JSON-RPC, IMAP.
 *
 * <pre>{@code
 * Multiplexer<String> calls = Multiplexer.of(client, client::readLine, line -> idIn(line));
 * calls.call("7", Message.of().line("7 LOOKUP joe"));      // from any number of threads
 * }</pre>
 *
 * <p>It has no thread of its own. One of the waiting threads reads, and hands each of the others its answer;
 * once it has its own, another takes over. So events are read only while somebody waits, for an answer or in
 * {@link #nextEvent}.
 *
 * <p>A caller that gives up, because its time is over or its thread was interrupted, leaves the connection to
 * the others, and its answer is dropped when it comes. It gives up between two messages: one that has begun to
 * arrive is first read to its end, and one that has begun to be sent is sent to its end, within the transfer
 * and silence timeouts of the client. A failure of the connection reaches every waiting caller, each with the
 * first failure as its cause, and so does {@link LineClient#close()}.
 *
 * <p>A message without an id, or with an unknown one, is an event. Events go to the listener set by {@link
 * #tell}; without one, the last {@value #MAX_EVENTS} are kept for {@link #nextEvent}.
 *
 * <p>Once it exists, all other commands and raw lines of the client throw an {@link IllegalStateException},
 * except in its greeting, which may also use the multiplexer. A transcript works as always. If the client dials
 * again, the multiplexer goes on with the new connection.
 *
 * <p>Thread-safe.
 *
 * @param <M> the type of the peer's messages
 */
public final class Multiplexer<M> {
  /** The most events that are kept; one more drops the oldest: 1000. */
  public static final int MAX_EVENTS = 1000;

  /** The most ids of abandoned calls that are remembered; one more forgets the oldest: 1000. */
  public static final int MAX_GIVEN_UP = 1000;

  /** The most unread bytes that a thread that cannot send yet takes in: 256 KiB. */
  static final int MAX_AHEAD_BYTES = 256 * 1024;

  static final Activity ANSWER = new Activity(Phase.CALL, "waiting for an answer of");

  /** How often a thread checks whether the reading thread was stopped by a stack overflow. */
  private static final long LOOK_NANOS = 500_000_000;

  /** How long a writing thread leaves input to the reading one before it looks again. */
  private static final long BESIDE_NANOS = 1_000_000;

  private final LineClient client;
  private final Steps<M> reader;
  private final Function<? super M, Optional<String>> ids;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition free = lock.newCondition();
  private final Recipients<M> recipients = new Recipients<>();
  private final Set<Waiting<M>> present = new LinkedHashSet<>();
  private final Set<Waiting<M>> parked = new LinkedHashSet<>();
  private @Nullable Wire wire;

  /** The thread that reads for all, or null. */
  private volatile @Nullable Object leader;

  private volatile boolean writing;
  private volatile @Nullable Consumer<? super M> listener;

  /** A message and its id. */
  private record Taken<M>(M message, Optional<String> id) {}

  private Multiplexer(
      LineClient client, Steps<M> reader, Function<? super M, Optional<String>> ids) {
    this.client = client;
    this.reader = reader;
    this.ids = ids;
  }

  /**
   * Makes a client shared by many callers from now on. Does no I/O.
   *
   * @param client who speaks
   * @param reader reads one whole message, with the methods of the client or its collaborators; runs once the
   *     first byte of one has come, in one of the waiting threads. It must not write. If it throws, the client
   *     is BROKEN.
   * @param id returns the id of the request that a message answers; empty for an event. If it throws, the
   *     client is BROKEN.
   * @param <M> the type of the peer's messages
   * @return the multiplexer
   * @throws IllegalStateException if the client has one already
   */
  public static <M> Multiplexer<M> of(
      LineClient client, Steps<M> reader, Function<? super M, Optional<String>> id) {
    Multiplexer<M> made = new Multiplexer<>(
        Objects.requireNonNull(client, "client"),
        Objects.requireNonNull(reader, "reader"),
        Objects.requireNonNull(id, "id"));
    client.admission().share(made);
    return made;
  }

  /**
   * Sets a listener for events, in place of {@link #nextEvent}.
   *
   * @param value called for each event, in the thread that happens to be reading and that hands out no answers
   *     meanwhile: it must be quick. It must not use the multiplexer. A RuntimeException that it throws is
   *     logged and changes nothing else.
   * @return this
   */
  public Multiplexer<M> tell(Consumer<? super M> value) {
    listener = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Sends a request and waits for its answer, at most the client's silence timeout.
   *
   * @param id the id of the request, which the answer must carry; different for each call
   * @param request the request, with that id in it
   * @return the answer
   * @throws IOException as {@link #call(String, Message, Duration)}
   */
  public M call(String id, Message request) throws IOException {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
    return call(id, request, client.options().dialer().silenceTimeout());
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param id the id of the request, which the answer must carry; different for each call
   * @param request the request, with that id in it
   * @param time how long to wait in all, more than zero; for the first call, including the dial
   * @return the answer
   * @throws IllegalArgumentException if another call has the id, or gave up and its answer has not come yet; or
   *     if a line has a character that the charset cannot encode. Nothing was sent.
   * @throws IllegalStateException if it is called by the listener
   * @throws DeadlineExceededException if the time ran out; the client stays usable
   * @throws CallInterruptedException if the thread was interrupted; the client stays usable
   * @throws ClientClosedException if the client is BROKEN or CLOSED, or a failure in another thread, which is
   *     the cause, ended the connection
   * @throws PeerProtocolException if this thread read something that makes no sense; the client is BROKEN
   * @throws IOException any other failure of this thread in reading, writing or dialling; the client is BROKEN,
   *     or NEW after a failed dial
   */
  public M call(String id, Message request, Duration time) throws IOException {
    Objects.requireNonNull(id, "id");
    LineBytes bytes = bytesOf(Objects.requireNonNull(request, "request"));
    Deadline deadline =
        Deadline.after(Bounds.positive("time", Objects.requireNonNull(time, "time")), Phase.CALL);
    Waiting<M> waiting = Waiting.forAnswer(id, lock.newCondition());
    enter(waiting, deadline);
    await(waiting, request, bytes, deadline);
    return Objects.requireNonNull(waiting.answer);
  }

  /**
   * Sends a message that is not answered. Waits for earlier senders, at most the client's transfer timeout.
   *
   * @param message the message
   * @throws IOException as {@link #call(String, Message, Duration)}
   */
  public void send(Message message) throws IOException {
    LineBytes bytes = bytesOf(Objects.requireNonNull(message, "message"));
    Deadline deadline = Deadline.after(client.options().transferTimeout(), Phase.CALL);
    Waiting<M> waiting = Waiting.forRoom(lock.newCondition());
    enter(waiting, deadline);
    await(waiting, message, bytes, deadline);
  }

  /**
   * Waits for an event for a given time, and reads for others meanwhile; nothing breaks if none comes. If there
   * is a listener, it gets the events, and this call only causes them to be read.
   *
   * @param time how long to wait; zero or less only looks
   * @return the oldest event not returned yet; empty if the time is over
   * @throws IOException as {@link #call(String, Message, Duration)}, except for the time
   */
  public Optional<M> nextEvent(Duration time) throws IOException {
    Objects.requireNonNull(time, "time");
    Deadline deadline = Deadline.after(time, Phase.CALL);
    Waiting<M> waiting = Waiting.forEvent(lock.newCondition());
    waiting.looked = !deadline.isExpired();
    enter(waiting, Deadline.NEVER);
    await(waiting, Message.of(), new LineBytes(client.options()), deadline);
    return Optional.ofNullable(waiting.answer);
  }

  /**
   * The number of events that were dropped because nobody asked for them in time.
   *
   * @return the number so far
   */
  public long lostEvents() {
    StackRoom.check();
    lock.lock();
    try {
      return recipients.lostEvents();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread is reading for all right now. */
  boolean isReadingHere() {
    return leader == Connection.caller();
  }

  private LineBytes bytesOf(Message message) {
    LineBytes bytes = new LineBytes(client.options());
    message.appendTo(bytes);
    return bytes;
  }

  private void enter(Waiting<M> waiting, Deadline deadline) throws IOException {
    if (isReadingHere()) {
      throw new IllegalStateException("a listener must not use its multiplexer");
    }
    Wire at = client.shared(deadline);
    StackRoom.check();
    lock.lock();
    try {
      if (at != wire) {
        // A connection that was hung up meanwhile says so, and is not taken for the next one.
        at.checkOpen(ANSWER);
        failAll();
        wire = at;
      }
      String id = waiting.id;
      if (id != null && recipients.isTaken(id)) {
        throw new IllegalArgumentException("another call has this id: each needs one of its own");
      }
      waiting.wire = at;
      present.add(waiting);
      if (id != null) {
        recipients.expect(id, waiting);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Does whatever is next, under the lock except while waiting, until the call has what it wants. */
  private void await(Waiting<M> waiting, Message message, LineBytes bytes, Deadline deadline)
      throws IOException {
    StackRoom.check();
    lock.lock();
    try {
      while (!isDone(waiting)) {
        if (waiting.failed) {
          throw closed(waiting);
        } else if (KeptInterrupts.isFlagSet()) {
          throw interrupted(deadline);
        } else if (waiting.looked && deadline.isExpired()) {
          if (waiting.events) {
            return;
          }
          throw late(deadline);
        } else if (waiting.unsent && !writing) {
          send(waiting, message, bytes);
        } else if (leader == null) {
          lead(waiting, deadline);
        } else {
          park(waiting, deadline);
        }
      }
    } finally {
      leave(waiting);
      lock.unlock();
    }
  }

  private boolean isDone(Waiting<M> waiting) {
    if (waiting.events && waiting.answer == null) {
      waiting.answer = recipients.nextEvent();
    }
    boolean onlySends = waiting.id == null && !waiting.events;
    return onlySends
        ? !waiting.unsent && !waiting.failed && waiting.refusal == null
        : waiting.answer != null;
  }

  private void park(Waiting<M> waiting, Deadline deadline) {
    long left = Math.min(deadline.remainingNanos(), LOOK_NANOS);
    parked.add(waiting);
    try {
      while (!waiting.woken && left > 0) {
        left = waiting.turn.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      KeptInterrupts.setFlag();
    } finally {
      parked.remove(waiting);
      waiting.woken = false;
    }
    waiting.looked = true;
  }

  /** Ends a call in any way, and passes what it did for all to another one. */
  private void leave(Waiting<M> waiting) {
    present.remove(waiting);
    recipients.leave(waiting);
    if (waiting.unsent && !writing) {
      wakeNextSender();
    }
    passOn();
  }

  /** Makes one of the waiting threads read, if none does; one that is awake checks for itself. */
  private void passOn() {
    if (leader != null) {
      return;
    }
    free.signal();
    if (!parked.isEmpty()) {
      parked.iterator().next().wake();
    }
  }

  private void lead(Waiting<M> waiting, Deadline deadline) throws IOException {
    leader = Connection.caller();
    lock.unlock();
    Taken<M> taken = null;
    Throwable failure = null;
    try {
      taken = take(waiting, deadline);
      if (taken != null) {
        hand(taken);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      lock.lock();
      leader = null;
      waiting.looked |= taken == null;
      if (failure != null) {
        giveUp(waiting, failure);
      }
    }
  }

  /** The next message, or null if none has begun to arrive by the deadline. */
  private @Nullable Taken<M> take(Waiting<M> waiting, Deadline deadline) throws IOException {
    KeptInterrupts kept = KeptInterrupts.begin();
    try {
      Wire at = Objects.requireNonNull(waiting.wire);
      BooleanSupplier stops = () -> kept.isSeen() || waiting.failed || (waiting.unsent && !writing);
      return client.reader().awaitInput(at, deadline, stops) ? take() : null;
    } finally {
      kept.end();
    }
  }

  private Taken<M> take() throws IOException {
    return client.exchange(() -> {
      M message = reader.run();
      return new Taken<>(message, ids.apply(message));
    });
  }

  /** Hands a message to whoever waits for it; only the leader does this, without the lock. */
  private void hand(Taken<M> taken) {
    StackRoom.check();
    lock.lock();
    try {
      if (taken.id.isPresent()) {
        String id = taken.id.get();
        Waiting<M> asked = recipients.take(id);
        if (asked != null) {
          asked.answer = taken.message;
          if (asked.thread != leader) {
            asked.wake();
          }
          return;
        }
        if (recipients.wasGivenUp(id)) {
          return;
        }
      }
      if (listener == null) {
        keep(taken.message);
        return;
      }
    } finally {
      lock.unlock();
    }
    tell(taken.message, Objects.requireNonNull(listener));
  }

  private void keep(M event) {
    recipients.keep(event);
    for (Waiting<M> waiting : parked) {
      if (waiting.events) {
        waiting.wake();
        return;
      }
    }
  }

  private void tell(M event, Consumer<? super M> hearing) {
    try {
      hearing.accept(event);
    } catch (RuntimeException e) {
      Log.threw(hearing, e);
    }
  }

  private void wake(Waiting<M> waiting) {
    if (waiting.thread == leader && waiting.wire != null) {
      waiting.wire.input().wakeup();
    } else {
      waiting.wake();
    }
  }

  /** Sends the message of a call; others that wait to send go on reading meanwhile. */
  private void send(Waiting<M> waiting, Message message, LineBytes bytes) throws IOException {
    writing = true;
    waiting.begun = true;
    passOn();
    lock.unlock();
    Throwable failure = null;
    try {
      waiting.refusal = write(Objects.requireNonNull(waiting.wire), message, bytes);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      lock.lock();
      writing = false;
      waiting.unsent = false;
      if (isReadingHere()) {
        leader = null;
      }
      if (failure != null) {
        giveUp(waiting, failure);
      }
      wakeNextSender();
    }
  }

  private void wakeNextSender() {
    for (Waiting<M> waiting : present) {
      if (waiting.unsent) {
        wake(waiting);
        return;
      }
    }
  }

  /** Writes; returns the reason if not everything was sent, else null. */
  private @Nullable WirelineException write(Wire at, Message message, LineBytes bytes)
      throws WirelineException {
    KeptInterrupts kept = KeptInterrupts.begin();
    HeardAhead ahead = new HeardAhead(this, at);
    try {
      return client.writer().message(at, message, bytes, ahead) ? null : ahead.reason();
    } finally {
      kept.end();
    }
  }

  /** Reads a message that has come and hands it out, for a thread that leads. */
  void handNext() throws WirelineException {
    try {
      hand(take());
    } catch (WirelineException e) {
      throw e;
    } catch (IOException e) {
      PeerProtocolException failure = new PeerProtocolException(
          client.endpoint(), ANSWER, "a message that came while one was sent must make sense", "");
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Lets whoever came meanwhile read on: its answer may be among what was taken in. */
  void stopLeading() {
    StackRoom.check();
    lock.lock();
    try {
      leader = null;
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread reads for all now; if another one does, gives it a moment. */
  boolean isLeading() {
    StackRoom.check();
    lock.lock();
    try {
      // The selector would report the same input again and again until that thread has taken it.
      long left = BESIDE_NANOS;
      while (leader != null && left > 0) {
        left = free.awaitNanos(left);
      }
      if (leader == null) {
        leader = Connection.caller();
        return true;
      }
    } catch (InterruptedException e) {
      KeptInterrupts.setFlag();
    } finally {
      lock.unlock();
    }
    return false;
  }

  /** After a failure in this thread, the others on the connection have nothing to wait for. */
  private void giveUp(Waiting<M> waiting, Throwable failure) {
    Wire at = waiting.wire;
    WirelineException refusal = waiting.refusal;
    if (refusal != null && refusal != failure) {
      failure.addSuppressed(refusal);
    }
    if (at != null) {
      at.fail(failure);
      if (at == wire) {
        failAll();
      }
    }
  }

  private void failAll() {
    List<Waiting<M>> all = new ArrayList<>(present);
    for (Waiting<M> waiting : all) {
      waiting.failed = true;
      wake(waiting);
    }
    recipients.forget();
  }

  private ClientClosedException closed(Waiting<M> waiting) {
    try {
      Objects.requireNonNull(waiting.wire).checkOpen(ANSWER);
    } catch (ClientClosedException e) {
      return client.told(e);
    }
    return new ClientClosedException(client.endpoint(), ANSWER, "the connection is gone", null);
  }

  private DeadlineExceededException late(Deadline deadline) {
    Duration waited = deadline.elapsed();
    String happened = "none came in " + TimeText.of(waited);
    return client.told(new DeadlineExceededException(
        client.endpoint(), ANSWER, Phase.CALL, null, happened, waited, true));
  }

  private CallInterruptedException interrupted(Deadline deadline) {
    String waited = TimeText.of(deadline.elapsed());
    return client.told(new CallInterruptedException(
        client.endpoint(), ANSWER, "interrupted after " + waited, true));
  }
}
