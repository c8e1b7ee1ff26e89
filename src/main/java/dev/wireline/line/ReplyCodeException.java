package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer answered properly with a code that says no: {@link #code()} and {@link #lines()} tell it.
 *
 * <p>The connection is as good as before. A protocol extends this for what its replies have besides, such
 * as the enhanced codes of SMTP.
 */
public class ReplyCodeException extends ReplyException {
  private static final long serialVersionUID = 1;

  /** The code. */
  private final int code;

  /** The text of each line. */
  private final ArrayList<String> lines;

  /**
   * A reply that says no.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param reply the reply; the message shows it quoted and cut
   */
  public ReplyCodeException(Endpoint endpoint, Activity activity, Reply reply) {
    this(endpoint, activity, "the peer answered", reply);
  }

  /**
   * A reply that says no, told in a protocol's own words.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, before the reply
   * @param reply the reply; the message shows it quoted and cut
   */
  protected ReplyCodeException(Endpoint endpoint, Activity activity, String happened, Reply reply) {
    super(endpoint, activity, happened, reply.toString());
    this.code = reply.code();
    this.lines = new ArrayList<>(reply.lines());
  }

  /**
   * The reply's code.
   *
   * @return 100 to 699
   */
  public final int code() {
    return code;
  }

  /**
   * The reply's text, line by line.
   *
   * @return an immutable list as {@link Reply#lines()}: foreign text
   */
  public final List<String> lines() {
    return List.copyOf(lines);
  }
}
