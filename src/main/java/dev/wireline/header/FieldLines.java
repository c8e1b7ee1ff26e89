package dev.wireline.header;

import java.util.Arrays;

/** Builds field lines in their wire form. Not thread-safe. */
final class FieldLines {
  /** What surrounds name and value: the colon, a space and CRLF. */
  static final int FRAME = 4;

  private byte[] block;
  private int length;
  private int[] offsets;
  private int size;

  FieldLines(int bytes, int fields) {
    block = new byte[bytes];
    offsets = new int[fields * FieldBlock.OFFSETS];
  }

  /** Checks and appends a field given by a caller. */
  void add(String name, String value, SecretNames secrets) {
    FieldText.checkName(name);
    int start = FieldText.valueStart(value);
    int end = FieldText.valueEnd(value, start);
    FieldText.checkValue(name, value, start, end, secrets);
    reserve(name.length(), end - start);
    put(name, 0, name.length());
    between();
    put(value, start, end);
    endLine();
  }

  /** Checks and appends a value given by a caller in octets. */
  void add(String name, byte[] value) {
    FieldText.checkName(name);
    int start = 0;
    int end = value.length;
    while (start < end && FieldText.isBlank(value[start])) {
      start++;
    }
    while (end > start && FieldText.isBlank(value[end - 1])) {
      end--;
    }
    FieldText.checkOctets(name, value, start, end);
    reserve(name.length(), end - start);
    put(name, 0, name.length());
    between();
    put(value, start, end);
    endLine();
  }

  /** Appends a field of another block. */
  void copy(byte[] from, int nameStart, int nameEnd, int valueStart, int valueEnd) {
    reserve(nameEnd - nameStart, valueEnd - valueStart);
    put(from, nameStart, nameEnd);
    between();
    put(from, valueStart, valueEnd);
    endLine();
  }

  FieldBlock toBlock() {
    return size == 0 ? FieldBlock.EMPTY : new FieldBlock(block, offsets, size);
  }

  private void reserve(int name, int value) {
    int needed = Math.addExact(length, Math.addExact(Math.addExact(name, value), FRAME));
    if (needed > block.length) {
      block = Arrays.copyOf(block, Math.max(needed, 2 * block.length));
    }
    int at = size * FieldBlock.OFFSETS;
    if (at == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * at + FieldBlock.OFFSETS);
    }
    offsets[at] = length;
    offsets[at + 1] = length + name;
    offsets[at + 2] = length + name + 2;
    offsets[at + 3] = length + name + 2 + value;
    size++;
  }

  private void put(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      block[length++] = (byte) text.charAt(i);
    }
  }

  private void put(byte[] bytes, int from, int to) {
    System.arraycopy(bytes, from, block, length, to - from);
    length += to - from;
  }

  private void between() {
    block[length++] = ':';
    block[length++] = ' ';
  }

  private void endLine() {
    block[length++] = '\r';
    block[length++] = '\n';
  }
}
