package dev.wireline.http.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import java.util.List;
import java.util.Map;

/** The lines of a WWW-Authenticate field, with LF between them. */
public final class ChallengeFuzz {
  private ChallengeFuzz() {}

  public static void check(byte[] input) {
    List<String> lines = List.of(new String(input, ISO_8859_1).split("\n", -1));
    List<Challenge> challenges = ChallengeParser.challenges(lines);
    Holds.that(challenges.size() <= ChallengeParser.MAX_CHALLENGES, "a bounded list");
    String written = written(challenges);
    if (written.length() <= ChallengeParser.MAX_CHARS) {
      List<Challenge> again = ChallengeParser.challenges(List.of(written));
      Holds.same(challenges, again, "the same list written again");
    }
    Map<String, String> parameters = ChallengeParser.parameters(lines);
    Holds.that(parameters.size() <= ChallengeParser.MAX_PARAMETERS, "bounded parameters");
    parameters.values().forEach(Holds::onOneLine);
  }

  private static String written(List<Challenge> challenges) {
    StringBuilder text = new StringBuilder();
    for (Challenge challenge : challenges) {
      text.append(text.length() == 0 ? "" : ", ").append(challenge.scheme());
      String token68 = challenge.token68();
      text.append(token68 == null ? "" : " " + token68);
      String gap = " ";
      for (Map.Entry<String, String> parameter : challenge.parameters().entrySet()) {
        text.append(gap).append(parameter.getKey()).append("=\"");
        text.append(parameter.getValue().replace("\\", "\\\\").replace("\"", "\\\""));
        text.append('"');
        gap = ", ";
      }
    }
    return text.toString();
  }
}
