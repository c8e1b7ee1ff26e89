package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer refused properly: {@link #reply()} is what it said.
 *
 * <p>The connection stays usable, unless the peer closes it after this reply: {@link #connectionUsable()} says
 * which. A protocol extends this if its replies have more than text.
 */
public class ReplyException extends WirelineException {
  private static final long serialVersionUID = 1;

  /** What the peer said. */
  private final String reply;

  /** The refused command, secrets masked. */
  private final @Nullable String command;

  /**
   * A refusal.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param reply the reply as it came, without its line ends; the message shows it quoted and shortened
   */
  public ReplyException(Endpoint endpoint, Activity activity, String reply) {
    this(endpoint, activity, "the peer answered", reply);
  }

  /**
   * A refusal, described in the protocol's own words.
   *
   * @param endpoint the peer
   * @param activity what was being done
   * @param happened what happened, before the reply
   * @param reply the reply as it came, without its line ends; the message shows it quoted and shortened
   */
  protected ReplyException(Endpoint endpoint, Activity activity, String happened, String reply) {
    super(endpoint, activity, happened + " " + Quoted.text(reply), true);
    this.reply = reply;
    this.command = null;
  }

  /**
   * A refusal of a command.
   *
   * @param refusal the reply, the command and the peer; the message shows reply and command quoted and
   *     shortened
   */
  public ReplyException(Refusal<?> refusal) {
    this("the peer answered", refusal);
  }

  /**
   * A refusal of a command, described in the protocol's own words.
   *
   * @param happened what happened, before the reply
   * @param refusal the reply, the command and the peer; the message shows reply and command quoted and
   *     shortened
   */
  protected ReplyException(String happened, Refusal<?> refusal) {
    super(
        refusal.endpoint(),
        refusal.activity(),
        happened + " " + Quoted.text(refusal.reply().toString()) + to(refusal),
        !refusal.isClosing());
    this.reply = refusal.reply().toString();
    this.command = refusal.command().orElse(null);
  }

  private static String to(Refusal<?> refusal) {
    return refusal.command().map(command -> " to " + Quoted.text(command)).orElse("");
  }

  /**
   * What the peer said.
   *
   * @return the reply as it came, without its line ends: text from the peer
   */
  public final String reply() {
    return reply;
  }

  /**
   * The command that the peer refused.
   *
   * @return the command with its secrets masked, or only its verb, as {@link Refusal#command()}; empty if it is
   *     not known
   */
  public final Optional<String> command() {
    return Optional.ofNullable(command);
  }
}
