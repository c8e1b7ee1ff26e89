package dev.wireline.endpoint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of IPv6 addresses (RFC 4291, section 2.2) with zones (RFC 4007, section 11).
 *
 * <p>The canonical text is that of RFC 5952, so that equal addresses have equal texts.
 */
final class Ipv6 {

  private static final int GROUPS = 8;
  private static final int MAX_ZONE = 64;

  private Ipv6() {}

  /** The canonical text without brackets, or null if the text is not an address. */
  static @Nullable String canonical(String text) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
    String zone = percent < 0 ? "" : text.substring(percent);
    if (percent >= 0 && !isZone(zone.substring(1))) {
      return null;
    }
    int[] groups = parse(address);
    return groups == null ? null : format(groups) + zone;
  }

  private static boolean isZone(String zone) {
    return !zone.isEmpty()
        && zone.length() <= MAX_ZONE
        && zone.chars().allMatch(c -> Characters.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
  }

  private static int @Nullable [] parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> all = groups(text, true);
      return all != null && all.size() == GROUPS ? join(all, List.of()) : null;
    }
    String left = text.substring(0, gap);
    String right = text.substring(gap + 2);
    List<Integer> head = left.isEmpty() ? List.of() : groups(left, false);
    List<Integer> tail = right.isEmpty() ? List.of() : groups(right, true);
    // The gap stands for at least one group.
    if (head == null || tail == null || head.size() + tail.size() >= GROUPS) {
      return null;
    }
    return join(head, tail);
  }

  private static int[] join(List<Integer> head, List<Integer> tail) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < head.size(); i++) {
      groups[i] = head.get(i);
    }
    for (int i = 0; i < tail.size(); i++) {
      groups[GROUPS - tail.size() + i] = tail.get(i);
    }
    return groups;
  }

  private static @Nullable List<Integer> groups(String text, boolean mayEndInIpv4) {
    List<Integer> groups = new ArrayList<>(GROUPS);
    int start = 0;
    while (groups.size() < GROUPS) {
      int colon = text.indexOf(':', start);
      String part = text.substring(start, colon < 0 ? text.length() : colon);
      if (colon < 0 && mayEndInIpv4 && part.indexOf('.') >= 0) {
        return addIpv4(groups, part) ? groups : null;
      }
      int group = group(part);
      if (group < 0) {
        return null;
      }
      groups.add(group);
      if (colon < 0) {
        return groups;
      }
      start = colon + 1;
    }
    return null;
  }

  private static boolean addIpv4(List<Integer> groups, String text) {
    int[] parts = Ipv4.parse(text);
    if (parts == null) {
      return false;
    }
    groups.add(parts[0] << 8 | parts[1]);
    groups.add(parts[2] << 8 | parts[3]);
    return true;
  }

  private static int group(String digits) {
    if (digits.isEmpty() || digits.length() > 4) {
      return -1;
    }
    return Characters.areHexDigits(digits) ? Integer.parseInt(digits, 16) : -1;
  }

  private static String format(int[] groups) {
    int end = isIpv4Mapped(groups) ? GROUPS - 2 : GROUPS;
    int gapStart = gapStart(groups, end);
    int gapEnd = gapStart < 0 ? -1 : zerosEnd(groups, gapStart, end);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < end; i++) {
      if (i == gapStart) {
        text.append("::");
        i = gapEnd - 1;
        continue;
      }
      separate(text).append(Integer.toHexString(groups[i]));
    }
    if (end < GROUPS) {
      separate(text).append(dotted(groups[6], groups[7]));
    }
    return text.toString();
  }

  private static StringBuilder separate(StringBuilder text) {
    boolean needsColon = text.length() > 0 && text.charAt(text.length() - 1) != ':';
    return needsColon ? text.append(':') : text;
  }

  /** The start of the first longest run of at least two zero groups, or -1. */
  private static int gapStart(int[] groups, int end) {
    int best = -1;
    int longest = 1;
    for (int i = 0; i < end; i++) {
      int length = zerosEnd(groups, i, end) - i;
      if (length > longest) {
        best = i;
        longest = length;
      }
    }
    return best;
  }

  private static int zerosEnd(int[] groups, int start, int end) {
    int i = start;
    while (i < end && groups[i] == 0) {
      i++;
    }
    return i;
  }

  private static boolean isIpv4Mapped(int[] groups) {
    return zerosEnd(groups, 0, 5) == 5 && groups[5] == 0xffff;
  }

  private static String dotted(int high, int low) {
    return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
  }
}
