package dev.wireline.cli;

import dev.wireline.header.Headers;
import java.io.IOException;

/** Shows the head of an answer. */
final class Fields {
  private static final String NAME = "\033[36m";
  private static final String BOLD = "\033[1m";
  private static final String PLAIN = "\033[0m";

  private final Streams streams;
  private final boolean colours;

  Fields(Streams streams) {
    this.streams = streams;
    this.colours = streams.colours(streams.outIsTerminal());
  }

  /** The first line of an answer. */
  void title(String line) throws IOException {
    streams.line(colours ? BOLD + Printable.of(line) + PLAIN : Printable.of(line));
  }

  /** The fields and the empty line after them. */
  void show(Headers fields) throws IOException {
    StringBuilder text = new StringBuilder();
    fields.forEach((name, value) -> text.append(colours ? NAME + name + PLAIN : name)
        .append(": ")
        .append(Printable.of(value))
        .append('\n'));
    streams.line(text.toString());
  }
}
