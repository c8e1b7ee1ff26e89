package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies as servers send them. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CookiesServersSendTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static List<String> kept(String url, String field) {
    MemoryCookieJar jar = new MemoryCookieJar();
    jar.store(HttpUrl.parse(url), List.of(field), NOW);
    return jar.cookiesFor(HttpUrl.parse(url), NOW).stream().map(Cookie::name).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/",
        "http://app.localhost/",
        "http://127.0.0.1/",
        "http://127.3.2.1/",
        "http://[::1]/",
        "https://example.org/",
      })
  void aSecureCookieIsKeptAndSentWhereNoNetworkIsCrossed(String url) {
    assertThat(kept(url, "a=b; Secure")).containsExactly("a");
    assertThat(kept(url, "__Host-a=b; Secure; Path=/")).containsExactly("__Host-a");
    assertThat(kept(url, "a=b; Secure; SameSite=None")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org/", "http://localhost.example.org/", "http://128.0.0.1/"})
  void aSecureCookieIsNotKeptElsewhereInTheClear(String url) {
    assertThat(kept(url, "a=b; Secure")).isEmpty();
  }

  @Test
  void aSecureCookieComesBackToItsLoopbackServer() throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.ok("", "Set-Cookie: a=b; Secure\r\n"), Answers.ok(""));
        HttpAgent agent = HttpAgent.builder().cookies(new MemoryCookieJar()).build()) {
      agent.get(Agents.origin(server)).text();
      agent.get(Agents.origin(server)).text();

      assertThat(Agents.field(server.requests().get(1), "Cookie")).isEqualTo("a=b");
    }
  }

  @ParameterizedTest
  @CsvSource({"example.org.", ".example.org.", "www.example.org.", "org."})
  void aCookieWhoseDomainEndsInADotIsPassedOver(String domain) {
    assertThat(kept("https://www.example.org/", "a=b; Domain=" + domain)).isEmpty();
    assertThat(kept("https://www.example.org/", "a=b; Domain=example.org")).hasSize(1);
  }

  @Test
  void aCookieInUtf8GoesBackInTheSameOctets() throws Exception {
    String octets = new String("n\u00e4me=J\u00f6rg \u20ac".getBytes(UTF_8), ISO_8859_1);
    MemoryCookieJar jar = new MemoryCookieJar();
    try (RawServer server = RawServer.answering(
            Answers.ok("", "Set-Cookie: " + octets + "; Path=/\r\nSet-Cookie: l=\u00e9\r\n"),
            Answers.ok(""));
        HttpAgent agent = HttpAgent.builder().cookies(jar).build()) {
      agent.get(Agents.origin(server)).text();
      HttpResponse second = agent.get(Agents.origin(server));

      assertThat(second.text()).isEmpty();
      assertThat(Agents.field(server.requests().get(1), "Cookie")).isEqualTo(octets);
      assertThat(second.request().headers().toString()).doesNotContain("J\u00f6rg");
    }
  }
}
