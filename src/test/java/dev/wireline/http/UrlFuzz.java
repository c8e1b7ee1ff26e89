package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.url.HttpUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** A URL, and behind a blank a reference that is resolved there. */
final class UrlFuzz {
  private static final HttpUrl BASE = HttpUrl.parse("http://example.org:81/a/b;c?d");

  private UrlFuzz() {}

  static void check(byte[] input) {
    String text = new String(input, UTF_8);
    int blank = text.indexOf(' ');
    try {
      HttpUrl base = blank < 0 ? BASE : HttpUrl.parse(text.substring(0, blank));
      HttpUrl url = base.resolve(text.substring(blank + 1));
      stands(base);
      stands(url);
      standsResolved(url);
      compare(text.substring(blank + 1), url);
    } catch (IllegalArgumentException e) {
      Holds.refusal(e);
    }
  }

  private static void stands(HttpUrl url) {
    HttpUrl bare = url.withoutUserInfo();
    String text = url.toString();
    Holds.that(text.chars().allMatch(c -> c > ' ' && c < 0x7F), "visible ASCII");
    Holds.that(url.target().startsWith("/"), "a target that starts with a slash");
    Holds.that(url.target().indexOf('#') < 0, "a target without the fragment");
    Holds.that(url.port() > 0 && url.port() < 65536, "a port in its range");
    Holds.same(HttpUrl.parse(text), bare, "a URL and its text");
    Holds.that(url.sameOrigin(HttpUrl.parse(url.origin())), "an origin and its text");
    HttpRequest.of("GET", url);
  }

  /** A URL without dot segments stays what it is; two slashes at the start would name a host. */
  private static void standsResolved(HttpUrl url) {
    HttpUrl bare = BASE.resolve(url.toString());
    Holds.same(BASE.resolve(bare.toString()), bare, "a URL and its text as a reference");
    if (!bare.target().startsWith("//")) {
      HttpUrl again = bare.resolve(bare.target());
      Holds.same(again.target(), bare.target(), "a target resolved again");
    }
  }

  /** Where the JDK takes the same text for a URL with a host, it is the same host and port. */
  private static void compare(String text, HttpUrl url) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return;
    }
    String host = uri.getHost();
    if (uri.getScheme() == null || host == null || !isPlain(host)) {
      return;
    }
    Holds.same(url.host(), host.toLowerCase(Locale.ROOT), "the host, and that of the JDK");
    int standard = url.isSecure() ? 443 : 80;
    Holds.same(url.port(), uri.getPort() < 0 ? standard : uri.getPort(), "the port");
  }

  /** Neither an IPv6 address, which has many spellings, nor a name with a dot at its end. */
  private static boolean isPlain(String host) {
    return host.indexOf(':') < 0 && !host.endsWith(".");
  }
}
