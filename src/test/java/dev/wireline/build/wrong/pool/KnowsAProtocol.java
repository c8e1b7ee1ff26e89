package dev.wireline.build.wrong.pool;

import dev.wireline.build.wrong.line.Chat;

/** Wrong: a pool knows connections, not what is said on them. */
final class KnowsAProtocol {
  private KnowsAProtocol() {}

  static Chat chat() {
    return new Chat();
  }
}
