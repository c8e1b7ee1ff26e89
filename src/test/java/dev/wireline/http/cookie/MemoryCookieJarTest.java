package dev.wireline.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.url.HttpUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCookieJarTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private final MemoryCookieJar jar = new MemoryCookieJar(domain -> domain.equals("co.uk"));

  private void store(String url, String... values) {
    jar.store(HttpUrl.parse(url), List.of(values), NOON);
  }

  private String field(String url) {
    return field(url, NOON);
  }

  private String field(String url, Instant now) {
    return CookieText.field(jar.cookiesFor(HttpUrl.parse(url), now)).orElse("");
  }

  @Test
  void sendsACookieBackToItsHostAlone() {
    store("http://a.example.org/x/y", "sid=1");

    assertThat(field("http://a.example.org/x/z")).isEqualTo("sid=1");
    assertThat(field("http://A.Example.ORG.:8080/x")).isEqualTo("sid=1");
    assertThat(field("https://a.example.org/x/")).isEqualTo("sid=1");
    assertThat(field("http://a.example.org/")).isEmpty();
    assertThat(field("http://example.org/x")).isEmpty();
    assertThat(field("http://b.a.example.org/x")).isEmpty();
  }

  /** The host that sets it, the Domain attribute, and where the cookie goes then: dots and cases. */
  @ParameterizedTest
  @CsvSource({
    "a.example.org, example.org, a.example.org example.org b.example.org",
    "a.example.org, .example.org, a.example.org example.org b.example.org",
    "a.example.org, EXAMPLE.Org, a.example.org example.org b.example.org",
    "a.example.org., example.org, a.example.org example.org b.example.org",
    "example.org, example.org, a.example.org example.org b.example.org",
    "example.org, a.example.org, ''",
    "a.example.org, b.example.org, ''",
    "a.example.org, other.org, ''",
    "aexample.org, example.org, ''",
    "example.org, '', example.org",
    "example.org, ., example.org",
    "example.org, ..example.org, ''",
    "example.org, org, ''",
    "example.org, .org, ''",
    "example.org, org., ''",
    "example.org, ORG, ''",
    "a.co.uk, co.uk, ''",
    "a.co.uk, .co.uk, ''",
    "a.co.uk, co.uk., ''",
    "a.co.uk, CO.UK, ''",
    "co.uk, co.uk, co.uk",
    "a.co.uk, a.co.uk, a.co.uk b.a.co.uk",
    "localhost, localhost, localhost",
    "a.localhost, localhost, ''",
    "127.0.0.1, 127.0.0.1, 127.0.0.1",
    "127.0.0.1, 0.0.1, ''",
    "127.0.0.1, 127.1, ''",
    "127.0.0.1, .1, ''",
    "[::1], [::1], [::1]",
    "[::1], 1, ''",
    "xn--bcher-kva.example, xn--bcher-kva.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, b\u00fccher.example, ''",
    "example.org, 'example.org,other.org', ''",
    "example.org, 'example.org other', ''",
    "example.org, me@example.org, ''",
    "example.org, example.org:80, ''",
    "example.org, http://example.org, ''",
    "example.org, example%2Eorg, ''",
  })
  void takesADomainThatTheHostHasARightTo(String host, String domain, String goesTo) {
    store("http://" + host + "/", "a=b; Domain=" + domain);

    List<String> hosts = List.of(
        "a.example.org",
        "example.org",
        "b.example.org",
        "org",
        "other.org",
        "co.uk",
        "a.co.uk",
        "b.a.co.uk",
        "b.co.uk",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "xn--bcher-kva.example");
    assertThat(hosts.stream().filter(other -> !field("http://" + other + "/").isEmpty()))
        .containsExactlyInAnyOrder(goesTo.isEmpty() ? new String[0] : goesTo.split(" "));
  }

  @Test
  void refusesSingleLabelsWithoutAListToo() {
    MemoryCookieJar plain = new MemoryCookieJar();

    plain.store(HttpUrl.parse("http://a.org/"), List.of("a=b; Domain=org", "c=d"), NOON);

    assertThat(plain.cookies(NOON)).extracting(Cookie::name).containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource({
    "/, '', /",
    "/a, '', /",
    "/a/, '', /a",
    "/a/b, '', /a",
    "/a/b?c/d, '', /a",
    "/a/b, Path=/c, /c",
    "/a/b, Path=c, /a",
    "/a/b, Path, /a",
    "/a;b/c, '', /a;b",
  })
  void givesACookieItsPath(String target, String attribute, String path) {
    store("http://a.org" + target, "a=b; " + attribute);

    assertThat(jar.cookies(NOON)).extracting(Cookie::path).containsExactly(path);
  }

  @Test
  void ignoresAPathThatNoUrlHas() {
    store("http://a.org/", "a=b; Path=/\u00fc", "c=d; Path=/a b");
    store("http://a.org/" + "p".repeat(1024) + "/", "e=f");

    assertThat(jar.cookies(NOON)).isEmpty();
  }

  @Test
  void setsAndSendsASecureCookieOverHttpsAlone() {
    store("http://a.org/", "a=1; Secure");
    store("https://a.org/", "b=2; Secure", "c=3");

    assertThat(field("http://a.org/")).isEqualTo("c=3");
    assertThat(field("https://a.org/")).isEqualTo("b=2; c=3");
  }

  @ParameterizedTest
  @CsvSource({
    "sid=2, false",
    "sid=; Max-Age=0, false",
    "sid=2; Domain=example.org, false",
    "sid=2; Domain=a.example.org, false",
    "sid=2; Path=/login, false",
    "sid=2; Path=/login/en, false",
    "sid=2; Path=/, true",
    "sid=2; Path=/log, true",
    "SID=2; Path=/login, true",
  })
  void putsNothingFromHttpInFrontOfASecureCookie(String value, boolean taken) {
    store("https://a.example.org/login/", "sid=1; Secure; Path=/login");

    store("http://a.example.org/login/", value);

    assertThat(jar.cookies(NOON)).hasSize(taken ? 2 : 1);
    assertThat(field("https://a.example.org/login")).startsWith("sid=1");
  }

  @Test
  void letsHttpsReplaceASecureCookie() {
    store("https://a.org/", "sid=1; Secure");

    store("https://a.org/", "sid=2");

    assertThat(field("http://a.org/")).isEqualTo("sid=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Secure-a=b",
        "__secure-a=b; Path=/",
        "__Host-a=b; Path=/",
        "__Host-a=b; Secure",
        "__Host-a=b; Secure; Path=/c",
        "__Host-a=b; Secure; Path=/; Domain=a.org",
        "__HOST-a=b; Secure; Path=/; Domain=a.org",
        "__Secure-a",
        "__host-a; Secure; Path=/",
        "a=b; SameSite=None",
      })
  void ignoresACookieThatBreaksItsPromise(String value) {
    store("https://a.org/c/d", value);

    assertThat(jar.cookies(NOON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Secure-a=b; Secure",
        "__secure-a=b; Secure; Domain=a.org",
        "__Host-a=b; Secure; Path=/",
        "__host-a=b; Secure; Path=/; Domain=",
        "a=b; SameSite=None; Secure",
        "a=b; SameSite=Strict",
      })
  void keepsACookieThatKeepsItsPromise(String value) {
    store("https://a.org/c/d", value);

    assertThat(jar.cookies(NOON)).hasSize(1);
    assertThat(field("https://a.org/c")).isNotEmpty();
  }

  @Test
  void keepsNoPrefixFromHttp() {
    store("http://a.org/", "__Secure-a=b; Secure", "__Host-a=b; Secure; Path=/");

    assertThat(jar.cookies(NOON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Max-Age=60 | 60",
        "Expires=Wed, 01 May 2024 12:01:00 GMT | 60",
        "Max-Age=60; Expires=Wed, 01 May 2024 11:00:00 GMT | 60",
        "Expires=Wed, 01 May 2030 11:00:00 GMT; Max-Age=60 | 60",
        "Expires=Wed, 01 May 2024 12:01:00 GMT; Max-Age=x | 60",
        "Max-Age=34560000 | 34560000",
        "Max-Age=34560001 | 34560000",
        "Max-Age=99999999999999999999 | 34560000",
        "Expires=Fri, 31 Dec 9999 23:59:59 GMT | 34560000",
      })
  void endsACookieAtItsTimeAndAfter400Days(String attributes, long seconds) {
    store("http://a.org/", "a=b; " + attributes);

    assertThat(jar.cookies(NOON).get(0).expiry()).contains(NOON.plusSeconds(seconds));
    assertThat(field("http://a.org/", NOON.plusSeconds(seconds).minusNanos(1))).isEqualTo("a=b");
    assertThat(field("http://a.org/", NOON.plusSeconds(seconds))).isEmpty();
    assertThat(jar.cookies(NOON.plusSeconds(seconds))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Max-Age=0",
        "Max-Age=-1",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Max-Age=0; Expires=Wed, 01 May 2030 11:00:00 GMT",
      })
  void deletesACookieThatIsSetToThePast(String attributes) {
    store("http://a.org/", "a=b", "c=d");

    store("http://a.org/", "a=b; " + attributes);

    assertThat(field("http://a.org/")).isEqualTo("c=d");
  }

  @Test
  void keepsASessionCookieWithoutEnd() {
    store("http://a.org/", "a=b; Expires=never");

    assertThat(jar.cookies(NOON).get(0).expiry()).isEmpty();
    assertThat(field("http://a.org/", NOON.plus(Duration.ofDays(9_999)))).isEqualTo("a=b");
  }

  @Test
  void sendsLongerPathsFirstThenOlderCookies() {
    store("http://a.org/", "a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x", "d=4; Path=/");
    jar.store(HttpUrl.parse("http://a.org/"), List.of("e=5; Path=/x"), NOON.minusSeconds(1));

    assertThat(field("http://a.org/x/y")).isEqualTo("b=2; e=5; c=3; a=1; d=4");
  }

  @Test
  void replacesACookieAndKeepsItsAge() {
    store("http://a.org/", "a=1", "b=2");

    jar.store(HttpUrl.parse("http://a.org/"), List.of("a=3"), NOON.plusSeconds(1));

    assertThat(field("http://a.org/")).isEqualTo("a=3; b=2");
    assertThat(jar.cookies(NOON).get(0).created()).isEqualTo(NOON);
  }

  @Test
  void tellsCookiesApartByNamePathDomainAndHost() {
    store(
        "http://a.org/x/",
        "a=1",
        "A=2",
        "a=3; Path=/",
        "a=4; Domain=a.org",
        "a=5; Domain=A.ORG",
        "a=6");

    assertThat(field("http://a.org/x")).isEqualTo("a=6; A=2; a=5; a=3");
  }

  @Test
  void keepsFiftyCookiesOfADomainAndTheSecureOnesBeforeOthers() {
    store("https://a.org/", "first=1", "second=2");
    for (int i = 0; i < 48; i++) {
      store("https://a.org/", "s" + i + "=x; Secure");
    }
    assertThat(field("http://a.org/")).isEqualTo("first=1; second=2");
    store("https://a.org/y", "first=1");

    store("https://a.org/", "last=3; Secure");

    assertThat(jar.cookies(NOON)).hasSize(MemoryCookieJar.MAX_COOKIES_IN_DOMAIN);
    assertThat(field("http://a.org/")).isEqualTo("first=1");
    assertThat(field("https://a.org/")).startsWith("first=1; s0=x").endsWith("last=3");
  }

  @Test
  void dropsExpiredCookiesBeforeOthers() {
    for (int i = 0; i < 50; i++) {
      store("http://a.org/", "c" + i + "=x" + (i == 30 ? "; Max-Age=1" : ""));
    }

    jar.store(HttpUrl.parse("http://a.org/"), List.of("last=x"), NOON.plusSeconds(2));

    assertThat(jar.cookies(NOON)).hasSize(50).extracting(Cookie::name).doesNotContain("c30");
  }

  @Test
  void dropsTheCookieOfADomainThatWasAskedForLongestAgo() {
    for (int i = 0; i < 50; i++) {
      store("http://a.org/", "c" + i + "=x; Path=/p" + i);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(field("http://a.org/p" + (i + 25) % 50)).isNotEmpty();
    }

    store("http://a.org/", "last=x");

    assertThat(jar.cookies(NOON)).hasSize(50).extracting(Cookie::name).doesNotContain("c25");
  }

  @Test
  void keepsThreeThousandCookiesInAll() {
    for (int i = 0; i < 100; i++) {
      String url = "https://h" + i + ".org/";
      IntStream.range(0, 31).forEach(n -> store(url, "c" + n + "=x; Secure"));
      assertThat(field("https://h0.org/")).isNotEmpty();
    }

    assertThat(jar.cookies(NOON)).hasSize(MemoryCookieJar.MAX_COOKIES);
    assertThat(field("https://h1.org/")).isEmpty();
    assertThat(jar.cookiesFor(HttpUrl.parse("https://h99.org/"), NOON)).hasSize(31);
  }

  @Test
  void givesBackWhatWasSaved() {
    store("https://a.org/x/", "a=1; Max-Age=60", "b=2; Secure; Domain=a.org; SameSite=Lax");
    MemoryCookieJar other = new MemoryCookieJar();

    jar.cookies(NOON).forEach(cookie -> other.put(cookie, NOON));

    assertThat(other.cookies(NOON)).isEqualTo(jar.cookies(NOON)).hasSize(2);
  }

  @Test
  void isEmptyOnceItWasCleared() {
    store("http://a.org/", "a=1");

    jar.clear();

    assertThat(jar.cookies(NOON)).isEmpty();
    assertThat(field("http://a.org/")).isEmpty();
  }

  @Test
  void showsNoCookieInItsText() {
    store("http://a.org/", "sid=s3cret");

    assertThat(jar.toString() + jar.cookies(NOON)).doesNotContain("s3cret");
  }

  @Test
  void keepsWhatItHadWhenTheListFails() {
    MemoryCookieJar failing = new MemoryCookieJar(domain -> {
      throw new IllegalStateException("no list");
    });
    HttpUrl url = HttpUrl.parse("http://a.b.org/");
    failing.store(url, List.of("a=1"), NOON);

    assertThatThrownBy(() -> failing.store(url, List.of("c=2", "d=3; Domain=b.org"), NOON))
        .isInstanceOf(IllegalStateException.class);

    assertThat(failing.cookies(NOON)).extracting(Cookie::name).containsExactly("a");
  }

  @Test
  @Timeout(30)
  void servesManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String url = "http://h" + i + ".a.org/";
        work.add(() -> IntStream.range(0, 500).allMatch(n -> {
          store(url, "own=" + n, "shared" + n % 60 + "=x; Domain=a.org");
          return field(url).contains("own=" + n);
        }));
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(jar.cookies(NOON)).hasSize(8 + MemoryCookieJar.MAX_COOKIES_IN_DOMAIN);
  }
}
