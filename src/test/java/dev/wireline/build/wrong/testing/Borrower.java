package dev.wireline.build.wrong.testing;

import dev.wireline.build.wrong.line.Chat;

/** Wrong: the test kit frames its own bytes. */
final class Borrower {
  private Borrower() {}

  static Chat chat() {
    return new Chat();
  }
}
