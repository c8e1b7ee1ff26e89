package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The text of a mail's header, in ASCII and in lines (RFC 5322, section 2.2; RFC 2047; RFC 2231). */
final class MailHeader {
  /** The longest line that every mail reader displays well (RFC 5322, section 2.1.1). */
  private static final int LINE_CHARS = 78;

  /** The longest word that is left as it is: the whole line stays below 998 bytes. */
  private static final int MAX_WORD_CHARS = 900;

  /** 60 characters in Base64: an encoded word has at most 75 (RFC 2047, section 2). */
  private static final int WORD_BYTES = 45;

  /** The longest piece of a file name in one parameter. */
  private static final int PIECE_CHARS = 54;

  private static final int MAX_NAME_CHARS = 76;

  private static final Set<String> WRITTEN = Set.of(
      "from", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "mime-version");

  private MailHeader() {}

  /** Checks a one-line text. */
  static String checked(String role, String text) {
    Objects.requireNonNull(text, role);
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new IllegalArgumentException(
          role + " in a mail has no control character: " + Quoted.text(text));
    }
    StrictText.utf8(role, text);
    return text;
  }

  /** Checks the name of a field that no other method writes. */
  static String free(String name) {
    Objects.requireNonNull(name, "name");
    String lower = name.toLowerCase(Locale.ROOT);
    if (!isToken(name, ":") || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException(
          "a field is called by printable ASCII without a colon, not " + Quoted.text(name));
    }
    if (WRITTEN.contains(lower) || lower.startsWith("content-")) {
      throw new IllegalArgumentException(name + " has a method of its own or is written anyway");
    }
    return name;
  }

  /** A field of free text. */
  static String field(String name, String value) {
    checked("a field", value);
    String text = isPlain(value) ? folded(name.length() + 2, value) : encodedWords(value);
    return name + ": " + text + "\r\n";
  }

  /** Whether a text can be sent as it is without being read differently. */
  static boolean isPlain(String text) {
    return MailPath.isAscii(text)
        && !text.isBlank()
        && text.strip().equals(text)
        && !text.contains("  ")
        && !text.contains("=?");
  }

  /** Folded into lines, broken before spaces. */
  private static String folded(int column, String text) {
    StringBuilder out = new StringBuilder();
    int length = column;
    for (String word : text.split(" ", -1)) {
      if (word.length() > MAX_WORD_CHARS) {
        return encodedWords(text);
      }
      if (!out.isEmpty()) {
        boolean fits = length + 1 + word.length() <= LINE_CHARS;
        out.append(fits ? " " : "\r\n ");
        length = fits ? length + 1 : 1;
      }
      out.append(word);
      length += word.length();
    }
    return out.toString();
  }

  /** As Base64 encoded words, one per line, each of whole characters (RFC 2047, section 5). */
  static String encodedWords(String text) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int end = end(text, from);
      byte[] bytes = text.substring(from, end).getBytes(UTF_8);
      out.append(from == 0 ? "" : "\r\n ")
          .append("=?utf-8?B?")
          .append(Base64.getEncoder().encodeToString(bytes))
          .append("?=");
      from = end;
    }
    return out.toString();
  }

  private static int end(String text, int from) {
    int bytes = 0;
    int end = from;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += Character.toString(point).getBytes(UTF_8).length;
      if (bytes > WORD_BYTES) {
        break;
      }
      end += Character.charCount(point);
    }
    return end;
  }

  /** The header of an attachment. */
  static String attachment(String fileName, String contentType) {
    checked("a file name", fileName);
    if (fileName.isEmpty()) {
      throw new IllegalArgumentException("an attachment has a name");
    }
    return "Content-Type: " + mediaType(contentType)
        + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;"
        + fileName(fileName) + "\r\n\r\n";
  }

  /** A media type, with parameters if it has them (RFC 2045, section 5.1). */
  private static String mediaType(String type) {
    checked("a media type", type);
    int semicolon = type.indexOf(';');
    String bare = semicolon < 0 ? type : type.substring(0, semicolon);
    int slash = bare.indexOf('/');
    String top = bare.substring(0, Math.max(0, slash)).toLowerCase(Locale.ROOT);
    boolean known = isToken(top, "/") && isToken(bare.substring(slash + 1), "/");
    if (!known || !MailPath.isAscii(type) || type.length() > MAX_WORD_CHARS) {
      throw new IllegalArgumentException(
          "a media type is like application/pdf, not " + Quoted.text(type));
    }
    if (top.equals("multipart") || top.equals("message")) {
      throw new IllegalArgumentException(
          "what is of " + top + " may not be in Base64 (RFC 2046): attach it as another type");
    }
    return type;
  }

  private static boolean isToken(String text, String without) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 0x7F && without.indexOf(c) < 0);
  }

  private static String fileName(String name) {
    boolean simple = isPlain(name) && name.indexOf('"') < 0 && name.indexOf('\\') < 0;
    return simple && name.length() <= PIECE_CHARS ? "\r\n filename=\"" + name + '"' : pieces(name);
  }

  /** In pieces of whole characters, each with its number (RFC 2231, section 4.1). */
  private static String pieces(String name) {
    StringBuilder out = new StringBuilder();
    StringBuilder piece = new StringBuilder("utf-8''");
    int number = 0;
    int[] points = name.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      piece.append(percent(points[i]));
      if (piece.length() >= PIECE_CHARS || i == points.length - 1) {
        out.append("\r\n filename*").append(number++).append("*=").append(piece);
        out.append(i == points.length - 1 ? "" : ";");
        piece.setLength(0);
      }
    }
    return out.toString();
  }

  private static String percent(int point) {
    if (point < 0x80 && (Character.isLetterOrDigit(point) || "-._".indexOf(point) >= 0)) {
      return Character.toString(point);
    }
    StringBuilder out = new StringBuilder();
    for (byte octet : Character.toString(point).getBytes(UTF_8)) {
      out.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
    }
    return out.toString();
  }
}
