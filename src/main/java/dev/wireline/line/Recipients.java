package dev.wireline.line;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets a message of the peer: a waiting call, nobody any more, or, for an event, whoever asks next.
 * Guarded by its {@link Multiplexer}.
 */
final class Recipients<M> {
  private final Map<String, Waiting<M>> pending = new HashMap<>();
  private final Set<String> givenUp = new LinkedHashSet<>();
  private final Deque<M> events = new ArrayDeque<>();
  private long lost;

  /** Whether an answer with this id is still to come. */
  boolean isTaken(String id) {
    return givenUp.contains(id) || pending.containsKey(id);
  }

  void expect(String id, Waiting<M> waiting) {
    pending.put(id, waiting);
  }

  /** Removes and returns the call that waits for the answer with this id; or null. */
  @Nullable
  Waiting<M> take(String id) {
    return pending.remove(id);
  }

  /** Whether the answer belongs to an abandoned call; each such call gets only one. */
  boolean wasGivenUp(String id) {
    return givenUp.remove(id);
  }

  /** Records that a call has ended; if it was sent, it may still be answered. */
  void leave(Waiting<M> waiting) {
    String id = waiting.id;
    if (id != null && pending.remove(id, waiting) && waiting.begun && !waiting.failed) {
      givenUp.add(id);
      trim(givenUp);
    }
  }

  private static void trim(Set<String> ids) {
    if (ids.size() > Multiplexer.MAX_GIVEN_UP) {
      Iterator<String> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  void keep(M event) {
    events.add(event);
    if (events.size() > Multiplexer.MAX_EVENTS) {
      events.remove();
      lost++;
    }
  }

  /** The oldest event not returned yet, or null. */
  @Nullable
  M nextEvent() {
    return events.poll();
  }

  long lostEvents() {
    return lost;
  }

  /** Forgets what was still to come on a connection that is gone. */
  void forget() {
    pending.clear();
    givenUp.clear();
  }
}
