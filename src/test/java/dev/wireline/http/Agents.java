package dev.wireline.http;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;

/** What tests of agents need again and again. */
final class Agents {
  private Agents() {}

  static String origin(RawServer server) {
    return (server.endpoint().isTls() ? "https://" : "http://")
        + server.endpoint().authority();
  }

  static RawAnswer redirect(int status, String location) {
    return status(status, "Location: " + location + "\r\n");
  }

  /** A response with a small body and more fields, each with its CRLF. */
  static RawAnswer status(int status, String fields) {
    return RawAnswer.of("HTTP/1.1 " + status + " X\r\nContent-Length: 4\r\n" + fields + "\r\nbody");
  }

  /** The value of a field of a request, or empty text. */
  static String field(RawRequest request, String name) {
    String start = name + ": ";
    return request
        .head()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse("");
  }
}
