package dev.wireline.build.wrong.endpoint;

import dev.wireline.build.wrong.net.Link;
import java.io.IOException;

/** Wrong: the arrow points up. */
final class DialsItself {
  private DialsItself() {}

  static void dial(Place place) throws IOException {
    Link.open(place);
  }
}
