package dev.wireline.build.wrong.http.grammar;

import dev.wireline.build.wrong.endpoint.Place;
import dev.wireline.build.wrong.http.Asks;
import dev.wireline.build.wrong.net.Link;
import java.io.IOException;
import java.io.InputStream;

/** Wrong three times: a grammar knows no client, no connection and no stream. */
final class ReadsAHead {
  private ReadsAHead() {}

  static Object[] all(Place place) throws IOException {
    Link.open(place);
    return new Object[] {new Asks(), InputStream.nullInputStream()};
  }
}
