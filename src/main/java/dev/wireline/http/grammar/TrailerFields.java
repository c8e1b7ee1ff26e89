package dev.wireline.http.grammar;

import dev.wireline.header.Headers;
import java.util.Locale;
import java.util.Set;

/** The fields that may follow a body (RFC 9110, section 6.5.1). */
public final class TrailerFields {
  /** Fields that frame, route, modify, authenticate or describe a message come before its content. */
  private static final Set<String> FORBIDDEN = Set.of(
      "authorization",
      "cache-control",
      "connection",
      "content-encoding",
      "content-length",
      "content-range",
      "content-type",
      "cookie",
      "expect",
      "host",
      "if-match",
      "if-modified-since",
      "if-none-match",
      "if-range",
      "if-unmodified-since",
      "keep-alive",
      "max-forwards",
      "pragma",
      "proxy-authorization",
      "proxy-connection",
      "range",
      "set-cookie",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade");

  private TrailerFields() {}

  /**
   * Refuses fields that must not follow a body.
   *
   * @param fields the fields
   * @return the same
   * @throws IllegalArgumentException if one of them belongs before the content
   */
  public static Headers checked(Headers fields) {
    for (String name : fields.names()) {
      if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(name + " is no trailer field (RFC 9110, section 6.5.1)");
      }
    }
    return fields;
  }
}
