package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer refused properly, with a code: see {@link #code()} and {@link #lines()}.
 *
 * <p>The connection stays usable, unless the code is one of {@link Replies#withClosingCodes}. A protocol
 * extends this if its replies say more, such as the enhanced codes of SMTP.
 */
public class ReplyCodeException extends ReplyException {
  private static final long serialVersionUID = 1;

  /** The code. */
  private final int code;

  /** The text of each line. */
  private final ArrayList<String> lines;

  /**
   * A refusal.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param reply the reply; the message shows it quoted and shortened
   */
  public ReplyCodeException(Endpoint endpoint, Activity activity, Reply reply) {
    this(endpoint, activity, "the peer answered", reply);
  }

  /**
   * A refusal, described in the protocol's own words.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, before the reply
   * @param reply the reply; the message shows it quoted and shortened
   */
  protected ReplyCodeException(Endpoint endpoint, Activity activity, String happened, Reply reply) {
    super(endpoint, activity, happened, reply.toString());
    this.code = reply.code();
    this.lines = new ArrayList<>(reply.lines());
  }

  /**
   * A refusal of a command.
   *
   * @param refusal the reply, the command and the peer; the message shows reply and command quoted and
   *     shortened
   */
  public ReplyCodeException(Refusal<Reply> refusal) {
    this("the peer answered", refusal);
  }

  /**
   * A refusal of a command, described in the protocol's own words.
   *
   * @param happened what happened, before the reply
   * @param refusal the reply, the command and the peer; the message shows reply and command quoted and
   *     shortened
   */
  protected ReplyCodeException(String happened, Refusal<Reply> refusal) {
    super(happened, refusal);
    this.code = refusal.reply().code();
    this.lines = new ArrayList<>(refusal.reply().lines());
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
   * @return an immutable list as {@link Reply#lines()}: text from the peer
   */
  public final List<String> lines() {
    return List.copyOf(lines);
  }
}
