package dev.wireline.imap;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.line.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command without its tag (RFC 9051, section 6): a verb and arguments, each encoded as necessary. Immutable;
 * each method returns another command.
 *
 * <pre>{@code
 * ImapCommand.of("GETQUOTAROOT").string("INBOX")
 * ImapCommand.of("ID").list(List.of("NIL"))
 * }</pre>
 *
 * <p>An argument cannot turn into another argument or command: an atom has no character that would end it, and
 * a string is quoted, or a literal if it cannot be quoted.
 */
public final class ImapCommand {
  private static final String SPECIALS = " (){%*\"\\]";

  private final List<Part> parts;

  /** Text of the line, or a literal. */
  record Part(String text, @Nullable Literal literal, boolean secret) {}

  /** A string as bytes, or a content. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Literal(byte @Nullable [] bytes, @Nullable Content content) {}

  private ImapCommand(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * A command without arguments.
   *
   * @param verb its first words, such as {@code NOOP} or {@code UID EXPUNGE}
   * @return the command
   * @throws IllegalArgumentException if a word is not an atom
   */
  public static ImapCommand of(String verb) {
    for (String word : words(Objects.requireNonNull(verb, "verb"))) {
      checkAtom("verb", word);
    }
    return new ImapCommand(List.of(new Part(verb, null, false)));
  }

  private static List<String> words(String verb) {
    int space = verb.indexOf(' ');
    return space < 0 ? List.of(verb) : List.of(verb.substring(0, space), verb.substring(space + 1));
  }

  /**
   * Adds an atom.
   *
   * @param value at least one character, without those that end an atom (RFC 9051, section 9)
   * @return a command that ends in it
   * @throws IllegalArgumentException if it has one of them, or is empty
   */
  public ImapCommand atom(String value) {
    checkAtom("atom", Objects.requireNonNull(value, "value"));
    return word(value);
  }

  static void checkAtom(String what, String value) {
    boolean atom = !value.isEmpty();
    for (int i = 0; i < value.length() && atom; i++) {
      char c = value.charAt(i);
      atom = c > ' ' && c < 0x7F && SPECIALS.indexOf(c) < 0;
    }
    if (!atom) {
      throw new IllegalArgumentException("an IMAP " + what + " is one ASCII word without "
          + SPECIALS.strip() + ", not " + Quoted.text(value));
    }
  }

  /**
   * Adds a number.
   *
   * @param value 0 or more
   * @return a command that ends in it
   * @throws IllegalArgumentException if it is less
   */
  public ImapCommand number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a number of IMAP is 0 or more, not " + value);
    }
    return word(Long.toString(value));
  }

  /**
   * Adds messages.
   *
   * @param messages the messages, at least one
   * @return a command that ends in them
   * @throws IllegalArgumentException if there are none
   */
  public ImapCommand messages(MessageSet messages) {
    if (Objects.requireNonNull(messages, "messages").isEmpty()) {
      throw new IllegalArgumentException("a set of messages in a command is not empty");
    }
    return word(messages.toString());
  }

  /**
   * Adds a string, as an atom, in quotes or as a literal.
   *
   * @param value any text without NUL; may be empty
   * @return a command that ends in it
   * @throws IllegalArgumentException if it has a NUL, or half of a surrogate pair
   */
  public ImapCommand string(String value) {
    return string(value, false);
  }

  /**
   * Adds a string that is never shown.
   *
   * @param value as {@link #string}
   * @return a command that ends in it
   * @throws IllegalArgumentException as {@link #string}; the message does not show the value
   */
  public ImapCommand secretString(String value) {
    return string(value, true);
  }

  private ImapCommand string(String value, boolean secret) {
    byte[] bytes = StrictText.utf8("string", Objects.requireNonNull(value, "value"));
    boolean quotable = true;
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("a string of IMAP must not hold NUL");
      }
      quotable &= b > 0 && b != '\r' && b != '\n';
    }
    if (!quotable) {
      return with(new Part(" ", new Literal(bytes, null), secret));
    }
    String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return with(new Part(" " + quoted, null, secret));
  }

  /**
   * Adds a content as a literal, such as the message of APPEND.
   *
   * @param content the bytes, whose length must be known: a file, or bytes
   * @return a command that ends in it
   */
  public ImapCommand literal(Content content) {
    Objects.requireNonNull(content, "content");
    return with(new Part(" ", new Literal(null, content), false));
  }

  /**
   * Adds a list of atoms, of flags, or of NIL.
   *
   * @param values the atoms, each optionally with a backslash; may be empty
   * @return a command that ends in the list
   * @throws IllegalArgumentException if one is not an atom
   */
  public ImapCommand list(List<String> values) {
    List<String> checked =
        FlagChange.checked(Objects.requireNonNull(values, "values").toArray(String[]::new));
    return word("(" + String.join(" ", checked) + ")");
  }

  /** Adds text that the client itself has created or checked. */
  ImapCommand word(String text) {
    return with(new Part(" " + text, null, false));
  }

  private ImapCommand with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new ImapCommand(more);
  }

  List<Part> parts() {
    return parts;
  }

  /** Checks that a text can be part of a line: items of FETCH, keys of SEARCH. */
  static String checkedItem(String what, String item) {
    boolean fine = !Objects.requireNonNull(item, what).isEmpty();
    for (int i = 0; i < item.length() && fine; i++) {
      char c = item.charAt(i);
      fine = Ascii.isDigit(c) || (c >= ' ' && c < 0x7F && "{}\"\\%*".indexOf(c) < 0);
    }
    if (!fine) {
      throw new IllegalArgumentException(
          what + " is printable ASCII without {}\"\\%*, not " + Quoted.text(item));
    }
    return item;
  }

  /**
   * The command as text for people: three asterisks for each secret, and a description of each literal.
   *
   * @return the command without its tag
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      Literal literal = part.literal;
      if (part.secret) {
        out.append(" ***");
      } else if (literal == null) {
        out.append(part.text);
      } else {
        out.append(" <")
            .append(literal.content == null ? "a literal" : literal.content)
            .append('>');
      }
    }
    return out.toString();
  }
}
