package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RedirectRules;
import dev.wireline.http.RefusedResponseException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/guide/http/redirects.md. */
@Timeout(60)
class HttpGuideRedirectsTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void tellsWhereADocumentWasFound() throws IOException {
    try (var server = RawServer.answering(
            Answers.redirect(301, "/b"), Answers.redirect(302, "c"), Answers.ok("x"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/a";

      // docs: http-found
      HttpResponse page = agent.get(url);
      System.out.println("found at " + page.request().target());
      for (Attempt attempt : page.attempts()) {
        System.out.println(attempt.status() + " " + attempt.url().path());
      }
      // end: http-found

      assertThat(printed.lines()).containsExactly("found at /c", "301 /a", "302 /b", "200 /c");
    }
  }

  @Test
  void setsTheRules() throws IOException {
    RawAnswer again = Answers.redirect(302, "/more");
    try (var server = RawServer.answering(
        again,
        Answers.redirect(302, "/b"),
        Answers.redirect(302, "/c"),
        Answers.redirect(302, "/d"))) {
      String url = Answers.origin(server);

      // docs: http-redirect-rules
      HttpAgent careful = HttpAgent.builder()
          .redirects(RedirectRules.builder().maxRedirects(3).build())
          .build();
      HttpAgent none = HttpAgent.builder().redirects(RedirectRules.none()).build();
      // end: http-redirect-rules

      try (careful;
          none) {
        assertThat(none.get(url).status()).isEqualTo(302);
        assertThatExceptionOfType(RefusedResponseException.class)
            .isThrownBy(() -> careful.get(url))
            .satisfies(e -> assertThat(e.rule()).contains("maxRedirects"));
      }
    }
  }

  @Test
  void followsByHand() throws IOException {
    try (var server = RawServer.answering(Answers.redirect(303, "done?id=7"), Answers.ok("saved"));
        var agent = HttpAgent.builder().redirects(RedirectRules.none()).build()) {
      String url = Answers.origin(server) + "/items/new";

      // docs: http-redirect-by-hand
      HttpUrl here = HttpUrl.parse(url);
      HttpResponse answer = agent.send(HttpRequest.of("POST", here));
      if (answer.status() == 303) {
        String location = answer.header("Location").orElseThrow();
        answer.discard();
        answer = agent.send(HttpRequest.of("GET", here.resolve(location)));
      }
      System.out.println(answer.text());
      // end: http-redirect-by-hand

      assertThat(printed.lines()).containsExactly("saved");
      assertThat(server.requests().get(1).head()).startsWith("GET /items/done?id=7 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "303, PUT, GET",
    "303, HEAD, HEAD",
    "307, POST, POST",
    "308, POST, POST",
    "301, PUT, PUT",
    "302, DELETE, DELETE"
  })
  void changesTheMethodAsTheTableSays(int status, String method, String next) throws IOException {
    try (var server = RawServer.answering(
            RawAnswer.of("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nLocation: /b\r\n\r\n"),
            RawAnswer.of("HTTP/1.1 204 X\r\n\r\n"));
        var agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.of(method, Answers.origin(server) + "/a");
      boolean hasBody = !method.equals("HEAD");

      agent.send(hasBody ? request.body(Body.of("{}", "application/json")) : request);

      String head = server.requests().get(1).head();
      assertThat(head).startsWith(next + " /b ");
      assertThat(head.contains("application/json")).isEqualTo(hasBody && method.equals(next));
    }
  }

  @Test
  void endsACircle() throws IOException {
    try (var server = RawServer.answering(Answers.redirect(302, "/same"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/same";

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> agent.get(url))
          .withMessageContaining("circle");

      assertThat(server.requests()).hasSize(2);
    }
  }
}
