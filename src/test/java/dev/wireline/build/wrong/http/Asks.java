package dev.wireline.build.wrong.http;

import dev.wireline.build.wrong.http.grammar.Head;
import dev.wireline.build.wrong.pool.Shelf;

/** Right: it uses what stands above it, and the grammar is a package of its own. */
public final class Asks {
  Object[] all() {
    return new Object[] {new Head(), new Shelf()};
  }
}
