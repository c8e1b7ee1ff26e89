package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names that servers propose (RFC 6266), and what is left of them. */
@Timeout(20)
class ContentDispositionTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "attachment; filename=a.txt | a.txt",
        "attachment; filename=\"a b.txt\" | a b.txt",
        "inline;FileName=\"a.txt\" | a.txt",
        "attachment; filename=a b, c.txt ; size=3 | a b, c.txt",
        "attachment; filename=\"a; b.txt\" | a; b.txt",
        "attachment; filename=\"a \\\"b\\\".txt\" | a _b_.txt",
        "attachment; filename=\"a.txt | a.txt",
        "attachment; filename = a.txt | a.txt",
        "attachment; filename=a.txt; filename=b.txt | a.txt",
        "filename=a.txt | a.txt",
        "filename=\"a;b.txt\" | a;b.txt",
        "attachment; filename=\"EURO.txt\"; filename*=UTF-8''%e2%82%ac.txt | \u20ac.txt",
        "attachment; filename*=UTF-8''%e2%82%ac.txt; filename=\"EURO.txt\" | \u20ac.txt",
        "attachment; filename*=ISO-8859-1'en'na%EFve.txt | na\u00efve.txt",
        "attachment; filename*=UTF-8''%e2.txt; filename=a.txt | a.txt",
        "attachment; filename*=UTF-8''..; filename=a.txt | a.txt",
        "attachment; filename=\"na\u00efve.txt\" | na\u00efve.txt",
        "attachment; filename=\"a%20b.txt\" | a%20b.txt",
      })
  void areFound(String field, String name) {
    assertThat(ContentDisposition.fileName(field)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "attachment",
        "attachment; filename",
        "attachment; filename=",
        "attachment; filename=\"\"",
        "attachment; filename=\"..\"",
        "attachment; filename=\"a/\"",
        "attachment; filename*=a.txt",
        "attachment; name=a.txt",
        "attachment; xfilename=a.txt"
      })
  void areNotFoundWhereThereAreNone(String field) {
    assertThat(ContentDisposition.fileName(field)).isEmpty();
  }

  @Test
  void areSafeInAnyFolder() {
    Map<String, String> names = Map.ofEntries(
        Map.entry("../../etc/passwd", "passwd"),
        Map.entry("C:\\Windows\\win.ini", "win.ini"),
        Map.entry("a\\..", ""),
        Map.entry("a/.", ""),
        Map.entry("  ", ""),
        Map.entry("C:evil.txt", "C_evil.txt"),
        Map.entry("a.txt::$DATA", "a.txt__$DATA"),
        Map.entry("a\0b\r\nc\u007f\u0085.txt", "abc.txt"),
        Map.entry("txt.\u202eexe\u200b\ufeff", "txt.exe"),
        Map.entry("a\ud800b", "ab"),
        Map.entry("\ud83d\ude00.png", "\ud83d\ude00.png"),
        Map.entry(".htaccess", "_htaccess"),
        Map.entry("...", ""),
        Map.entry("a. . .", "a"),
        Map.entry(" a<b>|c?*.txt ", "a_b__c__.txt"),
        Map.entry("CON", "_CON"),
        Map.entry("nul.txt", "_nul.txt"),
        Map.entry("Aux .tar.gz", "_Aux .tar.gz"),
        Map.entry("com1", "_com1"),
        Map.entry("LPT\u00b2.x", "_LPT\u00b2.x"),
        Map.entry("conin$", "_conin$"),
        Map.entry("console", "console"),
        Map.entry("com10", "com10"));

    names.forEach((proposed, name) ->
        assertThat(FileName.safe(proposed).orElse("")).as(proposed).isEqualTo(name));
  }

  @Test
  void areCutInTheStem() {
    assertThat(FileName.safe("x".repeat(50_000) + ".txt")).contains("x".repeat(196) + ".txt");
    assertThat(FileName.safe("\ud83d\ude00".repeat(5000) + ".txt"))
        .contains("\ud83d\ude00".repeat(49) + ".txt");
    assertThat(FileName.safe("x." + "y".repeat(500))).contains("x." + "y".repeat(198));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b.txt, b.txt",
    "/a/na%C3%AFve.txt, na\u00efve.txt",
    "/a/%2e%2e%2fb.txt, b.txt",
    "/a/100%.txt, 100%.txt",
    "/a/%2fb%5cc, c"
  })
  void areMadeOfTheEndOfAPath(String path, String name) {
    assertThat(FileName.ofPath(path)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a/", "/a/..", "/a/%2e", "/%00"})
  void areNotMadeOfAPathWithoutOne(String path) {
    assertThat(FileName.ofPath(path)).isEmpty();
  }
}
