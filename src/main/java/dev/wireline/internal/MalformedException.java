package dev.wireline.internal;

/**
 * What a grammar throws when bytes break its rule.
 *
 * <p>A grammar knows no peer: the client that feeds it turns this into a {@code
 * PeerProtocolException} with endpoint and phase. No stack trace is taken.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final String excerpt;

  /**
   * A broken rule.
   *
   * @param rule the rule, with its RFC section, in words that end a sentence
   * @param excerpt what broke it, already {@link Quoted}
   */
  public MalformedException(String rule, String excerpt) {
    super(rule, null, false, false);
    this.excerpt = excerpt;
  }

  /**
   * The rule.
   *
   * @return the rule, with its RFC section
   */
  public String rule() {
    return String.valueOf(getMessage());
  }

  /**
   * The bytes that broke it.
   *
   * @return a quoted excerpt
   */
  public String excerpt() {
    return excerpt;
  }
}
