package dev.wireline.http;

/**
 * How much may come out of a packed body. Immutable.
 *
 * <p>The ratio stops a bomb early. What people write packs 3 to 20 times, tables and logs that repeat
 * themselves up to 100 times, and deflate makes 1032 at most, of nothing but zeros; 200 lies between.
 * What is small harms nobody however well it packs, so the ratio counts from {@link
 * #FREE_BYTES} on. The bound in bytes is what a disk may be filled with while a body is streamed; what
 * is read into memory has the bound of {@link HttpOptions} besides.
 *
 * @param maxBytes the most bytes that come out, 1 or more
 * @param maxRatio how many times as many bytes may have come out as have gone in, 1 or more
 */
record DecodedLimits(long maxBytes, int maxRatio) {
  /** The most bytes that come out of a body unless set otherwise: 1 GiB. */
  static final long MAX_BYTES = 1L << 30;

  /** The largest ratio unless set otherwise: 200. */
  static final int MAX_RATIO = 200;

  /** How many bytes come out before the ratio counts: 1 MiB. */
  static final int FREE_BYTES = 1 << 20;

  /**
   * How many bytes go into a coding without one coming out: 256 KiB. A block of zstd has 128 KiB at most,
   * a keep-alive of deflate 5 bytes.
   */
  static final int MAX_FRUITLESS_BYTES = 256 * 1024;

  static final DecodedLimits STANDARD = new DecodedLimits(MAX_BYTES, MAX_RATIO);

  DecodedLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxDecodedBytes must be 1 at least, not " + maxBytes);
    }
    if (maxRatio < 1) {
      throw new IllegalArgumentException("maxDecodedRatio must be 1 at least, not " + maxRatio);
    }
  }

  boolean allowsRatio(long decoded, long encoded) {
    return decoded <= FREE_BYTES || (decoded - 1) / maxRatio < encoded;
  }
}
