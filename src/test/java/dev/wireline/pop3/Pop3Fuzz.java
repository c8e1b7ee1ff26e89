package dev.wireline.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.error.WirelineException;
import dev.wireline.http.Holds;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of LIST, UIDL and CAPA, and what stands in front of the texts of replies. */
public final class Pop3Fuzz {
  private static final Pop3Client CLIENT =
      new Pop3Client("127.0.0.1:9", Pop3Options.builder().maxMails(5).build());

  private Pop3Fuzz() {}

  public static void check(byte[] input) {
    List<String> lines = List.of(new String(input, ISO_8859_1).split("\n", -1));
    list(lines, words -> words.number(0, Long.MAX_VALUE))
        .forEach((number, size) -> Holds.that(number > 0 && size >= 0, "a number and a size"));
    list(lines, Words::next)
        .forEach((number, id) -> Holds.that(!id.isEmpty() && !id.contains(" "), "an id is a word"));
    Holds.that(Capabilities.ofLines(lines).names().size() <= lines.size(), "one a line at most");
    lines.forEach(Pop3Fuzz::reply);
  }

  private static <T> Map<Integer, T> list(List<String> lines, Pop3Client.Fact<T> fact) {
    Map<Integer, T> found = new LinkedHashMap<>();
    try {
      for (String line : lines) {
        CLIENT.add(found, line, fact);
      }
      Holds.same(found.size(), lines.size(), "a mail a line");
    } catch (WirelineException e) {
      Holds.refusal(e);
    } catch (IOException e) {
      throw new AssertionError("nothing is read", e);
    }
    Holds.that(found.size() <= 5, "no more than maxMails");
    return found;
  }

  private static void reply(String line) {
    String code = ResponseCode.of(line);
    if (code != null) {
      Holds.printable(code);
      Holds.that(code.length() <= line.length() - 2, "a code in its brackets");
      ResponseCode.isTransient(code);
    }
    String asked = Timestamp.of(line);
    if (asked != null) {
      Holds.printable(asked);
      Holds.that(line.contains(asked) && asked.indexOf('@') > 1, "a timestamp that was said");
      Holds.same(Timestamp.digest(asked, "secret").length(), 32, "the length of a digest");
    }
  }
}
