package dev.wireline.build.wrong;

/** Wrong: the root package is empty. */
final class Stray {
  private Stray() {}
}
