package dev.wireline.http;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, which can be sent once. */
final class OnceContent implements Content {
  private final InputStream stream;
  private final long length;
  private final AtomicBoolean taken = new AtomicBoolean();

  OnceContent(InputStream stream, long length) {
    this.stream = stream;
    this.length = length;
  }

  @Override
  public long length() {
    refuseWhen(taken.get());
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public InputStream open() {
    refuseWhen(!taken.compareAndSet(false, true));
    return stream;
  }

  private static void refuseWhen(boolean sent) {
    if (sent) {
      throw new IllegalStateException(
          "the stream of this body was sent before; it can be sent once");
    }
  }

  @Override
  public String toString() {
    return length == UNKNOWN ? "a stream" : length + " bytes";
  }
}
