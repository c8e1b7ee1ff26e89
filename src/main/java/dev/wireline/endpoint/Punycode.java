package dev.wireline.endpoint;

import org.jspecify.annotations.Nullable;

/** The encoding of non-ASCII labels, with its parameters for host names (RFC 3492). */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private Punycode() {}

  /** Encodes a label (section 6.3), which is too short for an overflow. */
  static String encode(int[] label) {
    StringBuilder out = new StringBuilder();
    for (int c : label) {
      if (c < INITIAL_N) {
        out.append((char) c);
      }
    }
    int basic = out.length();
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    for (int done = basic; done < label.length; ) {
      int next = nextAbove(label, n);
      delta += (next - n) * (done + 1);
      n = next;
      for (int c : label) {
        delta += c < n ? 1 : 0;
        if (c == n) {
          append(out, delta, bias);
          bias = adapt(delta, done + 1, done == basic);
          delta = 0;
          done++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static int nextAbove(int[] label, int n) {
    int next = Integer.MAX_VALUE;
    for (int c : label) {
      next = c >= n && c < next ? c : next;
    }
    return next;
  }

  private static void append(StringBuilder out, int delta, int bias) {
    int rest = delta;
    for (int k = BASE; ; k += BASE) {
      int threshold = threshold(k, bias);
      if (rest < threshold) {
        out.append(DIGITS.charAt(rest));
        return;
      }
      out.append(DIGITS.charAt(threshold + (rest - threshold) % (BASE - threshold)));
      rest = (rest - threshold) / (BASE - threshold);
    }
  }

  /** Decodes lower-case ASCII (section 6.2); null if it does not encode text. */
  static @Nullable String decode(String encoded) {
    int basic = Math.max(0, encoded.lastIndexOf('-'));
    StringBuilder out = new StringBuilder(encoded.substring(0, basic));
    int n = INITIAL_N;
    int i = 0;
    int bias = INITIAL_BIAS;
    int length = basic;
    int at = encoded.startsWith("-", basic) ? basic + 1 : basic;
    while (at < encoded.length()) {
      int before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < encoded.length() ? DIGITS.indexOf(encoded.charAt(at++)) : -1;
        long sum = i + digit * weight;
        if (digit < 0 || sum > Integer.MAX_VALUE) {
          return null;
        }
        i = (int) sum;
        int threshold = threshold(k, bias);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      length++;
      bias = adapt(i - before, length, before == 0 && length == basic + 1);
      n += i / length;
      i %= length;
      if (n < 0 || n > Character.MAX_CODE_POINT || isSurrogate(n)) {
        return null;
      }
      out.insert(out.offsetByCodePoints(0, i), Character.toString(n));
      i++;
    }
    return out.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static int threshold(int k, int bias) {
    return Math.max(T_MIN, Math.min(T_MAX, k - bias));
  }

  private static int adapt(int delta, int length, boolean first) {
    int rest = first ? delta / DAMP : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
  }
}
