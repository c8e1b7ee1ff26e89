package dev.wireline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The golden file of messages: for each failure its name, then class and message, then a blank line. */
final class GoldenMessages {
  static final Path FILE = Path.of("src/test/resources/errors/messages.txt");

  private static final Pattern DATE =
      Pattern.compile("\\b[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2} \\S+ \\d{4}\\b");
  private static final Pattern SPAN = Pattern.compile("\\b\\d+(\\.\\d)? (ms|s|min)\\b");
  private static final Pattern PORT = Pattern.compile("(?<=\\S:)\\d{4,5}\\b");
  private static final Pattern UNIX_PATH = Pattern.compile("(?<=unix:)/[^\\s:]+");
  private static final Pattern LEFT = Pattern.compile("\\b\\d+(?= bytes are left)");

  private GoldenMessages() {}

  /** Class and message of each failure, by its name, in the order of the file. */
  static Map<String, String> read() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    Map<String, String> messages = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i += 3) {
      messages.put(lines.get(i), lines.get(i + 1));
    }
    return messages;
  }

  /** Class and message without what differs from run to run. */
  static String normalized(Throwable failure) {
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    text = DATE.matcher(text).replaceAll("TIME");
    text = SPAN.matcher(text).replaceAll("TIME");
    text = PORT.matcher(text).replaceAll("PORT");
    text = UNIX_PATH.matcher(text).replaceAll("PATH");
    return LEFT.matcher(text).replaceAll("COUNT");
  }
}
