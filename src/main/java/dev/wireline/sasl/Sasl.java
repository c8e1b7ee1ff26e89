package dev.wireline.sasl;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An authentication mechanism with its credentials: a user and a password, or a token.
 *
 * <pre>{@code
 * mail.login(Sasl.scramSha256("joe", password));
 * mail.login(Sasl.xoauth2("joe@example.org", token));
 * }</pre>
 *
 * <p>The mechanisms here are immutable and thread-safe, and {@code toString()} returns only their name.
 * Implement this for another mechanism; protocol clients accept any.
 *
 * <p>User names and passwords are prepared by SASLprep (RFC 4013) for SCRAM and CRAM-MD5, and sent as UTF-8 for
 * PLAIN and LOGIN.
 */
public interface Sasl {
  /**
   * The registered name.
   *
   * @return the name as servers list it, such as {@code SCRAM-SHA-256}
   */
  String name();

  /**
   * Whether an eavesdropper could log in with what is sent. If so, protocol clients require TLS, a loopback
   * address or a Unix-domain socket.
   *
   * @return true for PLAIN, LOGIN and bearer tokens
   */
  boolean revealsSecret();

  /**
   * Begins a login.
   *
   * @return the state of this login
   */
  SaslExchange start();

  /**
   * PLAIN (RFC 4616): user and password as they are.
   *
   * @param user the name, at least one character
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
   * @param user the name, at least one character
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
   * challenges are ignored.
   *
   * @param user the name, at least one character
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
   * CRAM-MD5 (RFC 2195), obsolete: it hides the password from eavesdroppers, but lets them try guesses offline.
   *
   * @param user the name, at least one character
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
   * SCRAM-SHA-1 (RFC 5802): the password is not sent, and the server proves that it knows it.
   *
   * @param user the name, at least one character
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #cramMd5}
   */
  static Sasl scramSha1(String user, String password) {
    return new Scram(ScramHash.SHA_1, user, password);
  }

  /**
   * SCRAM-SHA-256 (RFC 7677): the password is not sent, and the server proves that it knows it.
   *
   * @param user the name, at least one character
   * @param password the password
   * @return the mechanism
   * @throws IllegalArgumentException as {@link #cramMd5}
   */
  static Sasl scramSha256(String user, String password) {
    return new Scram(ScramHash.SHA_256, user, password);
  }

  /**
   * XOAUTH2, the form of a bearer token that large mail services accept.
   *
   * @param user the name, at least one character
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
   * EXTERNAL (RFC 4422, appendix A): the client's identity is established elsewhere, by its certificate or by
   * the owner of its end of a Unix-domain socket.
   *
   * @param actAs the identity to act as; empty for the established one
   * @return the mechanism
   * @throws IllegalArgumentException if it has a NUL
   */
  static Sasl external(String actAs) {
    Objects.requireNonNull(actAs, "actAs");
    return Mechanism.ofMessage(
        "EXTERNAL", false, Credential.checked("identity to act as", actAs), "");
  }

  /**
   * The best mechanism for a user and a password among those that a server offers: SCRAM-SHA-256, SCRAM-SHA-1,
   * PLAIN, LOGIN, and last CRAM-MD5. If the connection is not confidential, mechanisms that hide the password
   * come first: CRAM-MD5 before PLAIN.
   *
   * @param offered the names that the server lists, in upper or lower case
   * @param user the name, at least one character
   * @param password the password
   * @param confidential whether nobody can eavesdrop: TLS, a loopback address or a Unix-domain socket
   * @return the mechanism; empty if the server offers none of them
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
