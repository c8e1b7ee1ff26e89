package dev.wireline.error;

import java.util.List;

/**
 * The last lines of a conversation, suppressed inside a failure: so they appear in its stack trace, and its
 * message stays one line.
 */
final class LastLines extends Exception {
  private static final long serialVersionUID = 1;

  LastLines(List<String> lines) {
    super("the last lines before it\n\t" + String.join("\n\t", lines), null, false, false);
  }
}
