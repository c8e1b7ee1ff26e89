package dev.wireline.fetch;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.header.Headers;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.RedirectRules;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.Dialer;
import dev.wireline.url.HttpUrl;
import dev.wireline.url.PercentCoding;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens URLs by their schemes: http, https, ftp, ftps, gopher, gophers and data, file if it is allowed, and
 * those that were added. {@link Urls#builder} builds one.
 *
 * <p>Each URL has its own connection, which {@link Fetched} closes, except for HTTP with your own agent. A
 * redirect may lead from http to https, but to no other scheme. Control characters are refused in URLs, and
 * also in decoded FTP paths, Gopher selectors and file names, except for the tab before the words of a Gopher
 * search; for HTTP, encoded ones are sent as written. Immutable and thread-safe.
 */
public final class UrlOpener {
  static final String TYPE = "Content-Type";
  static final String LAST_MODIFIED = "Last-Modified";

  /** A listing of a folder: one name per line, with a slash after the name of a folder. */
  static final String NAMES = "text/plain; charset=utf-8";

  /** For messages about what came from no peer. */
  static final Endpoint NOWHERE = Endpoint.tcp("localhost.invalid", 1);

  private final Map<String, UrlScheme> schemes;

  private UrlOpener(Map<String, UrlScheme> schemes) {
    this.schemes = schemes;
  }

  /**
   * Opens a URL.
   *
   * <p>An FTP folder (a path that ends in a slash or {@code ;type=d}) and a local folder are returned as text,
   * one name per line, with a slash after the name of a folder.
   *
   * @param url the URL
   * @return the resource, which the caller closes
   * @throws IllegalArgumentException if it is not a URL with a known scheme, or has a control character or user
   *     info that is not allowed; nothing was dialled
   * @throws NotFoundException if the resource does not exist
   * @throws IOException if it cannot be opened, as thrown by the client of its protocol; nothing is left open
   */
  public Fetched open(String url) throws IOException {
    int end = 0;
    while (end < Objects.requireNonNull(url, "url").length()
        && ":/?#@".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    UrlScheme scheme = url.startsWith(":", end)
        ? schemes.get(url.substring(0, end).toLowerCase(Locale.ROOT))
        : null;
    if (scheme == null) {
      throw unknown(url, end);
    }
    return scheme.open(url);
  }

  private IllegalArgumentException unknown(String url, int end) {
    if (!url.startsWith("://", end) && !url.regionMatches(true, 0, "file:", 0, 5)) {
      try {
        HttpUrl.parse(url);
      } catch (IllegalArgumentException e) {
        return e;
      }
    }
    String hint = url.regionMatches(true, 0, "file:", 0, 5) ? "; allowFiles allows file" : "";
    return new IllegalArgumentException("the scheme " + Quoted.text(url.substring(0, end))
        + " is not one of " + String.join(", ", schemes.keySet()) + hint);
  }

  static void checkUserInfo(boolean allowed, Optional<String> user) {
    if (!allowed && user.isPresent()) {
      throw new IllegalArgumentException(
          "the URL has user info, which is not allowed here (allowUserInfo allows it for HTTP and FTP)");
    }
  }

  /** Refuses characters that are allowed in no URL. */
  static void checkCharacters(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) >= 0x7F) {
        throw new IllegalArgumentException("the character at index " + i
            + " of the URL does not belong there; percent-encode it as UTF-8");
      }
    }
  }

  /** Decodes a part of a URL; refuses control characters except the allowed ones. */
  static String decoded(String what, String part, String allowed) {
    String text = PercentCoding.decodeText(part);
    int seen = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean mayBe = allowed.indexOf(c) >= 0 && seen++ == 0;
      if (Character.isISOControl(c) && !mayBe) {
        throw new IllegalArgumentException(
            "the " + what + " of the URL has a control character once decoded");
      }
    }
    return text;
  }

  static LineOptions inCharset(LineOptions.Builder lines, Charset charset) {
    try {
      return lines.charset(charset).build();
    } catch (IllegalArgumentException e) {
      return lines.build();
    }
  }

  /** A resource that was read already, or is in the URL itself. */
  static Fetched inMemory(
      String url, String type, byte[] bytes, Endpoint from, LineOptions options, Closeable owned) {
    Headers info = Headers.of(TYPE, type, "Content-Length", "" + bytes.length);
    LineOptions lines = inCharset(options.toBuilder(), Fetched.charset(info));
    return Fetched.of(url, info, Incoming.of(new ByteArrayInputStream(bytes), from, lines), owned);
  }

  /** Builds a {@link UrlOpener}. Not thread-safe. */
  public static final class Builder {
    HttpOptions http = HttpOptions.standard();
    FtpOptions ftp = FtpOptions.standard();
    QuestionOptions gopher = QuestionOptions.standard();

    @Nullable
    HttpAgent agent;

    int maxRedirects = RedirectRules.MAX_REDIRECTS;
    boolean allowsUserInfo;
    private @Nullable Path files;
    private final Map<String, UrlScheme> own = new TreeMap<>();

    Builder() {}

    /**
     * The settings for HTTP.
     *
     * @param value the options, including the dialer and the timeouts
     * @return this
     */
    public Builder http(HttpOptions value) {
      http = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Your own agent for http and https, with its pool, cookies and credentials, in place of one for each URL.
     * Its own options and redirect rules apply. It is not closed here.
     *
     * @param value the agent
     * @return this
     */
    public Builder agent(HttpAgent value) {
      agent = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The settings for FTP.
     *
     * @param value the options, including the dialer and the timeouts
     * @return this
     */
    public Builder ftp(FtpOptions value) {
      ftp = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The settings for Gopher.
     *
     * @param value the options, including the dialer and the timeouts
     * @return this
     */
    public Builder gopher(QuestionOptions value) {
      gopher = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * The dialer for all protocols, with its trust and timeouts. Settings made later for one protocol take
     * precedence.
     *
     * @param value the dialer
     * @return this
     */
    public Builder dialer(Dialer value) {
      Objects.requireNonNull(value, "value");
      http = http.toBuilder().dialer(value).build();
      ftp = ftp.toBuilder().line(ftp.line().toBuilder().dialer(value).build()).build();
      gopher = gopher.withDialer(value);
      return this;
    }

    /**
     * The most redirects of HTTP.
     *
     * @param value as {@link RedirectRules.Builder#maxRedirects}; {@link RedirectRules#MAX_REDIRECTS} unless set
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxRedirects(int value) {
      RedirectRules.builder().maxRedirects(value);
      maxRedirects = value;
      return this;
    }

    /**
     * Allows a user and a password in HTTP and FTP URLs, which are sent with the request; refused unless
     * allowed. If URLs come from somebody else, that person chooses who logs in.
     *
     * @return this
     */
    public Builder allowUserInfo() {
      allowsUserInfo = true;
      return this;
    }

    /**
     * Allows file URLs for a folder and everything below it; refused unless allowed. The target of a link must
     * be there too.
     *
     * @param folder the folder
     * @return this
     */
    public Builder allowFiles(Path folder) {
      files = Objects.requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Adds a scheme, or replaces one.
     *
     * @param name the scheme in lower case, such as {@code gemini}
     * @param scheme opens its URLs
     * @return this
     * @throws IllegalArgumentException if that is not a lower-case scheme name (RFC 3986, section 3.1)
     */
    public Builder scheme(String name, UrlScheme scheme) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(scheme, "scheme");
      // Its constructor checks the name of a scheme.
      new Protocol(name, 1, name + "s", 1);
      own.put(name, scheme);
      return this;
    }

    /** {@return the opener} */
    public UrlOpener build() {
      Map<String, UrlScheme> schemes = new TreeMap<>();
      UrlScheme web = new HttpScheme(this);
      UrlScheme ftpScheme = new FtpScheme(this);
      UrlScheme gopherScheme = new GopherScheme(this);
      schemes.put("http", web);
      schemes.put("https", web);
      schemes.put("ftp", ftpScheme);
      schemes.put("ftps", ftpScheme);
      schemes.put("gopher", gopherScheme);
      schemes.put("gophers", gopherScheme);
      schemes.put("data", new DataScheme());
      Path folder = files;
      if (folder != null) {
        schemes.put("file", new FileScheme(folder));
      }
      schemes.putAll(own);
      return new UrlOpener(schemes);
    }
  }
}
