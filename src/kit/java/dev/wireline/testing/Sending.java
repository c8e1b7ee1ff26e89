package dev.wireline.testing;

import java.io.IOException;

/** How bytes are handed to one connection. */
@FunctionalInterface
interface Sending {

  void send(PeerConnection connection, byte[] bytes) throws IOException;
}
