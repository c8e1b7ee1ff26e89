package dev.wireline.endpoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What UTS 46 and the rules that it refers to say of the characters beyond ASCII in host names. Immutable.
 *
 * <p>The table is made by a test from the oracle of that test, and holds the same on each JDK: what JDKs of
 * different Unicode versions treat differently is not in it, and is refused.
 */
final class HostCharacters {
  /** May stand in a name as it is. */
  static final int VALID = 1;
  /** Means what its compatibility form in lower case is. */
  static final int MAPPED = 2;
  /** Means nothing. */
  static final int IGNORED = 3;

  /** Added to VALID: a combining mark, with which no label begins. */
  static final int MARK = 1 << 2;
  /** Added to VALID: a virama, behind which a joiner may stand. */
  static final int VIRAMA = 1 << 3;

  /** Where the class of direction begins (RFC 5893, section 2), in three bits. */
  static final int DIRECTION = 4;

  static final int LEFT = 0;
  static final int RIGHT = 1;
  static final int ARABIC_NUMBER = 2;
  static final int EUROPEAN_NUMBER = 3;
  static final int NONSPACING = 4;
  static final int NEUTRAL = 5;
  static final int OTHER = 6;

  /** How letters join (RFC 5892, appendix A.1), as bits. */
  static final int JOINS_LEFT = 1 << 7;

  static final int JOINS_RIGHT = 1 << 8;
  static final int TRANSPARENT = 1 << 9;

  private static final HostCharacters TABLE = load();

  private final int[] starts;
  private final int[] ends;
  private final short[] kinds;

  private HostCharacters(int size) {
    starts = new int[size];
    ends = new int[size];
    kinds = new short[size];
  }

  /** What is known of a character: 0 where it is refused. */
  static int kind(int c) {
    if (c < 0x80) {
      return ascii(c);
    }
    int at = Arrays.binarySearch(TABLE.starts, c);
    int range = at < 0 ? -at - 2 : at;
    return range >= 0 && c <= TABLE.ends[range] ? TABLE.kinds[range] : 0;
  }

  private static int ascii(int c) {
    boolean letter = Characters.isLetterOrDigit((char) c) && (c > '9' || c < '0');
    boolean digit = c >= '0' && c <= '9';
    if (c >= 'A' && c <= 'Z') {
      return MAPPED;
    }
    int direction = letter ? LEFT : digit ? EUROPEAN_NUMBER : NEUTRAL;
    return letter || digit || c == '-' || c == '_' ? VALID | direction << DIRECTION : 0;
  }

  static int direction(int c) {
    return kind(c) >> DIRECTION & 7;
  }

  /** A number of ranges, then for each the gap before it, its length less one, and its kind. */
  private static HostCharacters load() {
    try (InputStream resource = HostCharacters.class.getResourceAsStream("hosts.table");
        DataInputStream in = new DataInputStream(resource)) {
      HostCharacters table = new HostCharacters(number(in));
      int next = 0;
      for (int i = 0; i < table.starts.length; i++) {
        table.starts[i] = next + number(in);
        table.ends[i] = table.starts[i] + number(in);
        table.kinds[i] = (short) number(in);
        next = table.ends[i] + 1;
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seven bits a byte, the low ones first; the last byte has no sign. */
  private static int number(DataInputStream in) throws IOException {
    int value = 0;
    int shift = 0;
    int next = in.readByte();
    for (; next < 0; next = in.readByte()) {
      value |= (next & 0x7F) << shift;
      shift += 7;
    }
    return value | next << shift;
  }
}
