package dev.wireline.http;

import dev.wireline.stability.NotFrozen;

/**
 * Hears of the calls of an {@link HttpAgent} step by step, with the times of a waterfall.
 *
 * <p>It runs in the thread of the call, and for a body in that of its reader, or of who closes it; a
 * response that was forgotten is told in whatever thread comes upon it. A RuntimeException that it throws
 * goes to the log and changes nothing else; an Error fails the call or the read, and the connection is
 * closed. Each call that has started is answered or fails. Whoever implements it makes it thread-safe.
 */
@NotFrozen
@FunctionalInterface
public interface CallListener {
  /** Hears nothing. */
  CallListener NONE = new CallListener() {
    @Override
    public void event(CallEvent event) {}
  };

  /**
   * Something happened.
   *
   * @param event what, where and when; kinds may be added, so an unknown one is to be passed over
   */
  void event(CallEvent event);
}
