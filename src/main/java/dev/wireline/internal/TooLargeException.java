package dev.wireline.internal;

import java.text.ParseException;

/**
 * What a grammar throws when a peer goes past one of our bounds.
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
   * @param limit the name of the setting, such as {@code maxHeaders}
   * @param max the value of the setting, in the setting's unit
   */
  public TooLargeException(String limit, long max) {
    super("more than " + limit + " (" + max + ") allows", UNKNOWN);
    this.limit = limit;
    this.max = max;
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
