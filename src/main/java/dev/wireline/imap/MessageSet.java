package dev.wireline.imap;

import dev.wireline.internal.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a mailbox, by their unique ids or by their numbers (RFC 9051, section 9, sequence-set). Immutable.
 *
 * <pre>{@code
 * MessageSet.uids(17, 18, 19, 30)       // 17:19,30
 * MessageSet.uidsFrom(31)               // 31:*
 * MessageSet.numbers(1)                 // the first one, as long as nothing before it is expunged
 * }</pre>
 *
 * <p>A unique id belongs to its message as long as the UIDVALIDITY of the mailbox stays the same; a number
 * changes with each message that is expunged before it.
 */
public final class MessageSet {
  /** The highest unique id and number: 2^32 - 1. */
  public static final long MAX = 0xFFFF_FFFFL;

  /** Stands for the last message of the mailbox. */
  private static final long LAST = Long.MAX_VALUE;

  private final boolean uids;

  /** The first and the last number of each range, alternating. */
  private final long[] ranges;

  private MessageSet(boolean uids, long[] ranges) {
    this.uids = uids;
    this.ranges = ranges;
  }

  /**
   * Messages by their unique ids.
   *
   * @param uids the ids, each 1 to {@link #MAX}; may be empty
   * @return the messages
   * @throws IllegalArgumentException if one is out of range
   */
  public static MessageSet uids(long... uids) {
    return of(true, Objects.requireNonNull(uids, "uids"));
  }

  /**
   * Messages by their unique ids.
   *
   * @param uids the ids, each 1 to {@link #MAX}; may be empty
   * @return the messages
   * @throws IllegalArgumentException if one is out of range
   */
  public static MessageSet uids(Collection<Long> uids) {
    Objects.requireNonNull(uids, "uids");
    return of(true, uids.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Messages by a range of unique ids, not all of which need exist.
   *
   * @param first the first id, 1 to {@link #MAX}
   * @param last the last one, not less than the first
   * @return the messages
   * @throws IllegalArgumentException if they are out of range
   */
  public static MessageSet uidRange(long first, long last) {
    return new MessageSet(true, new long[] {checked(first), checkedLast(first, last)});
  }

  /**
   * All messages from a unique id on. <b>If there are none, a server takes this to mean the last message</b>
   * (RFC 9051, section 9, seq-range): check the ids that come.
   *
   * @param first the first id, 1 to {@link #MAX}
   * @return the messages
   * @throws IllegalArgumentException if it is out of range
   */
  public static MessageSet uidsFrom(long first) {
    return new MessageSet(true, new long[] {checked(first), LAST});
  }

  /**
   * Messages by their numbers.
   *
   * @param numbers the numbers, each 1 to {@link #MAX}; may be empty
   * @return the messages
   * @throws IllegalArgumentException if one is out of range
   */
  public static MessageSet numbers(long... numbers) {
    return of(false, Objects.requireNonNull(numbers, "numbers"));
  }

  /**
   * Messages by a range of numbers.
   *
   * @param first the first number, 1 to {@link #MAX}
   * @param last the last one, not less than the first
   * @return the messages
   * @throws IllegalArgumentException if they are out of range
   */
  public static MessageSet numberRange(long first, long last) {
    return new MessageSet(false, new long[] {checked(first), checkedLast(first, last)});
  }

  /**
   * All messages of the mailbox, by their numbers. For an empty mailbox the server may refuse the command.
   *
   * @return the messages
   */
  public static MessageSet all() {
    return new MessageSet(false, new long[] {1, LAST});
  }

  private static MessageSet of(boolean uids, long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    Arrays.stream(sorted).forEach(MessageSet::checked);
    return new MessageSet(uids, merged(sorted));
  }

  /** Ranges of sorted numbers. */
  private static long[] merged(long[] sorted) {
    long[] ranges = new long[2 * sorted.length];
    int size = 0;
    for (long value : sorted) {
      if (size > 0 && value <= ranges[size - 1] + 1) {
        ranges[size - 1] = value;
      } else {
        ranges[size++] = value;
        ranges[size++] = value;
      }
    }
    return Arrays.copyOf(ranges, size);
  }

  /** The union of some sets, as ranges: a server may name more messages than fit into memory. */
  static MessageSet union(boolean uids, List<MessageSet> sets) {
    List<long[]> all = new ArrayList<>();
    for (MessageSet set : sets) {
      for (int i = 0; i < set.ranges.length; i += 2) {
        all.add(new long[] {set.ranges[i], set.ranges[i + 1]});
      }
    }
    all.sort(Comparator.comparingLong(range -> range[0]));
    long[] ranges = new long[2 * all.size()];
    int size = 0;
    for (long[] range : all) {
      if (size > 0 && range[0] - 1 <= ranges[size - 1]) {
        ranges[size - 1] = Math.max(ranges[size - 1], range[1]);
      } else {
        ranges[size++] = range[0];
        ranges[size++] = range[1];
      }
    }
    return new MessageSet(uids, Arrays.copyOf(ranges, size));
  }

  private static long checked(long value) {
    if (Bounds.check("a message's uid or number", value) > MAX) {
      throw new IllegalArgumentException(
          "a message's uid or number is " + MAX + " at most, not " + value);
    }
    return value;
  }

  private static long checkedLast(long first, long last) {
    if (checked(last) < first) {
      throw new IllegalArgumentException("a range goes up, not from " + first + " to " + last);
    }
    return last;
  }

  /** Parses a set as a server writes it; null if it is not valid. */
  static @Nullable MessageSet parse(boolean uids, String text) {
    List<Long> bounds = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      String range = text.substring(start, comma < 0 ? text.length() : comma);
      start += range.length() + 1;
      int colon = range.indexOf(':');
      long first = value(colon < 0 ? range : range.substring(0, colon));
      long last = colon < 0 ? first : value(range.substring(colon + 1));
      if (first < 1 || last < 1) {
        return null;
      }
      bounds.add(Math.min(first, last));
      bounds.add(Math.max(first, last));
    }
    return new MessageSet(uids, bounds.stream().mapToLong(Long::longValue).toArray());
  }

  private static long value(String digits) {
    boolean number = !digits.isEmpty()
        && digits.length() <= 10
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    long value = number ? Long.parseLong(digits) : 0;
    return value <= MAX ? value : 0;
  }

  /**
   * Whether the set has unique ids.
   *
   * @return false for message numbers
   */
  public boolean isUids() {
    return uids;
  }

  /**
   * Whether the set is empty.
   *
   * @return true if there are no messages
   */
  public boolean isEmpty() {
    return ranges.length == 0;
  }

  /**
   * How many messages the set can have.
   *
   * @return 0 or more; {@link Long#MAX_VALUE} if the set extends to the last message, whichever that is
   */
  public long size() {
    long size = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      size = ranges[i + 1] == LAST ? LAST : size + ranges[i + 1] - ranges[i] + 1;
      if (size == LAST) {
        return LAST;
      }
    }
    return size;
  }

  /**
   * The unique ids, or numbers.
   *
   * @return each of them, in the order of the ranges; a range to the last message extends to {@link #MAX}
   */
  public LongStream stream() {
    return IntStream.range(0, ranges.length / 2)
        .mapToObj(i -> LongStream.rangeClosed(ranges[2 * i], Math.min(MAX, ranges[2 * i + 1])))
        .flatMapToLong(range -> range);
  }

  /** Splits this into sets of at most so many ranges, so that a server accepts the line. */
  List<MessageSet> slices(int most) {
    List<MessageSet> slices = new ArrayList<>();
    for (int from = 0; from < ranges.length; from += 2 * most) {
      int to = Math.min(ranges.length, from + 2 * most);
      slices.add(new MessageSet(uids, Arrays.copyOfRange(ranges, from, to)));
    }
    return slices;
  }

  /**
   * Whether the other one is a set of the same ranges, in the same order.
   *
   * @return true for the same messages
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageSet set && uids == set.uids && Arrays.equals(ranges, set.ranges);
  }

  /**
   * A hash of the ranges.
   *
   * @return the hash
   */
  @Override
  public int hashCode() {
    return Arrays.hashCode(ranges) + (uids ? 1 : 0);
  }

  /**
   * The set as it is sent.
   *
   * @return such as {@code 1:3,7,9:*}; empty if there are none
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < ranges.length; i += 2) {
      out.append(i == 0 ? "" : ",").append(ranges[i]);
      if (ranges[i + 1] != ranges[i]) {
        out.append(':').append(ranges[i + 1] == LAST ? "*" : String.valueOf(ranges[i + 1]));
      }
    }
    return out.toString();
  }
}
