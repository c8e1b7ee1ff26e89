package dev.wireline.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.header.Headers;
import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private static Cookie.Builder cookie() {
    return Cookie.builder("sid", "s3cret").host("a.example");
  }

  @Test
  void keepsWhatItWasBuiltOf() {
    Cookie cookie = Cookie.builder("sid", "31d4")
        .domain(".Example.ORG.".substring(1))
        .path("/a;b")
        .secure(true)
        .httpOnly(true)
        .sameSite(SameSite.STRICT)
        .expiry(NOON)
        .created(Instant.EPOCH)
        .build();

    assertThat(cookie.name()).isEqualTo("sid");
    assertThat(cookie.value()).isEqualTo("31d4");
    assertThat(cookie.domain()).isEqualTo("example.org");
    assertThat(cookie.isHostOnly()).isFalse();
    assertThat(cookie.path()).isEqualTo("/a;b");
    assertThat(cookie.isSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.sameSite()).contains(SameSite.STRICT);
    assertThat(cookie.expiry()).contains(NOON);
    assertThat(cookie.created()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void isEqualToOneOfTheSameParts() {
    assertThat(cookie().build())
        .isEqualTo(cookie().build())
        .hasSameHashCodeAs(cookie().build());
    assertThat(cookie().secure(true).build()).isNotEqualTo(cookie().build());
    assertThat(cookie().domain("a.example").build()).isNotEqualTo(cookie().build());
  }

  @Test
  void showsNoValue() {
    Cookie cookie = cookie().secure(true).expiry(NOON).build();

    assertThat(cookie).hasToString("sid=*** for a.example/ over https until 2024-05-01T12:00:00Z");
    assertThat(cookie().domain("b.example").build()).hasToString("sid=*** for hosts of b.example/");
    assertThat(cookie.toString() + List.of(cookie)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', a=s3cret",
    "a=b, s3cret",
    "a;b, s3cret",
    "a, s3cret;",
    "a, ' s3cret'",
    "a, 's3cret '",
    "'a ', s3cret",
    "a, 's3cret\r\nX: y'",
    "'a\n', s3cret",
    "a, 's3cret\u0000'",
    "a, 's3cret\u007f'",
    "a, s3cret\u0085",
    "\udc00, s3cret",
    "a, ' '",
  })
  void refusesANameOrValueThatCannotBeSent(String name, String value) {
    assertThatThrownBy(() -> Cookie.builder(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a cookie ")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "127.1", "user@a", "a..b"})
  void refusesAHostThatIsNone(String host) {
    assertThatThrownBy(() -> cookie().host(host)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cookie().domain(host)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org", "localhost", "org.", "127.0.0.1", "::1", "[::1]"})
  void refusesADomainThatHasNoHostsBelow(String domain) {
    assertThat(cookie().host(domain).build().isHostOnly()).isTrue();
    assertThatThrownBy(() -> cookie().domain(domain)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a b", "/\u00fc", "/a\n"})
  void refusesAPathThatIsNone(String path) {
    assertThatThrownBy(() -> cookie().path(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void needsAHostOrADomain() {
    assertThatThrownBy(() -> Cookie.builder("a", "b").build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void endsAtItsExpiry() {
    Cookie cookie = cookie().expiry(NOON).build();

    assertThat(cookie.isExpired(NOON.minusNanos(1))).isFalse();
    assertThat(cookie.isExpired(NOON)).isTrue();
    assertThat(cookie().build().isExpired(Instant.MAX)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/, true",
    "http://A.EXAMPLE.:8080/x, true",
    "http://b.a.example/, false",
    "http://example/, false",
    "http://xa.example/, false",
  })
  void goesToItsHostAlone(String url, boolean matches) {
    assertThat(cookie().build().matches(HttpUrl.parse(url))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "http://b.example/, true",
    "http://a.b.example/, true",
    "http://x.a.b.example/, true",
    "http://xb.example/, false",
    "http://b.example.org/, false",
    "http://example/, false",
    "http://127.0.0.1/, false",
  })
  void goesToTheHostsOfItsDomain(String url, boolean matches) {
    Cookie cookie = cookie().domain("b.example").build();

    assertThat(cookie.matches(HttpUrl.parse(url))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/, /a, true",
    "/a, /a, true",
    "/a, /a/, true",
    "/a, /a/b, true",
    "/a, /a?b, true",
    "/a, /ab, false",
    "/a, /, false",
    "/a, /A, false",
    "/a/, /a, false",
    "/a/, /a/b, true",
    "/a, /%61, false",
    "/a, /b?/a, false",
  })
  void goesToThePathsBelowItsOwn(String path, String target, boolean matches) {
    Cookie cookie = cookie().path(path).build();

    assertThat(cookie.matches(HttpUrl.parse("http://a.example" + target))).isEqualTo(matches);
  }

  @Test
  void goesOverHttpsAloneWhenItIsSecure() {
    Cookie cookie = cookie().secure(true).build();

    assertThat(cookie.matches(HttpUrl.parse("https://a.example/"))).isTrue();
    assertThat(cookie.matches(HttpUrl.parse("http://a.example/"))).isFalse();
  }

  @Test
  void makesAFieldThatHeadersTake() {
    List<Cookie> cookies = List.of(
        Cookie.builder("a", "1").host("h").build(),
        Cookie.builder("b", "").host("h").build(),
        Cookie.builder("", "c").host("h").build(),
        Cookie.builder("d", "\"x y\"").host("h").build());

    String field = CookieText.field(cookies).orElseThrow();

    assertThat(field).isEqualTo("a=1; b=; c; d=\"x y\"");
    assertThat(Headers.of("Cookie", field).first("Cookie")).contains(field);
    assertThat(CookieText.field(List.of())).isEmpty();
  }

  @Test
  void leavesOutCookiesThatWouldMakeTheFieldTooLong() {
    Cookie large = Cookie.builder("n", "v".repeat(1997)).host("h").build();

    String field = CookieText.field(Collections.nCopies(10, large)).orElseThrow();

    assertThat(field).hasSize(3 * 1999 + 2 * 2);
  }
}
