package dev.wireline.smtp;

import dev.wireline.line.Refusal;
import dev.wireline.line.Reply;
import dev.wireline.line.ReplyCodeException;
import java.util.Optional;

/**
 * The server refused a command: see {@link #command()}, {@link #code()}, {@link #enhancedCode()} and {@link
 * #lines()}. The connection stays usable, unless the code is 421.
 */
public final class SmtpException extends ReplyCodeException {
  private static final long serialVersionUID = 1;

  SmtpException(Refusal<Reply> refusal) {
    super(refusal);
  }

  /**
   * The enhanced status code (RFC 3463), which says more than the code: {@code 5.1.1} for a mailbox that does
   * not exist.
   *
   * @return the code, of the same class as {@link #code()}; empty if the server gave none
   */
  public Optional<String> enhancedCode() {
    return EnhancedCode.of(code(), lines().get(0));
  }

  /**
   * Whether the same command may succeed later (RFC 5321, section 4.2.1).
   *
   * @return true for the codes 400 to 499
   */
  public boolean isTransient() {
    return code() / 100 == 4;
  }
}
