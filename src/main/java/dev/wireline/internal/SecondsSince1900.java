package dev.wireline.internal;

/** Seconds since 1900 in 32 bits (RFC 868, RFC 5905), which run over in 2036. */
public final class SecondsSince1900 {
  private static final long EPOCH_1970 = 2_208_988_800L;

  private SecondsSince1900() {}

  /**
   * Of all moments with these bits the one nearest to another one (RFC 5905, section 6).
   *
   * @param bits the seconds as they came
   * @param near the other one, in seconds since 1970
   * @return the seconds since 1970, up to 68 years before or after the other one
   */
  public static long nearest(int bits, long near) {
    return near + (int) (bits - EPOCH_1970 - near);
  }
}
