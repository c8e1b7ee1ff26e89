package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.ftp.FtpOptions;
import dev.wireline.http.EventSource;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RetryRules;
import dev.wireline.http.cache.FolderCacheStore;
import dev.wireline.http.cache.HttpCache;
import dev.wireline.http.cache.MemoryCacheStore;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.imap.ImapOptions;
import dev.wireline.line.Backoff;
import dev.wireline.line.Blocks;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Expect;
import dev.wireline.line.Frames;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Multiplexer;
import dev.wireline.line.Pipeline;
import dev.wireline.line.QuestionOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.Transcript;
import dev.wireline.net.DatagramOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.nntp.NntpOptions;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.smtp.SmtpOptions;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Recorder;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.tftp.TftpOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the numbers of docs/reference/limits.md against the constants of the code.
 *
 * <p>A row shows a constant as {@code `Class.NAME`} and, in the cell before, its value.
 */
class LimitsTest {
  private static final Path TABLE = Path.of("docs/reference/limits.md");
  private static final Pattern ROW = Pattern.compile("\\| *([^|]+?) *\\| *`(\\w+\\.[A-Z_]+)` *\\|");
  private static final List<Class<?>> SETTINGS = List.of(
      Dialer.class,
      LineOptions.class,
      Command.class,
      DotBlocks.class,
      Blocks.class,
      Incoming.class,
      Expect.class,
      Frames.class,
      Pipeline.class,
      Multiplexer.class,
      Backoff.class,
      Transcript.class,
      Replies.class,
      FtpOptions.class,
      SmtpOptions.class,
      Pop3Options.class,
      NntpOptions.class,
      ImapOptions.class,
      HttpOptions.class,
      PoolOptions.class,
      DatagramOptions.class,
      QuestionOptions.class,
      TftpOptions.class,
      RedirectRules.class,
      RetryRules.class,
      MemoryCookieJar.class,
      HttpCache.class,
      MemoryCacheStore.class,
      FolderCacheStore.class,
      EventSource.class,
      ScriptedServer.class,
      HostilePeers.class,
      CutPoints.class,
      Recorder.class);

  @Test
  void showsTheDefaultOfEachSetting() throws Exception {
    Map<String, String> rows = rows();

    for (Class<?> settings : SETTINGS) {
      for (Field constant : settings.getFields()) {
        String name = settings.getSimpleName() + "." + constant.getName();
        assertThat(rows.get(name)).as(name).isEqualTo(text(constant.getName(), constant.get(null)));
      }
    }
  }

  @Test
  void showsTheValueOfEachFixedBoundThatItNames() throws IOException {
    for (Map.Entry<String, String> row : rows().entrySet()) {
      String[] name = row.getKey().split("\\.", 2);
      String source = Files.readString(sourceOf(name[0]));
      Matcher constant = Pattern.compile("\\b" + name[1] + " = ([^;]+);").matcher(source);

      assertThat(constant.find()).as(row.getKey()).isTrue();
      assertThat(text(name[1], value(constant.group(1))))
          .as(row.getKey())
          .isEqualTo(row.getValue());
    }
  }

  private static Map<String, String> rows() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        rows.put(row.group(2), row.group(1));
      }
    }
    return rows;
  }

  private static Path sourceOf(String type) throws IOException {
    for (String sources : List.of("src/main/java", "src/kit/java")) {
      try (Stream<Path> files = Files.walk(Path.of(sources))) {
        Optional<Path> found =
            files.filter(file -> file.endsWith(type + ".java")).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new NoSuchElementException(type);
  }

  /** The value of what stands behind a constant's equals sign: a product, or a Duration. */
  private static Object value(String expression) {
    if (expression.startsWith("Duration.ofSeconds(")) {
      return Duration.ofSeconds(number(expression.replaceAll("\\D", "")));
    }
    if (expression.startsWith("Duration.ofMinutes(")) {
      return Duration.ofMinutes(number(expression.replaceAll("\\D", "")));
    }
    if (expression.startsWith("Duration.ofMillis(")) {
      return Duration.ofMillis(number(expression.replaceAll("\\D", "")));
    }
    if (expression.startsWith("Duration.ofDays(")) {
      return Duration.ofDays(number(expression.replaceAll("\\D", "")));
    }
    if (expression.contains(" << ")) {
      String[] shift = expression.replace("L", "").split(" << ", 2);
      return number(shift[0]) << number(shift[1]);
    }
    if (expression.equals("LineOptions.MAX_LINE_BYTES")) {
      return LineOptions.MAX_LINE_BYTES;
    }
    long product = 1;
    for (String factor : expression.split(" \\* ", -1)) {
      product *= number(factor);
    }
    return product;
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }

  /** A value as the table shows it: a span of time, a size in bytes, or a count. */
  private static String text(String name, Object value) {
    if (value instanceof Duration time) {
      return spanOf(time);
    }
    long number = ((Number) value).longValue();
    if (name.endsWith("_NANOS")) {
      return spanOf(Duration.ofNanos(number));
    }
    return name.contains("BYTES") ? sizeOf(number) : Long.toString(number);
  }

  private static String spanOf(Duration time) {
    if (time.toSeconds() == 0) {
      return time.toMillis() + " ms";
    }
    if (time.toDays() > 0) {
      return time.toDays() + " d";
    }
    return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private static String sizeOf(long bytes) {
    if (bytes % 1024 != 0) {
      return bytes + " bytes";
    }
    if (bytes >= 1 << 30) {
      return (bytes >> 30) + " GiB";
    }
    return bytes < 1024 * 1024 ? bytes / 1024 + " KiB" : bytes / 1024 / 1024 + " MiB";
  }
}
