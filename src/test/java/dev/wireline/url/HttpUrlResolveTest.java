package dev.wireline.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlResolveTest {
  private static final HttpUrl BASE = HttpUrl.parse("http://a/b/c/d;p?q");

  /** RFC 3986, section 5.4.1, but for {@code g:h}, which is no http URL. */
  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g/",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    "'#s', http://a/b/c/d;p?q#s",
    "'g#s', http://a/b/c/g#s",
    "'g?y#s', http://a/b/c/g?y#s",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "'g;x?y#s', http://a/b/c/g;x?y#s",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../, http://a/",
    "../../g, http://a/g",
  })
  void resolvesTheNormalExamples(String reference, String expected) {
    assertThat(BASE.resolve(reference)).hasToString(expected);
  }

  /** RFC 3986, section 5.4.2; {@code http:g} is refused, as the strict reading there. */
  @ParameterizedTest
  @CsvSource({
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    ".g, http://a/b/c/.g",
    "g.., http://a/b/c/g..",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "./g/., http://a/b/c/g/",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g;x=1/./y, http://a/b/c/g;x=1/y",
    "g;x=1/../y, http://a/b/c/y",
    "g?y/./x, http://a/b/c/g?y/./x",
    "g?y/../x, http://a/b/c/g?y/../x",
    "'g#s/./x', http://a/b/c/g#s/./x",
    "'g#s/../x', http://a/b/c/g#s/../x",
  })
  void resolvesTheAbnormalExamples(String reference, String expected) {
    assertThat(BASE.resolve(reference)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://x, https://x/",
    "HTTP://X/./a/../b/%2e%2e/c, http://x/b/%2e%2e/c",
    "//x:81/../a?b#c, http://x:81/a?b#c",
    "'/..//evil', http://a//evil",
    "'.//evil', http://a/b/c//evil",
    "./g:h, http://a/b/c/g:h",
    "?a:b, http://a/b/c/d;p?a:b",
    "'#a:b', http://a/b/c/d;p?q#a:b",
    "/a@b, http://a/a@b",
  })
  void resolvesWhatLooksLikeAHostAndIsNoneOrIsOne(String reference, String expected) {
    assertThat(BASE.resolve(reference)).hasToString(expected);
  }

  @Test
  void inheritsTheSchemeWithAHostAlone() {
    HttpUrl secure = HttpUrl.parse("https://a:8443/");

    assertThat(secure.resolve("//b/c")).hasToString("https://b/c");
    assertThat(secure.resolve("c")).hasToString("https://a:8443/c");
  }

  @Test
  void inheritsUserInfoWithTheHostAlone() {
    HttpUrl base = HttpUrl.parse("http://me:s3cret@a/b");

    assertThat(base.resolve("c").user()).contains("me");
    assertThat(base.resolve("//a/c").user()).isEmpty();
    assertThat(base.resolve("http://a/c").user()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g:h",
        "http:g",
        "https:/g",
        "mailto:a@b",
        "8080:a",
        ":a",
        "//",
        "///a",
        "//a:0",
        "/\\evil",
        "\\\\evil",
        "//evil\\@a",
        "/a b",
        "a\n",
        "/\u00fc",
        "http://127.1/",
        "//user:s3cret@127.1/",
        "/?s3cret\t",
      })
  void refusesWhatLeadsToNoUrl(String reference) {
    assertThatThrownBy(() -> BASE.resolve(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at index ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void removesManyDotSegmentsInOneGo() {
    String up = "a/".repeat(30_000) + "../".repeat(30_000) + "g";

    assertThat(BASE.resolve(up)).hasToString("http://a/b/c/g");
  }

  @ParameterizedTest
  @CsvSource({
    "g, http://a/b/c/g#f",
    "'g#s', http://a/b/c/g#s",
    "'g#', http://a/b/c/g#",
    "https://x/, https://x/#f",
    "http://x:/y:, http://x/y:#f",
    "//x:, http://x/#f",
    "'https://[::1]:?q', https://[::1]/?q#f",
    "'', http://a/b/c/d;p?q#f",
    "/%\u00fc, http://a/%%C3%BC#f",
    "/90%+of?100%#%zz#a, http://a/90%+of?100%#%zz#a",
    "'/a b/\u00fc?\u20ac d', http://a/a%20b/%C3%BC?%E2%82%AC%20d#f",
    "'http://b\u00fccher.example/\u00fc', http://xn--bcher-kva.example/%C3%BC#f",
    "'//b\u00fccher.example', http://xn--bcher-kva.example/#f",
    "'\u00fc/b c#\u00fc', http://a/b/c/%C3%BC/b%20c#%C3%BC",
  })
  void resolvesALocationWithTheFragmentAndWithWhatServersForgetToEncode(
      String value, String expected) {
    HttpUrl base = BASE.resolve("#f");

    assertThat(Location.resolve(base, value)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a b/",
        "//a b",
        "//:",
        "http://a::/",
        "//[::",
        "http:// a/",
        "/a\nb",
        "/\\a",
        "//a\\b",
        "/\ud83d"
      })
  void refusesALocationThatOnlyMightMeanSomething(String value) {
    assertThatThrownBy(() -> Location.resolve(BASE, value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
