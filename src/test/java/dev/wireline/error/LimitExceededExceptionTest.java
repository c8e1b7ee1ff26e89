package dev.wireline.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The message is a sentence, whether the bound has a setting or only words. */
class LimitExceededExceptionTest {
  private static final Endpoint PEER = Endpoint.tcp("peer.test", 7);

  private static String message(String limit, long max) {
    return new LimitExceededException(PEER, Activity.READING, limit, max).getMessage();
  }

  @Test
  void saysWhichSettingAllowsNoMore() {
    assertThat(message("maxLineBytes", 16)).contains(": more than maxLineBytes (16) allows [");
  }

  @Test
  void saysWhatThereWasTooMuchOf() {
    assertThat(message("bytes of a line", 65536)).contains(": more than 65536 bytes of a line [");
    assertThat(message("bytes of an event", 2)).contains(": more than 2 bytes of an event [");
  }

  /** One word would be taken for a setting. */
  @Test
  void namesEachBoundAsASettingOrInSeveralWords() throws Exception {
    List<String> names = new ArrayList<>();
    Pattern made = Pattern.compile(
        "(?:LimitExceededException|TooLargeException|[lL]imit)\\((?:[^;\"]*,)?\\s*\"([^\"]+)\",");
    for (Path source : sources()) {
      Matcher found = made.matcher(Files.readString(source));
      while (found.find()) {
        names.add(found.group(1));
      }
    }

    assertThat(names).contains("maxLineBytes", "bytes of an event", "maxFruitlessBytes");
    assertThat(names).allMatch(name -> name.startsWith("max") != name.contains(" "));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
