package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.grammar.HostField;

/** The text of an endpoint, and of the origin of a client. */
final class EndpointFuzz {
  private EndpointFuzz() {}

  static void check(byte[] input) {
    String text = new String(input, UTF_8);
    stands(() -> Endpoint.parse(text), text);
    stands(() -> Endpoint.parse(text, 6667), text);
    stands(() -> Endpoint.parse(text, HttpClient.PROTOCOL), text);
  }

  /** Parses. */
  private interface Parsing {
    Endpoint endpoint();
  }

  private static void stands(Parsing parsing, String text) {
    Endpoint endpoint;
    try {
      endpoint = parsing.endpoint();
    } catch (IllegalArgumentException e) {
      Holds.refusal(e);
      return;
    }
    Holds.same(Endpoint.parse(endpoint.toString()), endpoint, "an endpoint and its text");
    Holds.printable(endpoint.toString());
    Holds.onOneLine(endpoint.authority());
    if (endpoint.isUnix()) {
      Holds.that(endpoint.path().orElseThrow().isAbsolute(), "an absolute path");
      return;
    }
    Holds.that(endpoint.port() > 0 && endpoint.port() < 65536, "a port in its range");
    Holds.that(text.indexOf('@') < 0, "no user info");
    HostField.of(endpoint, HttpClient.PROTOCOL);
    String host = endpoint.host();
    Holds.same(Endpoint.tcp(host, endpoint.port()).host(), host, "a host and its text");
  }
}
