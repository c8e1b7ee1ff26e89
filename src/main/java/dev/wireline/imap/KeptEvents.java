package dev.wireline.imap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Events that nobody has asked for yet. If there are too many, a single one that says so replaces them. */
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
