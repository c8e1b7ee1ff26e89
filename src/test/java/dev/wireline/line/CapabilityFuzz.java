package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import java.util.ArrayList;
import java.util.List;

/** Capabilities in lines, and in the words of each line: any text is some, and none is made up. */
public final class CapabilityFuzz {
  private CapabilityFuzz() {}

  public static void check(byte[] input) {
    String text = new String(input, ISO_8859_1);
    List<String> lines = List.of(text.split("\n", -1));
    look(Capabilities.ofLines(lines), text);
    lines.forEach(line -> look(Capabilities.ofWords(line), line));
  }

  private static void look(Capabilities capabilities, String text) {
    List<String> written = new ArrayList<>();
    int parameters = 0;
    for (String name : capabilities.names()) {
      Holds.that(capabilities.has(name), "a name that is there");
      Holds.that(!name.isEmpty() && !name.contains(" "), "a name is a word");
      for (String parameter : capabilities.parameters(name)) {
        Holds.that(text.contains(parameter), "a parameter that was said");
        Holds.that(capabilities.has(name, parameter), "a parameter that is there");
      }
      parameters += capabilities.parameters(name).size();
      written.add(name + " " + String.join(" ", capabilities.parameters(name)));
    }
    Holds.that(capabilities.names().size() + parameters <= text.length() + 1, "a bounded list");
    Capabilities again = Capabilities.ofLines(written);
    Holds.same(capabilities.names(), again.names(), "the names written again");
  }
}
