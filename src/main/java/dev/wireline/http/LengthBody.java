package dev.wireline.http;

import dev.wireline.net.Wire;
import java.io.IOException;

/** A body whose length is known beforehand (RFC 9112 section 6.2). */
final class LengthBody extends BodyStream {
  private final long length;

  LengthBody(Wire wire, Holder holder, boolean persistent, long length) {
    super(wire, holder, persistent);
    this.length = length;
  }

  @Override
  long remaining() {
    return length - count();
  }

  @Override
  long length() {
    return length;
  }

  @Override
  int readSome(byte[] into, int offset, int room) throws IOException {
    long left = remaining();
    if (left == 0) {
      return -1;
    }
    int read = wire.input().read(into, offset, (int) Math.min(room, left), deadline(), BODY);
    if (read < 0) {
      throw cut(" of " + length + " bytes");
    }
    return read;
  }
}
