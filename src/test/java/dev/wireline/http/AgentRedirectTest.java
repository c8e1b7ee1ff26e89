package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects as an agent follows them; the rules themselves have a test of their own. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentRedirectTest {
  @ParameterizedTest
  @CsvSource({
    "301, GET, GET", "302, GET, GET", "303, GET, GET", "307, GET, GET", "308, GET, GET",
    "301, POST, GET", "302, POST, GET", "303, POST, GET", "307, POST, POST", "308, POST, POST",
    "301, PUT, PUT", "302, PUT, PUT", "303, PUT, GET", "307, PUT, PUT", "308, PUT, PUT",
    "301, HEAD, HEAD", "303, HEAD, HEAD"
  })
  void keepsMethodAndBodyOrNeither(int status, String method, String followed) throws Exception {
    try (RawServer server =
            RawServer.answering(answer(method, status), answerTo(followed, "there"));
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.of(method, Agents.origin(server) + "/a/b?c#d");
      boolean hasBody = method.startsWith("P");

      HttpResponse response =
          agent.send(hasBody ? request.body(Body.of("content", "text/plain")) : request);

      RawRequest second = server.requests().get(1);
      assertThat(second.head()).startsWith(followed + " /a/there?x HTTP/1.1\r\n");
      assertThat(second.bodyText()).isEqualTo(followed.startsWith("P") ? "content" : "");
      assertThat(second.head().contains("Content-Type")).isEqualTo(followed.startsWith("P"));
      assertThat(response.request().url())
          .contains(HttpUrl.parse(Agents.origin(server) + "/a/there?x#d"));
      assertThat(response.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.REDIRECT);
      // A POST is not sent into a kept connection that may be dead.
      assertThat(server.connections()).isEqualTo(followed.equals("POST") ? 2 : 1);
    }
  }

  private static RawAnswer answer(String method, int status) {
    String head = "HTTP/1.1 " + status + " X\r\nLocation: there?x\r\nContent-Length: 4\r\n\r\n";
    return RawAnswer.of(method.equals("HEAD") ? head : head + "body");
  }

  private static RawAnswer answerTo(String method, String body) {
    return method.equals("HEAD") ? RawAnswer.of(Answers.head(body.length())) : Answers.ok(body);
  }

  @Test
  void saysWhoseBodyTookTheTimeOfTheCall() throws Exception {
    RawAnswer stalled = RawAnswer.of(
            "HTTP/1.1 302 X\r\nLocation: /next\r\nContent-Length: 4\r\n\r\nbo")
        .thenStall();
    try (RawServer server = RawServer.answering(stalled);
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.get(Agents.origin(server));

      assertThatThrownBy(() -> agent.send(request, Duration.ofMillis(300)))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageStartingWith("reading the response body from " + server.endpoint())
          .hasMessageContaining("(callTimeout)")
          .hasMessageEndingWith("[CALL, connection closed]");
    }
  }

  @Test
  void leavesSecretsBehindAndDoesNotBringThemBack() throws Exception {
    AtomicReference<String> back = new AtomicReference<>();
    List<String> away = new CopyOnWriteArrayList<>();
    try (PeerServer other = PeerServer.start(connection -> {
          away.addAll(connection.readHead());
          connection.write(
              "HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + back.get() + "\r\n\r\n");
          connection.hold();
        });
        RawServer home = RawServer.answering(
            Agents.redirect(302, "http://" + other.endpoint().authority() + "/away"),
            Answers.ok("home again"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(home), Credentials.bearer("token"))
            .build()) {
      back.set(Agents.origin(home) + "/back");
      HttpRequest request = HttpRequest.get(Agents.origin(home) + "/home")
          .header("Cookie", "a=b")
          .secretHeader("X-Key", "k")
          .header("X-Open", "o")
          .header("Host", "virtual.test");

      assertThat(agent.send(request).text()).isEqualTo("home again");

      RawRequest first = home.requests().get(0);
      RawRequest last = home.requests().get(1);
      assertThat(first.head()).contains("Bearer token", "a=b", "X-Key: k", "Host: virtual.test");
      assertThat(String.join("\n", away))
          .contains("X-Open: o", "Host: " + other.endpoint().authority())
          .doesNotContain("token", "Cookie", "X-Key", "virtual");
      assertThat(last.head())
          .contains("X-Open: o", "Host: " + home.endpoint().authority())
          .doesNotContain("token", "Cookie", "X-Key", "virtual");
    }
  }

  @Test
  void goesFromHttpsToHttpOnlyWhereThatIsAllowed() throws Exception {
    try (RawServer plain = RawServer.answering(Answers.ok("plain"));
        RawServer safe = RawServer.builder(
                Agents.redirect(302, Agents.origin(plain) + "/p?q"),
                Agents.redirect(302, Agents.origin(plain) + "/p?q"))
            .tls()
            .start()) {
      Tls tls = Tls.builder().context(safe.clientContext()).build();
      HttpOptions options =
          HttpOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
      RedirectRules lax = RedirectRules.builder().allowHttpsToHttp(true).build();
      try (HttpAgent strict = HttpAgent.builder().options(options).build();
          HttpAgent allowing =
              HttpAgent.builder().options(options).redirects(lax).build()) {
        PeerProtocolException e = catchThrowableOfType(
            PeerProtocolException.class, () -> strict.get(Agents.origin(safe)));

        assertThat(e).hasMessageContaining("https to http");
        assertThat(e.excerpt()).contains("/p?***");
        assertThat(allowing.get(Agents.origin(safe)).text()).isEqualTo("plain");
      }
    }
  }

  @Test
  void endsALoopAndALongWay() throws Exception {
    RawAnswer self = Agents.redirect(302, "/same");
    RedirectRules two = RedirectRules.builder().maxRedirects(2).build();
    try (RawServer circle = RawServer.answering(self, self, self, self);
        RawServer road = RawServer.answering(
            Agents.redirect(302, "/1"), Agents.redirect(302, "/2"), Agents.redirect(302, "/3"));
        HttpAgent agent = HttpAgent.builder().redirects(two).build();
        HttpAgent standard = HttpAgent.create()) {
      PeerProtocolException loop = catchThrowableOfType(
          PeerProtocolException.class, () -> standard.get(Agents.origin(circle) + "/same"));
      RefusedResponseException many = catchThrowableOfType(
          RefusedResponseException.class, () -> agent.get(Agents.origin(road)));

      assertThat(loop.rule()).contains("circle");
      assertThat(many.rule()).contains("maxRedirects");
      assertThat(road.requests()).hasSize(3);
    }
  }

  @Test
  void handsARedirectOnWhereNoneAreFollowed() throws Exception {
    try (RawServer server = RawServer.answering(Agents.redirect(302, "/there"));
        HttpAgent agent = HttpAgent.builder().redirects(RedirectRules.none()).build()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.status()).isEqualTo(302);
      assertThat(response.text()).isEqualTo("body");
    }
  }
}
