package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A proper refusal by a peer, from which a protocol builds its own exception. Immutable.
 *
 * <pre>{@code
 * Replies replies = Replies.of(this).withRefusal(SmtpException::new);
 * ...
 * SmtpException(Refusal<Reply> refusal) {
 *   super(refusal);
 * }
 * }</pre>
 *
 * @param <R> the type of the reply: {@link Reply} or {@link StatusReply}
 */
public final class Refusal<R> {
  private final Endpoint endpoint;
  private final Activity activity;
  private final R reply;
  private final @Nullable String command;
  private final boolean closing;

  Refusal(
      Endpoint endpoint, Activity activity, R reply, @Nullable String command, boolean closing) {
    this.endpoint = endpoint;
    this.activity = activity;
    this.reply = Objects.requireNonNull(reply, "reply");
    this.command = command;
    this.closing = closing;
  }

  /**
   * The peer.
   *
   * @return the client's endpoint
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * What was being done.
   *
   * @return the activity, for the message
   */
  public Activity activity() {
    return activity;
  }

  /**
   * What the peer said.
   *
   * @return the whole reply
   */
  public R reply() {
    return reply;
  }

  /**
   * The command that the peer refused, with its secrets masked.
   *
   * @return the command; if it was given as a string only its verb, since nothing in it is marked as a secret;
   *     empty for a reply that was read without {@code ask}
   */
  public Optional<String> command() {
    return Optional.ofNullable(command);
  }

  /**
   * Whether the peer closes the connection after this reply.
   *
   * @return true for the codes of {@link Replies#withClosingCodes}, after which the client is BROKEN
   */
  public boolean isClosing() {
    return closing;
  }
}
