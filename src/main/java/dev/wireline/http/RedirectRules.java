package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.internal.Quoted;
import dev.wireline.url.HttpUrl;
import dev.wireline.url.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which redirects are followed, and what is sent along (RFC 9110, section 15.4). Immutable.
 *
 * <p>The statuses 301, 302, 303, 307 and 308 with a non-empty Location are redirects. A POST becomes a GET
 * after 301 and 302, and any method but HEAD does after 303; otherwise method and body stay. If the body is
 * dropped, so are the fields that describe it. A redirect that would need a body that cannot be sent again is
 * not followed.
 *
 * <p>If the scheme, host or port changes, Authorization, Proxy-Authorization, Cookie, Host and every field
 * marked secret are dropped. They do not come back when a later redirect leads to the first origin again. No
 * field is ever added: a Referer is passed on as the caller wrote it, but not from https to http (section
 * 10.1.3).
 *
 * <p><b>Strict:</b> https to http is refused unless allowed. A Location with user info is refused (section
 * 4.2.4), and so are several different Locations. A request that comes up for the third time is a loop; the
 * second time is allowed, since servers set a cookie and send the client back to present it.
 */
public final class RedirectRules {
  /** The default limit of redirects in a call: 10. */
  public static final int MAX_REDIRECTS = 10;

  private static final int MOST = 100;
  private static final String LOCATION = "Location";
  private static final RedirectRules STANDARD = builder().build();
  private static final RedirectRules NONE = builder().maxRedirects(0).build();

  private final int maxRedirects;
  private final boolean httpsToHttp;

  private RedirectRules(Builder builder) {
    this.maxRedirects = builder.maxRedirects;
    this.httpsToHttp = builder.httpsToHttp;
  }

  /**
   * The default settings.
   *
   * @return the rules, the same instance each time
   */
  public static RedirectRules standard() {
    return STANDARD;
  }

  /**
   * Rules that follow no redirect, so that a 3xx response is the answer.
   *
   * @return the rules, the same instance each time
   */
  public static RedirectRules none() {
    return NONE;
  }

  /** {@return a builder that starts at the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts at these settings} */
  public Builder toBuilder() {
    return new Builder().maxRedirects(maxRedirects).allowHttpsToHttp(httpsToHttp);
  }
  /**
   * Judges a response.
   *
   * @param hops the requests of the call so far, at least one; the last is the one answered
   * @param status the status of the response
   * @param answered its fields
   */
  Redirect decide(List<Hop> hops, int status, Headers answered) {
    if (!mayFollow(status)) {
      return Redirect.None.NONE;
    }
    List<String> locations = answered.all(LOCATION).stream()
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
    if (locations.isEmpty()) {
      return Redirect.None.NONE;
    }
    if (locations.size() > 1) {
      return location("a response has one Location (RFC 9110, section 10.2.2)", locations.get(1));
    }
    Hop sent = hops.get(hops.size() - 1);
    String location = locations.get(0);
    HttpUrl url;
    try {
      url = Location.resolve(sent.url().withoutUserInfo(), octets(answered));
    } catch (IllegalArgumentException e) {
      return new Redirect.Refused(
          Redirect.Reason.LOCATION,
          "a Location is followed to an http or https URL (RFC 9110, section 10.2.2)",
          String.valueOf(e.getMessage()));
    }
    if (url.user().isPresent()) {
      return location("a Location has no user info (RFC 9110, section 4.2.4)", location);
    }
    Hop next = next(sent, status, url);
    Redirect refused = refusal(hops, next);
    return refused == null ? new Redirect.Follow(next) : refused;
  }

  /** The octets and not the text, which does not say in which octets it came. */
  private static byte[] octets(Headers answered) {
    List<byte[]> values = answered.octets(LOCATION);
    return values.stream().filter(value -> value.length > 0).findFirst().orElseThrow();
  }

  /** Whether a response with that status may be a redirect. */
  boolean mayFollow(int status) {
    return maxRedirects > 0 && isRedirect(status);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static Hop next(Hop sent, int status, HttpUrl url) {
    String method = method(sent.method(), status);
    boolean keepsContent = status != 303 && method.equals(sent.method());
    Headers headers = sent.headers();
    if (!keepsContent) {
      headers = RedirectFields.withoutContent(headers);
    }
    if (!url.sameOrigin(sent.url())) {
      headers = RedirectFields.forOtherOrigin(headers);
    }
    if (leavesTls(sent, url)) {
      headers = headers.without("Referer");
    }
    return new Hop(method, url, headers, keepsContent ? sent.content() : Hop.Content.NONE);
  }

  private static String method(String method, int status) {
    boolean becomesGet = switch (status) {
      case 303 -> !method.equals("HEAD");
      case 301, 302 -> method.equals("POST");
      default -> false;
    };
    return becomesGet ? "GET" : method;
  }

  private @Nullable Redirect refusal(List<Hop> hops, Hop next) {
    if (leavesTls(hops.get(hops.size() - 1), next.url()) && !httpsToHttp) {
      String rule = "a redirect from https to http is followed only where that is allowed";
      return refused(Redirect.Reason.DOWNGRADE, rule, next);
    }
    if (next.content() == Hop.Content.ONCE) {
      String rule = "a redirect that keeps the body needs one that can be sent again";
      return refused(Redirect.Reason.BODY, rule, next);
    }
    if (hops.stream().filter(next::asksForTheSame).count() > 1) {
      String rule = "redirects do not lead in a circle (RFC 9110, section 15.4)";
      return refused(Redirect.Reason.LOOP, rule, next);
    }
    if (hops.size() > maxRedirects) {
      String rule = "a call follows " + maxRedirects + " redirects at most (maxRedirects)";
      return refused(Redirect.Reason.LIMIT, rule, next);
    }
    return null;
  }

  private static Redirect refused(Redirect.Reason reason, String rule, Hop next) {
    return new Redirect.Refused(reason, rule, Quoted.text(next.url().shown()));
  }

  private static boolean leavesTls(Hop sent, HttpUrl url) {
    return sent.url().isSecure() && !url.isSecure();
  }

  private static Redirect location(String rule, String location) {
    return new Redirect.Refused(Redirect.Reason.LOCATION, rule, Location.shown(location));
  }

  /** Builds {@link RedirectRules}. Not thread-safe. */
  public static final class Builder {
    private int maxRedirects = MAX_REDIRECTS;
    private boolean httpsToHttp;

    private Builder() {}

    /**
     * The most redirects that one call follows.
     *
     * @param value 0 to 100; 0 follows none and hands the 3xx response to the caller
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public Builder maxRedirects(int value) {
      if (value < 0 || value > MOST) {
        throw new IllegalArgumentException("maxRedirects must be 0 to " + MOST + ", not " + value);
      }
      maxRedirects = value;
      return this;
    }

    /**
     * Whether to follow a redirect from https to http; false unless set. Anyone on the way can then read and
     * change the request and the response.
     *
     * @param value true to follow it
     * @return this
     */
    public Builder allowHttpsToHttp(boolean value) {
      httpsToHttp = value;
      return this;
    }

    /** {@return the rules} */
    public RedirectRules build() {
      return new RedirectRules(this);
    }
  }
}
