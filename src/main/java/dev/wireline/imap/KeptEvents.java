package dev.wireline.imap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Events that nobody has asked for yet. When they are too many, one that says so is in their place. */
final class KeptEvents {
  private final int most;
  private final Deque<ImapEvent> events = new ArrayDeque<>();

  KeptEvents(int most) {
    this.most = most;
  }

  void add(ImapEvent event) {
    if (events.size() == most) {
      events.clear();
      events.add(ImapEvent.of(ImapEvent.Kind.LOST, ""));
    }
    events.add(event);
  }

  @Nullable
  ImapEvent poll() {
    return events.poll();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  void clear() {
    events.clear();
  }
}
