package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.net.Connector;
import dev.wireline.net.SocksProxy;
import dev.wireline.url.HttpUrl;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the proxy for a URL. Immutable; thread-safe.
 *
 * <p>An HTTP proxy gets requests for http URLs in absolute-form, and opens tunnels for https; a SOCKS proxy
 * opens tunnels for both, and looks up names. Credentials for a proxy are sent to that proxy only.
 */
public final class Proxies {
  private static final Proxies NONE = new Proxies(null, null, NoProxy.NOTHING);
  private static final int SOCKS_PORT = 1080;

  private final @Nullable Connector forHttp;
  private final @Nullable Connector forHttps;
  private final NoProxy except;

  private Proxies(@Nullable Connector forHttp, @Nullable Connector forHttps, NoProxy except) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.except = except;
  }

  /**
   * No proxy: every server is dialled directly.
   *
   * @return the same instance each time
   */
  public static Proxies none() {
    return NONE;
  }

  /**
   * One proxy for all URLs.
   *
   * @param url {@code http://}, {@code https://} (TLS to the proxy), {@code socks5://} or {@code socks5h://},
   *     then {@code user:password@} if it asks for them, host and port; a plain {@code host:port} is an HTTP
   *     proxy. The default ports are 80, 443 and 1080
   * @return the proxies
   * @throws IllegalArgumentException if it is not such a URL; the message does not show it
   */
  public static Proxies of(String url) {
    Objects.requireNonNull(url, "url");
    Connector proxy = connector(url);
    return new Proxies(proxy, proxy, NoProxy.NOTHING);
  }

  /**
   * One proxy for all URLs.
   *
   * @param proxy an {@link HttpProxy}, a {@link SocksProxy}, or one of your own
   * @return the proxies
   */
  public static Proxies of(Connector proxy) {
    Objects.requireNonNull(proxy, "proxy");
    return new Proxies(proxy, proxy, NoProxy.NOTHING);
  }

  /**
   * The proxies named in the environment of this process.
   *
   * @return the proxies
   * @throws IllegalArgumentException as {@link #fromEnvironment(Map)}
   */
  public static Proxies fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /**
   * The proxies named in variables: {@code HTTP_PROXY} for http, {@code HTTPS_PROXY} for https, {@code
   * ALL_PROXY} for both if these are missing, and {@code NO_PROXY} for exceptions as in {@link #except}. The
   * same names in lower case take precedence. An empty value means no proxy.
   *
   * <p><b>Strict:</b> {@code HTTP_PROXY} in capitals is ignored if {@code REQUEST_METHOD} is set: in a CGI
   * program it is the Proxy field of whoever sent the request.
   *
   * @param variables the variables by name
   * @return the proxies
   * @throws IllegalArgumentException if one of them is not a proxy as {@link #of(String)} accepts it; the
   *     message names the variable but does not show its value
   */
  public static Proxies fromEnvironment(Map<String, String> variables) {
    Objects.requireNonNull(variables, "variables");
    boolean cgi = variables.containsKey("REQUEST_METHOD");
    Connector http = cgi ? named(variables, "http_proxy") : either(variables, "http_proxy");
    Connector https = either(variables, "https_proxy");
    Connector all = either(variables, "all_proxy");
    String lower = variables.getOrDefault("no_proxy", "");
    String except = lower.isEmpty() ? variables.getOrDefault("NO_PROXY", "") : lower;
    return new Proxies(
        http == null ? all : http, https == null ? all : https, NoProxy.parse(except));
  }

  private static @Nullable Connector either(Map<String, String> variables, String name) {
    Connector found = named(variables, name);
    return found != null ? found : named(variables, name.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Connector named(Map<String, String> variables, String name) {
    String url = variables.getOrDefault(name, "");
    if (url.isEmpty()) {
      return null;
    }
    try {
      return connector(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no proxy: " + e.getMessage(), e);
    }
  }

  private static Connector connector(String text) {
    int end = text.indexOf("://");
    String scheme = end < 0 ? "http" : text.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = end < 0 ? text : text.substring(end + 3);
    boolean socks = scheme.equals("socks5") || scheme.equals("socks5h");
    if (!socks && !scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "a proxy is http://, https://, socks5:// or socks5h:// and a host");
    }
    HttpUrl url = parsed((scheme.equals("https") ? "https://" : "http://") + rest);
    if (!url.target().equals("/") || url.fragment().isPresent()) {
      throw new IllegalArgumentException("a proxy is a host and a port, without a path");
    }
    Endpoint endpoint = url.endpoint();
    if (socks && !hasPort(rest)) {
      endpoint = Endpoint.tcp(endpoint.host(), SOCKS_PORT);
    }
    return connector(socks, endpoint, url);
  }

  /** The cause is left out: its message would show what may be a password. */
  private static HttpUrl parsed(String url) {
    try {
      return HttpUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a proxy is a host and a port, perhaps with http://, https:// or socks5h:// and"
              + " user:password@ before them");
    }
  }

  private static boolean hasPort(String authority) {
    int from = Math.max(authority.lastIndexOf('@'), authority.lastIndexOf(']')) + 1;
    return authority.indexOf(':', from) >= 0;
  }

  private static Connector connector(boolean socks, Endpoint endpoint, HttpUrl url) {
    if (url.user().isEmpty()) {
      return socks ? SocksProxy.of(endpoint) : HttpProxy.of(endpoint);
    }
    String user = url.user().orElse("");
    String password = url.password().orElse("");
    return socks ? SocksProxy.of(endpoint, user, password) : HttpProxy.of(endpoint, user, password);
  }

  /**
   * These proxies, except for some hosts; replaces earlier exceptions.
   *
   * @param hosts as in NO_PROXY: names and addresses separated by commas or spaces. A name covers itself and
   *     all hosts below it, with or without a dot or {@code *.} before it; {@code :port} after it restricts it
   *     to that port; an address may end in {@code /bits}; {@code *} means every host
   * @return new proxies
   */
  public Proxies except(String hosts) {
    Objects.requireNonNull(hosts, "hosts");
    return new Proxies(forHttp, forHttps, NoProxy.parse(hosts));
  }

  /**
   * The proxy for a URL.
   *
   * @param url the URL
   * @return the proxy; empty if the server is dialled directly
   */
  public Optional<Connector> proxyFor(HttpUrl url) {
    Objects.requireNonNull(url, "url");
    if (except.covers(url.endpoint())) {
      return Optional.empty();
    }
    return Optional.ofNullable(url.isSecure() ? forHttps : forHttp);
  }

  Set<Connector> connectors() {
    Set<Connector> all = new LinkedHashSet<>();
    proxyOrNothing(all, forHttp);
    proxyOrNothing(all, forHttps);
    return all;
  }

  private static void proxyOrNothing(Set<Connector> all, @Nullable Connector proxy) {
    if (proxy != null) {
      all.add(proxy);
    }
  }

  /**
   * The proxies, without their credentials.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "http by " + (forHttp == null ? "no proxy" : forHttp) + ", https by "
        + (forHttps == null ? "no proxy" : forHttps);
  }
}
