package dev.wireline.url;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import org.jspecify.annotations.Nullable;

/** Parses URLs with a server: the one place that knows where the host of a URL is. */
final class UrlParser {
  static final int HTTP_PORT = 80;
  static final int HTTPS_PORT = 443;

  private static final Protocol HTTP = new Protocol("http", HTTP_PORT, "https", HTTPS_PORT);

  /** The origin that was read last, since most URLs have the same as the one before. */
  private static volatile @Nullable Start last;

  private UrlParser() {}

  /** What precedes the path of a URL. Immutable. */
  private static final class Start {
    private final String text;
    private final String scheme;
    private final Endpoint endpoint;
    private final @Nullable UserInfo userInfo;

    Start(String text, String scheme, Endpoint endpoint, @Nullable UserInfo userInfo) {
      this.text = text;
      this.scheme = scheme;
      this.endpoint = endpoint;
      this.userInfo = userInfo;
    }

    /** Whether another URL starts with all of this, spelled the same. */
    boolean isThatOf(UrlText url) {
      int end = text.length();
      return url.text().startsWith(text) && url.firstOf("/?#", end) == end;
    }
  }

  static HttpUrl parse(String text) {
    UrlText url = new UrlText(text);
    url.checkCharacters();
    Start start = last;
    if (start == null || !start.isThatOf(url)) {
      start = start(url, HTTP);
      // User info is not kept.
      last = start.userInfo == null ? start : last;
    }
    UrlTail tail = UrlTail.parse(url, start.text.length());
    UrlTail whole = tail.path().isEmpty() ? new UrlTail("/", tail.query(), tail.fragment()) : tail;
    return new HttpUrl(start.endpoint, start.userInfo, whole);
  }

  static ServerUrl parse(String text, Protocol protocol) {
    UrlText url = new UrlText(text);
    url.checkCharacters();
    Start start = start(url, protocol);
    UrlTail tail = UrlTail.parse(url, start.text.length());
    return new ServerUrl(start.scheme, start.endpoint, start.userInfo, tail);
  }

  private static Start start(UrlText url, Protocol protocol) {
    String text = url.text();
    String scheme = scheme(url, protocol);
    int authority = scheme.length() + "://".length();
    int end = url.firstOf("/?#", authority);
    int host = authority;
    UserInfo userInfo = null;
    int at = text.indexOf('@', authority);
    if (at >= 0 && at < end) {
      userInfo = at == authority ? null : UserInfo.parse(url, authority, at);
      host = at + 1;
    }
    Endpoint endpoint = endpoint(url, scheme, host, end, protocol);
    return new Start(text.substring(0, end), scheme, endpoint, userInfo);
  }

  static HttpUrl resolve(HttpUrl base, String reference) {
    UrlText url = new UrlText(reference);
    String absolute = absolute(base, url);
    if (absolute != null) {
      HttpUrl other = parse(absolute);
      return other.withTail(other.tail().withoutDotSegments());
    }
    url.checkCharacters();
    return base.withTail(base.tail().resolve(UrlTail.parse(url, 0)));
  }

  /** The reference with a scheme, or null if it has neither a scheme nor a host. */
  private static @Nullable String absolute(HttpUrl base, UrlText reference) {
    String text = reference.text();
    if (text.startsWith("//")) {
      return (base.isSecure() ? "https:" : "http:") + text;
    }
    int end = reference.firstOf(":/?#", 0);
    return end < text.length() && text.charAt(end) == ':' ? text : null;
  }

  private static String scheme(UrlText url, Protocol protocol) {
    boolean tls = url.startsWith(protocol.tlsScheme() + ":");
    String scheme = tls ? protocol.tlsScheme() : protocol.scheme();
    if (!url.startsWith(scheme + ":")) {
      String known = protocol.scheme() + ":// or " + protocol.tlsScheme() + "://";
      String meant = protocol.equals(HTTP) ? url.meant() : "";
      throw url.refused("the scheme", 0, "is not " + known + meant);
    }
    if (!url.startsWith(scheme + "://")) {
      throw url.refused("the text", scheme.length() + 1, "is not \"//\" and a host");
    }
    return scheme;
  }

  private static Endpoint endpoint(
      UrlText url, String scheme, int from, int to, Protocol protocol) {
    String written = url.text().substring(from, to);
    int percent = written.indexOf('%');
    if (percent >= 0) {
      throw url.refused("the percent sign", from + percent, "does not belong in a host");
    }
    String origin = scheme + "://" + written;
    if (url.text().indexOf('@', from) < 0) {
      return Endpoint.parse(origin, protocol);
    }
    try {
      return Endpoint.parse(origin, protocol);
    } catch (IllegalArgumentException e) {
      // A password with a "/", "?" or "#" in it ends up here: what was refused may be its start.
      throw url.refused("the host or port", from, "is none");
    }
  }
}
