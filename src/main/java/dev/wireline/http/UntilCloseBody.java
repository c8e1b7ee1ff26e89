package dev.wireline.http;

import dev.wireline.net.Wire;
import java.io.IOException;

/** A body that ends with the connection (RFC 9112 section 6.3, rule 8); over TLS, with close_notify. */
final class UntilCloseBody extends BodyStream {
  UntilCloseBody(Wire wire, Holder holder) {
    super(wire, holder, false);
  }

  @Override
  long remaining() {
    return -1;
  }

  @Override
  int readSome(byte[] into, int offset, int room) throws IOException {
    return wire.input().read(into, offset, room, deadline(), BODY);
  }
}
