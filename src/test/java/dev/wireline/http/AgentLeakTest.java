package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.cookie.Cookie;
import dev.wireline.http.cookie.CookieJar;
import dev.wireline.net.Connector;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever code of a user throws inside of a call, the call's connections are given up. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentLeakTest {
  /** Of which nobody takes a stalled body for a small one. */
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n";

  /** Thrown by code that a user wrote badly. */
  private static final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Not even an exception. */
  private static final class Disaster extends Error {
    private static final long serialVersionUID = 1;
  }

  /** The ways in which code ends badly. */
  enum Throwing {
    EXCEPTION,
    BUG,
    DISASTER;

    /** Gives what to throw, where it does not throw that itself. */
    IOException thrown() {
      return switch (this) {
        case EXCEPTION -> new IOException("thrown by a test");
        case BUG -> throw new Bug();
        case DISASTER -> throw new Disaster();
      };
    }
  }

  private static RawAnswer unfinished(String fields) {
    return RawAnswer.of(HEAD + fields + "\r\nstart").thenStall();
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aStepThatThrowsLeavesNoResponseOpen(Throwing how) throws Exception {
    Step step = (request, chain) -> {
      chain.proceed(request);
      throw how.thrown();
    };

    assertNothingLeased(HttpAgent.builder().step(step), unfinished(""));
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aConnectionStepThatThrowsLeavesNoResponseOpen(Throwing how) throws Exception {
    Step step = (request, chain) -> {
      chain.proceed(request);
      throw how.thrown();
    };

    assertNothingLeased(HttpAgent.builder().connectionStep(step), unfinished(""));
  }

  @Test
  void aStepThatThrowsAfterSeveralResponsesLeavesNoneOpen() throws Exception {
    Step step = (request, chain) -> {
      chain.proceed(request);
      chain.proceed(request);
      throw new IOException("thrown by a test");
    };

    assertNothingLeased(HttpAgent.builder().step(step), unfinished(""));
  }

  @Test
  void aResponseOfBeforeStaysOpenWhereAStepLivesWithALaterFailure() throws Exception {
    Step step = (request, chain) -> {
      HttpResponse first = chain.proceed(request);
      assertThatThrownBy(() -> chain.proceed(request.header("X-Again", "1")))
          .isInstanceOf(IOException.class);
      return first;
    };
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.head(200_000)).repeat("x", 200_000), RawAnswer.of("nonsense"));
        HttpAgent agent = HttpAgent.builder().step(step).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.bytes()).hasSize(200_000);
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @Test
  void aJarThatCannotStoreLeavesNoResponseOpen() throws Exception {
    CookieJar jar = new CookieJar() {
      @Override
      public List<Cookie> cookiesFor(HttpUrl url, Instant now) {
        return List.of();
      }

      @Override
      public void store(HttpUrl url, List<String> setCookies, Instant now) {
        throw new Bug();
      }
    };

    assertNothingLeased(HttpAgent.builder().cookies(jar), unfinished("Set-Cookie: a=b\r\n"));
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aCodingThatThrowsLeavesNoResponseOpen(Throwing how) throws Exception {
    ContentCoding coding = new ContentCoding() {
      @Override
      public String name() {
        return "odd";
      }

      @Override
      public InputStream decode(InputStream encoded) throws IOException {
        throw how.thrown();
      }
    };
    try (RawServer server = RawServer.answering(unfinished("Content-Encoding: odd\r\n"));
        HttpAgent agent = HttpAgent.builder().contentCoding(coding).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThatThrownBy(response::text).isNotNull();

      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STARTED",
        "REUSED",
        "CONNECTED",
        "SENT",
        "FIRST_BYTE",
        "ANSWERED",
        "REDIRECTED",
        "RETRIED",
        "AUTHENTICATING",
        "DROPPED",
        "ENDED",
        "FAILED"
      })
  void aListenerThatFailsLeavesNothingOpen(String kind) throws Exception {
    RawAnswer[] answers = {
      Answers.ok("one"),
      Agents.redirect(302, "/again"),
      Agents.status(503, "Retry-After: 0\r\n"),
      Agents.status(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"),
      unfinished(""),
    };
    try (RawServer server = RawServer.answering(answers)) {
      boolean[] throwing = {false};
      HttpAgent.Builder builder = HttpAgent.builder()
          .retries(RetryRules.builder().maxRetries(2).build())
          .credentials(Agents.origin(server), Credentials.basic("a", "b"))
          .listener(event -> {
            if (throwing[0] && event.kind().name().equals(kind)) {
              throw new Disaster();
            }
          });
      try (HttpAgent agent = builder.build()) {
        agent.get(Agents.origin(server)).text();
        throwing[0] = true;

        callAndClose(agent, Agents.origin(server));

        assertThat(agent.pool().leasedConnections()).isZero();
      }
    }
  }

  private static void callAndClose(HttpAgent agent, String url) {
    try (InputStream body = agent.get(url).body()) {
      body.read();
    } catch (IOException | Disaster e) {
      assertThat(e).isInstanceOf(Disaster.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aResolverThatThrowsLeavesItsPlaceFree(Throwing how) {
    Dialer dialer = Dialer.builder()
        .resolver(host -> {
          throw how.thrown();
        })
        .build();
    HttpOptions options = HttpOptions.builder().dialer(dialer).build();
    try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
      assertThatThrownBy(() -> agent.get("http://some.test/")).isNotNull();

      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aProxyOfOnesOwnThatThrowsLeavesItsPlaceFree(Throwing how) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""))) {
      Connector connector = new Connector() {
        @Override
        public Endpoint proxy(Endpoint target) {
          return server.endpoint();
        }

        @Override
        public void open(Wire wire, Endpoint target, Deadline deadline) throws IOException {
          throw how.thrown();
        }
      };
      try (HttpAgent agent = HttpAgent.builder().proxies(Proxies.of(connector)).build()) {
        assertThatThrownBy(() -> agent.get("http://some.test/")).isNotNull();

        assertThat(agent.pool().leasedConnections()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aBodyWhoseSourceThrowsLeavesNothingOpen(Throwing how) throws Exception {
    InputStream source = new InputStream() {
      private int given;

      @Override
      public int read() throws IOException {
        if (given++ > 100_000) {
          throw how.thrown();
        }
        return 'x';
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        into[offset] = (byte) read();
        return 1;
      }
    };
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request =
          HttpRequest.post(Agents.origin(server)).body(Body.of(source, "text/plain"));

      assertThatThrownBy(() -> agent.send(request)).isNotNull();

      assertThat(agent.pool().leasedConnections()).isZero();
      assertThat(agent.pool().idleConnections()).isZero();
    }
  }

  @Test
  void aListenerOfInterimResponsesThatFailsLeavesNothingOpen() throws Exception {
    HttpOptions options = HttpOptions.builder()
        .interimListener((status, headers) -> {
          throw new Disaster();
        })
        .build();
    try (RawServer server =
            RawServer.answering(RawAnswer.of("HTTP/1.1 103 Hints\r\n\r\n" + Answers.text("late")));
        HttpAgent agent = HttpAgent.builder().options(options).build()) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server))).isInstanceOf(Disaster.class);

      assertThat(agent.pool().leasedConnections()).isZero();
      assertThat(agent.pool().idleConnections()).isZero();
    }
  }

  private static final String UPGRADED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\n";

  private static HttpRequest upgrade(RawServer server) {
    return HttpRequest.get(Agents.origin(server))
        .header("Upgrade", "chat")
        .header("Connection", "Upgrade");
  }

  @ParameterizedTest
  @EnumSource(Throwing.class)
  void aStepThatThrowsBehindAnUpgradeLeavesNoConnectionOpen(Throwing how) throws Exception {
    Wire[] wire = new Wire[1];
    Step step = (request, chain) -> {
      wire[0] = chain.proceed(request).wire();
      throw how.thrown();
    };
    try (RawServer server = RawServer.answering(RawAnswer.of(UPGRADED));
        HttpAgent agent = HttpAgent.builder().step(step).build()) {
      assertThatThrownBy(() -> agent.send(upgrade(server))).isNotNull();

      assertThat(wire[0].isOpen()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANSWERED", "ENDED"})
  void aListenerThatFailsAtAnUpgradeLeavesNoConnectionOpen(String kind) throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(UPGRADED));
        HttpAgent agent = HttpAgent.builder()
            .listener(event -> {
              if (event.kind().name().equals(kind)) {
                throw new Disaster();
              }
            })
            .build()) {
      assertThatThrownBy(() -> agent.send(upgrade(server))).isInstanceOf(Disaster.class);
      // The descriptor of a connection that was left open is found behind the test.
    }
  }

  @Test
  void aListenerHearsOfEveryFailureAndHidesNone() throws Exception {
    List<CallEvent.Kind> heard = new ArrayList<>();
    Bug first = new Bug();
    Step step = (request, chain) -> {
      throw first;
    };
    try (HttpAgent agent = HttpAgent.builder()
        .step(step)
        .listener(event -> {
          heard.add(event.kind());
          if (event.kind() == CallEvent.Kind.FAILED) {
            throw new Disaster();
          }
        })
        .build()) {
      assertThatThrownBy(() -> agent.get("http://localhost/")).isSameAs(first);

      assertThat(heard).containsExactly(CallEvent.Kind.STARTED, CallEvent.Kind.FAILED);
      assertThat(first.getSuppressed()).hasSize(1);
    }
  }

  private static void assertNothingLeased(HttpAgent.Builder builder, RawAnswer answer)
      throws Exception {
    HttpOptions options =
        HttpOptions.builder().callTimeout(Duration.ofSeconds(20)).build();
    try (RawServer server = RawServer.answering(answer);
        HttpAgent agent = builder.options(options).build()) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server))).isNotNull();

      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }
}
