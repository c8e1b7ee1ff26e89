package dev.wireline.internal;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * Bytes that have come and are not consumed yet, for what finds its parts in them. No I/O.
 *
 * <p>Positions count from the first unread byte.
 */
public interface Unread {
  /**
   * How many there are.
   *
   * @return 0 or more
   */
  int buffered();

  /**
   * Looks at a byte.
   *
   * @param index its position, less than {@link #buffered}
   * @return the byte
   */
  byte at(int index);

  /**
   * Searches for a byte.
   *
   * @param wanted the byte
   * @param from the position to start at, 0 to {@link #buffered}
   * @return the position of the first one at or after {@code from}, or -1
   */
  int indexOf(byte wanted, int from);

  /**
   * Searches for two bytes that stand next to each other.
   *
   * @param first the first of them
   * @param second the one behind it
   * @param from the position to start at, 0 to {@link #buffered}
   * @return the position of the first byte of the first such pair at or after {@code from}, or -1
   */
  int indexOf(byte first, byte second, int from);

  /**
   * Decodes bytes without consuming them.
   *
   * @param from the first position
   * @param to the end, not included
   * @param charset the charset
   * @return the text
   * @throws CharacterCodingException if the bytes are not text in that charset
   */
  String text(int from, int to, Charset charset) throws CharacterCodingException;

  /**
   * Copies bytes without consuming them.
   *
   * @param from the first position
   * @param into where they go
   * @param offset the first place there
   * @param length how many
   */
  void copy(int from, byte[] into, int offset, int length);

  /**
   * Consumes bytes.
   *
   * @param count how many, at most {@link #buffered}
   */
  void consume(int count);

  /**
   * A copy of the first bytes.
   *
   * @param length how many, at most {@link #buffered}
   * @return the bytes
   */
  default byte[] front(int length) {
    byte[] bytes = new byte[length];
    copy(0, bytes, 0, length);
    return bytes;
  }
}
