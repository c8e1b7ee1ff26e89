package dev.wireline.http;

import dev.wireline.http.grammar.Challenge;
import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client authenticates itself with to one server or proxy (RFC 9110 section 11.4).
 *
 * <p>Credentials answer only challenges of their own scheme: a password that was given for Digest is never sent
 * as Basic, however a server asks. If a server offers several challenges of that scheme, the strongest is
 * answered.
 *
 * <p>Immutable. Two credentials are equal if they have the same scheme and the same secrets; those made from a
 * {@link ChallengeAnswer}, if they have the same one. {@link #toString} shows no secret.
 */
public abstract sealed class Credentials
    permits BasicCredentials, BearerCredentials, DigestCredentials, OwnCredentials {
  Credentials() {}

  /**
   * A user and a password for basic auth (RFC 7617), which sends both nearly as they are: use it over TLS only.
   * They are sent when the server asks, and from then on with each request at or below the folder where it
   * asked. Both are sent in UTF-8, in normalization form C.
   *
   * @param user the name, without a colon; may be empty
   * @param password the password; may be empty
   * @return the credentials
   * @throws IllegalArgumentException if the name has a colon, or one of them has a control character or half a
   *     surrogate pair
   */
  public static Credentials basic(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a user of the Basic scheme has no colon (RFC 7617 section 2)");
    }
    return new BasicCredentials(checked("the user", user), checked("the password", password));
  }

  /**
   * A user and a password for the Digest scheme (RFC 7616), by SHA-256, SHA-512-256 or MD5: the client proves
   * that it knows the password, without sending it. They are used when the server asks, and from then on with
   * each request to the paths that the challenge covers. If the server proves in turn that it knows the
   * password, the proof is checked, and a wrong one fails the call.
   *
   * <p><b>Strict:</b> a challenge without {@code qop} is not answered, since it protects neither against replay
   * nor against chosen plaintext; {@link #legacyDigest} answers it. A challenge that offers only {@code
   * auth-int} is not answered either: its hash covers whole bodies, and bodies are streamed here. A realm,
   * nonce or opaque value beyond ASCII is not answered.
   *
   * @param user the name; may be empty
   * @param password the password; may be empty
   * @return the credentials
   * @throws IllegalArgumentException if one of them has a control character or half a surrogate pair
   */
  public static Credentials digest(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return digest(user, password, false);
  }

  /**
   * As {@link #digest}, and <b>Lenient:</b> a challenge without {@code qop} is answered too (RFC 2069), for old
   * devices that know nothing else. An eavesdropper can replay such a request.
   *
   * @param user the name; may be empty
   * @param password the password; may be empty
   * @return the credentials
   * @throws IllegalArgumentException if one of them has a control character or half a surrogate pair
   */
  public static Credentials legacyDigest(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return digest(user, password, true);
  }

  private static Credentials digest(String user, String password, boolean legacy) {
    return new DigestCredentials(
        checked("the user", user), checked("the password", password), legacy);
  }

  /**
   * A token for the Bearer scheme (RFC 6750): whoever holds it is let in, so use it over TLS only. It is sent
   * with each request, asked for or not, since servers that accept tokens tend to answer 404 or 403 to requests
   * without one.
   *
   * @param token letters, digits and {@code -._~+/}, then any number of {@code =}
   * @return the credentials
   * @throws IllegalArgumentException if it is empty or has another character; the message does not
   *     repeat it
   */
  public static Credentials bearer(String token) {
    Objects.requireNonNull(token, "token");
    return new BearerCredentials(BearerCredentials.checked(token));
  }

  /**
   * Credentials for other schemes, such as tokens that are fetched once a challenge says where. They are sent
   * when the server asks, and from then on with each request at or below the folder where it asked, until they
   * are refused. Like all credentials they are sent to one origin or proxy only, and appear in no log or
   * transcript.
   *
   * @param answer returns the value; it answers whatever challenge comes, so it decides what may be sent
   * @return the credentials
   */
  @NotFrozen
  public static Credentials of(ChallengeAnswer answer) {
    return new OwnCredentials(Objects.requireNonNull(answer, "answer"));
  }

  private static String checked(String what, String text) {
    boolean ascii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii &= c < 0x80;
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(what + " has a control character at index " + i);
      }
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(what + " has half a surrogate pair at index " + i);
      }
    }
    return ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** The name of the scheme, for {@link #toString}. */
  abstract String scheme();

  /** What distinguishes these credentials from others of the scheme. */
  abstract Object secret();

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Credentials that
        && scheme().equals(that.scheme())
        && secret().equals(that.secret());
  }

  @Override
  public final int hashCode() {
    return secret().hashCode();
  }

  @Override
  public final String toString() {
    return scheme() + " credentials";
  }

  /** What is sent with a request before anybody asks, or null. */
  abstract @Nullable Answer unasked(Realms realms, String method, String target);

  /**
   * What to send the request again with, or null if these credentials cannot answer and the caller gets the
   * response as it is.
   *
   * @param asked what the server or proxy asks
   * @param known what is known of that server or proxy, and of no other
   * @param refused what the request carried when it was refused; null if it carried nothing
   * @param target the request target as it appears in the request line
   * @throws IOException if the caller's own credentials could not be obtained
   */
  abstract @Nullable Answer answer(
      List<Challenge> asked, Realms known, @Nullable Answer refused, String method, String target)
      throws IOException;
}
