package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import java.io.IOException;

/** The peer sent more without data than it has reason to. */
final class NoDataException extends IOException {
  private static final long serialVersionUID = 1;

  private final String counted;
  private final int max;

  NoDataException(String counted, int max) {
    super("more than " + max + " " + counted);
    this.counted = counted;
    this.max = max;
  }

  LimitExceededException told(Endpoint endpoint, Activity activity) {
    return new LimitExceededException(endpoint, activity, counted, max);
  }
}
