package dev.wireline.docs;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.util.List;

/** What the servers of the HTTP guide answer, and what they were asked. */
final class Answers {
  private Answers() {}

  static RawAnswer ok(String body) {
    return status("200 OK", "", body);
  }

  /** A response with more fields, each with its CRLF. */
  static RawAnswer status(String status, String fields, String body) {
    return RawAnswer.of("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n"
        + fields + "\r\n" + body);
  }

  static RawAnswer redirect(int status, String location) {
    return status(status + " Moved", "Location: " + location + "\r\n", "");
  }

  /** A body that is too large to be read over. */
  static RawAnswer large() {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n").repeat("x", 200_000);
  }

  static String origin(RawServer server) {
    return (server.endpoint().isTls() ? "https://" : "http://")
        + server.endpoint().authority();
  }

  /** The values of a field, one for each request; empty text where a request has none. */
  static List<String> fields(RawServer server, String name) {
    return server.requests().stream().map(request -> field(request, name)).toList();
  }

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
