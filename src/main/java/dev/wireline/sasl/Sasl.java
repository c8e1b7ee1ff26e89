package dev.wireline.sasl;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An authentication mechanism with what it needs to know: a user and a password, or a token.
 *
 * <pre>{@code
 * mail.login(Sasl.scramSha256("joe", password));
 * mail.login(Sasl.xoauth2("joe@example.org", token));
 * }</pre>
 *
 * <p>The mechanisms here are immutable and thread-safe, and {@code toString()} gives their name alone.
 * Implement it for a mechanism that is not here; a protocol client takes any.
 *
 * <p>User names and passwords of SCRAM and CRAM-MD5 are prepared by SASLprep (RFC 4013), and those of
 * PLAIN and LOGIN leave as UTF-8.
 */
public interface Sasl {
  /**
   * The registered name.
   *
   * @return as servers list it: {@code SCRAM-SHA-256}
   */
  String name();

  /**
   * Whether somebody who reads along could log in with what he saw. A protocol client then wants TLS, a
   * loopback address or a Unix-domain socket.
   *
   * @return true for PLAIN, LOGIN and bearer tokens
   */
  boolean revealsSecret();

  /**
   * Begins a login.
   *
   * @return the state of this one
   */
  SaslExchange start();

  /**
   * PLAIN (RFC 4616): user and password as they are.
   *
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException if the user is empty, or one of them has a NUL or half of a surrogate
   *     pair
   */
  static Sasl plain(String user, String password) {
    return plain("", user, password);
  }

  /**
   * PLAIN (RFC 4616), for acting as somebody else.
   *
   * @param actAs the identity to act as; empty for the user's own
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #plain(String, String)}
   */
  static Sasl plain(String actAs, String user, String password) {
    Objects.requireNonNull(actAs, "actAs");
    String message = Credential.checked("identity to act as", actAs)
        + '\0'
        + Credential.user(user)
        + '\0'
        + Credential.checked("password", password);
    return Mechanism.ofMessage("PLAIN", true, message, "");
  }

  /**
   * LOGIN, the obsolete mechanism that asks for the user and then for the password. The texts of the two
   * challenges do not matter.
   *
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #plain(String, String)}
   */
  static Sasl login(String user, String password) {
    return Mechanism.ofAnswers(
        "LOGIN",
        true,
        List.of(
            Mechanism.answer(Credential.user(user)),
            Mechanism.answer(Credential.checked("password", password))));
  }

  /**
   * CRAM-MD5 (RFC 2195), obsolete: it keeps the password from whoever reads along, and gives him something
   * to guess at.
   *
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #plain(String, String)}, or if SASLprep prohibits a
   *     character
   */
  static Sasl cramMd5(String user, String password) {
    String name = SaslPrep.prepare("user", Credential.user(user));
    String key = SaslPrep.prepare("password", password);
    return Mechanism.ofAnswers(
        "CRAM-MD5", false, List.of(challenge -> Hmac.cramMd5(name, key, challenge)));
  }

  /**
   * SCRAM-SHA-1 (RFC 5802): the password does not leave, and the server proves that it knows it.
   *
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #cramMd5}
   */
  static Sasl scramSha1(String user, String password) {
    return new Scram(ScramHash.SHA_1, user, password);
  }

  /**
   * SCRAM-SHA-256 (RFC 7677): the password does not leave, and the server proves that it knows it.
   *
   * @param user the name, one character or more
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #cramMd5}
   */
  static Sasl scramSha256(String user, String password) {
    return new Scram(ScramHash.SHA_256, user, password);
  }

  /**
   * XOAUTH2, the form of a bearer token that large mail services know.
   *
   * @param user the name, one character or more
   * @param token the access token
   * @return the mechanism
   * @throws IllegalArgumentException if one has a control character, or the user is empty
   */
  static Sasl xoauth2(String user, String token) {
    String message = "user=" + Credential.printable("user", Credential.user(user))
        + "\u0001auth=Bearer " + Credential.printable("token", token) + "\u0001\u0001";
    return Mechanism.ofMessage("XOAUTH2", true, message, "");
  }

  /**
   * OAUTHBEARER (RFC 7628).
   *
   * @param user the name; empty to leave it to the token
   * @param token the access token
   * @return the mechanism
   * @throws IllegalArgumentException if one has a control character
   */
  static Sasl oauthBearer(String user, String token) {
    String identity = Credential.printable("user", user);
    String message = "n," + (identity.isEmpty() ? "" : "a=" + Credential.saslName(identity))
        + ",\u0001auth=Bearer " + Credential.printable("token", token) + "\u0001\u0001";
    return Mechanism.ofMessage("OAUTHBEARER", true, message, "\u0001");
  }

  /**
   * EXTERNAL (RFC 4422, appendix A): who the client is was shown elsewhere, by its certificate or by the
   * owner of a Unix-domain socket's other end.
   *
   * @param actAs the identity to act as; empty for the one that was shown
   * @return the mechanism
   * @throws IllegalArgumentException if it has a NUL
   */
  static Sasl external(String actAs) {
    Objects.requireNonNull(actAs, "actAs");
    return Mechanism.ofMessage(
        "EXTERNAL", false, Credential.checked("identity to act as", actAs), "");
  }

  /**
   * The best mechanism for a user and a password among those that a server offers: SCRAM-SHA-256,
   * SCRAM-SHA-1, PLAIN, LOGIN, and at last CRAM-MD5. Where nobody may see the password, what keeps it from
   * the wire is taken first: CRAM-MD5 before PLAIN.
   *
   * @param offered the names that the server lists, in any case
   * @param user the name, one character or more
   * @param password the password
   * @param confidential whether nobody reads along: TLS, a loopback address or a Unix-domain socket
   * @return the mechanism, or empty if the server offers none of them
   * @throws IllegalArgumentException as {@link #cramMd5}
   */
  static Optional<Sasl> best(
      Collection<String> offered, String user, String password, boolean confidential) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(offered, "offered");
    List<String> preferred = confidential ? Preferred.IN_PRIVATE : Preferred.IN_THE_OPEN;
    return preferred.stream()
        .filter(name -> offered.stream().anyMatch(name::equalsIgnoreCase))
        .findFirst()
        .map(name -> Preferred.of(name, user, password));
  }
}
