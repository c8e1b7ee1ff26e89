package dev.wireline.http;

/**
 * How much a compressed body may decompress to. Immutable.
 *
 * <p>The ratio stops a decompression bomb early. What people write compresses 3 to 20 times, repetitive tables
 * and logs up to 100 times, and deflate reaches 1032 at most, for nothing but zeros; 200 lies in between. Small
 * bodies do no harm however well they compress, so the ratio applies only after {@link #FREE_BYTES}. The limit
 * in bytes is how much may fill a disk while a body is streamed; what is read into memory is also subject to
 * the limit of {@link HttpOptions}.
 *
 * @param maxBytes the most bytes of output, 1 or more
 * @param maxRatio the most bytes of output per byte of input, 1 or more
 */
record DecodedLimits(long maxBytes, int maxRatio) {
  /** The default limit of decompressed bytes: 1 GiB. */
  static final long MAX_BYTES = 1L << 30;

  /** The default limit of the ratio: 200. */
  static final int MAX_RATIO = 200;

  /** How many bytes of output come before the ratio applies: 1 MiB. */
  static final int FREE_BYTES = 1 << 20;

  /**
   * The most bytes of input to a coding without a byte of output: 256 KiB. A block of zstd has at most 128 KiB,
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
