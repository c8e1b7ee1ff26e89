package dev.wireline.http;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content codings that a client can decode. Immutable. */
final class ContentCodings {
  /** The most codings that a body may have, nested. */
  static final int MAX_CHAIN = 2;

  static final ContentCodings STANDARD =
      new ContentCodings(List.of(new GzipCoding(), new DeflateCoding()));

  private final List<ContentCoding> known;
  private final String accepted;

  private ContentCodings(List<ContentCoding> known) {
    this.known = known;
    List<String> names = new ArrayList<>();
    for (ContentCoding coding : known) {
      names.add(coding.name());
    }
    this.accepted = String.join(", ", names);
  }

  /**
   * These and one more, which is offered before them and replaces one of the same name.
   *
   * @throws IllegalArgumentException if its name is no lower-case token, or is identity
   */
  ContentCodings with(ContentCoding more) {
    String name = more.name();
    boolean lower = name.equals(name.toLowerCase(Locale.ROOT));
    if (!Ascii.isToken(name) || !lower || name.equals("identity") || name.equals("*")) {
      throw new IllegalArgumentException(
          "a content coding is named by a lower-case token, not " + Quoted.text(name));
    }
    List<ContentCoding> all = new ArrayList<>();
    all.add(more);
    for (ContentCoding coding : known) {
      if (!coding.name().equals(name)) {
        all.add(coding);
      }
    }
    return new ContentCodings(List.copyOf(all));
  }

  /** The value of Accept-Encoding: the names in order of preference. */
  String accepted() {
    return accepted;
  }

  /**
   * The codings to undo, in the order in which to undo them.
   *
   * @param elements the elements of Content-Encoding, in the order in which the server applied them
   * @return the codings, empty if there are none; null if one is unknown or there are more than {@link
   *     #MAX_CHAIN}, so that the body can only be passed on as it is
   */
  @Nullable
  List<ContentCoding> toUndo(List<String> elements) {
    List<ContentCoding> chain = new ArrayList<>();
    for (int i = elements.size() - 1; i >= 0; i--) {
      String name = elements.get(i).toLowerCase(Locale.ROOT);
      if (name.equals("identity")) {
        continue;
      }
      ContentCoding coding = find(name);
      if (coding == null || chain.size() == MAX_CHAIN) {
        return null;
      }
      chain.add(coding);
    }
    return chain;
  }

  private @Nullable ContentCoding find(String name) {
    // RFC 9110 section 8.4.1.3: x-gzip is gzip.
    String canonical = name.equals("x-gzip") ? "gzip" : name;
    for (ContentCoding coding : known) {
      if (coding.name().equals(canonical)) {
        return coding;
      }
    }
    return null;
  }
}
