package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What was really said on one connection, a line for each step. Not thread-safe. */
final class Conversation {

  /**
   * What was said in a step, or beside all steps.
   *
   * @param aside whether it belongs to no step in the order
   */
  record Said(String text, boolean aside) {}

  private final List<Said> lines = new ArrayList<>();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /** Takes a step of the server as done. */
  void serverDid(String shown) {
    lines.add(new Said(shown, false));
  }

  /** Takes what the server said beside its steps. */
  void serverSaidAside(String shown) {
    lines.add(new Said(shown, true));
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
    takeLine(false);
  }

  /** Takes the client's line as said beside the steps. */
  void takeAside() {
    takeLine(true);
  }

  private void takeLine(boolean aside) {
    String text = Escaped.bytes(begun.toByteArray());
    String crlf = "\\r\\n";
    boolean ended = text.endsWith(crlf);
    String shown = ended ? text.substring(0, text.length() - crlf.length()) : text;
    lines.add(new Said("C: " + shown, aside));
    begun.reset();
  }

  /** Takes the client's bytes as said. */
  void takeBytes(Step shown) {
    lines.add(new Said(shown.toString(), false));
    begun.reset();
  }

  /** Shows what was said in full. */
  List<Said> lines() {
    return List.copyOf(lines);
  }
}
