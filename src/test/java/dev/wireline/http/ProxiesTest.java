package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.url.HttpUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final HttpUrl HTTP = HttpUrl.parse("http://example.org/");
  private static final HttpUrl HTTPS = HttpUrl.parse("https://example.org/");

  @ParameterizedTest
  @CsvSource({
    "http://proxy.test:3128, HTTP proxy proxy.test:3128",
    "HTTP://proxy.test, HTTP proxy proxy.test:80",
    "proxy.test:3128, HTTP proxy proxy.test:3128",
    "https://u:p@proxy.test, HTTP proxy tls://proxy.test:443",
    "socks5://proxy.test, SOCKS5 proxy proxy.test:1080",
    "socks5h://u:p@proxy.test:9050, SOCKS5 proxy proxy.test:9050",
    "socks5h://[::1], SOCKS5 proxy [::1]:1080",
    "socks5h://u:p@[::1]:80, SOCKS5 proxy [::1]:80",
  })
  void readsTheUrlOfAProxy(String url, String proxy) {
    assertThat(Proxies.of(url).proxyFor(HTTP).map(Object::toString)).contains(proxy);
    assertThat(Proxies.of(url)).hasToString("http by " + proxy + ", https by " + proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://proxy.test",
        "socks4://proxy.test",
        "http://",
        "http://s3cret@:1",
        "http://u:s3cret@proxy.test/path",
        "http://u:s3cret@proxy.test:99999",
        "http://pr oxy"
      })
  void refusesWhatIsNoProxyAndShowsNoSecret(String url) {
    assertThatThrownBy(() -> Proxies.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void takesThemFromVariablesTheLowerCaseOnesFirst() {
    Proxies proxies = Proxies.fromEnvironment(Map.of(
        "http_proxy", "http://lower.test:1",
        "HTTP_PROXY", "http://upper.test:2",
        "ALL_PROXY", "socks5://all.test",
        "NO_PROXY", "skipped.test"));

    assertThat(shown(proxies, "http://example.org")).isEqualTo("HTTP proxy lower.test:1");
    assertThat(shown(proxies, "https://example.org")).isEqualTo("SOCKS5 proxy all.test:1080");
    assertThat(shown(proxies, "https://skipped.test")).isEqualTo("direct");
  }

  @Test
  void takesNoneFromVariablesThatAreMissingOrEmpty() {
    Proxies proxies = Proxies.fromEnvironment(Map.of("HTTPS_PROXY", ""));

    assertThat(proxies.proxyFor(HTTP)).isEmpty();
    assertThat(proxies.proxyFor(HTTPS)).isEmpty();
  }

  @Test
  void mistrustsTheVariableThatACgiProgramGetsFromOutside() {
    Map<String, String> cgi = Map.of("REQUEST_METHOD", "GET", "HTTP_PROXY", "http://evil.test");

    assertThat(Proxies.fromEnvironment(cgi).proxyFor(HTTP)).isEmpty();
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThatThrownBy(() -> Proxies.fromEnvironment(Map.of("ALL_PROXY", "gopher://s3cret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ALL_PROXY is no proxy")
        .hasMessageNotContaining("s3cret");
  }

  private static String shown(Proxies proxies, String url) {
    return proxies.proxyFor(HttpUrl.parse(url)).map(Object::toString).orElse("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "'example.org', http://example.org/, true",
    "'example.org', http://www.example.org/, true",
    "'.example.org', http://example.org/, true",
    "'*.example.org', http://www.example.org/, true",
    "'example.org', http://badexample.org/, false",
    "'EXAMPLE.org.', http://example.org/, true",
    "'a.test, example.org', http://example.org/, true",
    "'a.test example.org', http://example.org/, true",
    "'example.org:8080', http://example.org:8080/, true",
    "'example.org:8080', http://example.org/, false",
    "'*', http://example.org/, true",
    "'', http://example.org/, false",
    "',,', http://example.org/, false",
    "'10.0.0.0/8', http://10.1.2.3/, true",
    "'10.0.0.0/8', http://11.1.2.3/, false",
    "'10.0.0.0/33', http://10.0.0.0/, true",
    "'10.0.0.0/8', 'http://[::ffff:10.1.2.3]/', true",
    "'10.1.2.3', 'http://[::ffff:10.1.2.3]/', true",
    "'10.0.0.0/8', 'http://[::ffff:11.1.2.3]/', false",
    "'::ffff:10.1.2.3', 'http://[::ffff:a01:203]/', true",
    "'::ffff:10.1.2.3', http://10.1.2.3/, true",
    "'[::ffff:10.1.2.3]', http://10.1.2.4/, false",
    "'::ffff:10.0.0.0/104', http://10.1.2.3/, true",
    "'::ffff:10.0.0.0/104', 'http://[::ffff:10.1.2.3]/', true",
    "'::ffff:10.0.0.0/104', http://11.1.2.3/, false",
    "'::ffff:0:0/96', http://11.1.2.3/, true",
    "'::/0', http://11.1.2.3/, false",
    "'::/0', 'http://[2001:db8::1]/', true",
    "'10.0.0.0/x', http://10.0.0.0/, false",
    "'10.1.2.3', http://10.1.2.3:81/, true",
    "'10.1.2.3', http://110.1.2.3/, false",
    "'::1', 'http://[::1]/', true",
    "'[::1]', 'http://[::1]/', true",
    "'[::1]:80', 'http://[::1]/', true",
    "'[::1]:81', 'http://[::1]/', false",
    "'fe80::/10', 'http://[fe90::1]/', true",
    "'2.3', http://10.1.2.3/, false",
    "'127.1', http://127.0.0.1/, false",
    "'example.org:x', http://example.org/, false",
    "example.org, http://example.org./, true",
    "EXAMPLE.org., http://example.org/, true",
    "b\u00fccher.example, http://b\u00fccher.example/, true",
    "b\u00fccher.example, http://www.xn--bcher-kva.example/, true",
    "xn--bcher-kva.example, http://b\u00fccher.example/, true",
    "., http://example.org/, false",
    "., http://example.org./, false",
    "*., http://example.org./, false",
    ":80, http://example.org/, false",
    "/8, http://example.org/, false",
    "example.org/8, http://example.org/, false",
    "example.org:x, http://example.org/, false",
    "example.org:0, http://example.org/, false",
    "example.org:99999, http://example.org/, false",
    "192.0.2.0/-1, http://192.0.2.1/, false",
    "192.0.2.1, http://1192.0.2.1.example/, false",
    "2.1, http://192.0.2.1/, false",
    "[::1], http://[::1]:80/, true",
    "::1, http://[0:0:0:0:0:0:0:1]/, true",
    "[::1]:81, http://[::1]:80/, false",
    "org, http://notorg/, false",
  })
  void leavesOutTheHostsOfAList(String list, String url, boolean direct) {
    Proxies proxies = Proxies.of(HttpProxy.of(Endpoint.tcp("proxy.test", 3128))).except(list);

    assertThat(proxies.proxyFor(HttpUrl.parse(url)).isEmpty()).isEqualTo(direct);
  }
}
