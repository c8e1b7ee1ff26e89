package dev.wireline.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes of a peer for a terminal: control characters are shown as {@code ^[} and do nothing, be they octets of their own
 * or in UTF-8. Not thread-safe.
 */
final class TerminalOutput extends FilterOutputStream {
  /** The first octet of U+0080 to U+00BF in UTF-8, of which the lower half are control characters too. */
  private static final int LATIN = 0xC2;

  private boolean afterLatin;
  private int expected;

  TerminalOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream(length);
    for (int i = offset; i < offset + length; i++) {
      add(bytes[i] & 0xFF, shown);
    }
    shown.writeTo(out);
  }

  private void add(int octet, ByteArrayOutputStream shown) {
    boolean upper = octet >= 0x80 && octet < 0xA0;
    boolean control = octet < ' ' || octet == 0x7F || (upper && (afterLatin || expected == 0));
    expected = octet >= 0x80 && octet < 0xC0 ? Math.max(0, expected - 1) : following(octet);
    if (afterLatin && !control) {
      shown.write(LATIN);
    }
    boolean latin = octet == LATIN;
    afterLatin = latin;
    if (control && octet != '\n' && octet != '\t' && octet != '\r') {
      shown.write('^');
      shown.write((octet & 0x7F) ^ 0x40);
    } else if (!latin) {
      shown.write(octet);
    }
  }

  /** How many octets follow the first one of a character in UTF-8. */
  private static int following(int first) {
    return first < LATIN ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  }

  /** The terminal itself stays open. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
