package dev.wireline.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that stands until the test moves it: what is slow because the machine is busy runs out of no
 * time. A wait ends by it within the real time that it was to last.
 */
public final class StoppedClock implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong();

  /** A dialer's builder whose deadlines go by this clock. */
  public Dialer.Builder dialer() {
    return Dialer.builder().clock(this);
  }

  /** Lets time pass for all that go by it. */
  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
