package dev.wireline.build.wrong.http.odd;

/** Wrong: a package within a package is one of the table too. */
final class Unlisted {
  private Unlisted() {}
}
