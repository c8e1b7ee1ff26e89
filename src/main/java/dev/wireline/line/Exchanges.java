package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.TurnTakenException;
import dev.wireline.net.Connection;
import dev.wireline.net.ConnectionState;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A client's exchanges, one at a time: each completes or breaks the connection, and one may stay open for a
 * stream.
 *
 * <p>An exchange has the turn from its first step to its last. One that stays open keeps the turn when the
 * thread that began it leaves; the thread that reaches the end of the stream returns it.
 */
final class Exchanges {
  private final LineClient client;
  private final Connection connection;
  private final ReadingTurn reading;
  private final LineWriter writer;
  private final Turn turn = new Turn("in an exchange");
  private final AtomicReference<@Nullable OpenExchange> open = new AtomicReference<>();
  private volatile @Nullable Object exchanger;

  /** Whether the exchange is one of the client's own, which may use the lines. Only for its thread. */
  private boolean own;

  Exchanges(LineClient client, Connection connection, ReadingTurn reading, LineWriter writer) {
    this.client = client;
    this.connection = connection;
    this.reading = reading;
    this.writer = writer;
  }

  /**
   * See {@link LineClient#exchange}.
   *
   * @param speaks whether it is one of the client's own, which dials and greets first and may use the lines
   */
  <T extends @Nullable Object> T run(Steps<T> steps, boolean speaks) throws IOException {
    long before = client.calls();
    boolean outermost = enter();
    OpenExchange ending = open.get();
    boolean ownBefore = own;
    try {
      if (speaks && !connection.isOpeningHere()) {
        client.dialled();
        own = true;
      }
      T result = steps.run();
      own = ownBefore;
      if (outermost) {
        leave();
      }
      return result;
    } catch (Throwable e) {
      if (e instanceof Error) {
        turn.left = e;
      }
      // A stream that was opened here is lost if it cannot be returned.
      boolean ended = open.get() == ending;
      open.set(ending);
      breakUnlessUsable(e, before, ended);
      turn.left = null;
      own = ownBefore;
      if (outermost) {
        leave();
      }
      throw e;
    }
  }

  /** See {@link LineClient#openIncoming}. */
  Incoming openIncoming(Steps<Incoming> begin, LastStep last) throws IOException {
    return run(
        () -> {
          Incoming stream = Objects.requireNonNull(begin.run(), "stream");
          OpenExchange opened = new OpenExchange(this, stream, last);
          stream.belongsTo(opened);
          open.set(opened);
          return stream;
        },
        true);
  }

  /** See {@link LineClient#openOutgoing}. */
  Outgoing openOutgoing(Steps<Outgoing> begin, LastStep last) throws IOException {
    return run(
        () -> {
          Outgoing stream = Objects.requireNonNull(begin.run(), "stream");
          OpenExchange opened = new OpenExchange(this, stream, last);
          stream.belongsTo(opened);
          open.set(opened);
          return stream;
        },
        true);
  }

  /** Begins an exchange; false for one inside another, or inside the greeting, for which others wait. */
  private boolean enter() {
    checkFree();
    Object here = Connection.caller();
    if (exchanger == here || connection.isOpeningHere()) {
      return false;
    }
    client.admission().checkNotShared();
    endLeft();
    if (!turn.tryTake()) {
      throw new TurnTakenException(
          "another thread is in an exchange with " + client.endpoint() + ": one at a time");
    }
    exchanger = here;
    return true;
  }

  /** Hands the client to the next exchange, or to the stream that stays open. */
  private void leave() {
    reading.holder = null;
    writer.holder = null;
    own = false;
    exchanger = null;
    if (open.get() == null) {
      turn.give();
    }
  }

  /** Refuses use while a stream has the client to itself. */
  void checkFree() {
    OpenExchange opened = open.get();
    if (opened != null && !opened.isEndingHere()) {
      if (connection.state() == ConnectionState.OPEN) {
        throw opened.refusal();
      }
      forget(opened);
    }
  }

  /** Refuses the last step while the exchange that opened the stream is running in another thread. */
  void checkEnds() {
    Object outer = exchanger;
    if (outer != null && outer != Connection.caller()) {
      throw new TurnTakenException(
          "another thread is in the exchange that opened this stream of " + client.endpoint());
    }
  }

  /** Runs the last step of an exchange that stayed open, in the thread that reached the end of its stream. */
  void end(OpenExchange opened, boolean whole) throws IOException {
    Object here = Connection.caller();
    Object outer = exchanger;
    if (open.get() != opened || connection.state() != ConnectionState.OPEN) {
      forget(opened);
      if (whole) {
        throw gone(Activity.READING);
      }
      return;
    }
    exchanger = here;
    boolean ownBefore = own;
    own = true;
    try {
      opened.runLast(whole);
      own = ownBefore;
      endOpen(opened, outer);
    } catch (Throwable e) {
      if (e instanceof Error) {
        turn.left = e;
      }
      breakUnlessUsable(e, -1, true);
      turn.left = null;
      own = ownBefore;
      endOpen(opened, outer);
      throw e;
    }
  }

  /** See {@link LineClient#besideOpen}. */
  void beside(Steps<?> steps) throws IOException {
    OpenExchange opened = open.get();
    Object outer = exchanger;
    if (opened == null || outer != null || connection.state() != ConnectionState.OPEN) {
      return;
    }
    opened.lend(Connection.caller());
    exchanger = Connection.caller();
    own = true;
    try {
      steps.run();
    } catch (Throwable e) {
      breakUnlessUsable(e, -1, true);
      throw e;
    } finally {
      opened.lend(null);
      leave();
    }
  }

  /** The exchange that opened the stream may still be running, in the same thread. */
  private void endOpen(OpenExchange opened, @Nullable Object outer) {
    open.compareAndSet(opened, null);
    if (outer == null) {
      leave();
    }
  }

  void checkOpen(OpenExchange opened, Activity activity) throws ClientClosedException {
    if (open.get() != opened || connection.state() != ConnectionState.OPEN) {
      forget(opened);
      throw gone(activity);
    }
  }

  private ClientClosedException gone(Activity activity) {
    return new ClientClosedException(
        client.endpoint(), activity, "the connection of this stream's exchange is gone", null);
  }

  void giveUp(OpenExchange opened, Throwable why) {
    connection.breakOff(why);
    forget(opened);
  }

  /** Forgets what was begun on a connection that is gone: it has no end. */
  private void forget(OpenExchange opened) {
    if (open.compareAndSet(opened, null) && exchanger == null) {
      turn.give();
    }
  }

  /** Forgets what was begun on a connection that was closed on purpose. */
  void forget() {
    OpenExchange opened = open.get();
    if (opened != null) {
      forget(opened);
    }
  }

  /** Ends an exchange that was left half way when there was no room to end it: the answer is lost. */
  void endLeft() {
    Throwable left = turn.leftBy();
    if (left != null) {
      connection.breakOff(left);
      open.set(null);
      reading.holder = null;
      writer.holder = null;
      own = false;
      exchanger = null;
      turn.giveLeft();
    }
  }

  boolean isLeft() {
    return turn.leftBy() != null;
  }

  /** Whether the calling thread is in an exchange. */
  boolean isHere() {
    return exchanger == Connection.caller();
  }

  /** Whether the calling thread is in an exchange of the client's own. */
  boolean isOwn() {
    return isHere() && own;
  }

  private void breakUnlessUsable(Throwable why, long callsBefore, boolean ended) {
    // Even a line that could not be decoded breaks: it leaves a client usable that reads lines one
    // by one, but
    // within an answer the lines after it would be read as the next one.
    boolean usable = ended
        && why instanceof WirelineException known
        && !(client.told(known) instanceof PeerProtocolException)
        && known.connectionUsable();
    if (!usable && client.calls() != callsBefore) {
      connection.breakOff(why);
    }
  }
}
