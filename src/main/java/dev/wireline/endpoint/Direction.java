package dev.wireline.endpoint;

import java.util.List;

/** The rule for names with right-to-left letters (RFC 5893, section 2). */
final class Direction {
  private static final int LEFT = 1 << HostCharacters.LEFT;
  private static final int RIGHT = 1 << HostCharacters.RIGHT;
  private static final int ARABIC = 1 << HostCharacters.ARABIC_NUMBER;
  private static final int EUROPEAN = 1 << HostCharacters.EUROPEAN_NUMBER;
  private static final int BETWEEN = 1 << HostCharacters.NONSPACING | 1 << HostCharacters.NEUTRAL;

  private Direction() {}

  /** Whether all labels obey the rule, which applies to names with at least one such letter. */
  static boolean isRight(List<String> labels) {
    boolean named = labels.stream().anyMatch(label -> (seen(label) & (RIGHT | ARABIC)) != 0);
    return !named || labels.stream().allMatch(Direction::isRight);
  }

  private static boolean isRight(String label) {
    if (label.isEmpty()) {
      return true;
    }
    int first = 1 << HostCharacters.direction(label.codePointAt(0));
    int last = last(label);
    int seen = seen(label);
    if (first == RIGHT) {
      boolean mixed = (seen & EUROPEAN) != 0 && (seen & ARABIC) != 0;
      return !mixed
          && (seen & ~(RIGHT | ARABIC | EUROPEAN | BETWEEN)) == 0
          && (last & (RIGHT | ARABIC | EUROPEAN)) != 0;
    }
    return first == LEFT
        && (seen & ~(LEFT | EUROPEAN | BETWEEN)) == 0
        && (last & (LEFT | EUROPEAN)) != 0;
  }

  /** The classes of characters in a label, as bits. */
  private static int seen(String label) {
    return label.codePoints().map(c -> 1 << HostCharacters.direction(c)).reduce(0, (a, b) -> a | b);
  }

  /** The class of the last character that is not a combining mark, as a bit. */
  private static int last(String label) {
    int last = 0;
    for (int c : label.codePoints().toArray()) {
      int direction = HostCharacters.direction(c);
      last = direction == HostCharacters.NONSPACING ? last : 1 << direction;
    }
    return last;
  }
}
