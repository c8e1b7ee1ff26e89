package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;

/** A client of a protocol that starts as HTTP: it may speak lines, in exchanges of its own. */
final class LineSpeaking extends HttpClient {
  /** Uses the lines of a client. */
  @FunctionalInterface
  interface Speech {
    void on(HttpClient client) throws IOException;
  }

  LineSpeaking(Endpoint endpoint) {
    super(endpoint);
  }

  LineSpeaking(Endpoint endpoint, HttpOptions options) {
    super(endpoint, options);
  }

  void speak(Speech speech) throws IOException {
    exchange(() -> {
      speech.on(this);
      return true;
    });
  }
}
