package dev.wireline.pop3;

import dev.wireline.line.Refusal;
import dev.wireline.line.ReplyException;
import dev.wireline.line.StatusReply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server answered a command with {@code -ERR}: see {@link #command()}, {@link #responseCode()} and {@link
 * #reply()}. The connection stays usable.
 */
public final class Pop3Exception extends ReplyException {
  private static final long serialVersionUID = 1;

  /** The response code, without its brackets. */
  private final @Nullable String responseCode;

  Pop3Exception(Refusal<StatusReply> refusal) {
    super(refusal);
    this.responseCode = ResponseCode.of(refusal.reply().text());
  }

  /**
   * The response code (RFC 2449, section 8).
   *
   * @return such as {@code IN-USE}, {@code AUTH} or {@code SYS/TEMP}, in upper case and without brackets: text
   *     from the server; empty if the server gave none
   */
  public Optional<String> responseCode() {
    return Optional.ofNullable(responseCode);
  }

  /**
   * Whether the same command may succeed later: the mailbox is in use, the last login was too recent, or the
   * server has a temporary fault (RFC 2449, section 8.1; RFC 3206, section 4).
   *
   * @return true for the response codes {@code IN-USE}, {@code LOGIN-DELAY} and {@code SYS/TEMP}
   */
  public boolean isTransient() {
    return responseCode != null && ResponseCode.isTransient(responseCode);
  }
}
