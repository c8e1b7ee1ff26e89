package dev.wireline.cli;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A mail of one part in plain text (RFC 5322). Immutable. */
record PlainMail(String from, List<String> to, String subject) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  /** As many octets as fit into an encoded word on a line of 76 characters behind "Subject: " (RFC 2047, section 2). */
  private static final int WORD_OCTETS = 39;

  /** The message with its fields. */
  byte[] bytes(byte[] text, ZonedDateTime now) {
    String head = "From: " + checked(from) + "\r\nTo: " + checked(String.join(", ", to))
        + "\r\nSubject: " + encoded(checked(subject)) + "\r\nDate: " + DATE.format(now)
        + "\r\nMessage-ID: <" + UUID.randomUUID() + "@wireline.invalid>"
        + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(text)
        + "\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /** A line end in a field would begin another one. */
  private static String checked(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a field of a mail has no control characters");
    }
    return value;
  }

  private static String encoded(String text) {
    if (text.chars().allMatch(c -> c < 0x7F) && text.length() < WORD_OCTETS) {
      return text;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder word = new StringBuilder();
    text.codePoints().forEach(c -> {
      String next = Character.toString(c);
      if (octets(word.toString()) + octets(next) > WORD_OCTETS) {
        words.append(word(word)).append("\r\n ");
        word.setLength(0);
      }
      word.append(next);
    });
    return words.append(word(word)).toString();
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String word(StringBuilder text) {
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
  }
}
