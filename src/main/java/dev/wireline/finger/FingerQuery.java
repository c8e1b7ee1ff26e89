package dev.wireline.finger;

import java.util.Objects;

/** What a finger server is asked (RFC 1288, section 2.3). Immutable. */
public final class FingerQuery {
  private final String user;
  private final boolean verbose;
  private final String host;

  private FingerQuery(String user, boolean verbose, String host) {
    this.user = user;
    this.verbose = verbose;
    this.host = host;
  }

  /**
   * A question about somebody.
   *
   * @param user the name; empty for all who are logged in. CR, LF and NUL are refused when it is asked
   * @return the query
   * @throws IllegalArgumentException if it holds {@code @}, which would have the server ask another one, or
   *     begins with {@code /}, which is for switches
   */
  public static FingerQuery of(String user) {
    Objects.requireNonNull(user, "user");
    if (user.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "a user name with @ is for forwardedTo(host): the server would ask that host");
    }
    if (user.startsWith("/")) {
      throw new IllegalArgumentException("a user name must not begin with /");
    }
    return new FingerQuery(user, false, "");
  }

  /**
   * The same, with more in the answer: {@code /W}.
   *
   * @return a query that asks for all
   */
  public FingerQuery verbose() {
    return new FingerQuery(user, true, host);
  }

  /**
   * The same, to be asked of another host by the server: {@code user@host}. Most servers refuse.
   *
   * @param other the host that the server asks
   * @return a query that goes on
   * @throws IllegalArgumentException if it is empty or holds a blank or {@code @}
   */
  public FingerQuery forwardedTo(String other) {
    Objects.requireNonNull(other, "other");
    if (other.isEmpty() || other.chars().anyMatch(c -> c <= ' ' || c == '@')) {
      throw new IllegalArgumentException("a host to forward to is one name without @");
    }
    return new FingerQuery(user, verbose, other);
  }

  /**
   * The query as it is asked.
   *
   * @return the line without its end
   */
  @Override
  public String toString() {
    String name = host.isEmpty() ? user : user + "@" + host;
    if (!verbose) {
      return name;
    }
    return name.isEmpty() ? "/W" : "/W " + name;
  }
}
