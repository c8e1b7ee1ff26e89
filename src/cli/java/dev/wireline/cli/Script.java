package dev.wireline.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * A conversation to be held with a server, in the notation of the test kit as far as lines, names, choices,
 * {@code <STARTTLS>} and delays go. Immutable.
 *
 * @param name the name of its file
 * @param steps what is to happen, in order
 */
record Script(String name, List<Step> steps) {
  /** Something that is to happen, with the number of its line. */
  record Step(int line, Kind kind, String text, List<Pattern> choices) {}

  /** What a step is. */
  enum Kind {
    SAY,
    HEAR,
    STARTTLS,
    DELAY,
    CLOSE
  }

  static Script parse(String name, String text) {
    List<Step> steps = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        steps.add(step(name, number, line));
      }
    }
    return new Script(name, List.copyOf(steps));
  }

  private static Step step(String name, int number, String line) {
    if (line.startsWith("C:")) {
      String text = said(line);
      return new Step(number, Kind.SAY, text, List.of(Pattern.parse(text)));
    }
    if (line.startsWith("S:")) {
      String text = said(line);
      List<Pattern> choices = new ArrayList<>();
      for (String choice : text.split(" \\| ", -1)) {
        choices.add(Pattern.parse(choice));
      }
      return new Step(number, Kind.HEAR, text, choices);
    }
    if (line.equals("<STARTTLS>")) {
      return new Step(number, Kind.STARTTLS, line, List.of());
    }
    if (line.equals("<close>")) {
      return new Step(number, Kind.CLOSE, line, List.of());
    }
    if (line.startsWith("<delay ") && line.endsWith(">")) {
      String time = line.substring(7, line.length() - 1);
      return new Step(number, Kind.DELAY, delay(name, number, time), List.of());
    }
    throw wrong(name, number, "a line is S:, C:, #, <STARTTLS>, <delay TIME> or <close> here");
  }

  private static String delay(String name, int number, String time) {
    try {
      return new Durations().convert(time).toString();
    } catch (TypeConversionException e) {
      throw wrong(name, number, String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException wrong(String name, int number, String why) {
    return new IllegalArgumentException(name + ", line " + number + ": " + why);
  }

  private static String said(String line) {
    return line.startsWith(" ", 2) ? line.substring(3) : line.substring(2);
  }

  /** The time of a delay. */
  static Duration time(Step step) {
    return Duration.parse(step.text());
  }
}
