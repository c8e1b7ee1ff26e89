package dev.wireline.ftp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.ftp.FtpEntry.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListLineTest {
  private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // line | kind | size | time | name
        "-rw-r--r--   1 joe users    1234 Jan 31 15:45 a file|FILE|1234|2024-01-31T15:45:00Z|a file",
        "-rw-r--r--   1 joe users    1234 Mar  2 11:59 ahead|FILE|1234|2024-03-02T11:59:00Z|ahead",
        "-rw-r--r--   1 joe users    1234 Mar  3 11:59 old|FILE|1234|2023-03-03T11:59:00Z|old",
        "-rw-r--r--   1 joe users    1234 Feb 29 11:59 leap|FILE|1234|2024-02-29T11:59:00Z|leap",
        "-rw-r--r--   1 joe users    1234 Dec 31  1999  two blanks|FILE|1234|1999-12-31T00:00:00Z| two blanks",
        "-rw-r--r--+  1 joe users    1234 Dec 31  1999 acl|FILE|1234|1999-12-31T00:00:00Z|acl",
        "-rw-r--r--   1 joe    1234 Dec 31  1999 no group|FILE|1234|1999-12-31T00:00:00Z|no group",
        "-rw-r--r--   1 joe May 1234 Dec 31  1999 group|FILE|1234|1999-12-31T00:00:00Z|group",
        "-rw-r--r--   1 7 8 1234 2024-01-31 15:45 iso|FILE|1234|2024-01-31T15:45:00Z|iso",
        "drwxr-xr-x   2 joe users    4096 Jan 31 15:45 sub|DIRECTORY||2024-01-31T15:45:00Z|sub",
        "lrwxrwxrwx   1 joe users       5 Jan 31 15:45 link -> a -> b|LINK||2024-01-31T15:45:00Z|link",
        "-rw-r--r--   1 joe users       5 Jan 31 15:45 a -> b|FILE|5|2024-01-31T15:45:00Z|a -> b",
        "crw-rw-rw-   1 root root  1,   3 Jan 31 15:45 null|OTHER||2024-01-31T15:45:00Z|null",
        "01-31-24  03:45PM       <DIR>          a folder|DIRECTORY||2024-01-31T15:45:00Z|a folder",
        "01-31-24  12:45AM                 1234 night|FILE|1234|2024-01-31T00:45:00Z|night",
        "01-31-24  12:45PM                 1234 noon|FILE|1234|2024-01-31T12:45:00Z|noon",
        "01-31-1999  15:45                 1234 a file|FILE|1234|1999-01-31T15:45:00Z|a file",
        "01-31-99  15:45                 1234  blank|FILE|1234|1999-01-31T15:45:00Z| blank",
      })
  void tellsTheEntry(String line, Kind kind, Long size, String time, String name) {
    FtpEntry entry = requireNonNull(ListLine.parse(line, ZoneOffset.UTC, NOW), line);

    assertThat(entry.kind()).isEqualTo(kind);
    assertThat(entry.size().isPresent() ? (Long) entry.size().getAsLong() : null)
        .isEqualTo(size);
    assertThat(entry.modified()).contains(Instant.parse(time));
    assertThat(entry.name()).isEqualTo(name);
    assertThat(entry.line()).isEqualTo(line);
    assertThat(entry.facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "FOO.TXT;1  5/9   31-JAN-2024 15:45 [A,B]",
        "-rw-r--r-- 1 joe users 1234 Jan 31 15:45",
        "-rw-r--r-- 1 joe users 1234 Jan 31 15:45 ",
        "-rw-r--r-- 1 joe users 1234 Jan 32 15:45 x",
        "-rw-r--r-- 1 joe users 1234 Foo 31 15:45 x",
        "-rw-r--r-- 1 joe users 1234 Jan 31 25:45 x",
        "-rw-r--r-- 1 joe users -234 Jan 31 15:45 x",
        "?rw-r--r-- 1 joe users 1234 Jan 31 15:45 x",
        "-rw 1 joe users 1234 Jan 31 15:45 x",
        "-rw-r--r-- 1 joe users 99999999999999999999 Jan 31 15:45 x",
        "01-31-24 03:45PM <DIR>",
        "13-31-24 03:45PM <DIR> x",
        "01-31-24 03:75PM <DIR> x",
        "01-31-24 03:45PM <JUNCTION> x",
        "1 2 3 4",
      })
  void knowsNoOther(String line) {
    assertThat(ListLine.parse(line, ZoneOffset.UTC, NOW)).isNull();
  }

  @Test
  void readsTheClockOfTheServersZone() {
    String line = "-rw-r--r-- 1 joe users 1234 Jan 31 15:45 x";

    FtpEntry entry = requireNonNull(ListLine.parse(line, ZoneId.of("America/New_York"), NOW), line);

    assertThat(entry.modified()).contains(Instant.parse("2024-01-31T20:45:00Z"));
  }

  @Test
  void passesOverWhatIsNoEntry() {
    assertThat(ListLine.isEmpty("total 8")).isTrue();
    assertThat(ListLine.isEmpty("")).isTrue();
    assertThat(ListLine.isEmpty("total chaos")).isFalse();
  }
}
