package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials for one origin or proxy, and what it has said about its realms. Thread-safe.
 *
 * @param credentials the credentials
 * @param realms what is known, for as long as the owner lives
 * @param eager whether Basic credentials are sent before they are asked for, as proxies expect
 */
record Guarded(Credentials credentials, Realms realms, boolean eager) {
  static Guarded origin(Credentials credentials) {
    return new Guarded(credentials, new Realms(), false);
  }

  static Guarded proxy(Credentials credentials) {
    return new Guarded(credentials, new Realms(), true);
  }

  @Nullable
  Answer unasked(String method, String target) {
    return eager && credentials instanceof BasicCredentials basic
        ? Answer.unasked(basic.field())
        : credentials.unasked(realms, method, target);
  }

  @Nullable
  Answer answer(List<Challenge> challenges, @Nullable Answer sent, String method, String target)
      throws IOException {
    return credentials.answer(challenges, realms, sent, method, target);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return credentials.toString();
  }
}
