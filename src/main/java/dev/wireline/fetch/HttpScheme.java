package dev.wireline.fetch;

import dev.wireline.header.Headers;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.HttpStatusException;
import dev.wireline.http.RedirectRules;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.url.HttpUrl;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** http and https, through an agent: one for each URL, or one that somebody else closes. Immutable. */
final class HttpScheme implements UrlScheme {
  private final HttpOptions options;
  private final RedirectRules redirects;
  private final @Nullable HttpAgent shared;
  private final boolean allowsUserInfo;

  HttpScheme(UrlOpener.Builder settings) {
    this.options = settings.http;
    this.redirects = RedirectRules.builder().maxRedirects(settings.maxRedirects).build();
    this.shared = settings.agent;
    this.allowsUserInfo = settings.allowsUserInfo;
  }

  @Override
  public Fetched open(String text) throws IOException {
    HttpUrl url = HttpUrl.parse(text);
    UrlOpener.checkUserInfo(allowsUserInfo, url.user());
    HttpAgent agent = shared == null ? agent() : shared;
    Closeable owned = shared == null ? agent : () -> {};
    try {
      return open(agent, text, owned);
    } catch (Throwable e) {
      owned.close();
      throw e;
    }
  }

  private HttpAgent agent() {
    return HttpAgent.builder().options(options).redirects(redirects).build();
  }

  private Fetched open(HttpAgent agent, String text, Closeable owned) throws IOException {
    HttpResponse response = agent.get(text);
    try {
      HttpUrl at = response.url().orElseThrow();
      check(response, at);
      Headers head = response.headers();
      // With a content coding that number counts something else.
      Headers info =
          head.first("Transfer-Encoding").isEmpty() ? head : head.without("Content-Length");
      Incoming content = Incoming.of(response.body(), at.endpoint(), lines(info));
      return Fetched.of(at.withoutUserInfo().toString(), info, content, () -> {
        // Its own agent has no further use for the connection, so nothing is read to save it.
        owned.close();
        response.close();
      });
    } catch (Throwable e) {
      response.close();
      throw e;
    }
  }

  private static void check(HttpResponse response, HttpUrl at) throws IOException {
    try {
      response.requireSuccess();
    } catch (HttpStatusException e) {
      boolean gone = e.status() == 404 || e.status() == 410;
      throw gone ? new NotFoundException(at.withoutUserInfo().toString(), e) : e;
    }
  }

  private LineOptions lines(Headers info) {
    LineOptions.Builder lines =
        LineOptions.builder().dialer(options.dialer()).maxReadBytes(options.maxBodyBytes());
    return UrlOpener.inCharset(lines, Fetched.charset(info));
  }
}
