package dev.wireline.url;

import org.jspecify.annotations.Nullable;

/**
 * What follows the authority of a URL, or makes up a relative reference without one. Immutable.
 *
 * @param path the path; may be empty in a reference
 * @param query what follows the {@code ?}, or null without one
 * @param fragment what follows the {@code #}, or null without one
 */
record UrlTail(
    String path, @Nullable String query, @Nullable String fragment) {
  /** Reads a text from an index to its end (RFC 3986, sections 3.3 to 3.5). */
  static UrlTail parse(UrlText url, int from) {
    String text = url.text();
    int hash = url.firstOf("#", from);
    int pathEnd = url.firstOf("?#", from);
    check(url, from);
    return new UrlTail(
        text.substring(from, pathEnd),
        pathEnd < hash ? text.substring(pathEnd + 1, hash) : null,
        hash < text.length() ? text.substring(hash + 1) : null);
  }

  private static void check(UrlText url, int from) {
    for (int i = from; i < url.text().length(); i++) {
      if (url.text().charAt(i) > 0x7F) {
        throw url.refused("the character", i, "is not ASCII; percent-encode it as UTF-8");
      }
    }
  }

  /** What a request sends: path and query. */
  String target() {
    return query == null ? path : path + "?" + query;
  }

  /** Resolves a reference without a host (section 5.2.2). */
  UrlTail resolve(UrlTail reference) {
    String other = reference.path;
    if (other.isEmpty()) {
      String asked = reference.query == null ? query : reference.query;
      return new UrlTail(path, asked, reference.fragment);
    }
    String merged =
        other.startsWith("/") ? other : path.substring(0, path.lastIndexOf('/') + 1) + other;
    return new UrlTail(withoutDots(merged), reference.query, reference.fragment);
  }

  UrlTail withoutDotSegments() {
    return new UrlTail(withoutDots(path), query, fragment);
  }

  /** Takes {@code .} and {@code ..} out of a path that starts with a slash (section 5.2.4). */
  private static String withoutDots(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int end;
    for (int slash = 0; slash < path.length(); slash = end) {
      int next = path.indexOf('/', slash + 1);
      end = next < 0 ? path.length() : next;
      String segment = path.substring(slash + 1, end);
      boolean up = segment.equals("..");
      if (!up && !segment.equals(".")) {
        out.append(path, slash, end);
        continue;
      }
      if (up) {
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      }
      if (next < 0) {
        out.append('/');
      }
    }
    return out.toString();
  }
}
