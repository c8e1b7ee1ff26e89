package dev.wireline.http.cookie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The value of a Set-Cookie field. */
public final class CookieFuzz {
  private static final HttpUrl URL = HttpUrl.parse("https://www.example.org/a/b");

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private CookieFuzz() {}

  public static void check(byte[] input) {
    String text = new String(input, ISO_8859_1);
    SetCookie cookie = SetCookie.parse(text).orElse(null);
    if (cookie == null) {
      return;
    }
    String pair = cookie.name().isEmpty() ? cookie.value() : cookie.name() + "=" + cookie.value();
    Holds.that(pair.indexOf(';') < 0, "a pair that a Cookie field can carry");
    Holds.that(pair.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F)), "text");
    Holds.that(cookie.path().isEmpty() || cookie.path().startsWith("/"), "a path or none");
    Long age = cookie.maxAgeSeconds();
    Holds.that(age == null || age >= 0, "an age that is not negative");
    Optional<SetCookie> again = SetCookie.parse(pair);
    Holds.that(again.isPresent(), "a cookie that can be parsed again");
    Holds.same(again.orElseThrow().name(), cookie.name(), "the name parsed again");
    Holds.same(again.orElseThrow().value(), cookie.value(), "the value parsed again");
    store(text, cookie);
  }

  private static void store(String text, SetCookie received) {
    MemoryCookieJar jar = new MemoryCookieJar();
    jar.store(URL, List.of(text), NOW);
    for (Cookie cookie : jar.cookiesFor(URL, NOW)) {
      Holds.same(cookie.name(), received.name(), "the name that goes back and the one that came");
      Holds.same(
          cookie.value(), received.value(), "the value that goes back and the one that came");
    }
  }
}
