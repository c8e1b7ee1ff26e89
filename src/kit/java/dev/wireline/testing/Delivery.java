package dev.wireline.testing;

import java.util.Arrays;
import java.util.Random;

/** How the bytes of a server reach its client. */
public enum Delivery {
  /** Everything that belongs together is sent in one write. */
  WHOLE,

  /** Each byte is sent in a separate write, and over TLS in a separate record. */
  BYTE_BY_BYTE,

  /**
   * Pieces of random sizes are sent in separate writes.
   *
   * <p>{@link ScriptedServer.Builder#seed(long)} plays the same pieces again. A random seed is reported by
   * {@link ScriptedServer#verify()}, and printed to the standard error stream by {@link ScriptedServer#close()}
   * if no {@code verify()} has succeeded before: call it last.
   */
  SPLIT_AT_RANDOM;

  /** Starts a way to send for one connection. */
  Sending sending(long seed) {
    if (this == WHOLE) {
      return PeerConnection::write;
    }
    return this == BYTE_BY_BYTE ? PeerConnection::writeByteByByte : splitting(seed);
  }

  private static Sending splitting(long seed) {
    Random random = new Random(seed);
    return (connection, bytes) -> {
      int from = 0;
      while (from < bytes.length) {
        int most = 1 + random.nextInt(bytes.length - from);
        int end = from + 1 + random.nextInt(most);
        connection.write(Arrays.copyOfRange(bytes, from, end));
        from = end;
      }
    };
  }
}
