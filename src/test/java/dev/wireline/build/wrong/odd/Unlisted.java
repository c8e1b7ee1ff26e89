package dev.wireline.build.wrong.odd;

/** Wrong: a package that the table does not know. */
final class Unlisted {
  private Unlisted() {}
}
