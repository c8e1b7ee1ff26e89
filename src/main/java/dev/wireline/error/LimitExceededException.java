package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;

/** The peer went past one of our bounds: {@link #limit()} names it, {@link #max()} is its value. */
public final class LimitExceededException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final String limit;
  private final long max;

  /**
   * A bound that was passed.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param limit the name of the setting, such as {@code maxLineBytes}
   * @param max the setting's value, in its unit
   */
  public LimitExceededException(Endpoint endpoint, Activity activity, String limit, long max) {
    super(
        endpoint,
        activity,
        activity.phase(),
        "more than " + limit + " (" + max + ") allows",
        false,
        null);
    this.limit = limit;
    this.max = max;
  }

  /**
   * Which bound.
   *
   * @return the name of the setting, or of a bound that cannot be set
   */
  public String limit() {
    return limit;
  }

  /**
   * How large the bound is.
   *
   * @return the bound's value, in its unit
   */
  public long max() {
    return max;
  }
}
