package dev.wireline.line;

import dev.wireline.net.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may use the lines of a client: only its own exchanges if it speaks a protocol, and only the
 * multiplexer if it has one. Thread-safe.
 */
final class Admission {
  private final LineClient client;
  private final Connection connection;
  private volatile @Nullable Multiplexer<?> multiplexer;

  Admission(LineClient client, Connection connection) {
    this.client = client;
    this.connection = connection;
  }

  /** Makes all commands go through a multiplexer from now on. */
  void share(Multiplexer<?> by) {
    if (multiplexer != null) {
      throw new IllegalStateException("the client has a multiplexer already");
    }
    multiplexer = by;
  }

  /** Refuses a command that would take an answer that somebody awaits in the multiplexer. */
  void checkNotShared() {
    Multiplexer<?> by = multiplexer;
    if (by != null && !by.isReadingHere() && !connection.isOpeningHere()) {
      throw new IllegalStateException(
          "the connection belongs to a multiplexer: commands go through it");
    }
  }

  /** Refuses the lines of a protocol client outside its own exchanges, before anything is done. */
  void checkSpeaks(Exchanges exchanges) {
    Multiplexer<?> by = multiplexer;
    boolean allowed =
        client.speaksLines() || exchanges.isOwn() || (by != null && by.isReadingHere());
    if (!allowed) {
      throw new IllegalStateException(name() + " speaks a protocol of its own: use its methods; its"
          + " lines and streams are for exchange() in a subclass");
    }
  }

  private String name() {
    Class<?> named = client.getClass();
    while (named.isAnonymousClass()) {
      named = named.getSuperclass();
    }
    return named.getSimpleName();
  }
}
