package dev.wireline.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointGrammarTest {

  private static final Protocol HTTP = new Protocol("http", 80, "https", 443);

  @ParameterizedTest(name = "{0}")
  @MethodSource("canonicalTexts")
  void readsATextThatNamesItsPort(String text, String canonical) {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint).hasToString(canonical);
    assertThat(Endpoint.parse(canonical)).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
  }

  static Stream<Arguments> canonicalTexts() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "b".repeat(61);
    return Stream.of(
        arguments("example.org:80", "example.org:80"),
        arguments("EXAMPLE.Org:80", "example.org:80"),
        arguments("example.org.:80", "example.org:80"),
        arguments("localhost:1", "localhost:1"),
        arguments("localhost:65535", "localhost:65535"),
        arguments("_srv.under_score.example:80", "_srv.under_score.example:80"),
        arguments("3com.example:80", "3com.example:80"),
        arguments("1.2.3.4.example:80", "1.2.3.4.example:80"),
        arguments("0xyz:80", "0xyz:80"),
        arguments("1e3:80", "1e3:80"),
        arguments("unix:80", "unix:80"),
        arguments("tls:80", "tls:80"),
        arguments(longest + ":80", longest + ":80"),
        arguments(longest + ".:80", longest + ":80"),
        arguments("tls://example.org:443", "tls://example.org:443"),
        arguments("TLS://example.org:443", "tls://example.org:443"),
        arguments("127.0.0.1:80", "127.0.0.1:80"),
        arguments("255.255.255.255:80", "255.255.255.255:80"),
        arguments("0.0.0.0:80", "0.0.0.0:80"),
        arguments("unix:/run/app.sock", "unix:/run/app.sock"),
        arguments("UNIX:/run/App.sock", "unix:/run/App.sock"),
        arguments("unix:/run//app.sock", "unix:/run/app.sock"),
        arguments("unix:/run/a@b:c.sock", "unix:/run/a@b:c.sock"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ipv6Texts")
  void writesAnIpv6AddressInItsCanonicalForm(String text, String canonical) {
    Endpoint endpoint = Endpoint.parse("[" + text + "]:80");

    assertThat(endpoint).hasToString("[" + canonical + "]:80");
    assertThat(endpoint.host()).isEqualTo(canonical);
    assertThat(endpoint.isAddress()).isTrue();
    assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
  }

  static Stream<Arguments> ipv6Texts() {
    return Stream.of(
        arguments("::1", "::1"),
        arguments("::", "::"),
        arguments("0:0:0:0:0:0:0:1", "::1"),
        arguments("0000:0000:0000:0000:0000:0000:0000:0000", "::"),
        arguments("2001:DB8::A", "2001:db8::a"),
        arguments("2001:0db8:0:0:0:0:2:1", "2001:db8::2:1"),
        arguments("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        arguments("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        arguments("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        arguments("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        arguments("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        arguments("1:0:0:0:0:0:0:0", "1::"),
        arguments("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        arguments("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        arguments("::FFFF:c000:0201", "::ffff:192.0.2.1"),
        arguments("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        arguments("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
        arguments("fe80::1%eth0", "fe80::1%eth0"),
        arguments("FE80::1%Eth0.1", "fe80::1%Eth0.1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("internationalNames")
  void convertsAnInternationalName(String name, String ascii) {
    Endpoint endpoint = Endpoint.parse(name + ":80");

    assertThat(endpoint.host()).isEqualTo(ascii);
  }

  static Stream<Arguments> internationalNames() {
    return Stream.of(
        arguments("b\u00fccher.example", "xn--bcher-kva.example"),
        arguments("B\u00dcCHER.example", "xn--bcher-kva.example"),
        arguments("\u4f8b\u3048.example", "xn--r8jz45g.example"),
        arguments("b\u00fccher\u3002example", "xn--bcher-kva.example"),
        arguments("\uff45xample.org", "example.org"),
        arguments("127.0.0.\uff11", "127.0.0.1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("textsWithoutAPort")
  void givesTheDefaultPortToAHostWithoutOne(String text, String canonical) {
    assertThat(Endpoint.parse(text, 11211)).hasToString(canonical);
  }

  static Stream<Arguments> textsWithoutAPort() {
    return Stream.of(
        arguments("example.org", "example.org:11211"),
        arguments("example.org:80", "example.org:80"),
        arguments("127.0.0.1", "127.0.0.1:11211"),
        arguments("[::1]", "[::1]:11211"),
        arguments("[::1]:80", "[::1]:80"),
        arguments("tls://example.org", "tls://example.org:11211"),
        arguments("tls://[::1]", "tls://[::1]:11211"),
        arguments("tls://example.org:443", "tls://example.org:443"),
        arguments("unix", "unix:11211"),
        arguments("unix:/run/app.sock", "unix:/run/app.sock"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("originsOfAProtocol")
  void readsTheOriginsOfAProtocol(String text, String canonical) {
    assertThat(Endpoint.parse(text, HTTP)).hasToString(canonical);
  }

  static Stream<Arguments> originsOfAProtocol() {
    return Stream.of(
        arguments("example.org", "example.org:80"),
        arguments("example.org:8080", "example.org:8080"),
        arguments("http://example.org", "example.org:80"),
        arguments("http://example.org:8080", "example.org:8080"),
        arguments("HTTP://example.org", "example.org:80"),
        arguments("https://example.org", "tls://example.org:443"),
        arguments("https://example.org:8443", "tls://example.org:8443"),
        arguments("https://[::1]", "tls://[::1]:443"),
        arguments("tls://example.org", "tls://example.org:443"),
        arguments("tls://example.org:8443", "tls://example.org:8443"),
        arguments("unix:/run/app.sock", "unix:/run/app.sock"));
  }

  @Test
  void needsAPortWhereNoneIsGivenByTheProtocol() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("tls://example.org"))
        .withMessage(
            "endpoint \"tls://example.org\": the port at index 17 is missing; write host:port");
  }
}
