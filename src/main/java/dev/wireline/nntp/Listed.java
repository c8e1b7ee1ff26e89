package dev.wireline.nntp;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** The content of replies and of the lines of lists (RFC 3977, sections 6 and 7). No I/O. */
final class Listed {
  /** The last second of the year 9999. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private Listed() {}

  /** The requested group, from the reply to GROUP. */
  static NewsGroup selected(NntpClient client, String name, String text)
      throws PeerProtocolException {
    Words words = Words.of(client, text);
    return new NewsGroup(name, number(words), number(words), number(words));
  }

  /** An entry in a list of groups, which has the highest number first. */
  static ActiveGroup active(NntpClient client, String line) throws PeerProtocolException {
    Words words = Words.of(client, line);
    String name = words.next();
    long high = number(words);
    return new ActiveGroup(name, number(words), high, words.next());
  }

  static GroupCreation creation(NntpClient client, String line) throws PeerProtocolException {
    Words words = Words.of(client, line);
    String name = words.next();
    Instant created = Instant.ofEpochSecond(words.number(0, MAX_SECONDS));
    return new GroupCreation(name, created, words.rest());
  }

  /** A name and a text, separated by spaces or tabs. */
  static Map.Entry<String, String> description(String line) {
    int end = 0;
    while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
      end++;
    }
    return Map.entry(line.substring(0, end), line.substring(end).strip());
  }

  static ArticleId article(NntpClient client, String text) throws PeerProtocolException {
    Words words = Words.of(client, text);
    return new ArticleId(number(words), id(client, words.next()));
  }

  static MessageId id(NntpClient client, String text) throws PeerProtocolException {
    return MessageId.in(text)
        .orElseThrow(() -> client.broken("an id is a message id (RFC 3977, section 3.6)", text));
  }

  static HeaderValue header(NntpClient client, String line) throws PeerProtocolException {
    Words words = Words.of(client, line);
    return new HeaderValue(number(words), value(words));
  }

  /** The value after the first word, whatever that is; XHDR writes a special word for no value. */
  static String value(Words words) {
    String value = words.rest().strip();
    return value.equals("(none)") ? "" : value;
  }

  static long number(Words words) throws PeerProtocolException {
    return words.number(0, ArticleRange.MAX);
  }

  /** The time of the server, fourteen digits (RFC 3977, section 7.1.1). */
  static Instant time(NntpClient client, String text) throws PeerProtocolException {
    String digits = text.strip();
    try {
      if (digits.length() == 14 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return LocalDateTime.of(
                part(digits, 0, 4),
                part(digits, 4, 6),
                part(digits, 6, 8),
                part(digits, 8, 10),
                part(digits, 10, 12),
                part(digits, 12, 14))
            .toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      // There is no such day or hour; reported below, with the line.
    }
    throw client.broken("a time is yyyymmddhhmmss (RFC 3977, section 7.1.1)", text);
  }

  private static int part(String digits, int from, int to) {
    return Integer.parseInt(digits.substring(from, to));
  }
}
