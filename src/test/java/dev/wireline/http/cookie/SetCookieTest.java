package dev.wireline.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
  private static SetCookie parse(String text) {
    return SetCookie.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "a=b, a, b",
    "a=, a, ''",
    "a=b=c, a, b=c",
    "a==, a, =",
    "' a = b ; Path=/', a, b",
    "'\ta\t=\tb\t', a, b",
    "a b=c d, a b, c d",
    "'a=\"b c\"', a, '\"b c\"'",
    "'a=\"b;c\"', a, '\"b'",
    "a, '', a",
    "=a, '', a",
    "a=b;, a, b",
    "a=b;;;, a, b",
    "'a=b,c=d', a, 'b,c=d'",
    "'a=b\tc', a, 'b\tc'",
    "$Version=1, $Version, 1",
    "a=<>{}[]()@:?/\\, a, <>{}[]()@:?/\\",
  })
  void readsNameAndValue(String text, String name, String value) {
    assertThat(parse(text).name()).isEqualTo(name);
    assertThat(parse(text).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "=",
        " = ; Path=/",
        "; a=b",
        "==a",
        "=a=b",
        "a=b\u0000",
        "a\u0001=b",
        "a=b\r\nSet-Cookie: c=d",
        "a=b\n",
        "a=b; Path=/\u0008",
        "a=\u007f",
        "a=\ud83d",
        "a=\u0085",
      })
  void ignoresAFieldThatIsNoCookie(String text) {
    assertThat(SetCookie.parse(text)).isEmpty();
  }

  @Test
  void takesNameAndValueUpTo4096Characters() {
    String name = "n".repeat(96);

    assertThat(SetCookie.parse(name + "=" + "v".repeat(4000))).isPresent();
    assertThat(SetCookie.parse(name + "=" + "v".repeat(4001))).isEmpty();
    assertThat(SetCookie.parse("v".repeat(4096))).isPresent();
    assertThat(SetCookie.parse("v".repeat(4097))).isEmpty();
  }

  @Test
  void skipsAnAttributeOfMoreThan1024Characters() {
    String longest = "/" + "p".repeat(1023);

    assertThat(parse("a=b; Path=" + longest).path()).isEqualTo(longest);
    assertThat(parse("a=b; Path=" + longest + "p").path()).isEmpty();
    assertThat(parse("a=b; Path=/c; Path=" + longest + "p").path()).isEqualTo("/c");
  }

  @Test
  void readsEachAttributeInAnyCase() {
    SetCookie cookie = parse("a=b; eXpires=Sun, 06 Nov 1994 08:49:37 GMT; MAX-AGE = 7 ;"
        + "domain= .Example.org;path=/C;SECURE;HttpOnly=yes;samesite=lAx;Other=x;=;y");

    assertThat(cookie.expires()).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(cookie.maxAgeSeconds()).isEqualTo(7);
    assertThat(cookie.domain()).isEqualTo("Example.org");
    assertThat(cookie.path()).isEqualTo("/C");
    assertThat(cookie.isSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.sameSite()).isEqualTo(SameSite.LAX);
  }

  @Test
  void hasNoAttributeThatWasNotThere() {
    SetCookie cookie = parse("a=b; Securely; Http-Only");

    assertThat(cookie.expires()).isNull();
    assertThat(cookie.maxAgeSeconds()).isNull();
    assertThat(cookie.domain()).isEmpty();
    assertThat(cookie.path()).isEmpty();
    assertThat(cookie.isSecure()).isFalse();
    assertThat(cookie.isHttpOnly()).isFalse();
    assertThat(cookie.sameSite()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 0",
    "-0, 0",
    "-99999999999999999999, 0",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "'', ",
    "-, ",
    "+1, ",
    "1.5, ",
    "1s, ",
    "1 0, ",
    "0x1, ",
    "--1, ",
    "\u0661, ",
  })
  void readsAMaxAge(String text, Long seconds) {
    assertThat(parse("a=b; Max-Age=" + text).maxAgeSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "Path=/a; Path=/b, /b",
    "Path=/a; Path=, ''",
    "Path=/a; Path=b, ''",
    "Path=/a; Path, ''",
    "Path=a; Path=/b, /b",
  })
  void takesTheLastPath(String attributes, String path) {
    assertThat(parse("a=b; " + attributes).path()).isEqualTo(path);
  }

  @Test
  void takesTheLastOfEachAttributeThatCanBeRead() {
    SetCookie cookie = parse("a=b; Domain=x.org; Domain=y.org; Max-Age=1; Max-Age=2; Max-Age=z;"
        + "SameSite=Strict; SameSite=other; Expires=1 Jan 2024 0:0:0; Expires=never");

    assertThat(cookie.domain()).isEqualTo("y.org");
    assertThat(cookie.maxAgeSeconds()).isEqualTo(2);
    assertThat(cookie.sameSite()).isNull();
    assertThat(cookie.expires()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
  }
}
