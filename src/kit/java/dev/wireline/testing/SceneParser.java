package dev.wireline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps for one connection that a server plays, and refuses what could never be played. */
class SceneParser {

  static final String NO_QUOTATION = "is no text in quotes with \\r \\n \\t \\\\ \\\" \\xHH in it";

  private static final String BETWEEN_CHOICES = " | ";

  private final List<Step> steps = new ArrayList<>();
  private final Set<String> captured;
  private @Nullable Action last;
  private @Nullable Block block;

  SceneParser() {
    this(Set.of());
  }

  /** The names have values from the start. */
  SceneParser(Set<String> known) {
    captured = new HashSet<>(known);
  }

  Scene scene() {
    endBlock();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("the script has no \"S: \" and no \"C: \" line");
    }
    return new Scene(steps);
  }

  void take(String line, int number) {
    if (block != null && isIndented(line)) {
      takeInBlock(block, line.stripLeading(), number);
      return;
    }
    endBlock();
    if (last != null && last.endsAll()) {
      throw refused(number, "comes after <" + last.text() + ">", line);
    }
    block = Block.begin(line, number, captured);
    if (block == null) {
      add(parse(line, number), line);
    }
  }

  private static boolean isIndented(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  private void takeInBlock(Block open, String line, int number) {
    if (line.startsWith("#")) {
      return;
    }
    if (line.startsWith("C:")) {
      // What one of several lines has captured is known for the answer to it alone.
      captured.retainAll(open.captured());
    }
    Step step = parse(line, number);
    checkSpeech(step, line);
    if (!open.take(step)) {
      throw refused(number, "does not belong in " + open, line);
    }
  }

  private void endBlock() {
    if (block == null) {
      return;
    }
    Block ended = block;
    block = null;
    captured.retainAll(ended.captured());
    Step step = ended.step();
    if (step == null) {
      throw refused(ended.number(), "has no indented line below it", ended.toString());
    }
    add(step, ended.toString());
  }

  private void checkSpeech(Step step, String line) {
    if (step instanceof Step.Say && last != null) {
      throw refused(step.line(), "is said after <" + last.text() + ">", line);
    }
  }

  private void add(Step step, String line) {
    checkSpeech(step, line);
    if (isRepeated() && !waits(step)) {
      throw refused(step.line(), "does not wait, and stands after <every>", line);
    }
    if (step instanceof Step.Act act && act.action().endsSpeech()) {
      last = act.action();
    }
    steps.add(step);
  }

  private boolean isRepeated() {
    return !steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Every;
  }

  private static boolean waits(Step step) {
    return step instanceof Step.HearLine
        || step instanceof Step.HearBytes
        || (step instanceof Step.Act act && act.action() == Action.DELAY);
  }

  private Step parse(String line, int number) {
    if (line.startsWith("<")) {
      return act(line, number);
    }
    boolean server = line.startsWith("S");
    if (line.startsWith("S> ") || line.startsWith("C> ")) {
      String octets = Quotation.parse(line.substring(3));
      if (octets == null || (server == isSpeaker() && octets.indexOf(Quotation.ANY) >= 0)) {
        throw refused(number, NO_QUOTATION, line);
      }
      return server ? new Step.Say(number, null, octets) : new Step.HearBytes(number, octets);
    }
    boolean known = server ? line.startsWith("S:") : line.startsWith("C:");
    if (!known || (line.length() > 2 && line.charAt(2) != ' ')) {
      throw refused(number, "starts with neither \"S: \" nor \"C: \" nor \"#\"", line);
    }
    String text = line.length() == 2 ? "" : line.substring(3);
    return server ? say(text, line, number) : hear(text, line, number);
  }

  private Step say(String text, String line, int number) {
    Template template = Template.parse(text);
    checkSaid(template, line, number);
    return new Step.Say(number, template, "");
  }

  private Step hear(String text, String line, int number) {
    List<Template> choices = choices(text);
    checkHeard(choices, line, number);
    return new Step.HearLine(number, text, choices);
  }

  /** Looks at what the server says. */
  void checkSaid(Template said, String line, int number) {
    said.eachName(name -> {
      if (!captured.contains(name)) {
        throw refused(number, "repeats {" + name + "}, which no \"C: \" line before it has", line);
      }
    });
  }

  /** Looks at what the client says. */
  void checkHeard(List<Template> choices, String line, int number) {
    choices.forEach(choice -> choice.eachName(captured::add));
  }

  /** Whether the server is played, which has to know what it says. */
  boolean isSpeaker() {
    return true;
  }

  boolean isKnown(String name) {
    return captured.contains(name);
  }

  void capture(String name) {
    captured.add(name);
  }

  boolean isInBlock() {
    return block != null;
  }

  static List<Template> choices(String text) {
    List<Template> choices = new ArrayList<>();
    int from = 0;
    for (int bar = text.indexOf(BETWEEN_CHOICES); bar >= 0; ) {
      choices.add(Template.parse(text.substring(from, bar)));
      from = bar + BETWEEN_CHOICES.length();
      bar = text.indexOf(BETWEEN_CHOICES, from);
    }
    choices.add(Template.parse(text.substring(from)));
    return List.copyOf(choices);
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

  /** Reads a time such as 50ms or 2s; gives null when it is none. */
  static @Nullable Duration time(String text) {
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

  static IllegalArgumentException refused(int number, String problem, String line) {
    return new IllegalArgumentException(
        "line " + number + " of the script " + problem + ": \"" + Escaped.text(line) + "\"");
  }
}
