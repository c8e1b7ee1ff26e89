package dev.wireline.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;

/** One address that could not be connected, suppressed in the dial's exception. */
final class AttemptException extends IOException {
  private static final long serialVersionUID = 1;

  AttemptException(String message, @Nullable Throwable cause) {
    super(message, cause);
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
