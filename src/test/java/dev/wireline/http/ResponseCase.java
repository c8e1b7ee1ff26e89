package dev.wireline.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A raw response of {@code http-responses.json}, and what must come of it.
 *
 * @param name the name of the case
 * @param method the method of the request
 * @param parts what the server sends, one after the other
 * @param close whether the server closes the connection behind the last byte
 * @param outcomes the right ones: {@code error}, or {@code ok:STATUS:BODY}
 * @param next which connection the next request uses: the same, a new one, or any
 */
record ResponseCase(
    String name,
    String method,
    List<Part> parts,
    boolean close,
    Set<String> outcomes,
    String next) {

  /** Text in ISO-8859-1 that is sent some times over. */
  record Part(String text, int times) {}

  private static final int HUGE = 64 * 1024;

  /** All cases of the file, in its order. */
  static List<ResponseCase> all() {
    try (InputStream in = ResponseCase.class.getResourceAsStream("http-responses.json")) {
      List<ResponseCase> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).get("cases").forEach(node -> cases.add(of(node)));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ResponseCase of(JsonNode node) {
    List<Part> parts = new ArrayList<>();
    node.get("bytes").forEach(part -> parts.add(part(part)));
    List<String> outcomes = new ArrayList<>();
    node.get("outcomes").forEach(outcome -> outcomes.add(outcome.asText()));
    return new ResponseCase(
        node.get("name").asText(),
        node.get("method").asText(),
        parts,
        node.get("then").asText().equals("close"),
        Set.copyOf(outcomes),
        node.get("next").asText());
  }

  private static Part part(JsonNode node) {
    String text = node.isTextual() ? node.asText() : node.get("repeat").asText();
    int times = node.isTextual() ? 1 : node.get("times").asInt();
    return new Part(text, times);
  }

  /** Whether it is too large to be sent byte by byte. */
  boolean isHuge() {
    return parts.stream().anyMatch(part -> (long) part.text().length() * part.times() > HUGE);
  }

  void sendTo(PeerConnection connection, boolean byteByByte) throws IOException {
    for (Part part : parts) {
      for (int i = 0; i < part.times(); i++) {
        if (byteByByte) {
          connection.writeByteByByte(part.text());
        } else {
          connection.write(part.text());
        }
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
