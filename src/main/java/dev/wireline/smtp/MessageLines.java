package dev.wireline.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * A message as it is sent: every line, even the last, ends in CRLF, whatever ended it before. Finds out on the
 * way how long it is and what its bytes require. Not thread-safe.
 */
final class MessageLines extends InputStream {
  private static final int PIECE_BYTES = 8 * 1024;

  private final InputStream in;
  private final int maxLine;
  private final boolean takesEightBit;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int at;
  private int limit;
  private boolean afterCr;
  private boolean owesLf;
  private long line;
  private boolean inHeader = true;
  private boolean eightBit;
  private boolean eightBitHeader;

  MessageLines(InputStream in, int maxLine, boolean takesEightBit) {
    this.in = in;
    this.maxLine = maxLine;
    this.takesEightBit = takesEightBit;
  }

  boolean hasEightBit() {
    return eightBit;
  }

  /** Whether there are such bytes in the header too, up to the first empty line. */
  boolean hasEightBitHeader() {
    return eightBitHeader;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      // What is there is sent before waiting for more.
      int octet = count > 0 && at == limit && !owesLf ? -1 : read();
      if (octet < 0) {
        break;
      }
      into[offset + count] = (byte) octet;
      count++;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public int read() throws IOException {
    if (owesLf) {
      owesLf = false;
      return '\n';
    }
    int octet = next();
    if (octet == '\n' && afterCr) {
      octet = next();
    }
    afterCr = octet == '\r';
    if (octet == '\r' || octet == '\n' || (octet < 0 && line > 0)) {
      return endLine();
    }
    if (octet >= 0) {
      look(octet);
    }
    return octet;
  }

  private int endLine() {
    inHeader &= line > 0;
    line = 0;
    owesLf = true;
    return '\r';
  }

  private void look(int octet) throws IOException {
    line++;
    if (line > maxLine) {
      throw new LongLineException(maxLine);
    }
    if (octet > 0x7F) {
      eightBit = true;
      eightBitHeader |= inHeader;
      if (!takesEightBit) {
        throw new IOException(
            "the message has bytes above 127, and the server does not offer 8BITMIME");
      }
    }
  }

  private int next() throws IOException {
    if (at == limit) {
      at = 0;
      limit = Math.max(0, in.read(piece, 0, PIECE_BYTES));
      if (limit == 0) {
        return -1;
      }
    }
    return piece[at++] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line that is too long to be sent. */
  static final class LongLineException extends IOException {
    private static final long serialVersionUID = 1;

    LongLineException(int max) {
      super("the message has a line of more than maxTextLineBytes (" + max + ") bytes");
    }
  }
}
