package dev.wireline.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * The bytes that were received and not yet consumed: a window in a growing array.
 *
 * <p>Positions are counted from the first unread byte. The array grows with what arrives, never with
 * what a peer announces, and is given back when the connection idles. Not thread-safe.
 */
public final class InputBuffer implements Unread {
  /** The room of a buffer that is used for the first time, in bytes. */
  public static final int FIRST_SIZE = 8 * 1024;

  /** The most bytes that can be unread: some virtual machines have no longer arrays. */
  public static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private static final int BULK_SIZE = 64 * 1024;
  private static final byte[] EMPTY = new byte[0];
  private static final ByteBuffer EMPTY_VIEW = ByteBuffer.wrap(EMPTY);

  private byte[] array = EMPTY;
  private ByteBuffer view = EMPTY_VIEW;
  private int start;
  private int end;
  private boolean filled;

  /** A buffer without bytes and without memory. */
  public InputBuffer() {}

  @Override
  public int buffered() {
    return end - start;
  }

  private int size() {
    return end - start;
  }

  @Override
  public byte at(int index) {
    return array[start + Objects.checkIndex(index, end - start)];
  }

  @Override
  public int indexOf(byte wanted, int from) {
    Objects.checkFromToIndex(from, size(), size());
    int at = start + from;
    long pattern = Octets.all(wanted);
    for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
      // A byte of the difference is zero where the wanted one stands; only the lowest is exact.
      long zeros = Octets.zeros(view.getLong(at) ^ pattern);
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3) - start;
      }
    }
    for (; at < end; at++) {
      if (array[at] == wanted) {
        return at - start;
      }
    }
    return -1;
  }

  @Override
  public int indexOf(byte first, byte second, int from) {
    Objects.checkFromToIndex(from, size(), size());
    int at = start + from;
    long firsts = Octets.all(first);
    long seconds = Octets.all(second);
    for (int last = end - Long.BYTES - 1; at <= last; at += Long.BYTES) {
      long found = Octets.zeros(view.getLong(at) ^ firsts);
      if (found != 0) {
        // No pair is missed, but some that are found are none.
        found &= Octets.zeros(view.getLong(at + 1) ^ seconds);
      }
      for (; found != 0; found &= found - 1) {
        int place = at + (Long.numberOfTrailingZeros(found) >>> 3);
        if (array[place] == first && array[place + 1] == second) {
          return place - start;
        }
      }
    }
    for (; at < end - 1; at++) {
      if (array[at] == first && array[at + 1] == second) {
        return at - start;
      }
    }
    return -1;
  }

  @Override
  public String text(int from, int to, Charset charset) throws CharacterCodingException {
    Objects.checkFromToIndex(from, to, size());
    return StrictText.decode(array, start + from, to - from, charset);
  }

  @Override
  public void copy(int from, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(from, length, size());
    System.arraycopy(array, start + from, into, offset, length);
  }

  @Override
  public void consume(int count) {
    Objects.checkIndex(count, size() + 1);
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  /**
   * The room behind the unread bytes; call {@link #received} after filling it.
   *
   * @return room for a byte at least
   */
  public ByteBuffer room() {
    if (end == array.length || filled) {
      makeRoom();
    }
    return view.limit(array.length).position(end);
  }

  private void makeRoom() {
    int size = size();
    int capacity = capacity(array.length, size, filled);
    if (capacity > array.length) {
      byte[] larger = new byte[capacity];
      ByteBuffer whole = Octets.view(larger);
      System.arraycopy(array, start, larger, 0, size);
      // All that can fail is done: the two never differ.
      array = larger;
      view = whole;
    } else if (start > 0) {
      System.arraycopy(array, start, array, 0, size);
    } else {
      filled = false;
      return;
    }
    start = 0;
    end = size;
    filled = false;
  }

  /** The length of the array that should hold so many unread bytes and more. */
  static int capacity(int length, int size, boolean filled) {
    int capacity = Math.max(FIRST_SIZE, length);
    // A peer that sends faster than this holds is read in fewer, larger pieces from now on.
    boolean larger = size > capacity / 2 || (filled && capacity < BULK_SIZE);
    return larger ? (int) Math.min(MAX_SIZE, 2L * capacity) : capacity;
  }

  /**
   * Takes what was put into the {@link #room}.
   *
   * @param count how many bytes
   */
  public void received(int count) {
    end += count;
    filled = end == array.length;
  }

  /** Gives the memory back if no byte is unread. */
  public void release() {
    if (size() == 0) {
      array = EMPTY;
      view = EMPTY_VIEW;
      start = 0;
      end = 0;
      filled = false;
    }
  }
}
