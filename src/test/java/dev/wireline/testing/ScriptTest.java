package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  private static List<String> shown(String script) {
    return Script.parse(script).scenes().stream()
        .flatMap(scene -> scene.steps().stream())
        .map(Object::toString)
        .toList();
  }

  @Test
  void readsTheLinesOfBothSides() {
    String script = "# greeting\n\nS: 220 ready\r\nC: EHLO  x \n   \nC:\nS:  two";

    assertThat(shown(script)).containsExactly("S: 220 ready", "C: EHLO  x ", "C: ", "S:  two");
    assertThat(Script.parse(script).scenes().get(0).steps())
        .extracting(Step::line)
        .containsExactly(3, 4, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: 220 ready",
        "C: LOGIN {user} {*} | QUIT",
        "S> \"\\x00\\xff\\r\\n\\t\\\\\\\"\"",
        "C> \"{5}\"",
        "C> \"a\\?\\?\"",
        "<STARTTLS>",
        "<delay 50ms>",
        "<delay 2000ms>",
        "<half-close>",
        "<close>",
        "<cut>",
        "<reset>",
        "<stall>",
        "<at any time>\n  C: NOOP\n  S: ok\n  S> \"x\"\n  C: PING {id}\n  S: {id}",
        "<every 10ms>\n  S: : \n  S> \"\\n\""
      })
  void showsAStepAsItIsWritten(String line) {
    assertThat(shown(line)).containsExactly(line);
  }

  @Test
  void readsEscapes() {
    Step step = Script.parse("S> \"a\\x00\\xFf\\r\\n\\t\\\\\\\"\"")
        .scenes()
        .get(0)
        .steps()
        .get(0);

    assertThat(((Step.Say) step).bytes(Map.of()))
        .containsExactly('a', 0, 0xff, '\r', '\n', '\t', '\\', '"');
  }

  @Test
  void keepsTheConnectionsApart() {
    Script script = Script.parse("S: a\nS: b\n<close>\n<next connection>\nC: c");

    assertThat(script.scenes()).extracting(Scene::size).containsExactly(3, 1);
    assertThat(script.scenes()).extracting(Scene::endsOpen).containsExactly(false, true);
    assertThat(script.repeated(2).scenes()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAnythingElse(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Script.parse(text)).withMessage(message);
  }

  static Stream<Arguments> refused() {
    String nothing = "the script has no \"S: \" and no \"C: \" line";
    String problem = " of the script starts with neither \"S: \" nor \"C: \" nor \"#\": ";
    String step = " of the script is no step such as <close> or <delay 50ms>: ";
    String quotes = " of the script is no text in quotes with \\r \\n \\t \\\\ \\\" \\xHH in it: ";
    String below = " of the script has no indented line below it: ";
    String at = " of the script does not belong in <at any time>: ";
    return Stream.of(
        arguments("", nothing),
        arguments("# only this", nothing),
        arguments("S: a\n<next connection>\n# none", nothing),
        arguments("S: a\n\n220 ready", "line 3" + problem + "\"220 ready\""),
        arguments("S:220", "line 1" + problem + "\"S:220\""),
        arguments("s: 220", "line 1" + problem + "\"s: 220\""),
        arguments(" S: 220", "line 1" + problem + "\" S: 220\""),
        arguments("S", "line 1" + problem + "\"S\""),
        arguments("X: \u0007", "line 1" + problem + "\"X: \\x07\""),
        arguments("<shut>", "line 1" + step + "\"<shut>\""),
        arguments("<starttls>", "line 1" + step + "\"<starttls>\""),
        arguments("<delay>", "line 1" + step + "\"<delay>\""),
        arguments("<delay 5>", "line 1" + step + "\"<delay 5>\""),
        arguments("<delay -5ms>", "line 1" + step + "\"<delay -5ms>\""),
        arguments("<delay 5000000000s>", "line 1" + step + "\"<delay 5000000000s>\""),
        arguments("S> a", "line 1" + quotes + "\"S> a\""),
        arguments("S> \"a", "line 1" + quotes + "\"S> \"a\""),
        arguments("S> \"a\" b", "line 1" + quotes + "\"S> \"a\" b\""),
        arguments("C> \"\\x0\"", "line 1" + quotes + "\"C> \"\\\\x0\"\""),
        arguments("S> \"\\?\"", "line 1" + quotes + "\"S> \"\\\\?\"\""),
        arguments("C> \"\\q\"", "line 1" + quotes + "\"C> \"\\\\q\"\""),
        arguments("C> \"\\", "line 1" + quotes + "\"C> \"\\\\\""),
        arguments("<every 0ms>\n  S: a", "line 1" + step + "\"<every 0ms>\""),
        arguments("<every>\n  S: a", "line 1" + step + "\"<every>\""),
        arguments("<at any time>\nC: a", "line 1" + below + "\"<at any time>\""),
        arguments("C: a\n<every 5ms>", "line 2" + below + "\"<every 5ms>\""),
        arguments("<at any time>\n  S: a", "line 2" + at + "\"S: a\""),
        arguments("<at any time>\n  C> \"a\"", "line 2" + at + "\"C> \"a\"\""),
        arguments("<at any time>\n  C: a\n  <close>", "line 3" + at + "\"<close>\""),
        arguments(
            "<every 5ms>\n  C: a", "line 2 of the script does not belong in <every 5ms>: \"C: a\""),
        arguments(
            "<every 5ms>\n  S: a\nS: b",
            "line 3 of the script does not wait, and stands after <every>: \"S: b\""),
        arguments(
            "<half-close>\n<at any time>\n  C: a\n  S: b",
            "line 4 of the script is said after <half-close>: \"S: b\""),
        arguments(
            "<at any time>\n  C: {a}\n  S: {a}\nS: {a}",
            "line 4 of the script repeats {a}, which no \"C: \" line before it has: \"S: {a}\""),
        arguments("<close>\nC: a", "line 2 of the script comes after <close>: \"C: a\""),
        arguments(
            "<half-close>\nS: a", "line 2 of the script is said after <half-close>: \"S: a\""),
        arguments(
            "C: {a}\nS: {b}",
            "line 2 of the script repeats {b}, which no \"C: \" line before it has: \"S: {b}\""));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @MethodSource("lines")
  void comparesALineWithItsText(String text, String line, String captures) {
    Step step = Script.parse("C: " + text).scenes().get(0).steps().get(0);
    Map<String, String> found = ((Step.HearLine) step).match(line);

    assertThat(found == null ? "no" : new TreeMap<>(found).toString()).isEqualTo(captures);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments("QUIT", "QUIT", "{}"),
        arguments("QUIT", "quit", "no"),
        arguments("QUIT", "QUIT ", "no"),
        arguments("HELO x | EHLO x", "EHLO x", "{}"),
        arguments("HELO x | EHLO x", "HELO x | EHLO x", "no"),
        arguments("a {|} b", "a | b", "{}"),
        arguments("LOGIN {user} {*}", "LOGIN ann secret pass", "{user=ann}"),
        arguments("LOGIN {user} {*}", "LOGIN ann ", "{user=ann}"),
        arguments("LOGIN {user} {*}", "LOGIN  x", "no"),
        arguments("MAIL FROM:<{from}>{*}", "MAIL FROM:<a@b> SIZE=1", "{from=a@b}"),
        arguments("MAIL FROM:<{from}>", "MAIL FROM:<a>b>", "{from=a>b}"),
        arguments("{name*}", "", "{name=}"),
        arguments("{name*}: {value*}", "a: b: c", "{name=a, value=b: c}"),
        arguments("{a}{b}", "xyz", "{a=x, b=yz}"),
        arguments("{a*}x{b}", "x x1x", "{a=x , b=1x}"),
        arguments("{a}", "", "no"),
        arguments("{*}a{*}a{*}b", "aaaa", "no"),
        arguments("{5}", "{5}", "{}"),
        arguments("{{}a}", "{a}", "{}"),
        arguments("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}", "{}"),
        arguments("{", "{", "{}"),
        arguments("A {x} | B {y}", "B 2", "{y=2}"));
  }

  @Test
  void endsSoonOnALongLineWithManyHoles() {
    char[] line = new char[100_000];
    Arrays.fill(line, 'a');
    Template template = Template.parse("{*}a{*}a{*}a{*}b");

    assertThat(template.matches(new String(line), new HashMap<>())).isFalse();
  }
}
