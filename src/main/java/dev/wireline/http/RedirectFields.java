package dev.wireline.http;

import dev.wireline.header.Headers;
import java.util.Locale;
import java.util.function.Predicate;

/** Which fields of a request are dropped at a redirect (RFC 9110, section 15.4). */
final class RedirectFields {
  private RedirectFields() {}

  /** Drops what describes a body, or asks for something because of it. */
  static Headers withoutContent(Headers headers) {
    return without(headers, RedirectFields::isAboutContent);
  }

  /** Drops what belongs to one origin, and what must not be shown to another. */
  static Headers forOtherOrigin(Headers headers) {
    return without(headers, name -> headers.isSecret(name) || name.equalsIgnoreCase("Host"));
  }

  /** Drops secrets. */
  static Headers withoutSecrets(Headers headers) {
    // An agent comes here when it is built, mostly with no fields: a lambda would be the first of
    // its JVM.
    return headers.size() == 0 ? headers : without(headers, headers::isSecret);
  }

  private static boolean isAboutContent(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "digest", "repr-digest", "last-modified", "expect", "trailer" -> true;
      default -> name.startsWith("content-");
    };
  }

  private static Headers without(Headers headers, Predicate<String> drops) {
    Headers kept = headers;
    for (String name : headers.names()) {
      if (drops.test(name)) {
        kept = kept.without(name);
      }
    }
    return kept;
  }
}
