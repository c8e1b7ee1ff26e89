package dev.wireline.line;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a peer, a command and its answer, as {@link LineClient#exchange} runs it.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Steps<T extends @Nullable Object> {
  /**
   * Speaks with the peer.
   *
   * @return the result
   * @throws IOException if the exchange failed
   */
  T run() throws IOException;
}
