package dev.wireline.line;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One line to a peer: a verb and its arguments, separated by spaces. Immutable; each method returns another
 * command.
 *
 * <pre>{@code
 * Command.of("LIST").number(3).writeTo(client);                    // C: LIST 3
 * Command.of("USER").atom("joe").writeTo(client);                  // C: USER joe
 * Command login = Command.of("PASS").secretText("open sesame");    // prints as PASS ***
 * }</pre>
 *
 * <p>An argument cannot turn into a second line: CR, LF and NUL are refused when it is added, and again in its
 * encoded bytes before the first of them is sent. Nor can an atom turn into a second argument: it has no
 * spaces. Text may have spaces, so nothing can follow it.
 *
 * <p>Secrets are marked when they are added, and are never shown: neither by {@link #toString()} nor in the
 * message of an exception.
 */
public final class Command {
  /** The default length limit of a command in bytes, including its line end: 12 KiB, as in RFC 4954 section 4. */
  public static final int MAX_BYTES = 12 * 1024;

  static final String MASK = "***";

  private final List<Part> parts;
  private final int maxBytes;

  /** What an argument may hold, and what may follow it. */
  private enum Kind {
    ATOM,
    QUOTED,
    TEXT
  }

  /** An argument, and whether it may be shown. */
  private static final class Part {
    private final String value;
    private final Kind kind;
    private final boolean secret;

    Part(String value, Kind kind, boolean secret) {
      this.value = value;
      this.kind = kind;
      this.secret = secret;
    }

    /** Finds what must not be in it; the value itself is not shown, as it may be a secret. */
    void check(int c, int position) {
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("an argument of a command must not hold CR, LF or NUL,"
            + " but has one at position " + position);
      }
      if (kind == Kind.ATOM && ((c >= 0 && c <= ' ') || c == 0x7F)) {
        throw new IllegalArgumentException("an atom must not hold a blank or a control character,"
            + " but has one at position " + position);
      }
    }
  }

  private Command(List<Part> parts, int maxBytes) {
    this.parts = parts;
    this.maxBytes = maxBytes;
  }

  /**
   * A command without arguments.
   *
   * @param verb its first word
   * @return the command
   * @throws IllegalArgumentException if it is empty, or has anything but the characters of a token: ASCII
   *     letters, digits and some others (RFC 9110, section 5.6.2)
   */
  public static Command of(String verb) {
    if (!Ascii.isToken(Objects.requireNonNull(verb, "verb"))) {
      throw new IllegalArgumentException(
          "a verb is one ASCII word, not " + Quoted.text(verb) + ": more words are atoms");
    }
    return new Command(List.of(new Part(verb, Kind.ATOM, false)), MAX_BYTES);
  }

  /**
   * Adds a word.
   *
   * @param value one or more characters, without spaces and control characters
   * @return a command that ends in it
   * @throws IllegalArgumentException if it is empty or has one of them
   * @throws IllegalStateException if the command ends in text already
   */
  public Command atom(String value) {
    return withAtom(value, false);
  }

  /**
   * Adds a word that is never shown.
   *
   * @param value as {@link #atom}
   * @return a command that ends in it
   * @throws IllegalArgumentException as {@link #atom}; the message does not show the value
   * @throws IllegalStateException as {@link #atom}
   */
  public Command secretAtom(String value) {
    return withAtom(value, true);
  }

  /**
   * Adds a number.
   *
   * @param value any number; it is written in decimal digits
   * @return a command that ends in it
   * @throws IllegalStateException if the command ends in text already
   */
  public Command number(long value) {
    return with(new Part(Long.toString(value), Kind.ATOM, false));
  }

  /**
   * Adds a word in quotes, with a backslash before each quote and backslash in it, as in IMAP (RFC 9051,
   * section 4.3) and ManageSieve.
   *
   * @param value any text without CR, LF and NUL; may be empty
   * @return a command that ends in it
   * @throws IllegalArgumentException if it has one of them
   * @throws IllegalStateException if the command ends in text already
   */
  public Command quoted(String value) {
    Objects.requireNonNull(value, "value");
    return with(new Part(inQuotes(value), Kind.QUOTED, false));
  }

  /**
   * Adds a word in quotes that is never shown.
   *
   * @param value as {@link #quoted}
   * @return a command that ends in it
   * @throws IllegalArgumentException as {@link #quoted}; the message does not show the value
   * @throws IllegalStateException as {@link #quoted}
   */
  public Command secretQuoted(String value) {
    Objects.requireNonNull(value, "value");
    return with(new Part(inQuotes(value), Kind.QUOTED, true));
  }

  private static String inQuotes(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Adds the rest of the line.
   *
   * @param value any text without CR, LF and NUL; if it is empty, the line ends in a space
   * @return a command that ends in it, to which nothing can be added
   * @throws IllegalArgumentException if it has one of them
   * @throws IllegalStateException if the command ends in text already
   */
  public Command text(String value) {
    return withText(value, false);
  }

  /**
   * Adds the rest of the line, which is never shown.
   *
   * @param value as {@link #text}
   * @return a command that ends in it, to which nothing can be added
   * @throws IllegalArgumentException as {@link #text}; the message does not show the value
   * @throws IllegalStateException as {@link #text}
   */
  public Command secretText(String value) {
    return withText(value, true);
  }

  /**
   * This object with another limit.
   *
   * @param value the most bytes of the line, including its end, 1 or more
   * @return a command with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Command withMaxBytes(int value) {
    return new Command(parts, Bounds.check("maxCommandBytes", value));
  }

  private Command withAtom(String value, boolean secret) {
    if (Objects.requireNonNull(value, "value").isEmpty()) {
      throw new IllegalArgumentException("an atom must not be empty");
    }
    return with(new Part(value, Kind.ATOM, secret));
  }

  private Command withText(String value, boolean secret) {
    return with(new Part(Objects.requireNonNull(value, "value"), Kind.TEXT, secret));
  }

  private Command with(Part part) {
    if (parts.get(parts.size() - 1).kind == Kind.TEXT) {
      throw new IllegalStateException("text is the last argument of a command");
    }
    for (int i = 0; i < part.value.length(); i++) {
      part.check(part.value.charAt(i), i);
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Command(more, maxBytes);
  }

  /**
   * Writes the command as one line and in one write.
   *
   * @param client the client that writes it, in the charset of its options
   * @throws IllegalArgumentException if the charset cannot encode a character, or encodes it to a forbidden
   *     byte, or the line is longer than its limit; nothing was written or dialled
   * @throws IOException as {@link LineClient#writeLine(byte[])}
   */
  public void writeTo(LineClient client) throws IOException {
    Objects.requireNonNull(client, "client");
    Message.of().line(this).writeTo(client);
  }

  /** What may be shown of a line whose secrets are not marked: its first word. */
  static String verbOf(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  /** The line without its end. */
  byte[] line(Charset charset, int endLength) {
    byte[] line = new byte[64];
    int size = 0;
    for (Part part : parts) {
      ByteBuffer encoded = encode(part, charset);
      int end = size + (size > 0 ? 1 : 0) + encoded.remaining();
      if (end > maxBytes - endLength) {
        throw new IllegalArgumentException(
            "a command must not be longer than maxCommandBytes (" + maxBytes + ")");
      }
      line = end > line.length ? Arrays.copyOf(line, Math.max(end, line.length * 2)) : line;
      if (size > 0) {
        line[size] = ' ';
      }
      encoded.get(line, end - encoded.remaining(), encoded.remaining());
      size = end;
    }
    return Arrays.copyOf(line, size);
  }

  private static ByteBuffer encode(Part part, Charset charset) {
    ByteBuffer encoded = LineBytes.encode(part.value, charset, "an argument of a command");
    for (int i = 0; i < encoded.remaining(); i++) {
      part.check(encoded.get(i), i);
    }
    return encoded;
  }

  /**
   * The command as text for people: three asterisks for each secret, however long, and unprintable characters
   * escaped.
   *
   * @return the line without its end
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (out.length() > 0) {
        out.append(' ');
      }
      out.append(part.secret ? MASK : Quoted.printable(part.value));
    }
    return out.toString();
  }
}
