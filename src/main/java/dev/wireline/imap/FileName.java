package dev.wireline.imap;

import dev.wireline.internal.StrictText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a name among parameters: plain, in another charset, or in numbered pieces (RFC 2231). No I/O. */
final class FileName {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Charset charset = StandardCharsets.UTF_8;

  private FileName() {}

  /** The value of a parameter; null if there is none. */
  static @Nullable String of(Map<String, String> parameters, String name) {
    FileName found = new FileName();
    String encoded = parameters.get(name + '*');
    if (encoded != null) {
      found.add(found.afterCharset(encoded), true);
      return found.text();
    }
    return found.takesPieces(parameters, name + '*') ? found.text() : parameters.get(name);
  }

  private boolean takesPieces(Map<String, String> parameters, String prefix) {
    int number = 0;
    while (number < parameters.size()) {
      String plain = parameters.get(prefix + number);
      String encoded = plain == null ? parameters.get(prefix + number + '*') : null;
      if (plain == null && encoded == null) {
        break;
      }
      String piece = plain == null ? String.valueOf(encoded) : plain;
      add(number == 0 && plain == null ? afterCharset(piece) : piece, plain == null);
      number++;
    }
    return number > 0;
  }

  /** What follows the charset and the language, if present. */
  private String afterCharset(String value) {
    int first = value.indexOf('\'');
    int second = value.indexOf('\'', first + 1);
    if (first < 0 || second < 0) {
      return value;
    }
    try {
      charset = Charset.forName(value.substring(0, first));
    } catch (IllegalArgumentException e) {
      charset = StandardCharsets.UTF_8;
    }
    return value.substring(second + 1);
  }

  private void add(String piece, boolean encoded) {
    for (int i = 0; i < piece.length(); i++) {
      int octet = encoded && piece.charAt(i) == '%' ? octet(piece, i) : -1;
      if (octet < 0) {
        bytes.writeBytes(String.valueOf(piece.charAt(i)).getBytes(charset));
      } else {
        bytes.write(octet);
        i += 2;
      }
    }
  }

  /** The octet of two hexadecimal digits; negative if they are missing. */
  private static int octet(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private String text() {
    byte[] all = bytes.toByteArray();
    return charset.equals(StandardCharsets.UTF_8)
        ? StrictText.utf8OrLatin1(all, 0, all.length)
        : new String(all, charset);
  }
}
