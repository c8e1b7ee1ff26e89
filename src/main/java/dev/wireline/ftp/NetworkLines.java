package dev.wireline.ftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A text with CRLF at the end of each line, whatever ended it: what TYPE A puts on the wire. */
final class NetworkLines extends FilterInputStream {
  private static final int NONE = -2;

  private int held = NONE;
  private int last = NONE;

  NetworkLines(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int octet = held == NONE ? in.read() : held;
    held = NONE;
    if (octet == '\n' && last != '\r') {
      held = octet;
      octet = '\r';
    }
    last = octet;
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int octet = read();
      if (octet < 0) {
        return count == 0 ? -1 : count;
      }
      into[offset + count] = (byte) octet;
      count++;
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
