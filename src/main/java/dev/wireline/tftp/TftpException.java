package dev.wireline.tftp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.line.ReplyException;

/** A TFTP server refused (RFC 1350, section 5): {@link #code()} says why. */
public final class TftpException extends ReplyException {
  /** The file does not exist. */
  public static final int FILE_NOT_FOUND = 1;

  /** It may not be read or written. */
  public static final int ACCESS_VIOLATION = 2;

  /** The disk is full. */
  public static final int DISK_FULL = 3;

  /** The file exists already. */
  public static final int FILE_EXISTS = 6;

  private static final long serialVersionUID = 1;

  /** The code of the error. */
  private final int code;

  TftpException(Endpoint endpoint, Activity activity, int code, String text) {
    super(endpoint, activity, "the server answered error " + code + " and", text);
    this.code = code;
  }

  /**
   * The reason.
   *
   * @return 0 if only the text says it, 1 to 8, or a number of the server's own
   */
  public int code() {
    return code;
  }
}
