package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A timeout; {@link #phase()} and {@link #setting()} say which one. A timeout while dialling has the attempts
 * so far suppressed inside.
 */
public final class DeadlineExceededException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final @Nullable String setting;
  private final Duration elapsed;

  /**
   * A timeout.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param limit the phase whose limit ran out; {@link Phase#CALL} for the limit of a whole call
   * @param setting the name of the setting that set it, or null where none did
   * @param happened what happened, with the facts, the setting among them
   * @param elapsed how long was waited
   */
  public DeadlineExceededException(
      Endpoint endpoint,
      Activity activity,
      Phase limit,
      @Nullable String setting,
      String happened,
      Duration elapsed) {
    this(endpoint, activity, limit, setting, happened, elapsed, false);
  }

  /**
   * A timeout, which may leave the connection usable.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param limit the phase whose limit ran out; {@link Phase#CALL} for the limit of a whole call
   * @param setting the name of the setting that set it, or null where none did
   * @param happened what happened, with the facts, the setting among them
   * @param elapsed how long was waited
   * @param connectionUsable whether the connection can go on being used
   */
  public DeadlineExceededException(
      Endpoint endpoint,
      Activity activity,
      Phase limit,
      @Nullable String setting,
      String happened,
      Duration elapsed,
      boolean connectionUsable) {
    super(endpoint, activity, limit, happened, connectionUsable, null);
    this.setting = setting;
    this.elapsed = elapsed;
  }

  /**
   * The setting that set the limit, as its builder calls it: {@code "silenceTimeout"}.
   *
   * @return its name; empty if the caller passed its own deadline
   */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /**
   * How long the wait was.
   *
   * @return the time since the start of what the limit measures
   */
  public Duration elapsed() {
    return elapsed;
  }
}
