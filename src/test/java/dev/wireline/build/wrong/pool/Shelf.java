package dev.wireline.build.wrong.pool;

import dev.wireline.build.wrong.endpoint.Place;
import dev.wireline.build.wrong.net.Link;
import java.io.IOException;

/** Right: it uses what stands above it, and sets the flag of a thread that was interrupted. */
public final class Shelf {
  public void fill(Place place) throws IOException {
    Thread.currentThread().interrupt();
    Link.open(place);
  }
}
