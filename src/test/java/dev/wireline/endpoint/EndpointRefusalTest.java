package dev.wireline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRefusalTest {

  private static final Protocol HTTP = new Protocol("http", 80, "https", 443);

  @Test
  void showsTheTextAndThePlaceOfTheMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("example.org:99999"))
        .withMessage("endpoint \"example.org:99999\": the port at index 12 must be 1 to 65535");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedTexts")
  void refusesATextThatBreaksTheGrammar(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text, HTTP))
        .withMessageStartingWith("endpoint \"")
        .withMessageContaining(": " + problem);
  }

  static Stream<Arguments> refusedTexts() {
    return Stream.of(hosts(), addresses(), ports(), origins(), blanks(), unixPaths())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> hosts() {
    String label = "a".repeat(63);
    return Stream.of(
        arguments("", "the host at index 0 is empty"),
        arguments(".", "the host at index 0 is empty"),
        arguments(":80", "the host at index 0 is empty"),
        arguments("tls://", "the host at index 6 is empty"),
        arguments("http://:80", "the host at index 7 is empty"),
        arguments("://example.org", "the path at index 1 does not belong here"),
        arguments("a..b", "the label at index 2 is empty"),
        arguments(".a", "the label at index 0 is empty"),
        arguments("a..", "the label at index 2 is empty"),
        arguments(label + "a.org", "the label at index 0 is longer than 63 characters"),
        arguments("x." + label + "a", "the label at index 2 is longer than 63 characters"),
        arguments(
            "tls://" + (label + ".").repeat(3) + "b".repeat(62),
            "the host at index 6 is longer than 253 characters"),
        arguments("exa%6dple.org", "the character at index 3 is not a letter"),
        arguments("exam!ple", "the character at index 4 is not a letter"),
        arguments("http://a*b", "the character at index 8 is not a letter"),
        arguments("example.org\\x", "the backslash at index 11 does not belong here"),
        arguments("http:\\\\example.org", "the backslash at index 5 does not belong here"),
        arguments("a\u2100b.example", "the international name at index 0 is no host name"),
        arguments("b\u00fc..example", "the international name at index 0 is no host name"),
        arguments(
            "http://\u00fc".concat("a".repeat(63)), "the international name at index 7 is no"));
  }

  private static Stream<Arguments> addresses() {
    String number = "ends in a number but is not an address like 192.0.2.1";
    return Stream.of(
        arguments("127.1", "the host at index 0 " + number),
        arguments("2130706433", "the host at index 0 " + number),
        arguments("0x7f.1", "the host at index 0 " + number),
        arguments("0x7F000001:80", "the host at index 0 " + number),
        arguments("0x", "the host at index 0 " + number),
        arguments("127.0.0.0X1", "the host at index 0 " + number),
        arguments("0177.0.0.1", "the host at index 0 " + number),
        arguments("127.0.0.01", "the host at index 0 " + number),
        arguments("1.2.3.4.5", "the host at index 0 " + number),
        arguments("256.0.0.1", "the host at index 0 " + number),
        arguments("127.0.0.1.", "the host at index 0 " + number),
        arguments("tls://a.7", "the host at index 6 " + number),
        arguments("127.\uff11", "the international name at index 0 is no host name"),
        arguments("::1", "the host at index 0 has several colons; an IPv6 address stands in"),
        arguments("http://fe80::1:80", "the host at index 7 has several colons"),
        arguments("a:b:80", "the host at index 0 has several colons"),
        arguments("[::1", "the bracket at index 0 is never closed"),
        arguments("[]", "the address at index 1 is not an IPv6 address"),
        arguments("[127.0.0.1]", "the address at index 1 is not an IPv6 address"),
        arguments("[v1.x]:80", "the address at index 1 is not an IPv6 address"),
        arguments("[1:2:3:4:5:6:7]", "the address at index 1 is not an IPv6 address"),
        arguments("[1:2:3:4:5:6:7:8:9]", "the address at index 1 is not an IPv6 address"),
        arguments("[1:2:3:4:5:6:7::8]", "the address at index 1 is not an IPv6 address"),
        arguments("[1::2::3]", "the address at index 1 is not an IPv6 address"),
        arguments("[:::]", "the address at index 1 is not an IPv6 address"),
        arguments("[1:]", "the address at index 1 is not an IPv6 address"),
        arguments("[:1]", "the address at index 1 is not an IPv6 address"),
        arguments("[12345::]", "the address at index 1 is not an IPv6 address"),
        arguments("[g::]", "the address at index 1 is not an IPv6 address"),
        arguments("[::\uff11]", "the address at index 1 is not an IPv6 address"),
        arguments("[1.2.3.4::]", "the address at index 1 is not an IPv6 address"),
        arguments("[::1.2.3]", "the address at index 1 is not an IPv6 address"),
        arguments("[1:2:3:4:5:6:7:1.2.3.4]", "the address at index 1 is not an IPv6 address"),
        arguments("[fe80::1%]", "the address at index 1 is not an IPv6 address"),
        arguments("[fe80::1%a%b]", "the address at index 1 is not an IPv6 address"),
        arguments("[::1]x", "the character at index 5 must be the \":\" before a port"));
  }

  private static Stream<Arguments> ports() {
    return Stream.of(
        arguments("example.org:", "the port at index 12 is missing"),
        arguments("[::1]:", "the port at index 6 is missing"),
        arguments("a:0", "the port at index 2 must be 1 to 65535"),
        arguments("a:65536", "the port at index 2 must be 1 to 65535"),
        arguments("a:100000", "the port at index 2 must be 1 to 65535"),
        arguments("a:99999999999999999999", "the port at index 2 must be 1 to 65535"),
        arguments("a:-1", "the port at index 2 must be 1 to 65535"),
        arguments("a:+80", "the port at index 2 must be 1 to 65535"),
        arguments("a:80x", "the port at index 2 must be 1 to 65535"),
        arguments("a:0x50", "the port at index 2 must be 1 to 65535"),
        arguments("a:\u0668\u0660", "the port at index 2 must be 1 to 65535"),
        arguments("a:080", "the port at index 2 must not start with a zero"));
  }

  private static Stream<Arguments> origins() {
    String toTheCall = "does not belong here; give the path to the call";
    return Stream.of(
        arguments("http://example.org/", "the path at index 18 " + toTheCall),
        arguments("example.org:80/news", "the path at index 14 " + toTheCall),
        arguments("example.org?x", "the query at index 11 " + toTheCall),
        arguments("example.org#x", "the fragment at index 11 " + toTheCall),
        arguments("a/b?u=http://c", "the path at index 1 " + toTheCall),
        arguments(
            "ftp://example.org",
            "the scheme at index 0 is not one of http://, https://, tls://, unix:/"),
        arguments("mailto:you", "the port at index 7 must be 1 to 65535"));
  }

  private static Stream<Arguments> blanks() {
    return Stream.of(
        arguments(" example.org", "the white space at index 0 does not belong here"),
        arguments("example.org ", "the white space at index 11 does not belong here"),
        arguments("example.org: 80", "the white space at index 12 does not belong here"),
        arguments("a\tb", "the white space at index 1 does not belong here"),
        arguments("a\r\nb", "the white space at index 1 does not belong here"),
        arguments("a\u00a0b", "the white space at index 1 does not belong here"),
        arguments("a\u3000b", "the white space at index 1 does not belong here"),
        arguments("a\u0000b", "the control character at index 1 does not belong here"),
        arguments("a\u007fb", "the control character at index 1 does not belong here"),
        arguments("a\u0085b", "the control character at index 1 does not belong here"),
        arguments("a\u200bb", "the control character at index 1 does not belong here"),
        arguments("a\u202eb", "the control character at index 1 does not belong here"));
  }

  private static Stream<Arguments> unixPaths() {
    return Stream.of(
        arguments("unix:", "the path at index 5 must be absolute, as in unix:/run/app.sock"),
        arguments("unix:app.sock", "the path at index 5 must be absolute"),
        arguments("unix:./app.sock", "the path at index 5 must be absolute"),
        arguments("unix:///run/app.sock", "the path at index 5 must start with one \"/\""),
        arguments("un\u0131x:/run/app.sock", "the path at index 5 does not belong here"),
        arguments("UN\u0130X:/run/app.sock", "the path at index 5 does not belong here"),
        arguments("unix:/run/a b", "the white space at index 11 does not belong here"),
        arguments("unix:/run/a\u0000", "the control character at index 11 does not belong here"),
        arguments("unix:/run\\a", "the backslash at index 9 does not belong here"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "me:secret@example.org",
        "http://me:secret@example.org:80/x",
        "http://me:sec/ret secret@example.org",
        "ftp://me:secret@example.org",
        "secret@",
        "@secret",
        "unix:secret@example.org",
        "unix://secret@example.org/run"
      })
  void neverRepeatsUserInfo(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text, HTTP))
        .withMessageContaining("user info before the \"@\" at index " + text.lastIndexOf('@'))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a?secret",
        "a:80?secret",
        "a/b?secret",
        "a#secret",
        "http://a?secret",
        "a?secret secret",
        "a..b?secret",
        "ftp://a?secret",
        "unix:/a?secret secret",
        "unix:a#secret"
      })
  void showsNoQueryAndNoFragment(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text, HTTP))
        .withMessageContaining("***\": ")
        .withMessageNotContaining("secret");
  }

  @Test
  void knowsOnlyItsOwnSchemesWithoutAProtocol() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("http://example.org", 80))
        .withMessageEndingWith("the scheme at index 0 is not one of tls://, unix:/");
  }

  @Test
  void readsOrRefusesWhateverItIsGiven() {
    String alphabet = "a1.:[]%@/-x0\u00fc\u3002\uff11\ud800\udc00 \\unixtls:/";
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random, alphabet);

      Throwable thrown = catchThrowable(() -> assertThatItComesBack(Endpoint.parse(text, HTTP)));

      assertThat(thrown)
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(),
              refused -> assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class));
    }
  }

  private static void assertThatItComesBack(Endpoint endpoint) {
    assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
  }

  private static String randomText(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
