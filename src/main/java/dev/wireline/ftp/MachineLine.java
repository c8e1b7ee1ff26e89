package dev.wireline.ftp;

import dev.wireline.ftp.FtpEntry.Kind;
import dev.wireline.internal.Ascii;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A line of MLSD or MLST: {@code type=file;size=5;modify=20240131154500; a name} (RFC 3659, section 7.2). No I/O.
 *
 * <p><b>Lenient:</b> the last fact may lack its semicolon.
 */
final class MachineLine {
  private MachineLine() {}

  /** The entry, or null if the line is not in this form. */
  static @Nullable FtpEntry parse(String line) {
    int space = line.indexOf(' ');
    if (space < 0 || space + 1 == line.length()) {
      return null;
    }
    Map<String, String> facts = facts(line.substring(0, space));
    if (facts == null) {
      return null;
    }
    return new FtpEntry(
        line.substring(space + 1), kind(facts), size(facts), modified(facts), facts, line);
  }

  /** Whether it is about the folder itself, or its parent. */
  static boolean isFolderItself(FtpEntry entry) {
    String type = entry.facts().getOrDefault("type", "");
    return type.equalsIgnoreCase("cdir") || type.equalsIgnoreCase("pdir");
  }

  private static @Nullable Map<String, String> facts(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      int sign = text.indexOf('=', at);
      if (sign <= at || sign > end) {
        return null;
      }
      facts.put(text.substring(at, sign).toLowerCase(Locale.ROOT), text.substring(sign + 1, end));
      at = end + 1;
    }
    return facts;
  }

  private static Kind kind(Map<String, String> facts) {
    String type = facts.getOrDefault("type", "").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "file" -> Kind.FILE;
      case "dir", "cdir", "pdir" -> Kind.DIRECTORY;
      default ->
        type.startsWith("os.unix=slink") || type.startsWith("os.unix=symlink")
            ? Kind.LINK
            : Kind.OTHER;
    };
  }

  private static OptionalLong size(Map<String, String> facts) {
    long size = Ascii.decimal(facts.getOrDefault("size", ""), Long.MAX_VALUE);
    return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
  }

  private static Optional<Instant> modified(Map<String, String> facts) {
    return TimeVal.parse(facts.getOrDefault("modify", ""));
  }
}
