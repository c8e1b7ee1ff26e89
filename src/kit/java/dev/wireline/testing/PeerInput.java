package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a client sends: the bytes, with a buffer that outlives the start of TLS. */
final class PeerInput extends InputStream {

  /** The longest line that is read, its end included. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private final byte[] buffer = new byte[8192];
  private Link link;
  private int position;
  private int limit;

  PeerInput(Link link) {
    this.link = link;
  }

  /** Reads from another layer from now on. */
  void readFrom(Link layer) {
    link = layer;
  }

  /** Takes the bytes that were read ahead. */
  byte[] takeBuffered() {
    byte[] taken = Arrays.copyOfRange(buffer, position, limit);
    position = limit;
    return taken;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return limit - position;
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    int count = link.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  /** Reads to a line feed, itself included; less at the end, and nothing behind it. */
  byte[] readRawLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = 0;
    while (next != '\n') {
      next = read();
      if (next < 0) {
        break;
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException(
            "the client sent a line of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  @Nullable
  String readLine() throws IOException {
    byte[] line = readRawLine();
    if (line.length == 0) {
      return null;
    }
    String text = Latin1.text(line);
    if (!text.endsWith("\n")) {
      throw new EOFException("the client hung up in the line \"" + Escaped.bytes(line) + "\"");
    }
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }
}
