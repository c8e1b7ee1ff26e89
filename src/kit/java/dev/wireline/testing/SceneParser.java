package dev.wireline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps for one connection, and refuses what could never be played. */
final class SceneParser {

  private static final String BETWEEN_CHOICES = " | ";

  private final List<Step> steps = new ArrayList<>();
  private final Set<String> captured = new HashSet<>();
  private @Nullable Action last;

  Scene scene() {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("the script has no \"S: \" and no \"C: \" line");
    }
    return new Scene(steps);
  }

  void take(String line, int number) {
    if (last != null && last.endsAll()) {
      throw refused(number, "comes behind <" + last.text() + ">", line);
    }
    Step step = parse(line, number);
    if (step instanceof Step.Say && last != null) {
      throw refused(number, "is said behind <" + last.text() + ">", line);
    }
    if (step instanceof Step.Act act && act.action().endsSpeech()) {
      last = act.action();
    }
    steps.add(step);
  }

  private Step parse(String line, int number) {
    if (line.startsWith("<")) {
      return act(line, number);
    }
    boolean server = line.startsWith("S");
    if (line.startsWith("S> ") || line.startsWith("C> ")) {
      String octets = Quotation.parse(line.substring(3));
      boolean open = octets != null && octets.indexOf(Quotation.ANY) >= 0;
      if (octets == null || (server && open)) {
        throw refused(number, "is no text in quotes with \\r \\n \\t \\\\ \\\" \\xHH in it", line);
      }
      return server ? new Step.Say(number, null, octets) : new Step.HearBytes(number, octets);
    }
    boolean known = server ? line.startsWith("S:") : line.startsWith("C:");
    if (!known || (line.length() > 2 && line.charAt(2) != ' ')) {
      throw refused(number, "starts with neither \"S: \" nor \"C: \" nor \"#\"", line);
    }
    String text = line.length() == 2 ? "" : line.substring(3);
    return server ? say(text, line, number) : hear(text, number);
  }

  private Step say(String text, String line, int number) {
    Template template = Template.parse(text);
    template.eachName(name -> {
      if (!captured.contains(name)) {
        throw refused(number, "repeats {" + name + "}, which no \"C: \" line before it has", line);
      }
    });
    return new Step.Say(number, template, "");
  }

  private Step hear(String text, int number) {
    List<Template> choices = new ArrayList<>();
    int from = 0;
    for (int bar = text.indexOf(BETWEEN_CHOICES); bar >= 0; ) {
      choices.add(Template.parse(text.substring(from, bar)));
      from = bar + BETWEEN_CHOICES.length();
      bar = text.indexOf(BETWEEN_CHOICES, from);
    }
    choices.add(Template.parse(text.substring(from)));
    choices.forEach(choice -> choice.eachName(captured::add));
    return new Step.HearLine(number, text, List.copyOf(choices));
  }

  private static Step act(String line, int number) {
    String text = line.strip();
    for (Action action : Action.values()) {
      if (action != Action.DELAY && text.equals("<" + action.text() + ">")) {
        return new Step.Act(number, action, Duration.ZERO);
      }
    }
    Duration time = text.startsWith("<delay ") && text.endsWith(">")
        ? time(text.substring("<delay ".length(), text.length() - 1))
        : null;
    if (time == null) {
      throw refused(number, "is no step such as <close> or <delay 50ms>", line);
    }
    return new Step.Act(number, Action.DELAY, time);
  }

  private static @Nullable Duration time(String text) {
    boolean millis = text.endsWith("ms");
    if (!millis && !text.endsWith("s")) {
      return null;
    }
    String digits = text.substring(0, text.length() - (millis ? 2 : 1));
    if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(Character::isDigit)) {
      return null;
    }
    int count = Integer.parseInt(digits);
    return millis ? Duration.ofMillis(count) : Duration.ofSeconds(count);
  }

  private static IllegalArgumentException refused(int number, String problem, String line) {
    return new IllegalArgumentException(
        "line " + number + " of the script " + problem + ": \"" + Escaped.text(line) + "\"");
  }
}
