package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is given up anyway. */
final class Closing {
  private Closing() {}

  /** Closes, ignoring failures: nothing could be done about them. */
  static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // The descriptor is gone all the same.
    }
  }
}
