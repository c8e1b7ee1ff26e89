package dev.wireline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The indented lines of a script, which belong to the line in brackets above them. */
final class Block {

  private static final String EVERY = "<every ";

  private final String head;
  private final int number;
  private final @Nullable Duration period;
  private final Set<String> captured;
  private final List<Step.Aside> asides = new ArrayList<>();
  private final List<Step.Say> said = new ArrayList<>();

  /** Begins one that is said again and again, or at any time when there is no period. */
  private Block(String head, int number, @Nullable Duration period, Set<String> captured) {
    this.head = head;
    this.number = number;
    this.period = period;
    this.captured = Set.copyOf(captured);
  }

  /** Begins a block if the line does; gives null when it is another step. */
  static @Nullable Block begin(String line, int number, Set<String> captured) {
    String text = line.strip();
    if (text.equals(Step.AT_ANY_TIME)) {
      return new Block(text, number, null, captured);
    }
    Duration period = text.startsWith(EVERY) && text.endsWith(">")
        ? SceneParser.time(text.substring(EVERY.length(), text.length() - 1))
        : null;
    return period == null || period.isZero() ? null : new Block(text, number, period, captured);
  }

  int number() {
    return number;
  }

  /** The names that were captured before it. */
  Set<String> captured() {
    return captured;
  }

  /** Takes an indented line; gives false when it does not belong here. */
  boolean take(Step step) {
    if (step instanceof Step.Say say && (period != null || !asides.isEmpty())) {
      said.add(say);
      endAnswer();
      return true;
    }
    if (step instanceof Step.HearLine heard && period == null) {
      said.clear();
      asides.add(new Step.Aside(heard, List.of()));
      return true;
    }
    return false;
  }

  private void endAnswer() {
    if (period == null) {
      int last = asides.size() - 1;
      asides.set(last, new Step.Aside(asides.get(last).heard(), List.copyOf(said)));
    }
  }

  /** The whole of it as a step; null when no line belongs to it. */
  @Nullable
  Step step() {
    if (period == null) {
      return asides.isEmpty() ? null : new Step.AnyTime(number, List.copyOf(asides));
    }
    return said.isEmpty() ? null : new Step.Every(number, period, List.copyOf(said));
  }

  @Override
  public String toString() {
    return head;
  }
}
