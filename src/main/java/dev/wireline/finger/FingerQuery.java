package dev.wireline.finger;

import java.util.Objects;

/** A query to a finger server (RFC 1288, section 2.3). Immutable. */
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
   * @param user the name; empty for everybody who is logged in. CR, LF and NUL are refused when the query is
   *     sent
   * @return the query
   * @throws IllegalArgumentException if it contains {@code @}, which would make the server ask another one, or
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
   * This query with a request for a longer answer: {@code /W}.
   *
   * @return a verbose query
   */
  public FingerQuery verbose() {
    return new FingerQuery(user, true, host);
  }

  /**
   * This query for another host, to which the server forwards it: {@code user@host}. Most servers refuse.
   *
   * @param other the host to which the server forwards the query
   * @return a forwarded query
   * @throws IllegalArgumentException if it is empty or contains a space or {@code @}
   */
  public FingerQuery forwardedTo(String other) {
    Objects.requireNonNull(other, "other");
    if (other.isEmpty() || other.chars().anyMatch(c -> c <= ' ' || c == '@')) {
      throw new IllegalArgumentException("a host to forward to is one name without @");
    }
    return new FingerQuery(user, verbose, other);
  }

  /**
   * The query as it is sent.
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
