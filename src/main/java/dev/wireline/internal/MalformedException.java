package dev.wireline.internal;

import java.text.ParseException;

/**
 * Thrown by a grammar when bytes violate one of its rules.
 *
 * <p>A grammar knows no peer: the client that feeds it turns this into a {@code
 * PeerProtocolException} with endpoint and phase. An exported grammar declares it as the {@link
 * ParseException} that it is. No stack trace is taken.
 */
public final class MalformedException extends ParseException {
  private static final long serialVersionUID = 1;
  private static final int UNKNOWN = -1;

  private final String rule;
  private final String excerpt;

  /**
   * A broken rule.
   *
   * @param rule the rule, with its RFC section, in words that end a sentence
   * @param excerpt what broke it, already {@link Quoted}
   */
  public MalformedException(String rule, String excerpt) {
    this(rule, excerpt, UNKNOWN);
  }

  /**
   * A broken rule at a known place.
   *
   * @param rule the rule, with its RFC section, in words that end a sentence
   * @param excerpt what broke it, already {@link Quoted}
   * @param offset the index of the byte at fault
   */
  public MalformedException(String rule, String excerpt, int offset) {
    super(rule + ", but got " + excerpt, offset);
    this.rule = rule;
    this.excerpt = excerpt;
  }

  /**
   * The rule.
   *
   * @return the rule, with its RFC section
   */
  public String rule() {
    return rule;
  }

  /**
   * The bytes that broke it.
   *
   * @return a quoted excerpt
   */
  public String excerpt() {
    return excerpt;
  }

  /** Takes no stack trace: where a grammar stood says nothing of a peer. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public Throwable fillInStackTrace() {
    return this;
  }
}
