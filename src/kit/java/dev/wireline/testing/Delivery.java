package dev.wireline.testing;

import java.util.Arrays;
import java.util.Random;

/** How the bytes of a server reach its client. */
public enum Delivery {
  /** What belongs together is sent in one write. */
  WHOLE,

  /** Each byte is sent in a write of its own, and over TLS in a record of its own. */
  BYTE_BY_BYTE,

  /**
   * Pieces of random sizes are sent in writes of their own.
   *
   * <p>{@link ScriptedServer.Builder#seed(long)} plays the same pieces again; a seed that was not
   * set is reported by {@link ScriptedServer#verify()}, and printed to the standard error stream by
   * {@link ScriptedServer#close()} when no {@code verify()} went well before: call it last.
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
