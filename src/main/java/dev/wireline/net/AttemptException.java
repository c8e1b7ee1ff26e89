package dev.wireline.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One address that could not be connected, suppressed in the dial's exception. */
final class AttemptException extends IOException {
  private static final long serialVersionUID = 1;

  /** A name has as many addresses as its owner likes, and a message is for people. */
  private static final int MOST_TOLD = 8;

  AttemptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What became of each address, or of the first ones: all of them are suppressed in the failure. */
  static String facts(List<? extends IOException> failures) {
    int told = Math.min(failures.size(), MOST_TOLD);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < told; i++) {
      text.append(i == 0 ? "" : "; ").append(failures.get(i).getMessage());
    }
    int more = failures.size() - told;
    return more == 0 ? text.toString() : text + "; and " + more + " more";
  }

  /** The JDK has one class for refused and for timed out; a time-out by the system names itself. */
  boolean isRefusal() {
    Throwable cause = getCause();
    if (cause instanceof PortUnreachableException) {
      return true;
    }
    return cause instanceof ConnectException
        && !String.valueOf(cause.getMessage()).contains("timed");
  }
}
