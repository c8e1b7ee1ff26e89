package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What was really said, line by line. Not thread-safe. */
final class Conversation {

  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  void serverSaid(Script.Line line) {
    lines.add(line.toString());
  }

  /** Takes a byte of the client; tells whether it ended a line. */
  boolean clientSaid(int octet) {
    begun.write(octet);
    return octet == '\n';
  }

  /** What the client said since its last line was taken. */
  byte[] begunLine() {
    return begun.toByteArray();
  }

  /** Takes the client's line as said; a line end other than CRLF is shown. */
  void takeLine() {
    byte[] line = begun.toByteArray();
    String text = Escaped.bytes(line);
    String crlf = "\\r\\n";
    boolean ended = text.endsWith(crlf);
    lines.add("C: " + (ended ? text.substring(0, text.length() - crlf.length()) : text));
    begun.reset();
  }

  /** Shows the lines that were said in full. */
  String text() {
    return String.join("\n", lines);
  }

  /** Shows the lines indented, for reports. */
  String indented() {
    return lines.isEmpty() ? "    (nothing)\n" : "    " + String.join("\n    ", lines) + "\n";
  }
}
