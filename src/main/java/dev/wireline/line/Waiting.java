package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.net.Connection;
import dev.wireline.net.Wire;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One thread in a call of a {@link Multiplexer}: what it has to send, and what it waits for. All that changes
 * is under the multiplexer's lock.
 */
final class Waiting<M> {
  final Object thread = Connection.caller();
  final @Nullable String id;
  final Condition turn;
  final boolean events;

  /** The connection that it is about. */
  @Nullable
  Wire wire;

  /** Whether its message has still to be sent; read without the lock by a thread that waits for input. */
  volatile boolean unsent;

  /** Whether it is to look again at what there is to do. */
  boolean woken;

  /** Whether the message has left, at least in part. */
  boolean begun;

  /** Whether its connection was given up. */
  volatile boolean failed;

  /** Whether time ends it: an event that is only looked for is looked for once. */
  boolean looked;

  /** Why its message has not left whole; what the peer said before is read first. */
  @Nullable
  WirelineException refusal;

  @Nullable
  M answer;

  private Waiting(@Nullable String id, boolean unsent, boolean events, Condition turn) {
    this.id = id;
    this.unsent = unsent;
    this.events = events;
    this.turn = turn;
    this.looked = !events;
  }

  static <M> Waiting<M> forAnswer(String id, Condition turn) {
    return new Waiting<>(id, true, false, turn);
  }

  static <M> Waiting<M> forRoom(Condition turn) {
    return new Waiting<>(null, true, false, turn);
  }

  static <M> Waiting<M> forEvent(Condition turn) {
    return new Waiting<>(null, false, true, turn);
  }

  /** Has it look again, where it is parked. */
  void wake() {
    woken = true;
    turn.signal();
  }
}
