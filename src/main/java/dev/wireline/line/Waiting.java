package dev.wireline.line;

import dev.wireline.error.WirelineException;
import dev.wireline.net.Connection;
import dev.wireline.net.Wire;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One thread in a call of a {@link Multiplexer}: what it has to send, and what it waits for. Mutable state is
 * guarded by the multiplexer's lock.
 */
final class Waiting<M> {
  final Object thread = Connection.caller();
  final @Nullable String id;
  final Condition turn;
  final boolean events;

  /** The connection that it uses. */
  @Nullable
  Wire wire;

  /** Whether its message must still be sent; read without the lock by a thread that waits for input. */
  volatile boolean unsent;

  /** Whether it must check again what to do. */
  boolean woken;

  /** Whether the message was sent, at least in part. */
  boolean begun;

  /** Whether its connection was given up. */
  volatile boolean failed;

  /** Whether it has looked: with no time to wait, it looks for an event once. */
  boolean looked;

  /** Why its message was not sent in full; what the peer said before is read first. */
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

  /** Makes it check again, if it is parked. */
  void wake() {
    woken = true;
    turn.signal();
  }
}
