package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ContentType;
import dev.wireline.http.grammar.RetryAfter;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/** A header section, and what is read from the values of its fields. */
final class FieldFuzz {
  private static final int MAX_FIELDS = 20;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private FieldFuzz() {}

  static void check(byte[] input) {
    try {
      Headers headers = Headers.parse(input.clone(), 0, input.length, MAX_FIELDS);
      Holds.that(headers.size() <= MAX_FIELDS, "no more fields than asked for");
      Holds.same(headers, parse(encoded(headers)), "fields and what they are on the wire");
      headers.forEach((name, value) -> look(headers, name, value));
      Holds.printable(headers.toString().replace("\n", ""));
    } catch (ParseException e) {
      Holds.refusal(e);
    }
  }

  /** On the wire, with the empty line behind them. */
  private static byte[] encoded(Headers headers) {
    byte[] wire = new byte[headers.encodedLength() + 2];
    int end = headers.encode(wire, 0);
    Holds.same(end, wire.length - 2, "the announced length and the written one");
    wire[end] = '\r';
    wire[end + 1] = '\n';
    return wire;
  }

  private static Headers parse(byte[] wire) {
    try {
      return Headers.parse(wire, 0, wire.length, MAX_FIELDS);
    } catch (ParseException e) {
      throw new AssertionError("what was parsed is refused once it was written", e);
    }
  }

  private static void look(Headers headers, String name, String value) {
    Holds.onOneLine(name);
    Holds.onOneLine(value);
    Holds.that(headers.contains(name), "a field that is there");
    Holds.that(headers.all(name).contains(value), "a value that is there");
    headers.elements(name).forEach(element -> Holds.that(!element.isEmpty(), "no empty element"));
    headers.hasToken(name, "close");
    headers.date(name).ifPresent(date -> Holds.that(date.isBefore(Instant.MAX), "a date"));
    ContentType.parameter(value, "charset");
    RetryAfter.parse(value, NOW)
        .ifPresent(wait -> Holds.that(wait.compareTo(Duration.ZERO) >= 0, "no wait is negative"));
  }
}
