package dev.wireline.header;

import dev.wireline.internal.Ascii;
import java.util.ArrayList;
import java.util.List;

/** The names whose values are not shown. Immutable. */
final class SecretNames {
  static final SecretNames KNOWN =
      new SecretNames(List.of("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"));

  private final List<String> names;

  private SecretNames(List<String> names) {
    this.names = names;
  }

  SecretNames plus(String name) {
    if (contains(name)) {
      return this;
    }
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new SecretNames(List.copyOf(more));
  }

  boolean contains(String name) {
    for (String secret : names) {
      if (secret.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  boolean contains(byte[] block, int from, int to) {
    for (String secret : names) {
      if (Ascii.equalsIgnoreCase(block, from, to, secret)) {
        return true;
      }
    }
    return false;
  }
}
