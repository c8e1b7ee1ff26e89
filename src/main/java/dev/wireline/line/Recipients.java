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
 * Whose a message of the peer is: a call's that waits for it, nobody's any more, or an event that is kept until
 * somebody asks. Guarded by its {@link Multiplexer}.
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

  /** The call that waits for the answer with this id, and from now on for it no more; or null. */
  @Nullable
  Waiting<M> take(String id) {
    return pending.remove(id);
  }

  /** Whether the answer is one to a call that was given up, which it comes for once. */
  boolean wasGivenUp(String id) {
    return givenUp.remove(id);
  }

  /** A call has ended; one that was sent may still be answered. */
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

  /** The oldest event that was not given yet, or null. */
  @Nullable
  M nextEvent() {
    return events.poll();
  }

  long lostEvents() {
    return lost;
  }

  /** The connection is gone, and with it what was still to come. */
  void forget() {
    pending.clear();
    givenUp.clear();
  }
}
