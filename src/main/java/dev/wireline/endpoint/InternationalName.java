package dev.wireline.endpoint;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * International host names (UTS 46, non-transitional processing, with joiner and direction checks, as in
 * browsers). What cannot be decided is refused and never becomes another name.
 */
final class InternationalName {
  private static final String PREFIX = "xn--";
  private static final int ZWNJ = 0x200C;
  private static final int ZWJ = 0x200D;

  private InternationalName() {}

  /** Whether an ASCII name has an encoded label. */
  static boolean hasEncodedLabel(String ascii) {
    String lower = Characters.lowerCase(ascii);
    return lower.startsWith(PREFIX) || lower.contains("." + PREFIX);
  }

  /** The name in ASCII, its labels not yet checked against the grammar; null if it is refused. */
  static @Nullable String toAscii(String written) {
    String mapped = mapped(written);
    if (mapped == null) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    StringBuilder ascii = new StringBuilder();
    for (String label : mapped.split("\\.", -1)) {
      String decoded = label.startsWith(PREFIX) ? decoded(label) : label;
      if (decoded == null || !isValid(decoded)) {
        return null;
      }
      labels.add(decoded);
      ascii.append(ascii.length() == 0 && labels.size() == 1 ? "" : ".").append(encoded(decoded));
    }
    return Direction.isRight(labels) ? ascii.toString() : null;
  }

  /** Maps each character (UTS 46, section 4, steps 1 and 2). */
  private static @Nullable String mapped(String written) {
    StringBuilder out = new StringBuilder(written.length());
    for (int c : written.codePoints().toArray()) {
      switch (HostCharacters.kind(c) & 3) {
        case HostCharacters.VALID -> out.appendCodePoint(c);
        case HostCharacters.MAPPED -> out.append(folded(c));
        case HostCharacters.IGNORED -> {}
        default -> {
          if (c != '.') {
            return null;
          }
          out.append('.');
        }
      }
    }
    return Normalizer.normalize(out, Normalizer.Form.NFC);
  }

  /** The character that another one maps to. */
  static String folded(int c) {
    StringBuilder out = new StringBuilder();
    String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    // One by one: the lower case of a sigma depends on what stands beside it. By way of the upper
    // case,
    // since some letters have only that in common.
    plain.codePoints().forEach(one -> {
      String upper = Character.toString(one).toUpperCase(Locale.ROOT);
      out.append(upper.toLowerCase(Locale.ROOT));
    });
    return Normalizer.normalize(out, Normalizer.Form.NFKC).replace('\u3002', '.');
  }

  /** The decoded form of a label, if encoding it again yields that label. */
  private static @Nullable String decoded(String label) {
    String text = Punycode.decode(label.substring(PREFIX.length()));
    boolean right = text != null
        && !Characters.areAscii(text)
        && !text.startsWith(PREFIX)
        && Normalizer.isNormalized(text, Normalizer.Form.NFC)
        && encoded(text).equals(label);
    return right ? text : null;
  }

  private static String encoded(String label) {
    return Characters.areAscii(label)
        ? label
        : PREFIX + Punycode.encode(label.codePoints().toArray());
  }

  /** The criteria of section 4.1 for a single label; the grammar catches empty ones. */
  private static boolean isValid(String label) {
    int[] characters = label.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int kind = HostCharacters.kind(characters[i]);
      boolean begins = i > 0 || (kind & HostCharacters.MARK) == 0;
      if ((kind & 3) != HostCharacters.VALID || !begins || !mayJoin(characters, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a joiner is allowed at its position (RFC 5892, appendixes A.1 and A.2). */
  private static boolean mayJoin(int[] label, int i) {
    if (label[i] != ZWNJ && label[i] != ZWJ) {
      return true;
    }
    if (i > 0 && (HostCharacters.kind(label[i - 1]) & HostCharacters.VIRAMA) != 0) {
      return true;
    }
    return label[i] == ZWNJ
        && joins(label, i, -1, HostCharacters.JOINS_LEFT)
        && joins(label, i, 1, HostCharacters.JOINS_RIGHT);
  }

  private static boolean joins(int[] label, int from, int step, int wanted) {
    int i = from + step;
    while (i >= 0 && i < label.length && isTransparent(label[i])) {
      i += step;
    }
    return i >= 0 && i < label.length && (HostCharacters.kind(label[i]) & wanted) != 0;
  }

  private static boolean isTransparent(int c) {
    return (HostCharacters.kind(c) & HostCharacters.TRANSPARENT) != 0;
  }
}
