package dev.wireline.build.wrong.line;

import dev.wireline.build.wrong.endpoint.Place;
import dev.wireline.build.wrong.net.Link;
import java.io.IOException;

/** Right: it uses what stands above it. */
public class Chat {
  public void open(Place place) throws IOException {
    Link.open(place);
  }
}
