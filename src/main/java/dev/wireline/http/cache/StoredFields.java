package dev.wireline.http.cache;

import dev.wireline.header.Headers;
import dev.wireline.header.HttpDate;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What is kept of the fields of a response (RFC 9111, sections 3.1 and 3.2). */
final class StoredFields {
  private static final List<String> OF_THE_CONNECTION = List.of(
      "Connection",
      "Keep-Alive",
      "Proxy-Connection",
      "Proxy-Authenticate",
      "Proxy-Authentication-Info",
      "TE",
      "Trailer",
      "Transfer-Encoding",
      "Upgrade",
      // A cookie is set when the response comes, and not each time the response is reused.
      "Set-Cookie",
      "Set-Cookie2");
  private static final List<String> OF_THE_BODY =
      List.of("Content-Length", "Content-Encoding", "Content-Range");

  private StoredFields() {}

  /** The fields of a response that came at that moment, which substitutes for a missing Date. */
  static Headers of(Headers received, Instant now) {
    Headers kept = received;
    for (String name : received.elements("Connection")) {
      kept = kept.without(name);
    }
    for (String name : OF_THE_CONNECTION) {
      kept = kept.without(name);
    }
    return kept.date("Date").isPresent() ? kept : kept.replacing("Date", HttpDate.format(now));
  }

  /** The fields of a stored response with those of a 304, which are newer. */
  static Headers updated(Headers stored, Headers received, Instant now) {
    Headers newer = of(received, now);
    for (String name : OF_THE_BODY) {
      newer = newer.without(name);
    }
    Headers kept = stored;
    for (String name : newer.names()) {
      kept = kept.without(name);
    }
    // An Age belongs to the response that it came with.
    return joined(kept.without("Age"), newer);
  }

  private static Headers joined(Headers one, Headers other) {
    byte[] first = section(one);
    byte[] second = section(other);
    byte[] block = Arrays.copyOf(first, first.length - 2 + second.length);
    System.arraycopy(second, 0, block, first.length - 2, second.length);
    try {
      return Headers.parse(block, 0, block.length, one.size() + other.size());
    } catch (ParseException e) {
      throw new IllegalStateException("fields that were parsed before", e);
    }
  }

  /**
   * The fields that tell users and hosts apart whether or not Vary names them; cookies change too often for
   * that.
   */
  static Set<String> personal(Headers request) {
    Set<String> names = new TreeSet<>(List.of("authorization", "host"));
    for (String name : request.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (request.isSecret(name) && !lower.equals("cookie")) {
        names.add(lower);
      }
    }
    return names;
  }

  /** The values of a field as one text for comparison; spaces around the elements do not count. */
  static String compared(Headers headers, String name) {
    String value = headers.contains(name) ? "+" + String.join(",", headers.elements(name)) : "-";
    return name.toLowerCase(Locale.ROOT) + value.length() + ":" + value;
  }

  /** The bytes of a header section, with the empty line after it. */
  static byte[] section(Headers headers) {
    byte[] block = new byte[headers.encodedLength() + 2];
    int end = headers.encode(block, 0);
    block[end] = '\r';
    block[end + 1] = '\n';
    return block;
  }
}
