package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import dev.wireline.internal.Ascii;
import java.util.List;
import java.util.Locale;

/**
 * The rules for the few header fields that affect the message itself. If a caller sets them they are checked;
 * all but Transfer-Encoding are allowed.
 */
public final class RequestFields {
  private RequestFields() {}

  /**
   * Checks the fields of one name, which the caller has just set.
   *
   * @param method the method of the request
   * @param headers all fields of the request
   * @param name the name
   * @throws IllegalArgumentException if they break a rule
   */
  public static void check(String method, Headers headers, String name) {
    if (method.equals("TRACE") && headers.isSecret(name)) {
      throw refused("a TRACE request carries no secrets (RFC 9110, section 9.3.8): " + name);
    }
    List<String> values = headers.all(name);
    switch (name.toLowerCase(Locale.ROOT)) {
      case "transfer-encoding" ->
        throw refused("Transfer-Encoding is set by the client, as the body demands");
      case "content-length" -> {
        if (Ascii.decimal(only(name, values), Long.MAX_VALUE) < 0) {
          throw refused("a Content-Length is a number of bytes in digits alone");
        }
      }
      case "host" -> HostField.check(only(name, values));
      case "connection" -> values.forEach(RequestFields::checkConnection);
      case "expect" -> {
        if (!only(name, values).equalsIgnoreCase("100-continue")) {
          throw refused("Expect has the one value 100-continue (RFC 9110, section 10.1.1)");
        }
      }
      default -> {}
    }
  }

  private static String only(String name, List<String> values) {
    if (values.size() > 1) {
      throw refused("a request has one " + name + "; replacing it is another method");
    }
    return values.get(0);
  }

  private static void checkConnection(String value) {
    int from = 0;
    while (from <= value.length()) {
      int comma = value.indexOf(',', from);
      int to = comma < 0 ? value.length() : comma;
      if (!Ascii.isToken(value.substring(from, to).strip())) {
        throw refused("Connection is a list of tokens (RFC 9110, section 7.6.1): index " + from);
      }
      from = to + 1;
    }
  }

  private static IllegalArgumentException refused(String message) {
    return new IllegalArgumentException(message);
  }
}
