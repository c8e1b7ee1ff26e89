package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;

/**
 * The peer answered properly, and the answer is no: {@link #reply()} is what it said.
 *
 * <p>The connection is as good as before. A protocol extends this for what its replies have besides their
 * text.
 */
public class ReplyException extends WirelineException {
  private static final long serialVersionUID = 1;

  /** What the peer said. */
  private final String reply;

  /**
   * A reply that says no.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param reply the reply, as it came and without its line ends; the message shows it quoted and cut
   */
  public ReplyException(Endpoint endpoint, Activity activity, String reply) {
    this(endpoint, activity, "the peer answered", reply);
  }

  /**
   * A reply that says no, told in a protocol's own words.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, before the reply
   * @param reply the reply, as it came and without its line ends; the message shows it quoted and cut
   */
  protected ReplyException(Endpoint endpoint, Activity activity, String happened, String reply) {
    super(endpoint, activity, happened + " " + Quoted.text(reply), true);
    this.reply = reply;
  }

  /**
   * What the peer said.
   *
   * @return the reply as it came, without its line ends: foreign text
   */
  public final String reply() {
    return reply;
  }
}
