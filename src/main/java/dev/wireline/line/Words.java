package dev.wireline.line;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Ascii;
import java.util.Objects;

/**
 * Takes a line of a peer apart, word by word, and strictly: for answers such as {@code VALUE key 0 5}.
 *
 * <pre>{@code
 * Words words = Words.of(this, readLine()).expect("VALUE");
 * String key = words.next();
 * words.number();                                  // flags
 * long length = blocks.parseLength(words.next());
 * words.end();
 * }</pre>
 *
 * <p>Between two words stands one space. What is not as it is asked for is a {@link
 * PeerProtocolException} that shows the line; it is to be thrown inside {@link LineClient#exchange}, which
 * then breaks the connection. Does no I/O. Not thread-safe.
 */
public final class Words {
  private static final int MAX_DIGITS = 19;

  private final LineClient client;
  private final String line;

  /** Where the next word starts; behind the length of the line when there is none. */
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
   * @param client whose peer said it, for the message of a failure
   * @param line the line without its end
   * @return the words, none of them taken yet
   */
  public static Words of(LineClient client, String line) {
    return new Words(
        Objects.requireNonNull(client, "client"), Objects.requireNonNull(line, "line"));
  }

  /**
   * Whether there is a word that was not taken yet.
   *
   * @return true if {@link #next()} gives one
   */
  public boolean hasNext() {
    return at <= line.length();
  }

  /**
   * Takes a word.
   *
   * @return the word, one character or more
   * @throws PeerProtocolException if there is none, or a space stands where it should start
   */
  public String next() throws PeerProtocolException {
    int space = line.indexOf(' ', at);
    return take(space < 0 ? line.length() : space);
  }

  /** Takes what goes up to there. */
  private String take(int end) throws PeerProtocolException {
    if (end <= at) {
      throw client.malformed("the line has a word " + (taken + 1) + " behind one space", line);
    }
    String word = line.substring(at, end);
    at = end + 1;
    taken++;
    return word;
  }

  /**
   * Takes a word in quotes, or one without. In quotes a backslash takes the character behind it as it is.
   *
   * @return what stands in the quotes, which may be empty, or the word
   * @throws PeerProtocolException if there is none, the quotes do not end, or no space stands behind them
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
   * Takes a word that is known.
   *
   * @param word the word, in upper and lower case as it has to stand there
   * @return this
   * @throws IllegalArgumentException if it is empty or has a space
   * @throws PeerProtocolException if there is another, or none
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
   * Takes a number of 64 bits.
   *
   * @return the number
   * @throws PeerProtocolException if the word is not decimal digits with or without a minus, or does not
   *     fit
   */
  public long number() throws PeerProtocolException {
    return number(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Takes a number.
   *
   * @param least the least that it may be
   * @param most the most that it may be
   * @return the number
   * @throws PeerProtocolException if the word is not decimal digits with or without a minus, or not in
   *     that range
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
   * Takes all that is left, spaces and all.
   *
   * @return what stands behind the words that were taken; may be empty
   */
  public String rest() {
    String left = hasNext() ? line.substring(at) : "";
    at = line.length() + 1;
    return left;
  }

  /**
   * Finds that all words were taken.
   *
   * @throws PeerProtocolException if one was not
   */
  public void end() throws PeerProtocolException {
    if (hasNext()) {
      throw client.malformed("the line ends behind word " + taken, line);
    }
  }
}
