package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer answered properly, and the answer is no: {@link #reply()} is what it said.
 *
 * <p>The connection is as good as before, unless the peer closes it after this reply: {@link
 * #connectionUsable()} says which. A protocol extends this for what its replies have besides their text.
 */
public class ReplyException extends WirelineException {
  private static final long serialVersionUID = 1;

  /** What the peer said. */
  private final String reply;

  /** The command to which it was said, secrets masked. */
  private final @Nullable String command;

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
    this.command = null;
  }

  /**
   * A reply that says no, and the command to which it was said.
   *
   * @param refusal the reply, the command and the peer; the message shows both quoted and cut
   */
  public ReplyException(Refusal<?> refusal) {
    this("the peer answered", refusal);
  }

  /**
   * A reply that says no, and the command to which it was said, told in a protocol's own words.
   *
   * @param happened what happened, before the reply
   * @param refusal the reply, the command and the peer; the message shows both quoted and cut
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
   * @return the reply as it came, without its line ends: foreign text
   */
  public final String reply() {
    return reply;
  }

  /**
   * The command to which the peer said it.
   *
   * @return the command with its secrets masked, or its verb alone, as {@link Refusal#command()}; empty if it
   *     is not known
   */
  public final Optional<String> command() {
    return Optional.ofNullable(command);
  }
}
