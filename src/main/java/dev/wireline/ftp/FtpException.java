package dev.wireline.ftp;

import dev.wireline.line.Refusal;
import dev.wireline.line.Reply;
import dev.wireline.line.ReplyCodeException;

/**
 * The server refused a command: see {@link #command()}, {@link #code()} and {@link #lines()}. The connection
 * stays usable, unless the code is 421.
 */
public final class FtpException extends ReplyCodeException {
  private static final long serialVersionUID = 1;

  FtpException(Refusal<Reply> refusal) {
    super(refusal);
  }

  /**
   * Whether the same command may succeed later (RFC 959, section 4.2.1): the server was busy, or a connection
   * failed.
   *
   * @return true for the codes 400 to 499
   */
  public boolean isTransient() {
    return code() / 100 == 4;
  }
}
