package dev.wireline.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpUrlTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("canonicalTexts")
  void writesTheHostInItsCanonicalForm(String text, String canonical) {
    HttpUrl url = HttpUrl.parse(text);

    assertThat(url).hasToString(canonical);
    assertThat(HttpUrl.parse(canonical)).isEqualTo(url).hasSameHashCodeAs(url);
  }

  static Stream<Arguments> canonicalTexts() {
    return Stream.of(
        arguments("http://example.org", "http://example.org/"),
        arguments("HTTPS://EXAMPLE.org./A?B#C", "https://example.org/A?B#C"),
        arguments("http://example.org:80/", "http://example.org/"),
        arguments("https://example.org:443", "https://example.org/"),
        arguments("http://example.org:443", "http://example.org:443/"),
        arguments("https://example.org:80", "https://example.org:80/"),
        arguments("http://example.org?", "http://example.org/?"),
        arguments("http://example.org?a=b", "http://example.org/?a=b"),
        arguments("http://example.org#", "http://example.org/#"),
        arguments("http://example.org/#?/", "http://example.org/#?/"),
        arguments("http://b\u00fccher.example/", "http://xn--bcher-kva.example/"),
        arguments("http://\uff45xample.org/", "http://example.org/"),
        arguments("http://127.0.0.\uff11/", "http://127.0.0.1/"),
        arguments("http://[2001:DB8:0::0:1]:8080/", "http://[2001:db8::1]:8080/"),
        arguments("http://[::FFFF:c000:0201]", "http://[::ffff:192.0.2.1]/"),
        arguments("http://[::1]:80", "http://[::1]/"),
        arguments("http://a/b/../c/./d", "http://a/b/../c/./d"),
        arguments("http://a//b//", "http://a//b//"),
        arguments("http://a/%2F%2e%C3%bc", "http://a/%2F%2e%C3%bc"),
        arguments("http://a/@b:c?@d:e#@f", "http://a/@b:c?@d:e#@f"),
        arguments("http://a/\"<>[]^`{|}?\"<>[]^`{|}", "http://a/\"<>[]^`{|}?\"<>[]^`{|}"),
        arguments("http://a/b?c?d/e", "http://a/b?c?d/e"));
  }

  @Test
  void tellsItsParts() {
    HttpUrl url = HttpUrl.parse("https://Example.org:8443/a/b;c?d=e&f#g?h");

    assertThat(url.endpoint()).isEqualTo(Endpoint.tls("example.org", 8443));
    assertThat(url.isSecure()).isTrue();
    assertThat(url.host()).isEqualTo("example.org");
    assertThat(url.port()).isEqualTo(8443);
    assertThat(url.path()).isEqualTo("/a/b;c");
    assertThat(url.query()).contains("d=e&f");
    assertThat(url.fragment()).contains("g?h");
    assertThat(url.target()).isEqualTo("/a/b;c?d=e&f");
    assertThat(url.origin()).isEqualTo("https://example.org:8443");
    assertThat(url.user()).isEmpty();
    assertThat(url.password()).isEmpty();
  }

  @Test
  void tellsNoQueryFromAnEmptyOne() {
    assertThat(HttpUrl.parse("http://a/b").query()).isEmpty();
    assertThat(HttpUrl.parse("http://a/b?").query()).contains("");
    assertThat(HttpUrl.parse("http://a/b?").target()).isEqualTo("/b?");
    assertThat(HttpUrl.parse("http://a/b").fragment()).isEmpty();
    assertThat(HttpUrl.parse("http://a/b#").fragment()).contains("");
    assertThat(HttpUrl.parse("http://a/b#").target()).isEqualTo("/b");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, /",
    "http://a/, /",
    "http://a?b, /?b",
    "http://a//b, //b",
    "http://a/b#c, /b",
    "http://a#b?c, /",
    "http://u:p@a/b?c@d, /b?c@d",
  })
  void makesATargetThatARequestTakes(String text, String target) {
    HttpUrl url = HttpUrl.parse(text);

    assertThat(url.target()).isEqualTo(target);
    assertThat(HttpRequest.get(url.target()).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://me@a, me, ",
    "http://me:@a, me, ''",
    "http://:token@a, '', token",
    "http://me:p:w@a, me, p:w",
    "http://m%65:p%40ss%2F%C3%BC@a, me, p@ss/\u00fc",
    "http://a%3Ab:c@h, a:b, c",
    "http://example.org:80@a/, example.org, 80",
  })
  void readsUserInfoAndShowsItNowhere(String text, String user, String password) {
    HttpUrl url = HttpUrl.parse(text);

    assertThat(url.user()).contains(user);
    assertThat(url.password()).isEqualTo(Optional.ofNullable(password));
    assertThat(url.toString() + url.origin() + url.target() + url.host() + url.shown())
        .doesNotContain("@")
        .doesNotContain("me")
        .doesNotContain("example.org");
    assertThat(url.withoutUserInfo().user()).isEmpty();
    assertThat(url.withoutUserInfo().password()).isEmpty();
    assertThat(url.withoutUserInfo()).isNotEqualTo(url).hasToString(url.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x, http://A:80/y?z, true",
    "http://u:p@a/, http://a./, true",
    "https://a, http://a, false",
    "http://a:443, https://a, false",
    "http://a, http://a:8080, false",
    "http://a, http://b.a, false",
    "http://[::1], http://[0:0::1]:80/, true",
    "http://127.0.0.1, http://localhost, false",
  })
  void comparesOrigins(String one, String other, boolean same) {
    assertThat(HttpUrl.parse(one).sameOrigin(HttpUrl.parse(other))).isEqualTo(same);
    assertThat(HttpUrl.parse(other).sameOrigin(HttpUrl.parse(one))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/, b, c, http://a/?b=c",
    "http://a/?, b, c, http://a/?b=c",
    "http://a/?x, b, c, http://a/?x&b=c",
    "http://a/#f, b, c, http://a/?b=c#f",
    "http://a/, b, '', http://a/?b=",
    "http://a/, '', c, http://a/?=c",
    "http://a/, 'a b', '1+2&3=4#5/?%', http://a/?a%20b=1%2B2%263%3D4%235%2F%3F%25",
    "http://a/, b, 'AZaz09-._~', http://a/?b=AZaz09-._~",
    "http://a/, b, '\u00fc\u20ac\ud83d\ude00', http://a/?b=%C3%BC%E2%82%AC%F0%9F%98%80",
    "http://a/, b, '\r\nX: y', http://a/?b=%0D%0AX%3A%20y",
  })
  void addsAnEncodedParameter(String text, String name, String value, String expected) {
    assertThat(HttpUrl.parse(text).query(name, value)).hasToString(expected);
  }

  @Test
  void refusesAParameterThatHasNoUtf8() {
    HttpUrl url = HttpUrl.parse("http://a/");

    assertThatThrownBy(() -> url.query("b", "\ud83d")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> url.query("\ude00", "c")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/b, http://a/b?",
    "http://a/b, http://a/b#",
    "http://a/b, https://a/b",
    "http://a/b, http://a/B",
    "http://a/%7e, http://a/~",
    "http://u@a/, http://u:@a/",
    "http://u:p@a/, http://u:q@a/",
  })
  void tellsUrlsApart(String one, String other) {
    assertThat(HttpUrl.parse(one)).isNotEqualTo(HttpUrl.parse(other)).isNotEqualTo(one);
  }

  @Test
  void hidesTheQueryAndTheFragmentInWhatMessagesShow() {
    HttpUrl url = HttpUrl.parse("https://a:8443/b?token=s3cret#s3cret");

    assertThat(url.shown()).isEqualTo("https://a:8443/b?***");
    assertThat(HttpUrl.parse("http://a/b").shown()).isEqualTo("http://a/b");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test:81/b, http://a.test:81, /b",
    "http://a.test:81?b, http://a.test:81, /?b",
    "http://a.test:811/b, http://a.test:811, /b",
    "http://a.test:8/b, http://a.test:8, /b",
    "http://a.test.test:81/b, http://a.test.test:81, /b",
    "HTTP://A.test:81/b, http://a.test:81, /b",
    "https://a.test:81/b, https://a.test:81, /b",
    "http://user@a.test:81/b, http://a.test:81, /b",
  })
  void takesItsOriginFromItsOwnText(String text, String origin, String target) {
    HttpUrl.parse("http://a.test:81");

    HttpUrl url = HttpUrl.parse(text);

    assertThat(url.origin()).isEqualTo(origin);
    assertThat(url.target()).isEqualTo(target);
    assertThat(url.user().isPresent()).isEqualTo(text.contains("@"));
  }

  @Test
  void readsWhatFollowsAnOriginAsAPartOfTheHost() {
    HttpUrl.parse("http://a.test");

    HttpUrl url = HttpUrl.parse("http://a.test@b.test/");

    assertThat(url.origin()).isEqualTo("http://b.test");
    assertThat(url.user()).contains("a.test");
    assertThat(HttpUrl.parse("http://a.test@b.test/").password()).isEqualTo(url.password());
  }
}
