package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Tls;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of an agent: which connection carries them, and what becomes of it. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HttpAgentTest {
  @Test
  void asksOverAConnectionThatItKeeps() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("one"), Answers.chunked("t", "wo"));
        HttpAgent agent = HttpAgent.create()) {
      String one = agent.get(Agents.origin(server) + "/a?b#c").text();
      String two = agent.get(Agents.origin(server)).text();

      assertThat(one + two).isEqualTo("onetwo");
      assertThat(server.connections()).isOne();
      assertThat(server.requests().get(0).head())
          .startsWith("GET /a?b HTTP/1.1\r\nHost: " + server.endpoint().authority() + "\r\n");
      assertThat(agent.pool().idleConnections()).isOne();
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @Test
  void keepsTheConnectionsOfTwoOriginsApart() throws Exception {
    try (RawServer one = RawServer.answering(Answers.ok("one"), Answers.ok("three"));
        RawServer two = RawServer.answering(Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      String texts = agent.get(Agents.origin(one)).text()
          + agent.get(Agents.origin(two)).text()
          + agent.get(Agents.origin(one)).text();

      assertThat(texts).isEqualTo("onetwothree");
      assertThat(one.connections()).isOne();
    }
  }

  @Test
  void asksOverTls() throws Exception {
    try (RawServer server = RawServer.builder(Answers.ok("safe")).tls().start()) {
      Tls tls = Tls.builder().context(server.clientContext()).build();
      Dialer dialer = Dialer.builder().tls(tls).build();
      HttpOptions options = HttpOptions.builder().dialer(dialer).build();
      try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
        String url = "https://localhost:" + server.endpoint().port() + "/";

        assertThat(agent.get(url).text()).isEqualTo("safe");
      }
    }
  }

  @Test
  void tellsOfItsOneAttempt() throws Exception {
    try (RawServer server = RawServer.answering(Agents.status(404, ""));
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server) + "/gone?secret");

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.text()).isEqualTo("body");
      assertThat(response.request().target()).isEqualTo("/gone?secret");
      assertThat(response.attempts())
          .extracting(Attempt::toString)
          .containsExactly("FIRST: GET " + Agents.origin(server) + "/gone?***: 404");
    }
  }

  @Test
  void givesAnEarlierUnreadBodyAConnectionOfItsOwn() throws Exception {
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.head(200_000)).repeat("x", 200_000), Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse one = agent.get(Agents.origin(server));

      String two = agent.get(Agents.origin(server)).text();

      assertThat(two).isEqualTo("two");
      assertThat(one.bytes()).hasSize(200_000);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(agent.pool().idleConnections()).isEqualTo(2);
    }
  }

  @Test
  void dropsTheConnectionOfABodyThatIsClosedUnread() throws Exception {
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.head(200_000)).repeat("x", 100_000).thenStall());
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server));
      try (InputStream body = response.body()) {
        assertThat(body.read()).isEqualTo('x');
      }

      assertThat(agent.pool().leasedConnections()).isZero();
      assertThat(agent.pool().idleConnections()).isZero();
    }
  }

  @Test
  void neverTakesLeftoverBytesForAnAnswer() throws Exception {
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.text("one") + Answers.text("evil")), Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      String one = agent.get(Agents.origin(server)).text();
      String two = agent.get(Agents.origin(server)).text();

      assertThat(one + two).isEqualTo("onetwo");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void sendsAnIdempotentRequestAgainWhenAKeptConnectionDied() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok("one"), RawAnswer.of("").thenClose(), Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server)).text();

      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo("two");
      assertThat(response.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.STALE_CONNECTION);
      assertThat(response.attempts().get(0).isReused()).isTrue();
      assertThat(response.attempts().get(0).failure()).isPresent();
      assertThat(response.attempts().get(1).isReused()).isFalse();
    }
  }

  @Test
  void neverSendsAPostAgainByItself() throws Exception {
    try (RawServer server = RawServer.answering(
            Answers.ok("one"), RawAnswer.of("").thenClose(), Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server)).text();

      assertThatThrownBy(() -> agent.send(HttpRequest.post(Agents.origin(server))))
          .isInstanceOf(ConnectionClosedException.class);

      assertThat(server.requests()).hasSize(2);
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @Test
  void goesOnAfterAResponseThatBreaksTheRules() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of("SSH-2.0\r\n"), Answers.ok("two"));
        HttpAgent agent = HttpAgent.create()) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server)))
          .isInstanceOf(PeerProtocolException.class);

      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("two");
      assertThat(agent.pool().leasedConnections()).isZero();
    }
  }

  @Test
  void refusesWhatItCannotSendBeforeAByteLeaves() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("one"));
        HttpAgent agent = HttpAgent.create()) {
      String origin = Agents.origin(server);

      assertThatThrownBy(() -> agent.get("/path"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("an agent needs the whole URL");
      assertThatThrownBy(() -> agent.get("ftp://example.org/"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> agent.send(HttpRequest.get(origin).header("Proxy-Authorization", "Basic eA==")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("eA==");
      assertThatThrownBy(() -> agent.send(HttpRequest.get(origin).header("Content-Length", "3")))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(server.connections()).isZero();
      assertThat(agent.get(origin).text()).isEqualTo("one");
    }
  }

  @Test
  void endsACallAtItsDeadline() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      HttpOptions options =
          HttpOptions.builder().callTimeout(Duration.ofMillis(100)).build();
      try (HttpAgent agent = HttpAgent.builder().options(options).build()) {
        DeadlineExceededException e = catchThrowableOfType(
            DeadlineExceededException.class,
            () -> agent.get("http://" + server.endpoint().authority()));

        assertThat(e.phase()).isEqualTo(Phase.CALL);
        assertThat(agent.pool().leasedConnections()).isZero();
      }
    }
  }

  @Test
  void takesATimeForOneCall() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.get("http://" + server.endpoint().authority());

      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class, () -> agent.send(request, Duration.ofMillis(50)));

      assertThat(e.setting()).contains("callTimeout");
      assertThat(agent.leasedConnections() + agent.idleConnections()).isZero();
      assertThatThrownBy(() -> agent.send(request, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysThatNoConnectionBecameFree() throws Exception {
    PoolOptions one = PoolOptions.builder()
        .maxPerEndpoint(1)
        .waitTimeout(Duration.ofMillis(50))
        .build();
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.head(200_000)).repeat("x", 200_000), Answers.ok("two"));
        HttpAgent agent = HttpAgent.builder().pool(one).build()) {
      HttpResponse open = agent.get(Agents.origin(server));

      DeadlineExceededException e = catchThrowableOfType(
          DeadlineExceededException.class, () -> agent.get(Agents.origin(server)));

      assertThat(e.phase()).isEqualTo(Phase.POOL);
      assertThat(open.bytes()).hasSize(200_000);
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("two");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void findsAResponseThatWasForgotten() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    PoolOptions one = PoolOptions.builder().maxPerEndpoint(1).build();
    try (RawServer server = RawServer.answering(
            RawAnswer.of(Answers.head(200_000)).repeat("x", 200_000), Answers.ok("two"));
        HttpAgent agent = HttpAgent.builder()
            .pool(one)
            .listener(event -> told.add(event.call() + " " + event.kind() + " " + event.detail()))
            .build()) {
      assertThat(agent.get(Agents.origin(server)).status()).isEqualTo(200);
      FutureTask<String> next =
          new FutureTask<>(() -> agent.get(Agents.origin(server)).text());
      new Thread(next, "waits-for-the-collector").start();

      while (!next.isDone()) {
        System.gc();
      }

      assertThat(next.get()).isEqualTo("two");
      assertThat(told).contains("1 DROPPED forgotten");
    }
  }

  @Test
  void closesWhatNobodyUses() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("one"));
        HttpAgent agent = HttpAgent.create()) {
      agent.get(Agents.origin(server)).text();

      agent.closeIdle();

      assertThat(agent.idleConnections()).isZero();
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("one");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void saysThatABodyWasClosedAndNotTheAgent() throws Exception {
    try (RawServer server =
            RawServer.answering(RawAnswer.of(Answers.head(9)).and("abc").thenStall());
        HttpAgent agent = HttpAgent.create()) {
      InputStream body = agent.get(Agents.origin(server)).body();
      Caller<Integer> reader = Caller.start(() -> body.readAllBytes().length).awaitSelecting();

      body.close();

      assertThat(reader.failure())
          .isInstanceOf(ClientClosedException.class)
          .hasMessageContaining("the rest of this body was dropped");
    }
  }

  @Test
  void closeWakesACall() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      HttpAgent agent = HttpAgent.create();
      FutureTask<HttpResponse> call =
          new FutureTask<>(() -> agent.get("http://" + server.endpoint().authority()));
      new Thread(call, "calls").start();
      server.awaitConnections(1, Duration.ofSeconds(10));

      agent.close();

      assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClientClosedException.class);
      assertThatThrownBy(() -> agent.get("http://" + server.endpoint().authority()))
          .isInstanceOf(ClientClosedException.class)
          .hasMessageContaining("this agent was closed");
    }
  }

  @Test
  void sendsUserInfoAsCredentialsAndNotAsPartOfHost() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpAgent agent = HttpAgent.create()) {
      agent.get("http://aladdin:open%20sesame@" + server.endpoint().authority() + "/");

      RawRequest request = server.requests().get(0);
      assertThat(Agents.field(request, "Host")).isEqualTo(server.endpoint().authority());
      assertThat(Agents.field(request, "Authorization"))
          .isEqualTo("Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
  }
}
