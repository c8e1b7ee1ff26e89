package dev.wireline.http;

import dev.wireline.stability.NotFrozen;

/**
 * Told of the calls of an {@link HttpAgent} step by step, with times, as for a waterfall diagram.
 *
 * <p>It runs in the thread of the call; for a body, in the thread that reads or closes it; for a forgotten
 * response, in whatever thread comes upon it. A RuntimeException that it throws is logged and changes nothing
 * else; an Error fails the call or the read, and the connection is closed. Each call that has started is either
 * answered or fails. Implementations must be thread-safe.
 */
@NotFrozen
@FunctionalInterface
public interface CallListener {
  /** Does nothing. */
  CallListener NONE = new CallListener() {
    @Override
    public void event(CallEvent event) {}
  };

  /**
   * Something happened.
   *
   * @param event what, where and when; kinds may be added, so ignore unknown ones
   */
  void event(CallEvent event);
}
