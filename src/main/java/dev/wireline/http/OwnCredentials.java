package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.Challenge;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credentials that the caller's code computes. As immutable as that code. */
final class OwnCredentials extends Credentials {
  private final ChallengeAnswer answer;

  OwnCredentials(ChallengeAnswer answer) {
    this.answer = answer;
  }

  @Override
  @Nullable
  Answer unasked(Realms realms, String method, String target) {
    String value = realms.value(target);
    return value == null ? null : Answer.unasked(value);
  }

  @Override
  @Nullable
  Answer answer(
      List<Challenge> asked, Realms known, @Nullable Answer refused, String method, String target)
      throws IOException {
    if (refused != null) {
      known.forget();
    }
    for (Challenge challenge : asked) {
      Optional<String> value =
          answer.answer(challenge.scheme(), parameters(challenge), refused != null);
      if (value.isPresent()) {
        String checked = checked(value.get());
        String realm = challenge.parameter("realm");
        known.answered(realm == null ? "" : realm, checked, target);
        return Answer.asked(checked);
      }
    }
    return null;
  }

  private static Map<String, String> parameters(Challenge challenge) {
    Map<String, String> parameters = new HashMap<>(challenge.parameters());
    String token68 = challenge.token68();
    if (token68 != null) {
      parameters.put("", token68);
    }
    return Map.copyOf(parameters);
  }

  /** The value, if a field can hold it: it is sent to a proxy without another check. */
  private static String checked(String value) {
    String field = Challenger.ORIGIN.field();
    return Headers.of().withSecret(field, value).all(field).get(0);
  }

  @Override
  String scheme() {
    return "Own";
  }

  @Override
  Object secret() {
    return answer;
  }
}
