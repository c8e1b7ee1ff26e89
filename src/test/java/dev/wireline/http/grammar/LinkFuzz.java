package dev.wireline.http.grammar;

import dev.wireline.http.Holds;
import dev.wireline.internal.StrictText;
import java.util.List;

/** The lines of a Link field, with LF between them. */
public final class LinkFuzz {
  private LinkFuzz() {}

  public static void check(byte[] input) {
    String text = StrictText.utf8OrLatin1(input, 0, input.length);
    List<String> lines = List.of(text.split("\n", -1));
    List<LinkField> links = LinkField.parse(lines);
    StringBuilder written = new StringBuilder();
    for (LinkField link : links) {
      Holds.that(link.target().indexOf('>') < 0, "a target ends with its bracket");
      written.append('<').append(link.target()).append('>');
      link.parameters().forEach((name, value) -> write(written, name, value));
      written.append(", ");
    }
    Holds.same(links, LinkField.parse(List.of(written.toString())), "the same links written again");
  }

  private static void write(StringBuilder written, String name, String value) {
    Holds.that(!name.endsWith("*"), "no name has a star");
    written.append("; ").append(name).append("=\"");
    written.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
