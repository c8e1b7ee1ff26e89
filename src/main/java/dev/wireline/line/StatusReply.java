package dev.wireline.line;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import java.util.Objects;

/**
 * A reply that starts with {@code +OK}, {@code -ERR} or {@code +} (RFC 1939, section 3). Immutable.
 *
 * @param status what became of the command
 * @param text what follows it and a space; may be empty: text from the peer
 */
public record StatusReply(Status status, String text) {
  /** What became of a command. */
  public enum Status {
    /** Done. */
    OK("+OK"),

    /** Refused. */
    ERR("-ERR"),

    /** The peer wants more first, as within AUTH (RFC 5034, section 4). */
    CONTINUE("+");

    private final String sign;

    Status(String sign) {
      this.sign = sign;
    }

    /**
     * How it is spelled in a reply.
     *
     * @return what a reply starts with
     */
    public String sign() {
      return sign;
    }
  }

  /**
   * A reply.
   *
   * @param status as above
   * @param text as above
   */
  public StatusReply {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(text, "text");
  }

  /** The grammar of a line; no I/O. */
  static StatusReply parse(String line) throws MalformedException {
    int space = line.indexOf(' ');
    String sign = space < 0 ? line : line.substring(0, space);
    for (Status status : Status.values()) {
      if (status.sign.equals(sign)) {
        return new StatusReply(status, space < 0 ? "" : line.substring(space + 1));
      }
    }
    throw new MalformedException(
        "a reply starts with +OK or -ERR (RFC 1939, section 3)", Quoted.text(line));
  }

  /**
   * The reply as it is on the wire.
   *
   * @return the line without its end: text from the peer
   */
  @Override
  public String toString() {
    return text.isEmpty() ? status.sign : status.sign + " " + text;
  }
}
