package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.http.grammar.FieldCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token that lets in whoever holds it (RFC 6750). Immutable. */
final class BearerCredentials extends Credentials {
  private static final String SCHEME = "Bearer";

  private final String token;

  BearerCredentials(String token) {
    this.token = token;
  }

  /** The token if it is a b64token (section 2.1). */
  static String checked(String token) {
    int at = 0;
    while (at < token.length() && FieldCursor.isToken68(token.charAt(at))) {
      at++;
    }
    int end = at;
    while (at > 0 && end < token.length() && token.charAt(end) == '=') {
      end++;
    }
    if (at == 0 || end < token.length()) {
      throw new IllegalArgumentException(
          "a bearer token is letters, digits and -._~+/ and then = (RFC 6750 section 2.1); "
              + (token.isEmpty() ? "this one is empty" : "this one is not at index " + end));
    }
    return token;
  }

  @Override
  Answer unasked(Realms realms, String method, String target) {
    return Answer.unasked(SCHEME + " " + token);
  }

  @Override
  @Nullable
  Answer answer(
      List<Challenge> asked, Realms known, @Nullable Answer refused, String method, String target) {
    boolean fits = asked.stream().anyMatch(challenge -> challenge.isOf(SCHEME));
    return refused == null && fits ? Answer.asked(SCHEME + " " + token) : null;
  }

  @Override
  String scheme() {
    return SCHEME;
  }

  @Override
  Object secret() {
    return token;
  }
}
