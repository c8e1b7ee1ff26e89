package dev.wireline.http.grammar;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TooLargeException;
import dev.wireline.internal.Unread;
import java.text.ParseException;

/**
 * Finds the end of a response head, the empty line, in bytes that arrive in any pieces (RFC 9112, section 2.2).
 * Not thread-safe.
 *
 * <p>It remembers how far it has looked, so that no byte is examined twice, and refuses at once what cannot
 * become a head, without waiting for an empty line.
 */
public final class HeadSearch {
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  private final int maxBytes;
  private final boolean icy;

  /** Where the current line begins, and where to look on for its end. */
  private int line;

  private int from;

  /**
   * Creates a search for one head after another.
   *
   * @param maxBytes how many bytes a head may have, its empty line included
   */
  public HeadSearch(int maxBytes) {
    this(maxBytes, false);
  }

  /**
   * As the other.
   *
   * @param maxBytes how many bytes a head may have, its empty line included
   * @param icy whether a head may also start with {@code ICY}
   */
  public HeadSearch(int maxBytes, boolean icy) {
    this.maxBytes = maxBytes;
    this.icy = icy;
  }

  /**
   * Whether the start of a head has been seen, but not its end.
   *
   * @return true until that end is found
   */
  public boolean hasBegun() {
    return from > 0;
  }

  /**
   * Examines what has come since the last call.
   *
   * @param bytes the unread bytes, of which none was consumed since then; the head is at their start
   * @return the length of the head including its empty line, after which the next call looks for another head;
   *     or 0 while the end is not there
   * @throws ParseException if they do not start with {@code HTTP/} ({@link MalformedException}), or more
   *     came than a head may have ({@link TooLargeException})
   */
  public int find(Unread bytes) throws ParseException {
    checkStart(bytes);
    int lf = bytes.indexOf((byte) '\n', from);
    while (lf >= 0) {
      boolean empty = lf == line || (lf == line + 1 && bytes.at(line) == '\r');
      if (empty) {
        line = 0;
        from = 0;
        return checked(lf + 1);
      }
      line = lf + 1;
      lf = bytes.indexOf((byte) '\n', line);
    }
    from = checked(bytes.buffered());
    return 0;
  }

  private int checked(int length) throws TooLargeException {
    if (length > maxBytes) {
      throw new TooLargeException("maxHeadBytes", maxBytes);
    }
    return length;
  }

  private void checkStart(Unread bytes) throws MalformedException {
    if (!starts(bytes, HTTP) && !(icy && starts(bytes, LenientHead.ICY))) {
      byte[] start = new byte[Math.min(bytes.buffered(), Quoted.MAX_CHARS)];
      bytes.copy(0, start, 0, start.length);
      throw new MalformedException(
          "a response starts with HTTP/ (RFC 9112 section 4)", Quoted.bytes(start));
    }
  }

  /** Whether what is there so far matches that start. */
  private static boolean starts(Unread bytes, byte[] with) {
    int shown = Math.min(bytes.buffered(), with.length);
    for (int i = 0; i < shown; i++) {
      if (bytes.at(i) != with[i]) {
        return false;
      }
    }
    return true;
  }
}
