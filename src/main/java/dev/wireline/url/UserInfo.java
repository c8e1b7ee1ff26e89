package dev.wireline.url;

import org.jspecify.annotations.Nullable;

/**
 * The credentials before a host (RFC 3986, section 3.2.1), decoded. Immutable.
 *
 * @param user the name; may be empty
 * @param password the password; may be empty; null without one
 */
record UserInfo(String user, @Nullable String password) {
  private static final String ALLOWED = "-._~%!$&'()*+,;=:";

  /** Reads the part of a URL between two indexes, the {@code @} not included. */
  static UserInfo parse(UrlText url, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = url.text().charAt(i);
      if (!PercentCoding.isLetterOrDigit(c) && ALLOWED.indexOf(c) < 0) {
        throw url.refused("the user info", from, "has a character that must be percent-encoded");
      }
    }
    int colon = url.text().indexOf(':', from);
    if (colon < 0 || colon >= to) {
      return new UserInfo(decoded(url, from, to), null);
    }
    return new UserInfo(decoded(url, from, colon), decoded(url, colon + 1, to));
  }

  // A control character would break the header field or line that the credentials end up in.
  private static String decoded(UrlText url, int from, int to) {
    url.checkPercent(from, to);
    String text;
    try {
      text = PercentCoding.decodeText(url.text().substring(from, to));
    } catch (IllegalArgumentException e) {
      throw url.refused("the user info", from, "is not UTF-8 once decoded");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw url.refused("the user info", from, "has a control character once decoded");
    }
    return text;
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "***";
  }
}
