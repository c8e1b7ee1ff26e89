package dev.wireline.http;

import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.CookieText;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Sends the cookies of a jar and keeps those that come. A Cookie field of the caller's goes alone. */
final class CookieStep implements Step {
  private static final String COOKIE = "Cookie";

  private final CookieJar jar;
  private final InstantSource clock;

  CookieStep(CookieJar jar, InstantSource clock) {
    this.jar = jar;
    this.clock = clock;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    HttpUrl url = Chain.checkUrl(request);
    HttpRequest sent = request;
    boolean carriesNone = request.method().equals("TRACE") || request.headers().contains(COOKIE);
    if (!carriesNone) {
      Optional<String> field = CookieText.field(jar.cookiesFor(url, clock.instant()));
      if (field.isPresent()) {
        sent = request.secretHeader(COOKIE, field.get());
      }
    }
    HttpResponse response = chain.proceed(sent);
    List<String> received = response.headers().all("Set-Cookie");
    if (!received.isEmpty()) {
      jar.store(url, received, clock.instant());
    }
    return response;
  }
}
