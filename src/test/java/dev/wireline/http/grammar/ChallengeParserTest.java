package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "Basic realm='My API' ~ Basic realm=['My API']",
        "Basic realm=my realm ~ Basic realm=[my realm]",
        "Basic realm=/ ~ Basic realm=[/]",
        "Basic realm=my realm , Digest nonce=a== ~ Basic realm=[my realm]|Digest nonce=[a==]",
        "Basic realm=\"a\" b ~ Basic realm=[a]",
        "Basic realm=\"a\" b=c, d=e ~ Basic realm=[a] d=[e]",
        "Basic realm=\"a\"b=c ~ Basic realm=[a]",
        "Basic realm=\"a\"\"b\" ~ Basic realm=[a]",
        "Basic realm==\"a\" ~ Basic realm=[=\"a\"]",
        "X Realm=a, b= ~ X realm=[a] b=[]",
        "Basic realm=a; b=c ~ Basic realm=[a; b=c]",
        "Negotiate abc=d=e ~ Negotiate abc=[d=e]",
        "A b=\u00e9 ~ A b=[\u00e9]",
      })
  void readsAValueThatShouldHaveBeenQuoted(String line, String expected) {
    assertThat(text(ChallengeParser.challenges(List.of(line)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "a=b",
        "realm=\"a\"",
        "Basic realm=\"a",
        "Basic realm=\"a\\",
        "Basic realm=\"a\\\"",
        "Basic realm=\"a\u0000\"",
        "Basic realm=\"a\\\u0007\"",
        "Basic realm=\"a\u007f\"",
        "Basic realm=a\u0000",
        "Basic realm=\"a\", realm=\"b\"",
        "Basic realm=\"a\", REALM=\"b\"",
        "Basic realm=\"a\", REALM=\"b\", c=d",
        "Basic\"a\"",
        "Basic;realm=a",
        "Basic :",
        "Negotiate abc==, d=e, f",
        "A \"b\"",
        "\u00e9",
        "B\u00e4sic realm=a",
        "(a)",
        "A b=c, b=d",
      })
  void passesOverWhatBreaksTheGrammarAndReadsWhatIsBesideIt(String line) {
    String before = text(ChallengeParser.challenges(List.of("X y=z", line, "Digest realm=r")));

    assertThat(before).startsWith("X y=[z]").endsWith("|Digest realm=[r]");
    assertThat(before).doesNotContain("Basic", "A b");
  }

  @Test
  void endsAQuotedStringOnItsLine() {
    List<Challenge> challenges = ChallengeParser.challenges(List.of("Basic realm=\"a", "b\", C"));

    assertThat(text(challenges)).isEqualTo("C");
  }

  @Test
  void takesNoMoreThanItsBounds() {
    String challenges = "A,".repeat(ChallengeParser.MAX_CHALLENGES);
    StringBuilder parameters = new StringBuilder("A");
    for (int i = 0; i < ChallengeParser.MAX_PARAMETERS; i++) {
      parameters.append(i == 0 ? " " : ",").append('p').append(i).append("=x");
    }
    String longest = "A b=\"" + "c".repeat(ChallengeParser.MAX_CHARS - 6) + "\"";

    assertThat(ChallengeParser.challenges(List.of(challenges))).hasSize(20);
    assertThat(ChallengeParser.challenges(List.of(parameters.toString()))).hasSize(1);
    assertThat(ChallengeParser.challenges(List.of(longest))).hasSize(1);
    assertThat(ChallengeParser.challenges(List.of(challenges + "A"))).hasSize(20);
    assertThat(text(ChallengeParser.challenges(List.of(parameters + ",q=x,B")))).isEqualTo("B");
    assertThat(ChallengeParser.challenges(List.of(longest, " "))).isEmpty();
  }

  @Test
  void meetsGarbageWithoutAFailure() {
    Random random = new Random(11);
    String pieces = "Aa1 \t,,==\"\"\\\u00e9;-Basic realm=\"x\"";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        line.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      List<Challenge> read = ChallengeParser.challenges(List.of(line.toString(), line.toString()));
      assertThat(read).hasSizeLessThan(30);
    }
  }

  @Test
  void readsParametersWithoutAScheme() throws Exception {
    assertThat(ChallengeParser.parameters(List.of("nextnonce=\"a,b\", QOP=auth", ",nc=00000001")))
        .containsExactly(
            Map.entry("nextnonce", "a,b"), Map.entry("qop", "auth"), Map.entry("nc", "00000001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=\"b\" c=d", "a=b, a=c", "=b", "a=\"", "Digest a=b"})
  void takesNoneOfParametersThatCannotBeRead(String line) {
    assertThat(ChallengeParser.parameters(List.of(line))).isEmpty();
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
