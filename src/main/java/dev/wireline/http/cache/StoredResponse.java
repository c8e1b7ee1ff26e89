package dev.wireline.http.cache;

import dev.wireline.header.Headers;
import dev.wireline.internal.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A response as it is stored. Immutable, except for its body, which nobody changes.
 *
 * @param url the URL of its request, without the fragment
 * @param family what the variants of one URL that were stored together have in common
 * @param selection a hash of the fields of its request that Vary names
 * @param requested when its request was sent, or the one that last revalidated it
 * @param received when it came, or was last revalidated
 * @param status its status
 * @param headers its fields
 * @param body its body as it came, possibly compressed: all bytes of an array
 */
record StoredResponse(
    String url,
    String family,
    String selection,
    Instant requested,
    Instant received,
    int status,
    Headers headers,
    ByteBuffer body) {
  private static final int FORMAT = 0x774c4331;
  private static final int MAX_FIELDS = 10_000;

  /** Which variant of a response with those fields a request selects (RFC 9111, section 4.1). */
  static String selection(Headers response, Headers request) {
    StringBuilder selecting = new StringBuilder();
    // One program may act for several users: what one of them may see, another may not.
    for (String name : StoredFields.personal(request)) {
      selecting.append(StoredFields.compared(request, name));
    }
    for (String name : response.elements("Vary")) {
      selecting.append(StoredFields.compared(request, name));
    }
    return Sha256.hex(selecting.toString());
  }

  boolean isFor(String asked, Headers request) {
    return url.equals(asked) && selection.equals(selection(headers, request));
  }

  /** Whether another response depends on the same fields of a request. */
  boolean variesAs(Headers other) {
    return names(headers).equals(names(other));
  }

  private static List<String> names(Headers response) {
    return response.elements("Vary").stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }

  StoredResponse withBody(byte[] bytes) {
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    return new StoredResponse(url, family, selection, requested, received, status, headers, whole);
  }

  StoredResponse ofFamily(String other) {
    return new StoredResponse(url, other, selection, requested, received, status, headers, body);
  }

  /** This response after a 304 has revalidated it (section 4.3.4). */
  StoredResponse confirmed(Headers newer, Instant asked, Instant now) {
    Headers updated = StoredFields.updated(headers, newer, now);
    return new StoredResponse(url, family, selection, asked, now, status, updated, body);
  }

  /** The bytes that {@link #decode} reads. */
  @SuppressWarnings("ByteBufferBackingArray") // all bytes of an array, as said above
  byte[] encode() {
    byte[] place = url.getBytes(StandardCharsets.UTF_8);
    byte[] kin = family.getBytes(StandardCharsets.UTF_8);
    byte[] selecting = selection.getBytes(StandardCharsets.UTF_8);
    byte[] fields = StoredFields.section(headers);
    int length = 8
        + 4
        + 2 * 8
        + 4
        + 5 * 4
        + place.length
        + kin.length
        + selecting.length
        + fields.length
        + body.capacity();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putLong(0).putInt(FORMAT);
    out.putLong(requested.toEpochMilli()).putLong(received.toEpochMilli()).putInt(status);
    for (byte[] part : List.of(place, kin, selecting, fields, body.array())) {
      out.putInt(part.length).put(part);
    }
    return out.putLong(0, checksum(out.array())).array();
  }

  /** Decodes bytes of a store; empty if they were changed, or written by another version. */
  static Optional<StoredResponse> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.getLong() != checksum(bytes) || in.getInt() != FORMAT) {
        return Optional.empty();
      }
      Instant requested = Instant.ofEpochMilli(in.getLong());
      Instant received = Instant.ofEpochMilli(in.getLong());
      int status = in.getInt();
      String url = text(in);
      String family = text(in);
      String selection = text(in);
      byte[] fields = part(in);
      Headers headers = Headers.parse(fields, 0, fields.length, MAX_FIELDS);
      ByteBuffer body = ByteBuffer.wrap(part(in));
      boolean whole = !in.hasRemaining() && status >= 200 && status <= 999;
      return whole
          ? Optional.of(new StoredResponse(
              url, family, selection, requested, received, status, headers, body))
          : Optional.empty();
    } catch (BufferUnderflowException | ParseException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer in) {
    return new String(part(in), StandardCharsets.UTF_8);
  }

  private static byte[] part(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, Long.BYTES, bytes.length - Long.BYTES);
    return checksum.getValue();
  }
}
