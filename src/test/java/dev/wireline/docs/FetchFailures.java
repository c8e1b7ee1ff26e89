package dev.wireline.docs;

import dev.wireline.fetch.Urls;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.List;

/** The failures of an opener of URLs. */
final class FetchFailures {
  private FetchFailures() {}

  static List<Failure> all() {
    return List.of(new Failure("Nothing is at a URL", FetchFailures::missing));
  }

  private static void missing() throws IOException {
    try (RawServer server =
        RawServer.answering(RawAnswer.of("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))) {
      Urls.open("http://" + server.endpoint().authority() + "/news?of=today").close();
    }
  }
}
