package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptTest {

  @Test
  void readsTheLinesOfBothSides() {
    Script script = Script.parse("# greeting\n\nS: 220 ready\r\nC: EHLO  x \n   \nC:\nS:  two");

    assertThat(script.markedAt(1))
        .isEqualTo("    S: 220 ready\n  > C: EHLO  x \n    C: \n    S:  two\n");
    assertThat(script.line(2).bytes()).containsExactly('\r', '\n');
    assertThat(script.endOfServerLines(0)).isEqualTo(1);
  }

  @Test
  void marksItsEnd() {
    assertThat(Script.parse("S: bye").markedAt(1)).isEqualTo("    S: bye\n  > (end)\n");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAnythingElse(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Script.parse(text)).withMessage(message);
  }

  static Stream<Arguments> refused() {
    String problem = " of the script starts with neither \"S: \" nor \"C: \" nor \"#\": ";
    return Stream.of(
        arguments("", "the script has no \"S: \" and no \"C: \" line"),
        arguments("# only this", "the script has no \"S: \" and no \"C: \" line"),
        arguments("S: a\n\n220 ready", "line 3" + problem + "\"220 ready\""),
        arguments("S:220", "line 1" + problem + "\"S:220\""),
        arguments("s: 220", "line 1" + problem + "\"s: 220\""),
        arguments(" S: 220", "line 1" + problem + "\" S: 220\""),
        arguments("X: \u0007", "line 1" + problem + "\"X: \\x07\""));
  }
}
