package dev.wireline.http;

import dev.wireline.http.grammar.ContentType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The charset in which a body is read, and what is not part of its text. */
final class BodyText {
  private static final char MARK = '\uFEFF';

  private BodyText() {}

  /** The charset of a Content-Type; null without one, or if it is unknown. */
  static @Nullable Charset charset(Optional<String> contentType) {
    String named =
        contentType.flatMap(type -> ContentType.parameter(type, "charset")).orElse("");
    try {
      return Charset.forName(unquoted(named));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Some servers put single quotes around it, which a field does not have. */
  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("'") && name.endsWith("'");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  /** The charset of a body without a declared one: that of its byte order mark, else UTF-8. */
  static Charset marked(byte[] body) {
    int mark = body.length < 2 ? 0 : (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
    return mark == 0xFEFF
        ? StandardCharsets.UTF_16BE
        : mark == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }

  /** Text without any byte order mark at its start. */
  static String unmarked(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }
}
