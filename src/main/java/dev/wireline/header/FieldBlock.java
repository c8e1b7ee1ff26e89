package dev.wireline.header;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Field lines as bytes, and the offsets of each name and value.
 *
 * <p>What is between the fields (line ends, spaces, a status line before them) is never looked at, so that a
 * received block can be kept as it came. Immutable.
 */
final class FieldBlock {
  /** How many offsets a field has: the start and end of its name, and those of its value. */
  static final int OFFSETS = 4;

  static final FieldBlock EMPTY = new FieldBlock(new byte[0], new int[0], 0);

  private final byte[] block;
  private final int[] offsets;
  private final int size;

  /** Takes the arrays as they are: their creator must not touch them again. */
  FieldBlock(byte[] block, int[] offsets, int size) {
    this.block = block;
    this.offsets = offsets;
    this.size = size;
  }

  int size() {
    return size;
  }

  /** The index of the first field of that name at or after {@code from}, or -1. */
  int indexOf(String name, int from) {
    for (int i = from; i < size; i++) {
      if (isNamed(i, name)) {
        return i;
      }
    }
    return -1;
  }

  boolean isNamed(int i, String name) {
    return Ascii.equalsIgnoreCase(block, nameStart(i), nameEnd(i), name);
  }

  String name(int i) {
    int start = nameStart(i);
    return new String(block, start, nameEnd(i) - start, StandardCharsets.ISO_8859_1);
  }

  String value(int i) {
    return StrictText.utf8OrLatin1(block, valueStart(i), valueEnd(i));
  }

  long decimal(int i) {
    return Ascii.decimal(block, valueStart(i), valueEnd(i));
  }

  byte[] octets(int i) {
    return Arrays.copyOfRange(block, valueStart(i), valueEnd(i));
  }

  boolean hasElement(int i, String token) {
    return CommaList.has(block, valueStart(i), valueEnd(i), token);
  }

  boolean isSecret(int i, SecretNames secrets) {
    return secrets.contains(block, nameStart(i), nameEnd(i));
  }

  void copyTo(FieldLines lines, int i) {
    lines.copy(block, nameStart(i), nameEnd(i), valueStart(i), valueEnd(i));
  }

  int encodedLength() {
    int length = 0;
    for (int i = 0; i < size; i++) {
      length += nameEnd(i) - nameStart(i) + valueEnd(i) - valueStart(i) + FieldLines.FRAME;
    }
    return length;
  }

  int encode(byte[] target, int at) {
    int next = at;
    for (int i = 0; i < size; i++) {
      next = copy(nameStart(i), nameEnd(i), target, next);
      target[next++] = ':';
      target[next++] = ' ';
      next = copy(valueStart(i), valueEnd(i), target, next);
      target[next++] = '\r';
      target[next++] = '\n';
    }
    return next;
  }

  private int copy(int from, int to, byte[] target, int at) {
    System.arraycopy(block, from, target, at, to - from);
    return at + to - from;
  }

  boolean hasSameFields(FieldBlock other) {
    if (size != other.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!hasSameName(i, other) || !hasSameValue(i, other)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSameName(int i, FieldBlock other) {
    int length = nameEnd(i) - nameStart(i);
    if (length != other.nameEnd(i) - other.nameStart(i)) {
      return false;
    }
    for (int k = 0; k < length; k++) {
      int mine = Ascii.lower(block[nameStart(i) + k]);
      if (mine != Ascii.lower(other.block[other.nameStart(i) + k])) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSameValue(int i, FieldBlock other) {
    int start = other.valueStart(i);
    int end = other.valueEnd(i);
    return Arrays.equals(block, valueStart(i), valueEnd(i), other.block, start, end);
  }

  /** A hash of the fields that agrees with {@link #hasSameFields}. */
  int fieldsHash() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      for (int k = nameStart(i); k < nameEnd(i); k++) {
        hash = 31 * hash + Ascii.lower(block[k]);
      }
      for (int k = valueStart(i); k < valueEnd(i); k++) {
        hash = 31 * hash + block[k];
      }
    }
    return hash;
  }

  private int nameStart(int i) {
    return offsets[i * OFFSETS];
  }

  private int nameEnd(int i) {
    return offsets[i * OFFSETS + 1];
  }

  private int valueStart(int i) {
    return offsets[i * OFFSETS + 2];
  }

  private int valueEnd(int i) {
    return offsets[i * OFFSETS + 3];
  }
}
