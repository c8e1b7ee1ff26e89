package dev.wireline.header;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TooLargeException;
import java.util.Arrays;

/** One run of the grammar of {@link Headers#parse} over a block (RFC 9112, section 5). */
final class FieldParser {
  private static final boolean[] IN_VALUE = new boolean[256];

  static {
    Arrays.fill(IN_VALUE, ' ', 256, true);
    IN_VALUE[0x7F] = false;
    IN_VALUE['\t'] = true;
  }

  private final byte[] block;
  private final int to;
  private final int maxFields;
  private int[] offsets = {};
  private int size;

  FieldParser(byte[] block, int to, int maxFields) {
    this.block = block;
    this.to = to;
    this.maxFields = maxFields;
  }

  FieldBlock parse(int from) throws MalformedException, TooLargeException {
    offsets = new int[Math.min(maxFields, lines(from)) * FieldBlock.OFFSETS];
    int next = from;
    while (next < to && block[next] != '\r' && block[next] != '\n') {
      if (size == maxFields) {
        throw new TooLargeException("maxHeaders", maxFields);
      }
      next = field(next);
    }
    int end = lineEnd(next, next);
    if (end < to) {
      throw broken(
          "nothing follows the empty line of a header section (RFC 9112, section 2.1)", end, end);
    }
    return size == 0 ? FieldBlock.EMPTY : new FieldBlock(block, offsets, size);
  }

  /** At least as many as there are fields. */
  private int lines(int from) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (block[i] == '\n') {
        count++;
      }
    }
    return count;
  }

  /** Takes one field, including folded lines, and returns the start of the next line. */
  private int field(int line) throws MalformedException {
    int colon = line;
    while (colon < to && Ascii.isTokenChar(block[colon])) {
      colon++;
    }
    if (colon == line || colon == to || block[colon] != ':') {
      throw badName(line, colon);
    }
    int part = colon + 1;
    int end = valueEnd(line, part);
    int next = lineEnd(line, end);
    while (next < to && FieldText.isBlank(block[next])) {
      part = unfold(part, end, next);
      end = valueEnd(line, part);
      next = lineEnd(line, end);
    }
    add(line, colon, end);
    return next;
  }

  /** Turns a line end and the spaces around it into SP; returns the index after them. */
  private int unfold(int part, int end, int next) {
    int from = end;
    while (from > part && FieldText.isBlank(block[from - 1])) {
      from--;
    }
    int behind = next;
    while (behind < to && FieldText.isBlank(block[behind])) {
      behind++;
    }
    Arrays.fill(block, from, behind, (byte) ' ');
    return behind;
  }

  private void add(int line, int colon, int valueEnd) {
    int start = colon + 1;
    int end = valueEnd;
    while (start < end && FieldText.isBlank(block[start])) {
      start++;
    }
    while (end > start && FieldText.isBlank(block[end - 1])) {
      end--;
    }
    int at = size * FieldBlock.OFFSETS;
    offsets[at] = line;
    offsets[at + 1] = colon;
    offsets[at + 2] = start;
    offsets[at + 3] = end;
    size++;
  }

  private int valueEnd(int line, int from) throws MalformedException {
    int i = from;
    while (i < to && IN_VALUE[block[i] & 0xFF]) {
      i++;
    }
    if (i < to && block[i] != '\r' && block[i] != '\n') {
      throw broken("a field value has no control character (RFC 9110, section 5.5)", line, i);
    }
    return i;
  }

  /** The start of the next line, given a line end at {@code i}. */
  private int lineEnd(int line, int i) throws MalformedException {
    if (i < to && block[i] == '\n') {
      return i + 1;
    }
    if (i + 1 < to && block[i + 1] == '\n') {
      return i + 2;
    }
    if (i + 1 < to) {
      throw broken("a CR stands before its LF only (RFC 9112, section 2.2)", line, i + 1);
    }
    throw broken("a header section ends with an empty line (RFC 9112, section 2.1)", line, i);
  }

  private MalformedException badName(int line, int i) {
    boolean blank = i < to && FieldText.isBlank(block[i]);
    if (blank && i == line) {
      return broken("no fold stands before the first field (RFC 9112, section 2.2)", line, i);
    }
    if (blank) {
      return broken(
          "no blank stands between field name and colon (RFC 9112, section 5.1)", line, i);
    }
    return broken("a field line starts with a token and a colon (RFC 9112, section 5)", line, i);
  }

  /** The broken rule, with the line up to the byte at fault but never a secret value. */
  private MalformedException broken(String rule, int line, int fault) {
    int colon = line;
    while (colon < to && Ascii.isTokenChar(block[colon])) {
      colon++;
    }
    if (colon < fault && SecretNames.KNOWN.contains(block, line, colon)) {
      return new MalformedException(
          rule, Quoted.bytes(block, line, colon) + " and a secret value", fault);
    }
    int end = Math.min(fault + 1, to);
    return new MalformedException(
        rule, Quoted.bytes(block, Math.max(line, end - Quoted.MAX_CHARS), end), fault);
  }
}
