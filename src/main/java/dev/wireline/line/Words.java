package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Ascii;
import java.util.Objects;

/**
 * Parses a line from the peer strictly, word by word, for answers such as {@code VALUE key 0 5}.
 *
 * <pre>{@code
 * Words words = Words.of(this, readLine()).expect("VALUE");
 * String key = words.next();
 * words.number();                                  // flags
 * long length = blocks.parseLength(words.next());
 * words.end();
 * }</pre>
 *
 * <p>Words are separated by exactly one space. Anything unexpected causes a {@link PeerProtocolException} that
 * shows the line; use this inside {@link LineClient#exchange}, which then breaks the connection. Does no I/O.
 * Not thread-safe.
 */
public final class Words {
  private static final int MAX_DIGITS = 19;

  private final LineClient client;
  private final String line;

  /** Where the next word starts; greater than the length of the line if there is none. */
  private int at;

  private int taken;

  private Words(LineClient client, String line) {
    this.client = client;
    this.line = line;
    this.at = line.isEmpty() ? 1 : 0;
  }

  /**
   * The words of a line.
   *
   * @param client the client whose peer sent it, for the message of a failure
   * @param line the line without its end
   * @return the words, with none taken yet
   */
  public static Words of(LineClient client, String line) {
    return new Words(
        Objects.requireNonNull(client, "client"), Objects.requireNonNull(line, "line"));
  }

  /**
   * Whether there is another word.
   *
   * @return true if {@link #next()} returns one
   */
  public boolean hasNext() {
    return at <= line.length();
  }

  /**
   * Takes a word.
   *
   * @return the word, at least one character
   * @throws PeerProtocolException if there is none, or it starts with a space
   */
  public String next() throws PeerProtocolException {
    int space = line.indexOf(' ', at);
    return take(space < 0 ? line.length() : space);
  }

  /** Takes everything up to that position. */
  private String take(int end) throws PeerProtocolException {
    if (end <= at) {
      throw client.malformed("the line has a word " + (taken + 1) + " after one space", line);
    }
    String word = line.substring(at, end);
    at = end + 1;
    taken++;
    return word;
  }

  /**
   * Takes a word with or without quotes. In quotes a backslash escapes the next character.
   *
   * @return the text in the quotes, which may be empty, or the word
   * @throws PeerProtocolException if there is none, the quotes do not end, or no space follows them
   */
  public String quoted() throws PeerProtocolException {
    if (!line.startsWith("\"", at)) {
      return next();
    }
    StringBuilder word = new StringBuilder();
    int end = at + 1;
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 1 : 0;
      word.append(end < line.length() ? line.substring(end, end + 1) : "");
      end++;
    }
    if (end >= line.length() || (end + 1 < line.length() && line.charAt(end + 1) != ' ')) {
      throw client.malformed("word " + (taken + 1) + " of the line ends with its quotes", line);
    }
    take(end + 1);
    return word.toString();
  }

  /**
   * Takes a known word.
   *
   * @param word the word, in exactly this spelling
   * @return this
   * @throws IllegalArgumentException if it is empty or has a space
   * @throws PeerProtocolException if there is another word, or none
   */
  public Words expect(String word) throws PeerProtocolException {
    Objects.requireNonNull(word, "word");
    if (word.isEmpty() || word.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("a word is not empty and has no space");
    }
    int place = taken + 1;
    int space = line.indexOf(' ', at);
    boolean there =
        hasNext() && line.substring(at, space < 0 ? line.length() : space).equals(word);
    if (!there) {
      throw client.malformed("word " + place + " of the line is " + word, line);
    }
    next();
    return this;
  }

  /**
   * Takes a 64-bit number.
   *
   * @return the number
   * @throws PeerProtocolException if the word is not decimal digits with an optional minus, or does not fit
   */
  public long number() throws PeerProtocolException {
    return number(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Takes a number.
   *
   * @param least the smallest allowed value
   * @param most the largest allowed value
   * @return the number
   * @throws PeerProtocolException if the word is not decimal digits with an optional minus, or not in that
   *     range
   */
  public long number(long least, long most) throws PeerProtocolException {
    String word = next();
    if (isNumber(word)) {
      try {
        long value = Long.parseLong(word);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Too large for a long; said below, with the line.
      }
    }
    String range = least == Long.MIN_VALUE && most == Long.MAX_VALUE
        ? "a number"
        : "a number from " + least + " to " + most;
    throw client.malformed("word " + taken + " of the line is " + range, line);
  }

  private static boolean isNumber(String word) {
    int first = word.startsWith("-") ? 1 : 0;
    int digits = word.length() - first;
    for (int i = first; i < word.length(); i++) {
      if (!Ascii.isDigit(word.charAt(i))) {
        return false;
      }
    }
    return digits >= 1 && digits <= MAX_DIGITS;
  }

  /**
   * Takes the rest of the line, including spaces.
   *
   * @return what follows the words taken so far; may be empty
   */
  public String rest() {
    String left = hasNext() ? line.substring(at) : "";
    at = line.length() + 1;
    return left;
  }

  /**
   * Checks that all words were taken.
   *
   * @throws PeerProtocolException if there is another
   */
  public void end() throws PeerProtocolException {
    if (hasNext()) {
      throw client.malformed("the line ends after word " + taken, line);
    }
  }
}
