package dev.wireline.imap;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items of one FETCH response, one by one (RFC 9051, section 7.5.2). No I/O of its own. */
final class FetchItems {
  private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
      .parseCaseInsensitive()
      .appendPattern("[ ]d-MMM-uuuu HH:mm:ss xx")
      .toFormatter(Locale.ENGLISH);

  private final Tokens tokens;
  final FetchedMail.Parts parts;

  FetchItems(long number, Tokens tokens) throws IOException {
    this.parts = new FetchedMail.Parts(number);
    this.tokens = tokens;
    tokens.open();
  }

  static FetchedMail all(long number, Tokens tokens) throws IOException {
    FetchItems items = new FetchItems(number, tokens);
    items.rest();
    return items.parts.done();
  }

  /** Reads the rest of the response. */
  void rest() throws IOException {
    for (String name = next(); name != null; name = next()) {
      read(name);
    }
    tokens.end();
  }

  /** The name of the next item in upper case, whose value the caller reads next; null at the end. */
  @Nullable
  String next() throws IOException {
    return tokens.closes() ? null : tokens.item().toUpperCase(Locale.ROOT);
  }

  /** The text in the brackets of a section's name; null for any other item. */
  static @Nullable String section(String item) {
    boolean named = item.startsWith("BODY[") || item.startsWith("BINARY[");
    int end = item.indexOf(']');
    return named && end > 0 ? item.substring(item.indexOf('[') + 1, end) : null;
  }

  void read(String name) throws IOException {
    String section = section(name);
    if (section != null) {
      byte[] bytes = tokens.nbytes();
      if (bytes != null) {
        parts.sections.put(section, bytes);
      }
      return;
    }
    switch (name) {
      case "UID" -> parts.uid = tokens.number();
      case "RFC822.SIZE" -> parts.size = tokens.number();
      case "FLAGS" -> parts.flags = Set.copyOf(tokens.strings());
      case "INTERNALDATE" -> parts.internalDate = dateTime(tokens.string());
      case "ENVELOPE" -> parts.envelope = Structures.envelope(tokens);
      case "BODY", "BODYSTRUCTURE" -> parts.structure = Structures.body(tokens);
      case "MODSEQ" -> {
        tokens.open();
        parts.modSeq = tokens.number();
        tokens.skipRest();
      }
      default -> tokens.skip();
    }
  }

  private OffsetDateTime dateTime(String text) throws IOException {
    try {
      return OffsetDateTime.parse(text, DATE_TIME);
    } catch (DateTimeException e) {
      throw tokens.malformed("INTERNALDATE is as 17-Jul-1996 02:44:25 -0700");
    }
  }
}
