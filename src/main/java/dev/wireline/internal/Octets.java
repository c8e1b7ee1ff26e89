package dev.wireline.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes that are looked at eight at a time, through a view that has the first of them lowest. */
public final class Octets {
  /** Every byte's lowest and highest bit. */
  private static final long LOW = 0x0101010101010101L;

  private static final long HIGH = 0x8080808080808080L;

  private static final long BEHIND_CR = ('\r' + 1) * LOW;

  private Octets() {}

  /**
   * A view to look at bytes through.
   *
   * @param bytes the bytes
   * @return the same bytes
   */
  public static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Eight times the same byte.
   *
   * @param octet the byte
   * @return a pattern, to be compared by an exclusive or
   */
  public static long all(byte octet) {
    return (octet & 0xFFL) * LOW;
  }

  /**
   * A bit for each byte that is zero; above the lowest of them some more.
   *
   * @param octets eight bytes
   * @return the highest bit of each such byte; only the lowest of them is exact
   */
  public static long zeros(long octets) {
    return (octets - LOW) & ~octets & HIGH;
  }

  /**
   * Searches a CR or an LF.
   *
   * @param view the view of the bytes
   * @param from the position to start at
   * @param end the position to stop at
   * @return that of the first one, or {@code end}
   */
  public static int lineEnd(ByteBuffer view, int from, int end) {
    int at = from;
    for (int last = end - Long.BYTES; at <= last; ) {
      long octets = view.getLong(at);
      // The lowest byte that is not above CR, which is nearly always a line end.
      long found = (octets - BEHIND_CR) & ~octets & HIGH;
      if (found == 0) {
        at += Long.BYTES;
      } else {
        at += Long.numberOfTrailingZeros(found) >>> 3;
        if (isLineEnd(view.get(at))) {
          return at;
        }
        at++;
      }
    }
    while (at < end && !isLineEnd(view.get(at))) {
      at++;
    }
    return at;
  }

  private static boolean isLineEnd(byte octet) {
    return octet == '\r' || octet == '\n';
  }

  /**
   * Whether all bytes are ASCII.
   *
   * @param view the view of the bytes
   * @param from the first position
   * @param end the end, not included
   * @return false if one is above 127
   */
  public static boolean areAscii(ByteBuffer view, int from, int end) {
    long seen = 0;
    int at = from;
    for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
      seen |= view.getLong(at);
    }
    for (; at < end; at++) {
      seen |= view.get(at);
    }
    return (seen & HIGH) == 0;
  }
}
