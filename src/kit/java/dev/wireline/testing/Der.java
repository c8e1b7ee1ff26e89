package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The distinguished encoding of ASN.1 values (X.690), as far as a certificate needs it. */
final class Der {

  private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;

  private Der() {}

  static byte[] sequence(byte[]... elements) {
    return tagged(0x30, concatenated(elements));
  }

  static byte[] set(byte[]... elements) {
    return tagged(0x31, concatenated(elements));
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] trueValue() {
    return tagged(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  static byte[] utf8(String text) {
    return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Encodes a bit string of whole bytes. */
  static byte[] bits(byte[] content) {
    return tagged(0x03, concatenated(new byte[] {0}, content));
  }

  static byte[] oid(int... arcs) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >> shift != 0) {
          content.write(0x80 | (arcs[i] >> shift & 0x7f));
        }
      }
      content.write(arcs[i] & 0x7f);
    }
    return tagged(0x06, content.toByteArray());
  }

  /** Encodes a time in the form that RFC 5280, section 4.1.2.5, wants for its year. */
  static byte[] time(Instant instant) {
    ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
    boolean generalized = utc.getYear() >= FIRST_YEAR_OF_GENERALIZED_TIME;
    String pattern = generalized ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'";
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(utc);
    return tagged(generalized ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - skip));
      out.write(length, skip, length.length - skip);
    }
    out.write(content, 0, content.length);
    return out.toByteArray();
  }

  static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }
}
