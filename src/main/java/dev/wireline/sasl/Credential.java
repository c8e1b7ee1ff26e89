package dev.wireline.sasl;

import dev.wireline.internal.StrictText;
import java.util.Objects;

/** What a user name, a password or a token may contain. Messages do not show the value. */
final class Credential {
  private Credential() {}

  static String user(String user) {
    if (Objects.requireNonNull(user, "user").isEmpty()) {
      throw new IllegalArgumentException("a user name must not be empty");
    }
    return checked("user", user);
  }

  /** Any text without NUL, which separates the parts of a message. */
  static String checked(String what, String value) {
    if (Objects.requireNonNull(value, what).indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the " + what + " must not hold NUL");
    }
    StrictText.utf8(what, value);
    return value;
  }

  /** Text without control characters, one of which separates the parts of a message. */
  static String printable(String what, String value) {
    for (int i = 0; i < Objects.requireNonNull(value, what).length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) == 0x7F) {
        throw new IllegalArgumentException("the " + what + " must not hold control characters");
      }
    }
    return checked(what, value);
  }

  /** A name with commas and equals signs escaped (RFC 5802, section 5.1, saslname). */
  static String saslName(String name) {
    return name.replace("=", "=3D").replace(",", "=2C");
  }
}
