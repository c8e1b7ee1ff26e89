package dev.wireline.error;

import dev.wireline.endpoint.Endpoint;

/**
 * The peer broke a rule of the protocol: {@link #rule()} says which, {@link #excerpt()} with what.
 *
 * <p><b>To extend:</b> for a protocol whose answer is complete and worth having although it broke a rule.
 */
public class PeerProtocolException extends WirelineException {
  private static final long serialVersionUID = 1;

  private final String rule;
  private final String excerpt;

  /**
   * A violation after which the connection is closed.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param rule the rule, as the end of a sentence
   * @param excerpt what broke it, already quoted and cut; may be empty
   */
  public PeerProtocolException(Endpoint endpoint, Activity activity, String rule, String excerpt) {
    this(endpoint, activity, rule, excerpt, false);
  }

  /**
   * A broken rule.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param rule the rule, as the end of a sentence
   * @param excerpt what broke it, already quoted and cut; may be empty
   * @param connectionUsable whether the connection can go on being used
   */
  public PeerProtocolException(
      Endpoint endpoint, Activity activity, String rule, String excerpt, boolean connectionUsable) {
    super(
        endpoint,
        activity,
        activity.phase(),
        excerpt.isEmpty() ? rule : rule + ", but got " + excerpt,
        connectionUsable,
        null);
    this.rule = rule;
    this.excerpt = excerpt;
  }

  /**
   * The rule that was broken.
   *
   * @return the rule, with its RFC section where there is one
   */
  public final String rule() {
    return rule;
  }

  /**
   * What broke the rule.
   *
   * @return a quoted and shortened excerpt of what the peer sent; may be empty
   */
  public final String excerpt() {
    return excerpt;
  }
}
