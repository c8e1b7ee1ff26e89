package dev.wireline.internal;

/**
 * What a grammar throws when a peer goes past one of our bounds.
 *
 * <p>The client that feeds the grammar turns this into a {@code LimitExceededException}. No stack
 * trace is taken.
 */
public final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1;

  private final String limit;
  private final long max;

  /**
   * A bound that was passed.
   *
   * @param limit the name of the setting, such as {@code maxHeaders}
   * @param max the value of the setting, in the setting's unit
   */
  public TooLargeException(String limit, long max) {
    super(limit, null, false, false);
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
}
