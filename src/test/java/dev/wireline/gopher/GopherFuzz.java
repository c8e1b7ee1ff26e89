package dev.wireline.gopher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.internal.MalformedException;

/** Menus, line by line, and texts with and without a dot at their end. */
public final class GopherFuzz {
  private GopherFuzz() {}

  public static void check(byte[] input) {
    String text = new String(input, ISO_8859_1);
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty() && !MenuLine.isEnd(line)) {
        line(line);
      }
    }
    text(text);
  }

  private static void line(String line) {
    try {
      GopherItem item = MenuLine.parse(line);
      Holds.onOneLine(item.selector());
      Holds.that(item.selector().indexOf('\t') < 0, "a tab stands in a selector");
      Holds.that(item.port() >= 0 && item.port() <= 65_535, "a port in its range");
      item.endpoint().ifPresent(place -> Holds.same(place.port(), item.port(), "the ports"));
      item.url().ifPresent(Holds::onOneLine);
      String again = item.type()
          + String.join("\t", item.text(), item.selector(), item.host(), "" + item.port());
      Holds.same(MenuLine.parse(again), item, "an item and what it is on the wire");
    } catch (MalformedException e) {
      Holds.refusal(e);
    }
  }

  private static void text(String text) {
    String content = DotEnd.remove(text);
    Holds.that(content.length() <= text.length(), "no more text than there was");
    String lines = content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
    Holds.same(DotEnd.remove(stuffed(lines)), lines, "a text and what it is on the wire");
  }

  private static String stuffed(String lines) {
    return (lines.startsWith(".") ? "." : "") + lines.replace("\n.", "\n..") + ".\r\n";
  }
}
