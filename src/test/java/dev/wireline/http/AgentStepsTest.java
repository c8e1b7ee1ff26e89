package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of a call besides redirects: retries, credentials, cookies, compression, a user's own. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentStepsTest {
  private static final RetryRules TWICE =
      RetryRules.builder().maxRetries(2).firstWait(Duration.ZERO).build();

  @Test
  void retriesNothingUnlessAsked() throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(503, "Retry-After: 0\r\n"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(503);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void retriesAfterAStatusThatSaysSo() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(503, ""), Agents.status(429, "Retry-After: 0\r\n"), Answers.ok("done"));
        HttpAgent agent = HttpAgent.builder().retries(TWICE).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo("done");
      assertThat(response.attempts()).extracting(Attempt::status).containsExactly(503, 429, 200);
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void givesTheLastAnswerWhenTheRetriesAreUsedUp() throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(503, ""));
        HttpAgent agent = HttpAgent.builder().retries(TWICE).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.text()).isEqualTo("body");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void retriesAPostOnlyWhereItsCallerAllowsThat() throws Exception {
    RawAnswer busy = Agents.status(503, "Retry-After: 0\r\n");
    try (RawServer first = RawServer.answering(busy, Answers.ok("no"));
        RawServer second = RawServer.answering(busy, Answers.ok("yes"));
        HttpAgent agent = HttpAgent.builder().retries(TWICE).build()) {
      HttpRequest post = HttpRequest.post(Agents.origin(second)).idempotent().query("a", "b");

      assertThat(agent.send(HttpRequest.post(Agents.origin(first))).status()).isEqualTo(503);
      assertThat(first.requests()).hasSize(1);
      assertThat(
              agent.send(post.header("X", "y").body(Body.of("z", "text/plain"))).text())
          .isEqualTo("yes");
    }
  }

  @Test
  void repeatsAPostBehindARedirectWhereItsCallerAllowsThat() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.redirect(307, "/moved"),
            Agents.status(503, "Retry-After: 0\r\n"),
            Answers.ok("yes"));
        HttpAgent agent = HttpAgent.builder().retries(TWICE).build()) {
      HttpRequest post = HttpRequest.post(Agents.origin(server)).idempotent();

      assertThat(agent.send(post).text()).isEqualTo("yes");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1000", "0, 0.5, 1500", "0, 1, 2000", "1, 0, 2000", "1, 1, 4000", "2, 1, 5000"})
  void leavesAPartOfEachWaitToChance(int retries, double chance, long millis) {
    RetryRules rules = RetryRules.builder()
        .maxRetries(3)
        .firstWait(Duration.ofSeconds(2))
        .maxWait(Duration.ofSeconds(5))
        .build();
    ConnectionRefusedException failure =
        new ConnectionRefusedException(Endpoint.tcp("a.test", 80), "refused", List.of());

    assertThat(rules.afterFailure(HttpRequest.get("/"), failure, retries, chance))
        .contains(Duration.ofMillis(millis));
  }

  @Test
  void doesNotWaitLongerThanItsRulesOrTheCallAllow() throws Exception {
    HttpOptions hasty =
        HttpOptions.builder().callTimeout(Duration.ofSeconds(20)).build();
    RetryRules patient =
        RetryRules.builder().maxRetries(1).maxWait(Duration.ofDays(1)).build();
    try (RawServer server = RawServer.answering(Agents.status(503, "Retry-After: 3600\r\n"));
        HttpAgent one = HttpAgent.builder().retries(TWICE).build();
        HttpAgent two = HttpAgent.builder().retries(patient).options(hasty).build()) {
      assertThat(one.get(Agents.origin(server)).status()).isEqualTo(503);
      assertThat(two.get(Agents.origin(server)).status()).isEqualTo(503);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void retriesAConnectionThatWasRefusedAndTellsOfEachAttempt() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<CallEvent.Kind> kinds = new ArrayList<>();
    try (HttpAgent agent = HttpAgent.builder()
        .retries(TWICE)
        .listener(event -> kinds.add(event.kind()))
        .build()) {
      ConnectionRefusedException e = catchThrowableOfType(
          ConnectionRefusedException.class,
          () -> agent.send(HttpRequest.post("http://127.0.0.1:" + port)));

      assertThat(e.getSuppressed()).isNotEmpty();
      assertThat(kinds)
          .containsExactly(
              CallEvent.Kind.STARTED,
              CallEvent.Kind.RETRIED,
              CallEvent.Kind.RETRIED,
              CallEvent.Kind.FAILED);
    }
  }

  @Test
  void retriesAConnectionThatWasNotMadeInTime() {
    DeadlineExceededException late = new DeadlineExceededException(
        Endpoint.tcp("a.test", 80),
        Activity.CONNECTING,
        Phase.CONNECT,
        "connectTimeout",
        "not connected",
        Duration.ofSeconds(1));
    DeadlineExceededException silent = new DeadlineExceededException(
        Endpoint.tcp("a.test", 80),
        Activity.READING,
        Phase.HEAD,
        "silenceTimeout",
        "not a byte",
        Duration.ofSeconds(1));

    assertThat(TWICE.afterFailure(HttpRequest.post("http://a.test/"), late, 0, 0))
        .isPresent();
    assertThat(TWICE.afterFailure(HttpRequest.get("http://a.test/"), silent, 0, 0))
        .isEmpty();
  }

  @Test
  void answersABasicChallengeAndRemembersIt() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(401, "WWW-Authenticate: Basic realm=\"a\"\r\n"),
            Answers.ok("in"),
            Answers.ok("again"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.basic("aladdin", "open sesame"))
            .build()) {
      HttpResponse first = agent.get(Agents.origin(server) + "/a");
      assertThat(first.text()).isEqualTo("in");
      assertThat(agent.get(Agents.origin(server) + "/b").text()).isEqualTo("again");

      assertThat(first.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.AUTHENTICATION);
      assertThat(server.requests())
          .extracting(request -> Agents.field(request, "Authorization"))
          .containsExactly(
              "", "Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
  }

  @Test
  void givesARefusalOfTheCredentialsToTheCaller() throws Exception {
    RawAnswer refusal = Agents.status(401, "WWW-Authenticate: Basic realm=\"a\"\r\n");
    try (RawServer server = RawServer.answering(refusal, refusal, refusal);
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.basic("a", "wrong"))
            .build()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(401);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void answersADigestChallenge() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(
                401,
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256"
                    + "\r\n"),
            Answers.ok("in"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.digest("Mufasa", "Circle"))
            .build()) {
      assertThat(agent.get(Agents.origin(server) + "/dir?x").text()).isEqualTo("in");

      assertThat(Agents.field(server.requests().get(1), "Authorization"))
          .startsWith("Digest ")
          .contains("username=\"Mufasa\"", "uri=\"/dir?x\"", "nc=00000001", "qop=auth");
    }
  }

  /** One answer a connection, each of which is closed when the next request has come, without a word. */
  private static PeerServer hangingUpOnTheSecond(List<String> bodies, String... answers)
      throws IOException {
    return PeerServer.start(connection -> {
      connection.readHead();
      bodies.add(new String(connection.read(4), StandardCharsets.US_ASCII));
      connection.write(answers[connection.number() - 1]);
      connection.readHead();
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 X|WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"",
        "401 X|WWW-Authenticate: Basic realm=\"r\"",
        "307 X|Location: /next",
        "308 X|Location: /next",
      })
  void sendsAPostAgainOverANewConnection(String status, String field) throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    String again = "HTTP/1.1 " + status + "\r\n" + field + "\r\nContent-Length: 0\r\n\r\n";
    try (PeerServer server = hangingUpOnTheSecond(bodies, again, Answers.text("done"))) {
      String url = "http://" + server.endpoint().authority() + "/";
      Credentials credentials = field.contains("Digest")
          ? Credentials.digest("a", "b")
          : Credentials.of((scheme, parameters, refused) -> Optional.of("Basic YTpi"));
      try (HttpAgent agent = HttpAgent.builder().credentials(url, credentials).build()) {
        HttpRequest post = HttpRequest.post(url).body(Body.of("body", "text/plain"));

        assertThat(agent.send(post).text()).isEqualTo("done");

        assertThat(bodies).containsExactly("body", "body");
        assertThat(server.connections()).isEqualTo(2);
      }
    }
  }

  @Test
  void handsThe401OnWhoseChallengeBreaksTheGrammar() throws Exception {
    try (RawServer server =
            RawServer.answering(Agents.status(401, "WWW-Authenticate: Basic realm=\"a\r\n"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.basic("a", "b"))
            .build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.status()).isEqualTo(401);
      assertThat(response.text()).isEqualTo("body");
    }
  }

  @Test
  void sendsNoCredentialsToAnotherOriginNorWithTrace() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpAgent agent = HttpAgent.builder()
            .credentials("http://127.0.0.1:1", Credentials.bearer("secret"))
            .credentials(Agents.origin(server), Credentials.bearer("token"))
            .build()) {
      agent.send(HttpRequest.of("TRACE", Agents.origin(server)));
      agent.get("http://localhost:" + server.endpoint().port());
      agent.get(Agents.origin(server));

      assertThat(server.requests())
          .extracting(request -> Agents.field(request, "Authorization"))
          .containsExactly("", "", "Bearer token");
    }
  }

  @Test
  void sendsCredentialsAgainWhenAnOuterStepBeginsAnew() throws Exception {
    try (RawServer other = RawServer.answering(Answers.ok("there"));
        RawServer server = RawServer.answering(Agents.redirect(302, Agents.origin(other)));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.bearer("token"))
            .step((request, chain) -> {
              chain.proceed(request).discard();
              return chain.proceed(request);
            })
            .build()) {
      agent.get(Agents.origin(server)).text();

      assertThat(server.requests())
          .extracting(request -> Agents.field(request, "Authorization"))
          .containsExactly("Bearer token", "Bearer token");
    }
  }

  @Test
  void refusesAnOriginWithUserInfo() {
    HttpAgent.Builder builder = HttpAgent.builder();

    assertThatThrownBy(() -> builder.credentials("http://u:p@a.test", Credentials.bearer("t")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsCookiesAcrossRedirectsAndCalls() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.status(302, "Location: /b\r\nSet-Cookie: a=1\r\nSet-Cookie: c=2; Path=/c\r\n"),
            Answers.ok("b"),
            Answers.ok("c"),
            Answers.ok("own"));
        HttpAgent agent = HttpAgent.builder().cookies(new MemoryCookieJar()).build()) {
      agent.get(Agents.origin(server) + "/a");
      agent.get(Agents.origin(server) + "/c");
      agent.send(HttpRequest.get(Agents.origin(server)).header("Cookie", "x=y"));

      assertThat(server.requests())
          .extracting(request -> Agents.field(request, "Cookie"))
          .containsExactly("", "a=1", "c=2; a=1", "x=y");
    }
  }

  @Test
  void keepsNoCookiesWithoutAJar() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("", "Set-Cookie: a=1\r\n"));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server));
      agent.get(Agents.origin(server));

      assertThat(server.requests().get(1).head()).doesNotContain("Cookie");
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static RawAnswer packed(byte[] plain) throws IOException {
    byte[] bytes = gzip(plain);
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
            + bytes.length + "\r\n\r\n")
        .and(bytes);
  }

  @Test
  void unpacksWhatItOfferedToUnpack() throws Exception {
    byte[] plain = "hello ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server = RawServer.answering(packed(plain), packed(plain).byteByByte());
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server));
      assertThat(response.bytes()).isEqualTo(plain);
      assertThat(response.headers().names()).doesNotContain("Content-Encoding", "Content-Length");
      try (var body = agent.get(Agents.origin(server)).body()) {
        assertThat(body.readAllBytes()).isEqualTo(plain);
      }

      assertThat(Agents.field(server.requests().get(0), "Accept-Encoding"))
          .isEqualTo("gzip, deflate");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void unpacksNothingThatItDidNotOffer() throws Exception {
    byte[] plain = {1, 2, 3};
    try (RawServer server = RawServer.answering(packed(plain));
        HttpAgent agent = HttpAgent.create();
        HttpAgent raw = HttpAgent.builder().decompression(false).build()) {
      HttpRequest own = HttpRequest.get(Agents.origin(server)).header("Accept-Encoding", "gzip");

      assertThat(agent.send(own).bytes()).isEqualTo(gzip(plain));
      assertThat(raw.get(Agents.origin(server)).bytes()).isEqualTo(gzip(plain));
      assertThat(server.requests().get(1).head()).doesNotContain("Accept-Encoding");
    }
  }

  @Test
  void offersNoCodingForEventsWhichWouldBeLate() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpAgent agent = HttpAgent.create()) {
      agent.send(HttpRequest.get(Agents.origin(server)).header("Accept", "text/event-stream"));

      assertThat(server.requests().get(0).head()).doesNotContain("Accept-Encoding");
    }
  }

  @Test
  void boundsWhatComesOutOfAPackedBody() throws Exception {
    byte[] bomb = new byte[4 << 20];
    try (RawServer server = RawServer.answering(packed(bomb));
        HttpAgent ratio = HttpAgent.builder().maxDecodedRatio(10).build();
        HttpAgent bytes = HttpAgent.builder().maxDecodedBytes(1000).build();
        HttpAgent whole = HttpAgent.builder()
            .options(HttpOptions.builder().maxBodyBytes(5000).build())
            .build()) {
      String url = Agents.origin(server);

      assertThat(limitOf(ratio.get(url))).isEqualTo("maxDecodedRatio");
      assertThat(limitOf(bytes.get(url))).isEqualTo("maxDecodedBytes");
      assertThat(limitOf(whole.get(url))).isEqualTo("maxBodyBytes");
      assertThat(whole.pool().leasedConnections()).isZero();
    }
  }

  private static String limitOf(HttpResponse response) {
    return catchThrowableOfType(LimitExceededException.class, response::bytes).limit();
  }

  @Test
  void discardsAPackedBodyWithoutUnpackingIt() throws Exception {
    try (RawServer server = RawServer.answering(
            RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
                + "\r\n\r\n5\r\nno gz\r\n0\r\n\r\n"),
            Answers.ok("next"));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server)).discard();

      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("next");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void takesABodyWithoutAByteForOneThatIsNotPacked() throws Exception {
    RawAnswer empty =
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n");
    try (RawServer server = RawServer.answering(empty);
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server)).text()).isEmpty();
    }
  }

  @Test
  void runsAUsersStepsOutsideAndInside() throws Exception {
    List<String> seen = new ArrayList<>();
    Step outer = (request, chain) -> {
      seen.add("out " + request.target());
      HttpResponse response = chain.proceed(request.header("X-Trace", "7"));
      seen.add("back " + response.status());
      return response;
    };
    Step inner = (request, chain) -> {
      seen.add("wire " + request.target() + " " + request.headers().names());
      return chain.proceed(request);
    };
    try (RawServer server =
            RawServer.answering(Agents.redirect(302, "/there"), Answers.ok("done"));
        HttpAgent agent = HttpAgent.builder().step(outer).connectionStep(inner).build()) {
      assertThat(agent.get(Agents.origin(server) + "/a").text()).isEqualTo("done");

      assertThat(seen)
          .containsExactly(
              "out /a",
              "wire /a [X-Trace, Accept-Encoding]",
              "wire /there [X-Trace, Accept-Encoding]",
              "back 200");
    }
  }

  @Test
  void makesNoLineEndOfAFailuresMessage() throws Exception {
    List<String> details = new ArrayList<>();
    try (HttpAgent agent = HttpAgent.builder()
        .listener(event -> details.add(event.detail()))
        .step((request, chain) -> {
          throw new IOException("a\r\nFAKE");
        })
        .build()) {
      assertThatThrownBy(() -> agent.get("http://a.test/")).isInstanceOf(IOException.class);

      assertThat(details).hasSize(2).noneMatch(detail -> detail.contains("\n"));
    }
  }

  @Test
  void tellsAListenerOfInterimResponses() throws Exception {
    List<String> events = new ArrayList<>();
    String early = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    try (RawServer server = RawServer.answering(RawAnswer.of(early + Answers.text("one")));
        HttpAgent agent = HttpAgent.builder()
            .listener(event -> events.add(event.kind() + " " + event.detail()))
            .build()) {
      HttpResponse response = agent.get(Agents.origin(server) + "/a?b");

      assertThat(events).containsSubsequence("FIRST_BYTE ", "INTERIM 103", "ANSWERED 200");
      assertThat(response.url().map(HttpUrl::shown)).contains(Agents.origin(server) + "/a?***");
    }
  }

  @Test
  void tellsAListenerWhatHappensAndWhen() throws Exception {
    List<CallEvent> events = new ArrayList<>();
    try (RawServer server = RawServer.answering(Answers.ok("one"), Answers.ok("two"));
        HttpAgent agent = HttpAgent.builder().listener(events::add).build()) {
      agent.get(Agents.origin(server) + "/?secret").text();
      agent.get(Agents.origin(server)).text();

      assertThat(events)
          .extracting(CallEvent::kind)
          .containsExactly(
              CallEvent.Kind.STARTED,
              CallEvent.Kind.CONNECTED,
              CallEvent.Kind.SENT,
              CallEvent.Kind.FIRST_BYTE,
              CallEvent.Kind.ANSWERED,
              CallEvent.Kind.ENDED,
              CallEvent.Kind.STARTED,
              CallEvent.Kind.REUSED,
              CallEvent.Kind.SENT,
              CallEvent.Kind.FIRST_BYTE,
              CallEvent.Kind.ANSWERED,
              CallEvent.Kind.ENDED);
      assertThat(events).extracting(CallEvent::call).contains(1L, 2L);
      assertThat(events).allSatisfy(event -> {
        assertThat(event.at()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(event.detail()).doesNotContain("secret");
      });
    }
  }
}
