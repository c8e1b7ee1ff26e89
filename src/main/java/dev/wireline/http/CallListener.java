package dev.wireline.http;

/**
 * Hears of the calls of an {@link HttpAgent} step by step, in the thread of each call; with the times it
 * can draw a waterfall. What it throws fails the call. Whoever implements it makes it thread-safe. Not
 * frozen yet.
 */
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
