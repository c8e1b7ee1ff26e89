package dev.wireline.imap;

import dev.wireline.http.Holds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The items of a FETCH response, and the names and sets that the same bytes may be. */
public final class ImapFuzz {
  private ImapFuzz() {}

  public static void check(byte[] input) {
    items(input);
    MessageSet set = MessageSet.parse(true, new String(input, StandardCharsets.ISO_8859_1));
    if (set != null) {
      MessageSet again = MessageSet.parse(true, set.toString());
      Holds.that(set.equals(again), "a set and what it is on the wire");
    }
  }

  private static void items(byte[] input) {
    try {
      FetchedMail mail = FetchItems.all(1, ScriptedTokens.of(input));
      Holds.same(mail.number(), 1L, "the number");
      Holds.that(mail.uid().orElse(0) >= 0, "a uid is not negative");
      Holds.that(mail.size().orElse(0) >= 0, "a size is not negative");
      mail.structure().ifPresent(body -> body.all().forEach(ImapFuzz::part));
    } catch (IOException e) {
      Holds.that(e.getMessage() != null, "a refusal says why");
    }
  }

  private static void part(BodyPart part) {
    Holds.that(part.filename().map(name -> name.length() < 1 << 20).orElse(true), "a short name");
    Holds.printable(part.section());
  }
}
