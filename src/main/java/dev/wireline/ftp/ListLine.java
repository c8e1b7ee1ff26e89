package dev.wireline.ftp;

import dev.wireline.ftp.FtpEntry.Kind;
import dev.wireline.internal.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A line of LIST in the form of Unix or DOS, which no standard defines. No I/O.
 *
 * <pre>
 * drwxr-xr-x   2 joe users  4096 Jan 31 15:45 a folder
 * lrwxrwxrwx   1 joe users     5 Jan 31  2023 a link -&gt; there
 * 01-31-24  03:45PM       &lt;DIR&gt;          a folder
 * 01-31-24  03:45PM                 1234 a file
 * </pre>
 */
final class ListLine {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String ARROW = " -> ";

  private final String line;
  private final ZoneId zone;
  private final Instant now;
  private final List<Word> words = new ArrayList<>();

  /** A word and its position. */
  private record Word(String text, int end) {}

  private ListLine(String line, ZoneId zone, Instant now) {
    this.line = line;
    this.zone = zone;
    this.now = now;
    for (int at = 0; at < line.length(); at++) {
      int start = at;
      while (at < line.length() && line.charAt(at) != ' ') {
        at++;
      }
      if (at > start) {
        words.add(new Word(line.substring(start, at), at));
      }
    }
  }

  /**
   * The entry, or null if the line has neither form.
   *
   * @param zone the server's time zone
   * @param now for lines without a year
   */
  static @Nullable FtpEntry parse(String line, ZoneId zone, Instant now) {
    ListLine parsed = new ListLine(line, zone, now);
    if (parsed.words.size() < 4) {
      return null;
    }
    return Ascii.isDigit(line.charAt(0)) ? parsed.dos() : parsed.unix();
  }

  /** Whether a line is only a total, such as {@code total 8}, or says nothing. */
  static boolean isEmpty(String line) {
    return line.isBlank()
        || (line.startsWith("total ")
            && Ascii.decimal(line.substring(6).strip(), Long.MAX_VALUE) >= 0);
  }

  private String word(int index) {
    return index < words.size() ? words.get(index).text : "";
  }

  private @Nullable FtpEntry unix() {
    Kind kind = kind(line.charAt(0));
    if (kind == null || word(0).length() < 10) {
      return null;
    }
    for (int i = 3; i < words.size() - 2; i++) {
      LocalDateTime time = unixTime(i);
      // An owner can be called May; the size before it shows the date.
      if (time != null && number(i - 1) >= 0) {
        int last = word(i).indexOf('-') > 0 ? i + 1 : i + 2;
        return last >= words.size() ? null : entry(kind, number(i - 1), time, last);
      }
    }
    return null;
  }

  private static @Nullable Kind kind(char letter) {
    return switch (letter) {
      case '-' -> Kind.FILE;
      case 'd' -> Kind.DIRECTORY;
      case 'l' -> Kind.LINK;
      case 'b', 'c', 'p', 's', 'D' -> Kind.OTHER;
      default -> null;
    };
  }

  private @Nullable FtpEntry entry(Kind kind, long size, LocalDateTime time, int last) {
    String name = behind(last);
    int arrow = kind == Kind.LINK ? name.indexOf(ARROW) : -1;
    return entry(arrow < 0 ? name : name.substring(0, arrow), kind, size, time);
  }

  private @Nullable FtpEntry entry(String name, Kind kind, long size, LocalDateTime time) {
    if (name.isEmpty()) {
      return null;
    }
    OptionalLong bytes = kind == Kind.FILE ? OptionalLong.of(size) : OptionalLong.empty();
    Instant modified = time.atZone(zone).toInstant();
    return new FtpEntry(name, kind, bytes, Optional.of(modified), Map.of(), line);
  }

  /** What follows a word and one space: a name may itself start with spaces. */
  private String behind(int index) {
    int start = words.get(index).end + 1;
    return start >= line.length() ? "" : line.substring(start);
  }

  private long number(int index) {
    return Ascii.decimal(word(index), Long.MAX_VALUE);
  }

  /** {@code Jan 31 15:45}, {@code Jan 31 2023} or {@code 2023-01-31 15:45}; null if it is none of these. */
  private @Nullable LocalDateTime unixTime(int index) {
    String first = word(index);
    if (first.length() == 10 && first.charAt(4) == '-' && first.charAt(7) == '-') {
      return time(part(first, 0, 4), part(first, 5, 7), part(first, 8, 10), word(index + 1), 0);
    }
    int month = first.length() == 3 ? MONTHS.indexOf(first) : -1;
    if (month < 0 || month % 3 != 0) {
      return null;
    }
    String last = word(index + 2);
    if (last.indexOf(':') < 0) {
      return time(Ascii.decimal(last, 9999), month / 3 + 1L, number(index + 1), "00:00", 0);
    }
    return recent(month / 3 + 1L, number(index + 1), last);
  }

  /** A time without a year is in the past, or at most a day ahead, if the clocks differ. */
  private @Nullable LocalDateTime recent(long month, long day, String clock) {
    LocalDateTime tomorrow = LocalDateTime.ofInstant(now, zone).plusDays(1);
    LocalDateTime time = time(tomorrow.getYear(), month, day, clock, 0);
    boolean ahead = time == null || time.isAfter(tomorrow);
    return ahead ? time(tomorrow.getYear() - 1L, month, day, clock, 0) : time;
  }

  private @Nullable FtpEntry dos() {
    String date = word(0);
    boolean form = (date.length() == 8 || date.length() == 10)
        && date.charAt(2) == '-'
        && date.charAt(5) == '-';
    LocalDateTime time = form ? dosTime(date) : null;
    boolean folder = word(2).equals("<DIR>");
    if (time == null || (!folder && number(2) < 0)) {
      return null;
    }
    return folder
        ? entry(behind(2).stripLeading(), Kind.DIRECTORY, 0, time)
        : entry(behind(2), Kind.FILE, number(2), time);
  }

  private @Nullable LocalDateTime dosTime(String date) {
    long year = part(date, 6, date.length());
    long full = date.length() == 10 || year < 0 ? year : year + (year < 70 ? 2000 : 1900);
    String clock = word(1);
    boolean half = clock.endsWith("AM") || clock.endsWith("PM");
    String digits = half ? clock.substring(0, clock.length() - 2) : clock;
    int noon = !half ? 0 : clock.endsWith("PM") ? 12 : -12;
    return time(full, part(date, 0, 2), part(date, 3, 5), digits, noon);
  }

  /**
   * A time, or null if it does not exist.
   *
   * @param clock hours and minutes
   * @param noon 12 for PM, -12 for AM, 0 for hours from 0 to 23
   */
  private static @Nullable LocalDateTime time(
      long year, long month, long day, String clock, int noon) {
    int colon = clock.indexOf(':');
    long hour = colon < 0 ? -1 : Ascii.decimal(clock.substring(0, colon), 23);
    long minute = colon < 0 ? -1 : Ascii.decimal(clock.substring(colon + 1), 59);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0) {
      return null;
    }
    try {
      long inDay = noon == 0 ? hour : hour % 12 + (noon > 0 ? 12 : 0);
      return LocalDateTime.of((int) year, (int) month, (int) day, (int) inDay, (int) minute);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static long part(String text, int from, int to) {
    return Ascii.decimal(text.substring(from, to), 9999);
  }
}
