package dev.wireline.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a script that belong to one connection. Immutable. */
record Scene(List<Step> steps) {

  Scene {
    steps = List.copyOf(steps);
  }

  int size() {
    return steps.size();
  }

  /** Finds the end of what the server says in a row from an index on. */
  int endOfSpeech(int from) {
    int end = from;
    while (end < steps.size() && steps.get(end) instanceof Step.Say) {
      end++;
    }
    return end;
  }

  /** Whether the connection is still there behind the end. */
  boolean endsOpen() {
    return !(steps.get(steps.size() - 1) instanceof Step.Act act && act.action().endsAll());
  }

  /** What the server says again and again while it waits at an index, if it does. */
  Step.@Nullable Every repeatedAt(int index) {
    return index > 0 && steps.get(index - 1) instanceof Step.Every every ? every : null;
  }

  /**
   * Whether it leaves the end of the connection to the client, in both directions.
   *
   * <p>Of what is said again and again behind the end, no client can read all.
   */
  boolean leavesTheEnd() {
    return endsOpen() && !has(Action.HALF_CLOSE) && repeatedAt(size()) == null;
  }

  /** Whether the server says something as often as there is time for it. */
  boolean repeats() {
    return steps.stream().anyMatch(step -> step instanceof Step.Every);
  }

  /** Finds the last that the server says, or the end if it says nothing. */
  int lastSaid() {
    int last = steps.size() - 1;
    while (last >= 0 && !(steps.get(last) instanceof Step.Say)) {
      last--;
    }
    return last < 0 ? steps.size() : last;
  }

  /** Whether the server sends a byte. */
  boolean saysSomething() {
    return steps.stream()
        .anyMatch(step ->
            step instanceof Step.Say say && (say.text() != null || !say.octets().isEmpty()));
  }

  boolean startsTls() {
    return has(Action.START_TLS);
  }

  private boolean has(Action action) {
    return steps.stream().anyMatch(step -> step instanceof Step.Act act && act.action() == action);
  }
}
