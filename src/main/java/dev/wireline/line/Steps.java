package dev.wireline.line;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a peer, a command and its answer, as {@link LineClient#exchange} runs it.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Steps<T extends @Nullable Object> {
  /**
   * Talks to the peer.
   *
   * @return the result
   * @throws IOException if the exchange failed
   */
  T run() throws IOException;
}
