package dev.wireline.net;

import java.io.Closeable;
import java.io.IOException;

/** Closing what is given up anyway. */
final class Closing {
  private Closing() {}

  /** Closes; a failure to close tells nobody anything that could be acted on. */
  static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // The descriptor is gone all the same.
    }
  }
}
