package dev.wireline.smtp;

import dev.wireline.internal.Quoted;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** An address in a header, with its display name (RFC 5322, section 3.4). */
record MailAddress(String name, String address) {
  /** Longer names are encoded, which folds them. */
  private static final int MAX_QUOTED_CHARS = 60;

  /** Characters that would start something other than an address in a list of addresses. */
  private static final String SPECIAL = "()<>,;:[]\\ ";

  static MailAddress of(String name, String address) {
    Objects.requireNonNull(address, "address");
    MailHeader.checked("a name", name);
    MailPath.recipient(address);
    int at = address.lastIndexOf('@');
    String domain = address.substring(at + 1);
    if (at < 1 || !isLocal(address.substring(0, at)) || !isDomain(domain)) {
      throw new IllegalArgumentException(
          "an address in a header is like joe@example.org, not " + Quoted.text(address));
    }
    MailHeader.checked("an address", address);
    return new MailAddress(name, address);
  }

  /** Whether it is a quoted string, or atoms; {@link MailPath} has made sure that quotes are closed. */
  private static boolean isLocal(String local) {
    if (local.startsWith("\"")) {
      int end = 1;
      while (end < local.length() && local.charAt(end) != '"') {
        end += local.charAt(end) == '\\' ? 2 : 1;
      }
      return end == local.length() - 1;
    }
    return hasNone(local, SPECIAL + "\"@");
  }

  private static boolean isDomain(String domain) {
    boolean literal = domain.startsWith("[") && domain.endsWith("]") && domain.length() > 2;
    String inner = literal ? domain.substring(1, domain.length() - 1).replace(":", "") : domain;
    return !domain.isEmpty() && hasNone(inner, SPECIAL + '"');
  }

  private static boolean hasNone(String text, String characters) {
    return text.chars().allMatch(c -> characters.indexOf(c) < 0);
  }

  /** A field of addresses, one per line. */
  static String field(String name, List<MailAddress> all) {
    String list = all.stream().map(MailAddress::written).collect(Collectors.joining(",\r\n "));
    return name + ": " + list + "\r\n";
  }

  private String written() {
    if (name.isEmpty()) {
      return address;
    }
    if (MailHeader.isPlain(name) && name.length() <= MAX_QUOTED_CHARS) {
      return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + '>';
    }
    return MailHeader.encodedWords(name) + "\r\n <" + address + '>';
  }
}
