package dev.wireline.http.cookie;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a jar stores it (RFC 6265bis, section 5.7).
 *
 * <p>Immutable. Its value is a secret, which neither a message nor {@link #toString} shows.
 */
public final class Cookie {
  private final String name;
  private final String value;
  private final String domain;
  private final boolean hostOnly;
  private final String path;
  private final boolean secure;
  private final boolean httpOnly;
  private final @Nullable SameSite sameSite;
  private final @Nullable Instant expiry;
  private final Instant created;

  private Cookie(Builder builder, String domain) {
    this.name = builder.name;
    this.value = builder.value;
    this.domain = domain;
    this.hostOnly = builder.hostOnly;
    this.path = builder.path;
    this.secure = builder.secure;
    this.httpOnly = builder.httpOnly;
    this.sameSite = builder.sameSite;
    this.expiry = builder.expiry;
    this.created = builder.created;
  }

  /**
   * Starts a cookie of your own, or one that was saved.
   *
   * @param name visible ASCII with spaces and tabs inside, without {@code ;} and {@code =}; may be empty, for a
   *     cookie that has only a value
   * @param value the same, but {@code =} is allowed
   * @return a builder
   * @throws IllegalArgumentException if the name or value has another character or a space at either end, both
   *     are empty, they have more than 4096 characters together, or the name is empty and {@code =} is in the
   *     value; the message shows neither
   */
  public static Builder builder(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    String problem = CookieText.problem(name, value);
    if (problem != null) {
      throw new IllegalArgumentException("a cookie " + problem);
    }
    return new Builder(name, value);
  }

  /**
   * The name.
   *
   * @return the name; may be empty
   */
  public String name() {
    return name;
  }

  /**
   * The value: a secret.
   *
   * @return the value; may be empty; quotes around it are part of it
   */
  public String value() {
    return value;
  }

  /**
   * The host that the cookie is sent to, or the domain whose hosts it is sent to.
   *
   * @return a name in lower-case ASCII or an address without brackets
   */
  public String domain() {
    return domain;
  }

  /**
   * Whether the cookie is sent only to the host itself.
   *
   * @return false if it is also sent to the hosts below it
   */
  public boolean isHostOnly() {
    return hostOnly;
  }

  /**
   * The path below which the cookie is sent.
   *
   * @return a path that starts with {@code /}
   */
  public String path() {
    return path;
  }

  /**
   * Whether the cookie is sent over https only.
   *
   * @return true if it does
   */
  public boolean isSecure() {
    return secure;
  }

  /**
   * Whether the cookie is hidden from scripts in a browser; it is kept but has no meaning here.
   *
   * @return true if the server asked for it
   */
  public boolean isHttpOnly() {
    return httpOnly;
  }

  /**
   * What the server asks of browsers.
   *
   * @return the attribute; empty if there was none or an unknown one
   */
  public Optional<SameSite> sameSite() {
    return Optional.ofNullable(sameSite);
  }

  /**
   * When the cookie expires.
   *
   * @return the first moment at which it is no longer sent; empty if it lasts as long as the session, which the
   *     owner of the jar defines
   */
  public Optional<Instant> expiry() {
    return Optional.ofNullable(expiry);
  }

  /**
   * When a cookie with this name, domain and path was first stored; of two, the older one is sent first.
   *
   * @return the time
   */
  public Instant created() {
    return created;
  }

  /**
   * Whether the cookie has expired.
   *
   * @param now the time
   * @return true from {@link #expiry} on
   */
  public boolean isExpired(Instant now) {
    Objects.requireNonNull(now, "now");
    return expiry != null && !now.isBefore(expiry);
  }

  /**
   * Whether the cookie is for a URL, by host, path and scheme (section 5.8.3). Its expiry is not checked.
   *
   * @param url where a request goes
   * @return true if it may be sent along
   */
  public boolean matches(HttpUrl url) {
    Objects.requireNonNull(url, "url");
    boolean host =
        hostOnly ? url.host().equals(domain) : CookieScope.domainMatches(url.host(), domain);
    return host
        && CookieScope.pathMatches(url.path(), path)
        && (!secure || CookieScope.isSafe(url));
  }

  /** This cookie with the creation time of the one that it replaces. */
  Cookie asOldAs(Cookie other) {
    Builder builder = new Builder(name, value).path(path).secure(secure).httpOnly(httpOnly);
    builder.host = domain;
    builder.hostOnly = hostOnly;
    builder.sameSite = sameSite;
    builder.expiry = expiry;
    builder.created = other.created;
    return new Cookie(builder, domain);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cookie that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(
        name, value, domain, hostOnly, path, secure, httpOnly, sameSite(), expiry(), created);
  }

  /**
   * The cookie as text for people, without its value.
   *
   * @return one line of text
   */
  @Override
  public String toString() {
    return name
        + "=*** for "
        + (hostOnly ? "" : "hosts of ")
        + domain
        + path
        + (secure ? " over https" : "")
        + (expiry == null ? "" : " until " + expiry);
  }

  /** Builds a {@link Cookie}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final String value;
    private @Nullable String host;
    private boolean hostOnly = true;
    private String path = "/";
    private boolean secure;
    private boolean httpOnly;
    private @Nullable SameSite sameSite;
    private @Nullable Instant expiry;
    private Instant created = Instant.EPOCH;

    private Builder(String name, String value) {
      this.name = name;
      this.value = value;
    }

    /**
     * The only host that the cookie is sent to.
     *
     * @param text a name or an address, as {@link Endpoint#tcp} takes it
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public Builder host(String text) {
      Objects.requireNonNull(text, "text");
      host = CookieScope.canonical(text);
      hostOnly = true;
      return this;
    }

    /**
     * The host that the cookie is sent to, with all hosts below it. No list of public suffixes is consulted.
     *
     * @param text a name, as {@link Endpoint#tcp} takes it
     * @return this
     * @throws IllegalArgumentException if it is not a valid name, has only one label or is an address
     */
    public Builder domain(String text) {
      Objects.requireNonNull(text, "text");
      String name = CookieScope.canonical(text);
      if (CookieScope.isLabelOrAddress(name)) {
        throw new IllegalArgumentException(
            "the domain of a cookie has two labels at least; " + name + " can be its host");
      }
      host = name;
      hostOnly = false;
      return this;
    }

    /**
     * The path below which the cookie is sent; {@code /} unless set.
     *
     * @param text 1 to 1024 characters of visible ASCII that start with {@code /}
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public Builder path(String text) {
      Objects.requireNonNull(text, "text");
      if (!CookieScope.isPath(text)) {
        throw new IllegalArgumentException(
            "the path of a cookie is 1 to 1024 characters of ASCII that start with \"/\"");
      }
      path = text;
      return this;
    }

    /**
     * Whether the cookie is sent over https only; false unless set.
     *
     * @param yes true for https only
     * @return this
     */
    public Builder secure(boolean yes) {
      secure = yes;
      return this;
    }

    /**
     * Whether browsers hide the cookie from scripts; false unless set.
     *
     * @param yes true to hide it
     * @return this
     */
    public Builder httpOnly(boolean yes) {
      httpOnly = yes;
      return this;
    }

    /**
     * What browsers are asked for; nothing unless set.
     *
     * @param wish the attribute
     * @return this
     */
    public Builder sameSite(SameSite wish) {
      sameSite = Objects.requireNonNull(wish, "wish");
      return this;
    }

    /**
     * When the cookie expires; with the session unless set.
     *
     * @param end the first moment at which it is no longer sent
     * @return this
     */
    public Builder expiry(Instant end) {
      expiry = Objects.requireNonNull(end, "end");
      return this;
    }

    /**
     * When the cookie was created; 1970 unless set, which makes it older than those of servers.
     *
     * @param time the time
     * @return this
     */
    public Builder created(Instant time) {
      created = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Builds the cookie.
     *
     * @return the cookie
     * @throws IllegalStateException if neither {@link #host} nor {@link #domain} was set
     */
    public Cookie build() {
      if (host == null) {
        throw new IllegalStateException("the cookie has no host and no domain yet");
      }
      return new Cookie(this, host);
    }
  }
}
