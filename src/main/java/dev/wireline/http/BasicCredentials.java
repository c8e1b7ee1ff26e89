package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.url.HttpUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User and password, sent in Base64 (RFC 7617). Immutable. */
final class BasicCredentials extends Credentials {
  private static final String SCHEME = "Basic";

  private final String value;

  BasicCredentials(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    value = SCHEME + " " + Base64.getEncoder().encodeToString(pair);
  }

  /** The field value for the user info of a URL: a secret. */
  static String field(HttpUrl url) {
    return new BasicCredentials(url.user().orElse(""), url.password().orElse("")).value;
  }

  /** The field value: a secret. */
  String field() {
    return value;
  }

  @Override
  @Nullable
  Answer unasked(Realms realms, String method, String target) {
    return realms.covers(target) ? Answer.unasked(value) : null;
  }

  /** The same value is never tried twice: a server that refused it will refuse it again. */
  @Override
  @Nullable
  Answer answer(
      List<Challenge> asked, Realms known, @Nullable Answer refused, String method, String target) {
    if (refused != null) {
      known.forget();
      return null;
    }
    for (Challenge challenge : asked) {
      if (challenge.isOf(SCHEME)) {
        String realm = challenge.parameter("realm");
        known.asked(realm == null ? "" : realm, target);
        return Answer.asked(value);
      }
    }
    return null;
  }

  @Override
  String scheme() {
    return SCHEME;
  }

  @Override
  Object secret() {
    return value;
  }
}
