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
 * Opens URLs by their schemes: http, https, ftp, ftps, gopher, gophers and data, file where it is allowed, and those
 * that were added. {@link Urls#builder} makes one.
 *
 * <p>Each URL has a connection of its own, which {@link Fetched} closes, but for HTTP with an agent of yours. A
 * redirect may lead from http to https and to nothing else. No URL holds a control character. No path of FTP, no
 * selector of Gopher and no file name holds one once decoded, but for the tab before the words of a Gopher search; to
 * HTTP an encoded one goes as it is written. Immutable and thread-safe.
 */
public final class UrlOpener {
  static final String TYPE = "Content-Type";
  static final String LAST_MODIFIED = "Last-Modified";

  /** A listing of a folder: one name a line, with a slash behind the name of a folder. */
  static final String NAMES = "text/plain; charset=utf-8";

  /** For messages about what no peer has sent. */
  static final Endpoint NOWHERE = Endpoint.tcp("localhost.invalid", 1);

  private final Map<String, UrlScheme> schemes;

  private UrlOpener(Map<String, UrlScheme> schemes) {
    this.schemes = schemes;
  }

  /**
   * Opens a URL.
   *
   * <p>A folder of FTP, which is a path that ends in a slash or {@code ;type=d}, and a folder of files come as text,
   * one name a line, with a slash behind the name of a folder.
   *
   * @param url the URL
   * @return what is there; close it
   * @throws IllegalArgumentException if it is not a URL of a scheme that is known here, it has user info that is not
   *     allowed, or a control character; nothing was dialled
   * @throws NotFoundException if nothing is there
   * @throws IOException if it cannot be opened, as the client of its protocol says it; nothing is left open
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

  /** Refuses what is in no URL. */
  static void checkCharacters(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= ' ' || url.charAt(i) >= 0x7F) {
        throw new IllegalArgumentException("the character at index " + i
            + " of the URL does not belong there; percent-encode it as UTF-8");
      }
    }
  }

  /** A part of a URL, decoded; without control characters, but for one of those that are allowed. */
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

  /** What was read already, or never was anywhere else. */
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
     * How HTTP is spoken.
     *
     * @param value the options, with the dialer and the timeouts
     * @return this
     */
    public Builder http(HttpOptions value) {
      http = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * An agent for http and https, in place of one for each URL: with its pool, cookies and credentials. Its own
     * options and redirect rules count. It is not closed here.
     *
     * @param value the agent
     * @return this
     */
    public Builder agent(HttpAgent value) {
      agent = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * How FTP is spoken.
     *
     * @param value the options, with the dialer and the timeouts
     * @return this
     */
    public Builder ftp(FtpOptions value) {
      ftp = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * How Gopher is spoken.
     *
     * @param value the options, with the dialer and the timeouts
     * @return this
     */
    public Builder gopher(QuestionOptions value) {
      gopher = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Another way to dial for all protocols, with its trust and its timeouts. What is set afterwards for one
     * protocol counts for that.
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
     * Allows a user and a password in URLs of HTTP and FTP, which leave with the request; refused unless allowed.
     * Where URLs come from somebody else, it is that person who logs in.
     *
     * @return this
     */
    public Builder allowUserInfo() {
      allowsUserInfo = true;
      return this;
    }

    /**
     * Allows file URLs for what is in a folder and below it; refused unless allowed. What a link leads to has to be
     * there too.
     *
     * @param folder the folder
     * @return this
     */
    public Builder allowFiles(Path folder) {
      files = Objects.requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Adds a scheme, or puts another one in the place of one that is there.
     *
     * @param name the scheme in lower case, such as {@code gemini}
     * @param scheme opens its URLs
     * @return this
     * @throws IllegalArgumentException if that is not the name of a scheme (RFC 3986, section 3.1), in lower case
     */
    public Builder scheme(String name, UrlScheme scheme) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(scheme, "scheme");
      // It knows what the name of a scheme is.
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
