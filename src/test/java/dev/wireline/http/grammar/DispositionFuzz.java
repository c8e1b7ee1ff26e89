package dev.wireline.http.grammar;

import dev.wireline.http.Holds;
import dev.wireline.internal.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The value of a Content-Disposition field, or any name. */
public final class DispositionFuzz {
  private DispositionFuzz() {}

  public static void check(byte[] input) {
    String text = StrictText.utf8OrLatin1(input, 0, input.length);
    ContentDisposition.fileName(text).ifPresent(DispositionFuzz::check);
    FileName.safe(text).ifPresent(DispositionFuzz::check);
    FileName.ofPath(text).ifPresent(DispositionFuzz::check);
  }

  private static void check(String name) {
    Holds.printable(name);
    Holds.that(name.chars().noneMatch(c -> "/\\:<>\"|?*".indexOf(c) >= 0), "no path");
    Holds.that(!name.startsWith(".") && !name.endsWith("."), "no dot at an end");
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    Holds.that(bytes <= FileName.MAX_NAME_BYTES + 1, "a bounded name");
    Holds.same(Optional.of(name), FileName.safe(name), "a safe name made safe");
  }
}
