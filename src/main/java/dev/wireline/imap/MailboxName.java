package dev.wireline.imap;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Base64;

/**
 * Names of mailboxes in modified UTF-7 (RFC 3501, section 5.1.3): {@code Entw&APw-rfe}. No I/O.
 *
 * <p><b>Lenient:</b> a name that is not in that form is kept as it is.
 */
final class MailboxName {
  private MailboxName() {}

  static String encode(String name) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < name.length()) {
      int end = i;
      while (end < name.length() && !isDirect(name.charAt(end))) {
        end++;
      }
      if (end > i) {
        out.append('&').append(base64(name.substring(i, end))).append('-');
        i = end;
      } else {
        char c = name.charAt(i++);
        out.append(c == '&' ? "&-" : String.valueOf(c));
      }
    }
    return out.toString();
  }

  private static boolean isDirect(char c) {
    return c >= ' ' && c <= '~';
  }

  private static String base64(String text) {
    byte[] bytes = text.getBytes(UTF_16BE);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('/', ',');
  }

  static String decode(String name) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i);
      int end = c == '&' ? name.indexOf('-', i) : i;
      if (end < 0) {
        return name;
      }
      if (c != '&') {
        out.append(c);
      } else if (end == i + 1) {
        out.append('&');
      } else {
        byte[] bytes = decoded(name.substring(i + 1, end));
        if (bytes.length == 0 || bytes.length % 2 != 0) {
          return name;
        }
        out.append(new String(bytes, UTF_16BE));
      }
      i = end + 1;
    }
    return out.toString();
  }

  /** Decodes that form of Base64; no bytes if it is invalid. */
  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replace(',', '/'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
