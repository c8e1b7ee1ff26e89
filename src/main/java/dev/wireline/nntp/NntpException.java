package dev.wireline.nntp;

import dev.wireline.line.Refusal;
import dev.wireline.line.Reply;
import dev.wireline.line.ReplyCodeException;
import java.util.Set;

/**
 * The server refused a command: see {@link #command()}, {@link #code()} and {@link #lines()}. The connection
 * stays usable, unless the code is 400, or 502 in the greeting or in reply to {@code MODE READER} (RFC 3977,
 * section 3.2.1).
 */
public final class NntpException extends ReplyCodeException {
  private static final long serialVersionUID = 1;
  private static final int NO_LOGIN = 480;
  private static final int NO_TLS = 483;

  /** A first digit of 4 says that the command was correct, but rarely that it may succeed later. */
  private static final Set<Integer> TRANSIENT = Set.of(400, 403, 431, 436);

  NntpException(Refusal<Reply> refusal) {
    super(refusal);
  }

  /**
   * Whether the server wants a login first (RFC 4643, section 2.2).
   *
   * @return true for the code 480
   */
  public boolean needsLogin() {
    return code() == NO_LOGIN;
  }

  /**
   * Whether the server wants TLS first (RFC 4643, section 2.2).
   *
   * @return true for the code 483
   */
  public boolean needsTls() {
    return code() == NO_TLS;
  }

  /**
   * Whether the same command may succeed later, possibly on a new connection.
   *
   * @return true for the codes 400, 403, 431 and 436
   */
  public boolean isTransient() {
    return TRANSIENT.contains(code());
  }
}
