package dev.wireline.endpoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What UTS 46 and the rules that it refers to say about non-ASCII characters in host names. Immutable.
 *
 * <p>A test generates the table from its own oracle, and it is the same on each JDK: characters that JDKs with
 * different Unicode versions treat differently are not in it, and are refused.
 */
final class HostCharacters {
  /** May appear in a name as it is. */
  static final int VALID = 1;
  /** Maps to its compatibility form in lower case. */
  static final int MAPPED = 2;
  /** Is dropped. */
  static final int IGNORED = 3;

  /** Added to VALID: a combining mark, which cannot start a label. */
  static final int MARK = 1 << 2;
  /** Added to VALID: a virama, which a joiner may follow. */
  static final int VIRAMA = 1 << 3;

  /** The position of the direction class (RFC 5893, section 2), three bits. */
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

  /** The properties of a character: 0 if it is refused. */
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

  /** Reads the number of ranges, then for each the gap before it, its length minus one, and its kind. */
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

  /** Seven bits per byte, low ones first; the last byte has the high bit clear. */
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
