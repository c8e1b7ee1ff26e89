package dev.wireline.line;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines and data as bytes to send, checked after encoding and before the first of them is sent. */
final class LineBytes {
  private static final int KEPT_SIZE = 8 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};

  private final Charset charset;
  private final byte[] end;
  private byte[] bytes = new byte[256];
  private int size;

  /** Lines with the charset and the end of a client's options. */
  LineBytes(LineOptions options) {
    this(options.charset(), options.lineEnd().getBytes(StandardCharsets.US_ASCII));
  }

  private LineBytes(Charset charset, byte[] end) {
    this.charset = charset;
    this.end = Arrays.equals(end, CRLF) ? CRLF : end;
  }

  /** Lines of a text, which end in CRLF whatever a client's other lines end in. */
  static LineBytes ofText(Charset charset) {
    return new LineBytes(charset, CRLF);
  }

  /** The length of a line's end in bytes. */
  int endLength() {
    return end.length;
  }

  Charset charset() {
    return charset;
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Empties it, keeping no more memory than the next lines are likely to need. */
  void clear() {
    size = 0;
    if (bytes.length > KEPT_SIZE) {
      bytes = new byte[KEPT_SIZE];
    }
  }

  /** Removes what was added after that size. */
  void cut(int earlier) {
    size = earlier;
  }

  /** Adds a line and its end. */
  void line(String line) {
    ensure(line.length() + 2);
    int at = size;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c >= 0x80) {
        encoded(line);
        return;
      }
      check(c, i);
      // Safe to cut to a byte: it is ASCII, and the charset keeps ASCII as it is.
      bytes[at++] = (byte) c;
    }
    end(size, at);
  }

  private void encoded(String line) {
    ByteBuffer encoded = encode(line, charset, "the line");
    checked(encoded.array(), encoded.arrayOffset(), encoded.limit());
  }

  /** Encodes a text; what the charset cannot encode is refused and never becomes a ?. */
  static ByteBuffer encode(String text, Charset charset, String what) {
    try {
      return charset
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          what + " has a character that " + charset + " does not know", e);
    }
  }

  /** Adds a line of bytes and its end. */
  void line(byte[] line) {
    checked(line, 0, line.length);
  }

  private void checked(byte[] line, int offset, int length) {
    for (int i = 0; i < length; i++) {
      check(line[offset + i], i);
    }
    ensure(length + 2);
    System.arraycopy(line, offset, bytes, size, length);
    end(size, size + length);
  }

  /** Adds data, whatever they are. */
  void data(byte[] data) {
    ensure(data.length);
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
  }

  /** Checks for what must not be in a line, whatever its charset. */
  static void check(String line) {
    for (int i = 0; i < line.length(); i++) {
      check(line.charAt(i), i);
    }
  }

  /** The line itself is not shown, as it may hold a password. */
  private static void check(int octet, int position) {
    if (octet == '\r' || octet == '\n' || octet == 0) {
      String name = octet == 0 ? "NUL" : octet == '\r' ? "CR" : "LF";
      throw new IllegalArgumentException(
          "a line must not hold CR, LF or NUL, but has " + name + " at position " + position);
    }
  }

  /** Ends the line that was added last; no part of it may be taken for its end. */
  private void end(int from, int to) {
    System.arraycopy(end, 0, bytes, to, end.length);
    if (end != CRLF) {
      checkOwnEnd(from, to);
    }
    size = to + end.length;
  }

  private void checkOwnEnd(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == end[0] && bytes[at + end.length - 1] == end[end.length - 1]) {
        throw new IllegalArgumentException(
            "a line must not hold what ends it (lineEnd), but has it at position " + (at - from));
      }
    }
  }

  /** Makes room for a line and its end. */
  private void ensure(int more) {
    if (bytes.length - size < more) {
      int needed = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, 1 << 30)));
    }
  }
}
