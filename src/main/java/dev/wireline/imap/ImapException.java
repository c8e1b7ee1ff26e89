package dev.wireline.imap;

import dev.wireline.line.Refusal;
import dev.wireline.line.ReplyException;
import java.util.Optional;
import java.util.Set;

/**
 * The server answered a command with NO or BAD, or said BYE: see {@link #command()}, {@link #responseCode()}
 * and {@link #reply()}. After NO and BAD the connection stays usable; after BYE the client is BROKEN.
 */
public final class ImapException extends ReplyException {
  private static final long serialVersionUID = 1;

  private static final Set<String> TRANSIENT = Set.of("INUSE", "UNAVAILABLE", "SERVERBUG", "LIMIT");

  /** NO, BAD or BYE. */
  private final String status;

  /** The response code, without its brackets and arguments; empty if there is none. */
  private final String responseCode;

  ImapException(Refusal<StatusLine> refusal) {
    super(refusal);
    this.status = refusal.reply().status();
    this.responseCode = refusal.reply().code();
  }

  /**
   * The server's status.
   *
   * @return {@code NO} if it cannot or will not do it, {@code BAD} if it does not understand the command,
   *     {@code BYE} if it hangs up
   */
  public String status() {
    return status;
  }

  /**
   * The response code (RFC 9051, section 7.1).
   *
   * @return such as {@code NONEXISTENT} or {@code TRYCREATE}, in upper case, without brackets and arguments:
   *     text from the server; empty if the server gave none
   */
  public Optional<String> responseCode() {
    return responseCode.isEmpty() ? Optional.empty() : Optional.of(responseCode);
  }

  /**
   * Whether the same command may succeed later.
   *
   * @return true for the response codes {@code INUSE}, {@code UNAVAILABLE}, {@code SERVERBUG} and {@code LIMIT}, and
   *     for BYE, on another connection
   */
  public boolean isTransient() {
    return status.equals("BYE") || TRANSIENT.contains(responseCode);
  }
}
