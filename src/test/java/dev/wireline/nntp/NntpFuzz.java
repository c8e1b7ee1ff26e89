package dev.wireline.nntp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.internal.MalformedException;
import java.util.List;
import java.util.Map;

/** An overview: the last line, in the order that the lines before it give. */
public final class NntpFuzz {
  private NntpFuzz() {}

  public static void check(byte[] input) {
    List<String> lines = List.of(new String(input, ISO_8859_1).split("\n", -1));
    String line = lines.get(lines.size() - 1);
    try {
      Overview article = OverviewFormat.of(lines.subList(0, lines.size() - 1)).parse(line);
      Holds.that(article.number() >= 0 && article.number() <= ArticleRange.MAX, "a number");
      Holds.that(article.bytes().orElse(0) >= 0, "a size is not negative");
      Holds.that(article.lines().orElse(0) >= 0, "a count of lines is not negative");
      Holds.that(article.messageId().map(id -> id.text().length()).orElse(3) >= 3, "an id");
      article.fields().entrySet().forEach(field -> field(article, field));
    } catch (MalformedException e) {
      Holds.refusal(e);
    }
  }

  private static void field(Overview article, Map.Entry<String, String> field) {
    Holds.that(!field.getValue().isBlank(), "a value is not empty");
    Holds.that(article.field(field.getKey()).isPresent(), "a field is found by its name");
  }
}
