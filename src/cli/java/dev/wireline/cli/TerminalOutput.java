package dev.wireline.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes of a peer for a terminal: control characters are shown as {@code ^[} and do nothing. Not thread-safe. */
final class TerminalOutput extends FilterOutputStream {
  /** The first octet of U+0080 to U+00BF in UTF-8, of which the lower half are control characters too. */
  private static final int LATIN = 0xC2;

  private boolean afterLatin;

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
    boolean control = afterLatin ? octet >= 0x80 && octet < 0xA0 : octet < ' ' || octet == 0x7F;
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

  /** The terminal itself stays open. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
