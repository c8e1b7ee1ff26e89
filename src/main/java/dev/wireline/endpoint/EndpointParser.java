package dev.wireline.endpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses one text as an endpoint. Not thread-safe; for a single text. */
final class EndpointParser {

  private static final int NO_PORT = -1;
  private static final String KIND = "endpoint";

  private final Subject subject;
  private final String text;
  private final int defaultPort;
  private final @Nullable Protocol protocol;

  private EndpointParser(String text, int defaultPort, @Nullable Protocol protocol) {
    this.subject = new Subject(KIND, Objects.requireNonNull(text, "text"));
    this.text = text;
    this.defaultPort = defaultPort;
    this.protocol = protocol;
  }

  static Endpoint parse(String text) {
    return new EndpointParser(text, NO_PORT, null).parse();
  }

  static Endpoint parse(String text, int defaultPort) {
    return new EndpointParser(text, Port.check("default port", defaultPort), null).parse();
  }

  static Endpoint parse(String text, Protocol protocol) {
    int port = Objects.requireNonNull(protocol, "protocol").port();
    return new EndpointParser(text, port, protocol).parse();
  }

  /** Parses a host on its own, a name or an address with or without brackets. */
  static String parseHost(String host) {
    Subject subject = new Subject("host", Objects.requireNonNull(host, "host"));
    subject.refuseUserInfo(0);
    subject.refuseBlanks();
    if (host.startsWith("[")) {
      int close = closingBracket(subject, 0);
      if (close + 1 < host.length()) {
        throw subject.refused("the character", close + 1, "follows the address");
      }
      return bracketed(subject, 0, close);
    }
    String address = Ipv6.canonical(host);
    return address == null ? HostName.parse(subject, 0, host.length()) : address;
  }

  private Endpoint parse() {
    int unixPath = unixPathStart();
    if (unixPath > 0) {
      return unix(unixPath);
    }
    subject.refuseUserInfo(0);
    subject.refuseBlanks();
    int origin = schemeEnd();
    boolean tls = origin > 0 && isTlsScheme(text.substring(0, origin - "://".length()));
    refuseAfterOrigin(origin);
    return origin(origin, tls);
  }

  /**
   * The start of the path of a Unix-domain socket, or -1 if the text names none.
   *
   * <p>{@code unix:80} is port 80 of a host called unix: it cannot mean a socket, whose path would be relative.
   */
  private int unixPathStart() {
    int start = Scheme.UNIX.length() + 1;
    // Not regionMatches, which takes the dotless i for an i.
    boolean unix =
        text.length() >= start && Characters.lowerCase(text.substring(0, start)).equals("unix:");
    return unix && !Characters.areDigits(text.substring(start)) ? start : -1;
  }

  private Endpoint unix(int start) {
    if (!text.startsWith("/", start)) {
      subject.refuseUserInfo(start);
      throw subject.refused("the path", start, "must be absolute, as in unix:/run/app.sock");
    }
    if (text.startsWith("//", start)) {
      subject.refuseUserInfo(start);
      throw subject.refused(
          "the path", start, "must start with one \"/\", since no host goes here");
    }
    subject.refuseBlanks();
    return Endpoint.unix(Path.of(text.substring(start)));
  }

  /** The end of {@code scheme://}, or 0 if there is none. */
  private int schemeEnd() {
    int mark = text.indexOf("://");
    return mark > 0 && Scheme.isScheme(text.substring(0, mark)) ? mark + "://".length() : 0;
  }

  private boolean isTlsScheme(String written) {
    String scheme = Characters.lowerCase(written);
    if (scheme.equals(Scheme.TLS) || (protocol != null && scheme.equals(protocol.tlsScheme()))) {
      return true;
    }
    if (protocol != null && scheme.equals(protocol.scheme())) {
      return false;
    }
    throw subject.refused("the scheme", 0, "is not one of " + String.join(", ", knownSchemes()));
  }

  private List<String> knownSchemes() {
    List<String> known = new ArrayList<>();
    if (protocol != null) {
      known.add(protocol.scheme() + "://");
      known.add(protocol.tlsScheme() + "://");
    }
    known.add("tls://");
    known.add("unix:/");
    return known;
  }

  private void refuseAfterOrigin(int from) {
    for (int i = from; i < text.length(); i++) {
      String part = switch (text.charAt(i)) {
        case '/' -> "path";
        case '?' -> "query";
        case '#' -> "fragment";
        default -> "";
      };
      if (!part.isEmpty()) {
        throw subject.refused("the " + part, i, "does not belong here; give the path to the call");
      }
    }
  }

  private Endpoint origin(int from, boolean tls) {
    if (text.startsWith("[", from)) {
      int close = closingBracket(subject, from);
      String address = bracketed(subject, from, close);
      return Endpoint.of(address, port(close + 1, tls), tls);
    }
    int colon = text.indexOf(':', from);
    if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
      throw subject.refused(
          "the host", from, "has several colons; an IPv6 address stands in brackets, as in [::1]");
    }
    int end = colon < 0 ? text.length() : colon;
    String host = HostName.parse(subject, from, end);
    return Endpoint.of(host, port(end, tls), tls);
  }

  private int port(int from, boolean tls) {
    if (from < text.length()) {
      if (text.charAt(from) != ':') {
        throw subject.refused("the character", from, "must be the \":\" before a port");
      }
      return Port.parse(subject, from + 1);
    }
    int port = tls && protocol != null ? protocol.tlsPort() : defaultPort;
    if (port == NO_PORT) {
      throw subject.refused("the port", from, "is missing; write host:port");
    }
    return port;
  }

  private static int closingBracket(Subject subject, int from) {
    int close = subject.text().indexOf(']', from);
    if (close < 0) {
      throw subject.refused("the bracket", from, "is never closed");
    }
    return close;
  }

  private static String bracketed(Subject subject, int open, int close) {
    String address = Ipv6.canonical(subject.text().substring(open + 1, close));
    if (address == null) {
      throw subject.refused("the address", open + 1, "is not an IPv6 address");
    }
    return address;
  }
}
