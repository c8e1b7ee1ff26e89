package dev.wireline.http.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns file names that a peer proposes into names that are safe in any folder (RFC 6266, section 4.3). */
public final class FileName {
  /** The longest name, in UTF-8: some room is left for a number or an ending. */
  static final int MAX_NAME_BYTES = 200;

  private static final int MAX_ENDING_CHARS = 16;
  private static final String RESERVED = "<>:\"|?*";
  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");

  private FileName() {}

  /**
   * A name without a path, control or format characters, a leading dot, or anything reserved on Windows. Only
   * the last part of a path counts; reserved characters and a leading dot become {@code _}; the name of a
   * device gets one in front; a long name loses the end of its stem.
   *
   * @param proposed the name as the peer sent it
   * @return the name; empty if nothing remains of it
   */
  public static Optional<String> safe(String proposed) {
    int path = Math.max(proposed.lastIndexOf('/'), proposed.lastIndexOf('\\'));
    StringBuilder kept = new StringBuilder();
    proposed
        .substring(path + 1)
        .codePoints()
        .filter(FileName::isKept)
        .forEach(c -> kept.appendCodePoint(RESERVED.indexOf(c) < 0 ? c : '_'));
    String name = withoutEnd(kept.toString().strip());
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (name.charAt(0) == '.') {
      name = "_" + name.substring(1);
    }
    return Optional.of(shortened(isDevice(name) ? "_" + name : name));
  }

  /**
   * A safe name from the last segment of the path of a URL.
   *
   * @param path the path, percent-encoded
   * @return the name; empty if there is none
   */
  public static Optional<String> ofPath(String path) {
    String segment = path.substring(path.lastIndexOf('/') + 1);
    String decoded = ExtendedValue.decode(segment, StandardCharsets.UTF_8);
    return safe(decoded == null ? segment : decoded);
  }

  private static boolean isKept(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** Windows drops dots and spaces at the end, which would make two names the same. */
  private static String withoutEnd(String name) {
    int end = name.length();
    while (end > 0
        && (name.charAt(end - 1) == '.' || Character.isWhitespace(name.charAt(end - 1)))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** A device is one with any extension too; superscript digits count as digits. */
  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
    boolean numbered = stem.length() == 4 && (stem.startsWith("COM") || stem.startsWith("LPT"));
    return DEVICES.contains(stem)
        || (numbered && "0123456789\u00b9\u00b2\u00b3".indexOf(stem.charAt(3)) >= 0);
  }

  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= MAX_ENDING_CHARS ? name.substring(dot) : "";
    int most = Math.min(name.length() - ending.length(), MAX_NAME_BYTES);
    String stem = name.substring(0, most);
    if (most > 0 && Character.isHighSurrogate(stem.charAt(most - 1))) {
      stem = stem.substring(0, most - 1);
    }
    while (length(stem) + length(ending) > MAX_NAME_BYTES) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return withoutEnd(stem + ending);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
