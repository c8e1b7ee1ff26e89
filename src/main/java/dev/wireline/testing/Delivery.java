package dev.wireline.testing;

import java.io.IOException;

/** How the bytes of a server reach its client. */
public enum Delivery {
  /** What belongs together is sent in one write. */
  WHOLE {
    @Override
    void send(PeerConnection connection, byte[] bytes) throws IOException {
      connection.write(bytes);
    }
  },

  /** Each byte is sent in a write of its own, and over TLS in a record of its own. */
  BYTE_BY_BYTE {
    @Override
    void send(PeerConnection connection, byte[] bytes) throws IOException {
      connection.writeByteByByte(bytes);
    }
  };

  abstract void send(PeerConnection connection, byte[] bytes) throws IOException;
}
