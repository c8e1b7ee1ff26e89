package dev.wireline.nntp;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** Parts of commands: names of groups and headers, and times. No I/O. */
final class Names {
  /** The characters that turn a name into a pattern (RFC 3977, section 4.1). */
  private static final String WILD = "!*,?[\\]";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd HHmmss", Locale.ROOT);

  private Names() {}

  /** The name of one group. */
  static String group(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty() || name.chars().anyMatch(c -> WILD.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "the name of a group has none of " + WILD + ", but it is " + Quoted.text(name));
    }
    return name;
  }

  /** The name of a header, or of metadata such as {@code :bytes}. */
  static String field(String name) {
    Objects.requireNonNull(name, "field");
    if (!Ascii.isToken(name.startsWith(":") ? name.substring(1) : name)) {
      throw new IllegalArgumentException("not the name of a header: " + Quoted.text(name));
    }
    return name;
  }

  /** A date and a time, separated by a space (RFC 3977, section 7.3.2). */
  static String[] time(Instant time) {
    OffsetDateTime utc = Objects.requireNonNull(time, "since").atOffset(ZoneOffset.UTC);
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("a year has four digits, not " + utc.getYear());
    }
    return TIME.format(utc).split(" ", 2);
  }
}
