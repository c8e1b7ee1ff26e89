package dev.wireline.net;

import dev.wireline.error.WirelineException;
import dev.wireline.internal.TimeText;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a client has set for everything it does, on each wire that it dials. Thread-safe. */
final class Terms {
  private volatile Deadline limit = Deadline.NEVER;
  private volatile Duration silence;
  private volatile long silenceNanos;
  private volatile @Nullable Consumer<WirelineException> failureListener;

  private volatile @Nullable ProxyListener proxyListener;

  Terms(Duration silence) {
    this.silence = silence;
    this.silenceNanos = TimeText.nanos(silence);
  }

  /** The deadline in addition to those of the calls. */
  Deadline limit() {
    return limit;
  }

  void limit(Deadline value) {
    limit = value;
  }

  Duration silence() {
    return silence;
  }

  /** How long no byte may move in one wait. */
  long silenceNanos() {
    return silenceNanos;
  }

  void silence(Duration value) {
    silenceNanos = TimeText.nanos(value);
    silence = value;
  }

  /** Told of the first failure of a wire, before it is thrown. */
  @Nullable
  Consumer<WirelineException> failureListener() {
    return failureListener;
  }

  void failureListener(Consumer<WirelineException> value) {
    failureListener = value;
  }

  /** Who hears what is said to proxies, or null. */
  @Nullable
  ProxyListener proxyListener() {
    return proxyListener;
  }

  void proxyListener(ProxyListener value) {
    proxyListener = value;
  }
}
