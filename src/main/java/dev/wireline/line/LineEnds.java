package dev.wireline.line;

import dev.wireline.internal.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes end a received line. Immutable. For lines that are sent, see {@link LineOptions#lineEnd()}.
 */
public final class LineEnds {
  /**
   * CRLF only, as RFC 5321 section 2.3.8 requires; a bare LF is part of the line. <b>Strict:</b> for protocols
   * in which tolerating a bare LF would let a message smuggle commands.
   */
  public static final LineEnds CRLF = new LineEnds("CRLF", "\r\n");

  /**
   * CRLF or a bare LF; a bare CR is part of the line. The default. <b>Lenient:</b> servers that send a bare LF
   * are common, and accepting it costs nothing.
   */
  public static final LineEnds CRLF_OR_LF = new LineEnds("CRLF_OR_LF", "\n");

  /**
   * CRLF, a bare LF or a bare CR. <b>Lenient:</b> for peers that relay bare CR; only on request.
   */
  public static final LineEnds ANY = new LineEnds("ANY", "\n");

  private final String name;
  private final byte[] last;

  private LineEnds(String name, String end) {
    this.name = name;
    this.last = end.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * One particular end, for peers with their own: {@code "\r"} for CR, {@code "\0"} for NUL, {@code ";"},
   * {@code "\n\r"} for LF CR. Everything else is part of the line, even CR and LF.
   *
   * @param end one or two ASCII characters
   * @return the line end; {@link #CRLF} for {@code "\r\n"}
   * @throws IllegalArgumentException if it is not
   */
  public static LineEnds of(String end) {
    checkEnd(Objects.requireNonNull(end, "end"));
    return end.equals("\r\n") ? CRLF : new LineEnds(Quoted.text(end), end);
  }

  /** An ASCII end is never part of a character, whatever the charset of the lines. */
  static String checkEnd(String end) {
    boolean fits = end.length() == 1 || end.length() == 2;
    if (!fits || end.chars().anyMatch(c -> c > 0x7F)) {
      throw new IllegalArgumentException(
          "a line end is one or two ASCII characters, not " + Quoted.text(end));
    }
    return end;
  }

  /** The bytes without which there is no end: one or two. */
  byte[] bytes() {
    return last;
  }

  /**
   * Whether the other object describes the same line ends.
   *
   * @param other the other object
   * @return true if it accepts the same ends
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LineEnds ends && ends.name.equals(name);
  }

  /**
   * A hash of the ends.
   *
   * @return the hash
   */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /**
   * The name of the constant, or the end in quotes.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return name;
  }
}
