package dev.wireline.endpoint;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterDirection;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.VersionInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the table of {@link HostCharacters} from what ICU knows. {@code main} writes it, with the file as its
 * argument; a test holds the one that is there against it.
 */
final class HostTable {
  /** The Unicode version of the oldest JDK: of what is newer that JDK knows neither case nor composition. */
  private static final VersionInfo OLDEST = VersionInfo.getInstance(13);

  private static final Normalizer2 UTS46 =
      Normalizer2.getInstance(null, "uts46", Normalizer2.Mode.COMPOSE);
  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

  /** Behind the ideographs of plane 3: variation selectors, which mean nothing, are all that follows. */
  private static final int END = 0x40000;

  private record Range(int start, int end, int kind) {}

  private HostTable() {}

  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), bytes());
  }

  static byte[] bytes() {
    List<Range> ranges = ranges();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, ranges.size());
    int next = 0;
    for (Range range : ranges) {
      number(out, range.start - next);
      number(out, range.end - range.start);
      number(out, range.kind);
      next = range.end + 1;
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest > 0x7F; rest >>= 7) {
      out.write((rest & 0x7F) | 0x80);
    }
    out.write(rest);
  }

  private static List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    int start = 0x80;
    int kind = kind(start);
    for (int c = start + 1; c <= END; c++) {
      int next = c == END ? -1 : kind(c);
      if (next != kind) {
        if (kind != 0) {
          ranges.add(new Range(start, c - 1, kind));
        }
        start = c;
        kind = next;
      }
    }
    return ranges;
  }

  static int kind(int c) {
    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      return 0;
    }
    String text = UCharacter.toString(c);
    String mapped = UTS46.normalize(text);
    if (mapped.indexOf('\ufffd') >= 0) {
      return 0;
    }
    boolean old = UCharacter.getAge(c).compareTo(OLDEST) <= 0;
    if (mapped.equals(text)) {
      return old || NFC.isInert(c) ? HostCharacters.VALID | properties(c) : 0;
    }
    if (!old) {
      return 0;
    }
    if (mapped.isEmpty()) {
      return HostCharacters.IGNORED;
    }
    return mapped.equals(InternationalName.folded(c)) ? HostCharacters.MAPPED : 0;
  }

  private static int properties(int c) {
    int type = UCharacter.getType(c);
    boolean mark = type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
    return (mark ? HostCharacters.MARK : 0)
        | (UCharacter.getCombiningClass(c) == 9 ? HostCharacters.VIRAMA : 0)
        | direction(c) << HostCharacters.DIRECTION
        | joining(c);
  }

  private static int direction(int c) {
    return switch (UCharacter.getDirection(c)) {
      case ECharacterDirection.LEFT_TO_RIGHT -> HostCharacters.LEFT;
      case ECharacterDirection.RIGHT_TO_LEFT, ECharacterDirection.RIGHT_TO_LEFT_ARABIC ->
        HostCharacters.RIGHT;
      case ECharacterDirection.ARABIC_NUMBER -> HostCharacters.ARABIC_NUMBER;
      case ECharacterDirection.EUROPEAN_NUMBER -> HostCharacters.EUROPEAN_NUMBER;
      case ECharacterDirection.DIR_NON_SPACING_MARK -> HostCharacters.NONSPACING;
      case ECharacterDirection.EUROPEAN_NUMBER_SEPARATOR,
          ECharacterDirection.COMMON_NUMBER_SEPARATOR,
          ECharacterDirection.EUROPEAN_NUMBER_TERMINATOR,
          ECharacterDirection.OTHER_NEUTRAL,
          ECharacterDirection.BOUNDARY_NEUTRAL -> HostCharacters.NEUTRAL;
      default -> HostCharacters.OTHER;
    };
  }

  private static int joining(int c) {
    return switch (UCharacter.getIntPropertyValue(c, UProperty.JOINING_TYPE)) {
      case UCharacter.JoiningType.DUAL_JOINING ->
        HostCharacters.JOINS_LEFT | HostCharacters.JOINS_RIGHT;
      case UCharacter.JoiningType.LEFT_JOINING -> HostCharacters.JOINS_LEFT;
      case UCharacter.JoiningType.RIGHT_JOINING -> HostCharacters.JOINS_RIGHT;
      case UCharacter.JoiningType.TRANSPARENT -> HostCharacters.TRANSPARENT;
      default -> 0;
    };
  }
}
