package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectFieldsTest {
  private static final RedirectRules LAX =
      RedirectRules.builder().allowHttpsToHttp(true).build();

  /** Each class of leak that other clients had: RFC 9110, section 15.4. */
  private static final Headers ALL = Headers.of(
          "Authorization", "Bearer s3cret",
          "proxy-authorization", "Basic s3cret",
          "COOKIE", "a=s3cret",
          "Cookie", "b=s3cret",
          "Host", "virtual.example",
          "Accept", "*/*",
          "X-Id", "7",
          "Referer", "https://a/from")
      .withSecret("X-Api-Key", "s3cret")
      .with("x-api-key", "s3cret");

  private static List<String> namesAfter(String from, String to) {
    Hop sent = new Hop("GET", HttpUrl.parse(from), ALL, Hop.Content.NONE);
    return next(List.of(sent), 302, to).headers().names();
  }

  private static Hop next(List<Hop> hops, int status, String to) {
    return ((Redirect.Follow) LAX.decide(hops, status, Headers.of("Location", to))).next();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/, /b",
    "https://a/, https://A./b",
    "https://a/, https://a:443/b",
    "http://a:8080/, //a:8080/b",
    "http://me:x@a/, http://a/b",
  })
  void keepsEveryFieldWithinTheOrigin(String from, String to) {
    Hop sent = new Hop("GET", HttpUrl.parse(from), ALL, Hop.Content.NONE);

    assertThat(next(List.of(sent), 302, to).headers()).isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/, https://b/",
    "https://a/, https://a:8443/",
    "https://a/, https://www.a/",
    "https://www.a/, https://a/",
    "https://a/, https://a.b/",
    "http://a/, https://a/",
    "http://a/, http://a:443/",
    "https://a/, //b/",
    "http://127.0.0.1/, http://localhost/",
  })
  void leavesSecretsAndHostBehindWithTheOrigin(String from, String to) {
    assertThat(namesAfter(from, to)).containsExactly("Accept", "X-Id", "Referer");
  }

  @ParameterizedTest
  @CsvSource({"https://a/, http://a/", "https://a/, http://b/"})
  void leavesTheRefererBehindWithTls(String from, String to) {
    assertThat(namesAfter(from, to)).containsExactly("Accept", "X-Id");
  }

  @Test
  void bringsNothingBackOnABounce() {
    List<Hop> hops = new ArrayList<>();
    hops.add(new Hop("GET", HttpUrl.parse("https://a/"), ALL, Hop.Content.NONE));

    hops.add(next(hops, 302, "https://b/"));
    hops.add(next(hops, 302, "https://a/back"));

    assertThat(hops.get(2).headers().names()).containsExactly("Accept", "X-Id", "Referer");
  }

  @Test
  void inventsNoField() {
    Hop sent = new Hop("POST", HttpUrl.parse("http://a/"), Headers.empty(), Hop.Content.REPEATABLE);

    assertThat(next(List.of(sent), 303, "http://b/").headers().size()).isZero();
    assertThat(next(List.of(sent), 307, "http://a/b").headers().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "303, POST, false",
    "301, POST, false",
    "307, POST, true",
    "308, PUT, true",
    "302, PUT, true"
  })
  void dropsWhatDescribesTheBodyWithTheBody(int status, String method, boolean kept) {
    Headers about = Headers.of(
        "Content-Type", "text/plain",
        "content-length", "3",
        "Content-Encoding", "gzip",
        "Content-Language", "en",
        "Content-Location", "/c",
        "Content-Digest", "x",
        "Content-MD5", "x",
        "Digest", "x",
        "Repr-Digest", "x",
        "Last-Modified", "x",
        "Expect", "100-continue",
        "Trailer", "X");
    Headers all = about.with("Accept", "*/*").with("If-Match", "x").with("X-Content", "x");
    Hop sent = new Hop(method, HttpUrl.parse("http://a/"), all, Hop.Content.REPEATABLE);

    Headers headers = next(List.of(sent), status, "/b").headers();

    Headers rest = Headers.of("Accept", "*/*", "If-Match", "x", "X-Content", "x");
    assertThat(headers).isEqualTo(kept ? all : rest);
  }

  @Test
  void showsNoSecretInTheTextOfADecision() {
    Hop sent = new Hop("GET", HttpUrl.parse("https://me:s3cret@a/"), ALL, Hop.Content.NONE);

    assertThat(LAX.decide(List.of(sent), 302, Headers.of("Location", "/b")).toString())
        .doesNotContain("s3cret");
  }
}
