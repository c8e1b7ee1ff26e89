package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.internal.TooLargeException;

/** The peer sent more than one of our limits allows: {@link #limit()} names it, {@link #max()} is its value. */
public final class LimitExceededException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final String limit;
  private final long max;

  /**
   * A limit that was exceeded.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param limit the name of the setting, such as {@code maxLineBytes}; for a bound that cannot be set what
   *     it counts, in words, such as {@code bytes of an event}
   * @param max the limit's value, in its unit
   */
  public LimitExceededException(Endpoint endpoint, Activity activity, String limit, long max) {
    super(endpoint, activity, activity.phase(), TooLargeException.words(limit, max), false, null);
    this.limit = limit;
    this.max = max;
  }

  /**
   * Which limit.
   *
   * @return the name of the setting; for a limit that cannot be set, what it counts, in words
   */
  public String limit() {
    return limit;
  }

  /**
   * How large the limit is.
   *
   * @return the limit's value, in its unit
   */
  public long max() {
    return max;
  }
}
