package dev.wireline.internal;

import java.text.ParseException;

/**
 * Thrown by a grammar when a peer exceeds one of our limits.
 *
 * <p>The client that feeds the grammar turns this into a {@code LimitExceededException}. An exported
 * grammar declares it as the {@link ParseException} that it is. No stack trace is taken.
 */
public final class TooLargeException extends ParseException {
  private static final long serialVersionUID = 1;
  private static final int UNKNOWN = -1;

  private final String limit;
  private final long max;

  /**
   * A bound that was passed.
   *
   * @param limit the name of the setting, such as {@code maxHeaders}, or what is counted, in words
   * @param max the bound, in its unit
   */
  public TooLargeException(String limit, long max) {
    super(words(limit, max), UNKNOWN);
    this.limit = limit;
    this.max = max;
  }

  /**
   * What is said of a bound that was passed.
   *
   * @param limit the name of a setting, or several words for what is counted
   * @param max the bound
   * @return {@code more than maxHeaders (200) allows}, or {@code more than 2 content codings}
   */
  public static String words(String limit, long max) {
    return limit.indexOf(' ') < 0
        ? "more than " + limit + " (" + max + ") allows"
        : "more than " + max + " " + limit;
  }

  /**
   * The bound.
   *
   * @return the name of the setting
   */
  public String limit() {
    return limit;
  }

  /**
   * How large the bound is.
   *
   * @return the value of the setting, in its unit
   */
  public long max() {
    return max;
  }

  /** Takes no stack trace: where a grammar stood says nothing of a peer. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }
}
