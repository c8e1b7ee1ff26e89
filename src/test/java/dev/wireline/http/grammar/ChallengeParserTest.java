package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeParserTest {
  /** The lines of a field, and what they say as {@link #text} shows it. */
  static List<Arguments> fields() {
    return List.of(
        Arguments.of(List.of(), ""),
        Arguments.of(List.of(""), ""),
        Arguments.of(List.of(" ,\t, "), ""),
        Arguments.of(List.of("Basic"), "Basic"),
        Arguments.of(List.of("Negotiate, NTLM"), "Negotiate|NTLM"),
        Arguments.of(List.of("Basic realm=\"simple\""), "Basic realm=[simple]"),
        Arguments.of(List.of("Basic realm=simple"), "Basic realm=[simple]"),
        Arguments.of(List.of("bAsIc REALM=\"A\""), "bAsIc realm=[A]"),
        Arguments.of(List.of("Basic realm = \"a\" "), "Basic realm=[a]"),
        Arguments.of(List.of("Basic  \t realm\t=\t\"a\""), "Basic realm=[a]"),
        Arguments.of(List.of("Basic realm=\"\""), "Basic realm=[]"),
        Arguments.of(
            List.of("Basic realm=\"a, b=\\\"c\\\", \\\\\""), "Basic realm=[a, b=\"c\", \\]"),
        Arguments.of(List.of("Basic realm=\"a\\b\tc\""), "Basic realm=[ab\tc]"),
        Arguments.of(List.of("Basic realm=\"\u00e9\""), "Basic realm=[\u00e9]"),
        Arguments.of(
            List.of("Negotiate a87421000492aa874209af8bc028"),
            "Negotiate a87421000492aa874209af8bc028"),
        Arguments.of(
            List.of("Negotiate abc==, Basic realm=\"x\""), "Negotiate abc==|Basic realm=[x]"),
        Arguments.of(List.of("A b=, C d=e"), "A b=|C d=[e]"),
        Arguments.of(List.of("A -._~+/09azAZ== "), "A -._~+/09azAZ=="),
        Arguments.of(List.of("A b, C"), "A b|C"),
        Arguments.of(List.of("Basic realm"), "Basic realm"),
        Arguments.of(List.of("Basic realm=="), "Basic realm=="),
        Arguments.of(List.of("A ,b=c"), "A b=[c]"),
        Arguments.of(List.of("A b=c,,, ,d=e,"), "A b=[c] d=[e]"),
        Arguments.of(
            List.of("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\","
                + " Basic realm=\"simple\""),
            "Newauth realm=[apps] type=[1] title=[Login to \"apps\"]|Basic realm=[simple]"),
        Arguments.of(List.of("Digest a=b,c=d,E f=g,H i=j"), "Digest a=[b] c=[d]|E f=[g]|H i=[j]"),
        Arguments.of(
            List.of("Basic realm=\"a\"", "Digest realm=\"b\", nonce=\"c\""),
            "Basic realm=[a]|Digest realm=[b] nonce=[c]"),
        Arguments.of(
            List.of("Digest realm=\"b\"", "nonce=\"c\", Basic", "realm=x"),
            "Digest realm=[b] nonce=[c]|Basic realm=[x]"),
        Arguments.of(List.of("A a=b, A a=b"), "A a=[b]|A a=[b]"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void readsChallenges(List<String> lines, String expected) throws Exception {
    assertThat(text(ChallengeParser.challenges(lines))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void readsThemTheSameWithEmptyElementsAround(List<String> lines, String expected)
      throws Exception {
    List<String> padded = new ArrayList<>(List.of(", "));
    for (String line : lines) {
      padded.add(" ,," + line + " , ");
    }

    assertThat(text(ChallengeParser.challenges(padded))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "a=b",
        "realm=\"a\"",
        "Basic realm=\"a\" b",
        "Basic realm=\"a\" b=c",
        "Basic realm=\"a\"b=c",
        "Basic realm=a b",
        "Basic realm=\"a",
        "Basic realm=\"a\\",
        "Basic realm=\"a\\\"",
        "Basic realm=\"a\"\"b\"",
        "Basic realm=\"a\u0000\"",
        "Basic realm=\"a\\\u0007\"",
        "Basic realm=\"a\u007f\"",
        "Basic realm==\"a\"",
        "Basic realm=,x=",
        "Basic realm=\"a\", realm=\"b\"",
        "Basic realm=\"a\", REALM=\"b\"",
        "Basic\"a\"",
        "Basic;realm=a",
        "Basic realm=a; b=c",
        "Basic :",
        "Negotiate abc==, d=e",
        "Negotiate abc== d",
        "Negotiate abc=d=e",
        "A \"b\"",
        "A b=\u00e9",
        "\u00e9",
        "B\u00e4sic realm=a",
        "(a)",
        "A b=c, @",
      })
  void refusesWhatBreaksTheGrammar(String line) {
    assertThatThrownBy(() -> ChallengeParser.challenges(List.of(line)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("RFC 9110 section");
  }

  @Test
  void endsAQuotedStringOnItsLine() {
    assertThatThrownBy(() -> ChallengeParser.challenges(List.of("Basic realm=\"a", "b\"")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesMoreThanItsBounds() throws Exception {
    String challenges = "A,".repeat(ChallengeParser.MAX_CHALLENGES);
    StringBuilder parameters = new StringBuilder("A");
    for (int i = 0; i < ChallengeParser.MAX_PARAMETERS; i++) {
      parameters.append(i == 0 ? " " : ",").append('p').append(i).append("=x");
    }
    String longest = "A b=\"" + "c".repeat(ChallengeParser.MAX_CHARS - 6) + "\"";

    assertThat(ChallengeParser.challenges(List.of(challenges))).hasSize(20);
    assertThat(ChallengeParser.challenges(List.of(parameters.toString()))).hasSize(1);
    assertThat(ChallengeParser.challenges(List.of(longest))).hasSize(1);
    assertThatThrownBy(() -> ChallengeParser.challenges(List.of(challenges + "A")))
        .isInstanceOf(TooLargeException.class);
    assertThatThrownBy(() -> ChallengeParser.challenges(List.of(parameters + ",q=x")))
        .isInstanceOf(TooLargeException.class);
    assertThatThrownBy(() -> ChallengeParser.challenges(List.of(longest, " ")))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void meetsGarbageWithTypedFailuresAlone() {
    Random random = new Random(11);
    String pieces = "Aa1 \t,,==\"\"\\\u00e9;-Basic realm=\"x\"";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        line.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      try {
        ChallengeParser.challenges(List.of(line.toString(), line.toString()));
      } catch (MalformedException | TooLargeException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void readsParametersWithoutAScheme() throws Exception {
    assertThat(ChallengeParser.parameters(List.of("nextnonce=\"a,b\", QOP=auth", ",nc=00000001")))
        .containsExactly(
            Map.entry("nextnonce", "a,b"), Map.entry("qop", "auth"), Map.entry("nc", "00000001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=b c=d", "a=b, a=c", "=b", "a=", "Digest a=b"})
  void refusesParametersThatAreNone(String line) {
    assertThatThrownBy(() -> ChallengeParser.parameters(List.of(line)))
        .isInstanceOf(MalformedException.class);
  }

  private static String text(List<Challenge> challenges) {
    List<String> texts = new ArrayList<>();
    for (Challenge challenge : challenges) {
      StringBuilder text = new StringBuilder(challenge.scheme());
      if (challenge.token68() != null) {
        text.append(' ').append(challenge.token68());
      }
      challenge
          .parameters()
          .forEach((name, value) ->
              text.append(' ').append(name).append("=[").append(value).append(']'));
      texts.add(text.toString());
    }
    return String.join("|", texts);
  }
}
