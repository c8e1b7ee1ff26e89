package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What was really said on one connection, a line for each step. Not thread-safe. */
final class Conversation {

  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /** Takes a step of the server as done. */
  void serverDid(String shown) {
    lines.add(shown);
  }

  /** Takes a byte of the client; tells whether it ended a line. */
  boolean clientSaid(int octet) {
    begun.write(octet);
    return octet == '\n';
  }

  /** What the client said since its last line or bytes were taken. */
  byte[] begun() {
    return begun.toByteArray();
  }

  /** Takes the client's line as said; a line end other than CRLF is shown. */
  void takeLine() {
    String text = Escaped.bytes(begun.toByteArray());
    String crlf = "\\r\\n";
    boolean ended = text.endsWith(crlf);
    lines.add("C: " + (ended ? text.substring(0, text.length() - crlf.length()) : text));
    begun.reset();
  }

  /** Takes the client's bytes as said. */
  void takeBytes(Step shown) {
    lines.add(shown.toString());
    begun.reset();
  }

  /** Shows what was said in full. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
