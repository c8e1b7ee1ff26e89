package dev.wireline.smtp;

import dev.wireline.internal.StrictText;
import java.util.Base64;
import java.util.Objects;

/**
 * The text of a mail, in the encoding that changes it least: as it is if it is ASCII in lines of allowed
 * length, else quoted-printable, or Base64 if that is shorter (RFC 2045, section 6).
 *
 * <p><b>Strict:</b> never 8bit, since there are servers without 8BITMIME.
 */
record MailText(String encoding, String lines) {
  /** The most characters of a quoted-printable line, without the soft line break. */
  private static final int MAX_QUOTED_CHARS = 75;

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  static MailText of(String value) {
    Objects.requireNonNull(value, "value");
    String text = value.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    byte[] bytes = StrictText.utf8("text of the mail", text);
    if (isPlain(text)) {
      return new MailText("7bit", text);
    }
    String quoted = quoted(bytes);
    String base64 = Base64.getMimeEncoder().encodeToString(bytes);
    return quoted.length() <= base64.length()
        ? new MailText("quoted-printable", quoted)
        : new MailText("base64", base64);
  }

  /** The text as a part of the message. */
  String part() {
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding
        + "\r\n\r\n" + lines;
  }

  /** A text that could contain a boundary is not sent as it is. */
  private static boolean isPlain(String text) {
    boolean printable =
        text.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\t' || c == '\r' || c == '\n');
    return printable
        && !text.contains("=_")
        && text.lines().allMatch(line -> line.length() <= SmtpOptions.MAX_TEXT_LINE_BYTES);
  }

  /** In quoted-printable (RFC 2045, section 6.7). */
  private static String quoted(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int i = 0; i < bytes.length; i++) {
      int octet = bytes[i] & 0xFF;
      // A CR is only ever the first half of a line end.
      boolean end = octet == '\r';
      int width = end || isLiteral(bytes, i) ? 1 : 3;
      if (!end && column + width > MAX_QUOTED_CHARS) {
        out.append("=\r\n");
        column = 0;
      }
      if (end) {
        out.append("\r\n");
        i++;
        column = 0;
      } else if (width == 1) {
        out.append((char) octet);
        column++;
      } else {
        out.append('=').append(HEX[octet >> 4]).append(HEX[octet & 15]);
        column += width;
      }
    }
    return out.toString();
  }

  private static boolean isLiteral(byte[] bytes, int i) {
    int octet = bytes[i] & 0xFF;
    if (octet == ' ' || octet == '\t') {
      // White space at the end of a line is lost on the way.
      return i + 1 < bytes.length && bytes[i + 1] != '\r';
    }
    return octet > ' ' && octet < 0x7F && octet != '=';
  }
}
