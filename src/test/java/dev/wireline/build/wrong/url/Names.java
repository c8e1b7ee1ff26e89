package dev.wireline.build.wrong.url;

import dev.wireline.build.wrong.error.Failure;

/** Wrong: what is no URL is an illegal argument, and no failure of a connection. */
public final class Names {
  private Names() {}

  static Failure failure() {
    return new Failure();
  }
}
