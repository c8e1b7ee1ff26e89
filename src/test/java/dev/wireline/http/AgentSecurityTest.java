package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile server, or a careless setting, cannot bring an agent to do. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentSecurityTest {
  private static final String ASKS = "WWW-Authenticate: Basic realm=\"x\"\r\n";

  private static String local(RawServer server, String host) {
    return host + ":" + server.endpoint().port();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost", "HTTP://LocalHost", "http://localhost."})
  void knowsAnOriginHoweverItIsWritten(String written) throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(401, ASKS), Answers.ok("in"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(local(server, written), Credentials.basic("a", "b"))
            .build()) {
      HttpResponse response = agent.get(local(server, "http://localhost"));

      assertThat(response.text()).isEqualTo("in");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1",
        "https://localhost:PORT",
        "http://127.0.0.1:PORT",
        "http://sub.localhost:PORT",
        "http://localhost.example:PORT",
        "http://xn--lcalhost-n4a:PORT",
      })
  void sendsCredentialsToNoOtherOrigin(String origin) throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(401, ASKS))) {
      String other = origin.replace("PORT", Integer.toString(server.endpoint().port()));
      try (HttpAgent agent =
          HttpAgent.builder().credentials(other, Credentials.bearer("secret")).build()) {
        HttpResponse response = agent.get(local(server, "http://localhost"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(server.requests()).hasSize(1);
        assertThat(Agents.field(server.requests().get(0), "Authorization")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://LOCALHOST", "http://localhost."})
  void keepsACookieForTheHostHoweverItIsWritten(String written) throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.ok("", "Set-Cookie: a=b\r\n"), Answers.ok(""));
        HttpAgent agent = HttpAgent.builder().cookies(new MemoryCookieJar()).build()) {
      agent.get(local(server, written)).text();

      agent.get(local(server, "http://localhost")).text();

      assertThat(Agents.field(server.requests().get(1), "Cookie")).isEqualTo("a=b");
    }
  }

  @Test
  void keepsACookieForTheHostOfTheUrlAndNotOfTheField() throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.ok("", "Set-Cookie: a=b\r\n"), Answers.ok(""));
        HttpAgent agent = HttpAgent.builder().cookies(new MemoryCookieJar()).build()) {
      String url = local(server, "http://localhost");
      agent.send(HttpRequest.get(url).header("Host", "victim.test")).text();

      agent
          .send(HttpRequest.get(local(server, "http://127.0.0.1")).header("Host", "localhost"))
          .text();

      assertThat(Agents.field(server.requests().get(1), "Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "file:/etc/passwd",
        "unix:/run/app.sock",
        "ftp://localhost/",
        "gopher://localhost:70/_x",
        "javascript:alert(1)",
        "data:text/plain,x",
        "http:/path",
        "http:",
        "http://",
        "http:///path",
        "http://user@localhost/",
        "//user:hidden@localhost/",
        "http://localhost\\@evil.test/",
        "http://localhost:0/",
        "http://localhost:99999/",
        "http://local%68ost/",
        "http://2130706433/",
        "http://[::1/",
        "http://localhost:80:80/",
        "https://",
      })
  void refusesARedirectThatLeadsNowhereGood(String location) throws Exception {
    try (RawServer server = RawServer.answering(Agents.redirect(302, location));
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server)))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageNotContaining("hidden");

      assertThat(server.requests()).hasSize(1);
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'/a b', /a%20b",
    "/\u00fc, /%C3%BC",
    "/a%0d%0ab, /a%0d%0ab",
    "?x, /start?x",
    "#f, /start",
  })
  void followsAnOddRedirectWithNothingThatCouldEndALine(String location, String target)
      throws Exception {
    String utf8 =
        new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (RawServer server = RawServer.answering(Agents.redirect(302, utf8), Answers.ok("there"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server) + "/start").text()).isEqualTo("there");

      assertThat(server.requests().get(1).head()).startsWith("GET " + target + " HTTP/1.1\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\rX-Evil: 1", "/a\u0000b", "/a\u000bb", "/a\u007fb"})
  void refusesARedirectWithAControlCharacter(String location) throws Exception {
    try (RawServer server = RawServer.answering(Agents.redirect(302, location));
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server)))
          .isInstanceOf(PeerProtocolException.class);

      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "-1, 2",
    "soon, 2",
    "'Thu, 01 Jan 1970 00:00:00 GMT', 2",
    "1, 1",
    "2147483648, 1",
    "99999999999999999999999, 1",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 1",
    "1e3, 2",
  })
  void isNotHeldUpByRetryAfter(String value, int requests) throws Exception {
    RetryRules rules = RetryRules.builder()
        .maxRetries(1)
        .firstWait(Duration.ZERO)
        .maxWait(Duration.ofMillis(100))
        .build();
    RawAnswer later = Agents.status(503, "Retry-After: " + value + "\r\n");
    try (RawServer server = RawServer.answering(later);
        HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(503);

      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void neverWaitsLongerThanItsRulesHoweverLongTheFirstWait() throws Exception {
    RetryRules rules = RetryRules.builder()
        .maxRetries(20)
        .firstWait(Duration.ofSeconds(Long.MAX_VALUE))
        .maxWait(Duration.ofMillis(1))
        .build();
    try (RawServer server = RawServer.answering(Agents.status(503, ""));
        HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(503);

      assertThat(server.requests()).hasSize(21);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CLOSE_AT_ONCE",
        "HALF_A_HEAD",
        "RESET",
        "STATUS",
        "NONSENSE",
      })
  void neverSendsAPostTwice(String how) throws Exception {
    RawAnswer answer = switch (how) {
      case "CLOSE_AT_ONCE" -> RawAnswer.of("").thenClose();
      case "HALF_A_HEAD" -> RawAnswer.of("HTTP/1.1 200 OK\r\n").thenClose();
      case "RESET" -> RawAnswer.of("").thenReset();
      case "STATUS" -> Agents.status(503, "");
      default -> RawAnswer.of("nonsense\r\n\r\n").thenClose();
    };
    RetryRules rules =
        RetryRules.builder().maxRetries(5).firstWait(Duration.ZERO).build();
    try (RawServer server = RawServer.answering(Answers.ok("kept"), answer);
        HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
      agent.get(Agents.origin(server)).text();

      try {
        agent.send(HttpRequest.post(Agents.origin(server)).body(Body.of("x", "text/plain")));
      } catch (WirelineException e) {
        assertThat(how).isNotEqualTo("STATUS");
      }

      assertThat(server.requests()).hasSize(2);
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"a\"",
        "Digest realm=\"a\", qop=\"auth\", nonce=\"1\", stale=true",
        "Digest realm=\"a\", qop=\"auth\", nonce=\"1\"",
      })
  void givesUpWhereAServerAsksForEver(String challenge) throws Exception {
    RawAnswer no = Agents.status(401, "WWW-Authenticate: " + challenge + "\r\n");
    Credentials credentials =
        challenge.startsWith("Basic") ? Credentials.basic("a", "b") : Credentials.digest("a", "b");
    try (RawServer server = RawServer.answering(no);
        HttpAgent agent =
            HttpAgent.builder().credentials(Agents.origin(server), credentials).build()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(401);

      assertThat(server.requests()).hasSizeLessThanOrEqualTo(Challenger.MAX_ROUNDS);
    }
  }

  @Test
  void boundsInterimResponsesAndTheirFields() throws Exception {
    RawAnswer flood = RawAnswer.of("").repeat("HTTP/1.1 103 Hints\r\n\r\n", 100_000);
    RawAnswer large =
        RawAnswer.of("HTTP/1.1 103 Hints\r\n").repeat("Link: </a-long-one>\r\n", 100_000);
    try (RawServer server = RawServer.answering(flood, large);
        HttpAgent agent = HttpAgent.create()) {
      String first = limit(agent, server);
      String second = limit(agent, server);

      assertThat(first).isEqualTo("maxInterimResponses");
      assertThat(second).isEqualTo("maxHeadBytes");
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  private static String limit(HttpAgent agent, RawServer server) {
    return catchThrowableOfType(
            LimitExceededException.class, () -> agent.get(Agents.origin(server)).text())
        .limit();
  }

  @Test
  void stopsABombThatIsPackedTwice() throws Exception {
    byte[] bomb = Packed.gzip(Packed.gzip(new byte[100_000_000]));
    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: "
        + bomb.length + "\r\n\r\n";
    try (RawServer server = RawServer.answering(RawAnswer.of(head).and(bomb));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(limit(agent, server)).isEqualTo("maxDecodedRatio");
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @Test
  void unpacksNothingThatIsReadForNobody() throws Exception {
    AtomicInteger decoded = new AtomicInteger();
    ContentCoding counting = new ContentCoding() {
      @Override
      public String name() {
        return "bomb";
      }

      @Override
      public InputStream decode(InputStream encoded) {
        decoded.incrementAndGet();
        return encoded;
      }
    };
    String packed = "Content-Encoding: bomb\r\n";
    try (RawServer server = RawServer.answering(
            Agents.status(302, "Location: /next\r\n" + packed),
            Agents.status(503, "Retry-After: 0\r\n" + packed),
            Agents.status(401, ASKS + packed),
            Answers.ok("last", packed));
        HttpAgent agent = HttpAgent.builder()
            .contentCoding(counting)
            .retries(RetryRules.builder().maxRetries(1).build())
            .credentials(Agents.origin(server), Credentials.basic("a", "b"))
            .build()) {
      agent.get(Agents.origin(server)).discard();

      assertThat(server.requests()).hasSize(4);
      assertThat(decoded).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/\r\nX-Evil: 1",
        "http://localhost/ HTTP/1.1",
        "http://local\r\nhost/",
        "http://a%0d%0ab:c@localhost/",
        "http://a:c%0d%0a@localhost/",
        "http://a:c%00@localhost/",
      })
  void refusesUrlsThatCouldEndALine(String url) {
    try (HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get(url)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> HttpAgent.builder().credentials(url, Credentials.bearer("x")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:hidden%0d%0aX:1@localhost:1",
        "socks5://u:hid%00den@localhost:1",
        "http://u:hidden@local host:1",
        "http://u:hidden@localhost:99999",
        "u:hidden@localhost:x",
        "ftp://u:hidden@localhost",
        "http://u:hidden@localhost/path",
        "http://u:hidden@localhost?q",
        "http://u:hidden@localhost#f",
        "http://u:hid/den@localhost:1",
        "http://u:hidden@a@localhost:1",
        "http://u:hidden@",
        "u:hidden@\r\nlocalhost",
      })
  void refusesProxiesThatAreNoneAndShowsNoPassword(String url) {
    assertThatThrownBy(() -> Proxies.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hid")
        .hasMessageNotContaining("den")
        .hasMessageNotContaining("\r");
  }

  @Test
  void leavesCredentialsOfTheUrlBehindAtARedirectElsewhere() throws Exception {
    try (RawServer two = RawServer.answering(Answers.ok("two"));
        RawServer one = RawServer.answering(Agents.redirect(302, Agents.origin(two)));
        HttpAgent agent = HttpAgent.create()) {
      agent.get("http://a:b@" + one.endpoint().authority()).text();

      RawRequest second = two.requests().get(0);
      assertThat(Agents.field(second, "Authorization")).isEmpty();
      assertThat(Agents.field(second, "Referer")).isEmpty();
    }
  }
}
