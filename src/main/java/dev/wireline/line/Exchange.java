package dev.wireline.line;

import java.io.IOException;

/**
 * One exchange with a peer, a command and its answer, as {@link LineClient#exchange} runs it.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Exchange<T> {
  /**
   * Speaks with the peer.
   *
   * @return the result
   * @throws IOException when the exchange failed
   */
  T run() throws IOException;
}
