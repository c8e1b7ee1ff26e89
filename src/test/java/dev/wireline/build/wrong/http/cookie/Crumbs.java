package dev.wireline.build.wrong.http.cookie;

import dev.wireline.build.wrong.http.Asks;

/** Wrong: the cookies stand above the client that carries them. */
final class Crumbs {
  private Crumbs() {}

  static Asks asks() {
    return new Asks();
  }
}
