package dev.wireline.http;

import dev.wireline.http.cookie.CookieJar;
import dev.wireline.http.cookie.CookieText;
import dev.wireline.internal.Log;
import dev.wireline.internal.StrictText;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the cookies of a jar and stores those that come. If the caller set a Cookie field, only that one is
 * sent.
 */
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
        sent = request.headerOctets(COOKIE, field.get().getBytes(StandardCharsets.UTF_8));
      }
    }
    HttpResponse response = chain.proceed(sent);
    List<String> received = texts(response.headers().octets("Set-Cookie"));
    if (!received.isEmpty()) {
      jar.store(url, received, clock.instant());
    }
    return response;
  }

  /** Skips what is not UTF-8: it could not be sent back in the octets that came. */
  private static List<String> texts(List<byte[]> values) {
    List<String> texts = new ArrayList<>(values.size());
    for (byte[] value : values) {
      try {
        texts.add(StrictText.decode(value, 0, value.length, StandardCharsets.UTF_8));
      } catch (CharacterCodingException e) {
        Log.debug("a Set-Cookie field that is not UTF-8 was passed over");
      }
    }
    return texts;
  }
}
