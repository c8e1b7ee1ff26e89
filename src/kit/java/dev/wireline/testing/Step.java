package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of a script. Immutable; its text is how the script has it, fit to be shown. */
sealed interface Step {

  /** How much of bytes a report shows. */
  int SHOWN_OCTETS = 500;

  /** How a script writes what {@link AnyTime} means. */
  String AT_ANY_TIME = "<at any time>";

  /** The line of the script where it stands, from 1. */
  int line();

  /** What was expected of the client, for reports. */
  String expectation();

  /**
   * The server says a line, or bytes.
   *
   * @param text the line without its end, with holes; null for bytes
   * @param octets what is said when there is no text, a character a byte
   */
  record Say(int line, @Nullable Template text, String octets) implements Step {

    /** Gives the bytes of what is said in a row. */
    static byte[] bytes(List<Say> row, Map<String, String> captures) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      row.forEach(say -> bytes.writeBytes(say.bytes(captures)));
      return bytes.toByteArray();
    }

    byte[] bytes(Map<String, String> captures) {
      return text == null ? Latin1.bytes(octets) : withCrlf(text.filled(captures));
    }

    /** Shows what was said. */
    String said(Map<String, String> captures) {
      return text == null ? toString() : "S: " + Escaped.bytes(text.filled(captures));
    }

    @Override
    public String expectation() {
      return "that the client takes what the server says";
    }

    @Override
    public String toString() {
      return text == null ? raw('S', octets) : "S: " + Escaped.text(text.toString());
    }
  }

  /**
   * The client says a line that fits one of several texts.
   *
   * @param source the texts as the script has them
   */
  record HearLine(int line, String source, List<Template> choices) implements Step {

    /** Tells what a line with its CRLF has in the holes, or gives null when it does not fit. */
    @Nullable
    Map<String, String> match(byte[] line) {
      String text = Latin1.text(line);
      return text.endsWith("\r\n") ? match(text.substring(0, text.length() - 2)) : null;
    }

    /** Does so for a line without its end. */
    @Nullable
    Map<String, String> match(String said) {
      for (Template choice : choices) {
        Map<String, String> captures = new HashMap<>();
        if (choice.matches(said, captures)) {
          return captures;
        }
      }
      return null;
    }

    @Override
    public String expectation() {
      return choices.stream()
          .map(choice -> "\"" + Escaped.text(choice + "\r\n") + "\"")
          .collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
      return "C: " + Escaped.text(source);
    }
  }

  /**
   * The client says bytes.
   *
   * @param octets the bytes, a character each, and ANY where any byte fits
   */
  record HearBytes(int line, String octets) implements Step {

    @Override
    public String expectation() {
      return quoted(octets);
    }

    @Override
    public String toString() {
      return raw('C', octets);
    }
  }

  /**
   * The server does something to the connection.
   *
   * @param time how long, zero where that says nothing
   */
  record Act(int line, Action action, Duration time) implements Step {

    @Override
    public String expectation() {
      return action == Action.START_TLS
          ? "that the client starts TLS"
          : "that the client stays until " + this;
    }

    @Override
    public String toString() {
      return action == Action.DELAY
          ? "<delay " + time.toMillis() + "ms>"
          : "<" + action.text() + ">";
    }
  }

  /**
   * What the client may say from here on, as often as it likes or never.
   *
   * @param asides what it may say, and how each is answered
   */
  record AnyTime(int line, List<Aside> asides) implements Step {

    @Override
    public String expectation() {
      return "that the client stays until " + AT_ANY_TIME;
    }

    @Override
    public String toString() {
      return asides.stream()
          .map(aside -> indented(aside.heard()) + indented(aside.answer()))
          .collect(Collectors.joining("", AT_ANY_TIME, ""));
    }
  }

  /**
   * A line of the client that is no part of the order, and the answer to it.
   *
   * @param answer empty where there is no answer
   */
  record Aside(HearLine heard, List<Say> answer) {}

  /**
   * The server says something again and again while it waits in the next step.
   *
   * @param period from one time to the next, and before the first
   */
  record Every(int line, Duration period, List<Say> said) implements Step {

    @Override
    public String expectation() {
      return "that the client stays until " + head();
    }

    private String head() {
      return "<every " + period.toMillis() + "ms>";
    }

    @Override
    public String toString() {
      return head() + indented(said);
    }
  }

  private static String indented(List<Say> said) {
    return said.stream().map(Step::indented).collect(Collectors.joining());
  }

  private static String indented(Step step) {
    return "\n  " + step;
  }

  private static String raw(char side, String octets) {
    return side + "> " + quoted(octets);
  }

  private static String quoted(String octets) {
    int shown = Math.min(octets.length(), SHOWN_OCTETS);
    return Quotation.of(octets.substring(0, shown))
        + (shown < octets.length() ? "... (" + octets.length() + " bytes)" : "");
  }

  private static byte[] withCrlf(byte[] line) {
    return (Latin1.text(line) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
