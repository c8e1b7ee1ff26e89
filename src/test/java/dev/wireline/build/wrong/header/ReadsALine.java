package dev.wireline.build.wrong.header;

import dev.wireline.build.wrong.line.Chat;

/** Wrong by the notes of the table: a grammar does no input. */
final class ReadsALine {
  private ReadsALine() {}

  static Chat chat() {
    return new Chat();
  }
}
