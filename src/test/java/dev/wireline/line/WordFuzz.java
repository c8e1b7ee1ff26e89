package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.Holds;
import java.util.ArrayList;
import java.util.List;

/** The words of a line: all of them are the line, and what is not as it is asked for is told. */
public final class WordFuzz {
  private static final LineClient CLIENT = new LineClient(Endpoint.tcp("127.0.0.1", 9));

  private WordFuzz() {}

  public static void check(byte[] input) {
    String line = new String(input, ISO_8859_1);
    try {
      Words words = Words.of(CLIENT, line);
      List<String> taken = new ArrayList<>();
      while (words.hasNext()) {
        taken.add(words.next());
        Holds.that(!taken.get(taken.size() - 1).contains(" "), "no space stands in a word");
      }
      words.end();
      Holds.same(String.join(" ", taken), line, "the words and the line");
      Holds.same(Words.of(CLIENT, line).rest(), line, "the rest and the line");
    } catch (PeerProtocolException e) {
      Holds.refusal(e);
    }
    numbers(line);
    quoted(line);
  }

  private static void numbers(String line) {
    Words words = Words.of(CLIENT, line);
    Words same = Words.of(CLIENT, line);
    try {
      while (words.hasNext()) {
        long number = words.number(-5, Long.MAX_VALUE);
        Holds.that(number >= -5, "a number in its range");
        Holds.same(number, Long.parseLong(same.next()), "a number and its digits");
      }
    } catch (PeerProtocolException e) {
      Holds.refusal(e);
    }
  }

  private static void quoted(String line) {
    Words words = Words.of(CLIENT, line);
    try {
      int taken = 0;
      while (words.hasNext()) {
        taken += words.quoted().length();
        Holds.that(taken <= line.length(), "no more words than the line has");
      }
    } catch (PeerProtocolException e) {
      Holds.refusal(e);
    }
  }
}
