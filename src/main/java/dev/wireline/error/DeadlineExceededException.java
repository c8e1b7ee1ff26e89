package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.time.Duration;

/**
 * Time ran out; {@link #phase()} says which limit. While dialling too, with the attempts so far
 * suppressed inside.
 */
public final class DeadlineExceededException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final Duration elapsed;

  /**
   * A limit of time that ran out.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param limit the phase whose limit ran out; {@link Phase#CALL} for the limit of a whole call
   * @param happened what happened, with the facts
   * @param elapsed how long was waited
   */
  public DeadlineExceededException(
      Endpoint endpoint, Activity activity, Phase limit, String happened, Duration elapsed) {
    super(endpoint, activity, limit, happened, false, null);
    this.elapsed = elapsed;
  }

  /**
   * How long was waited.
   *
   * @return the time from the start of what the limit measures to its end
   */
  public Duration elapsed() {
    return elapsed;
  }
}
