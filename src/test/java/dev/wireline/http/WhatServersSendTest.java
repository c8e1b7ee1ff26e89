package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers send besides framing may be nonsense: it never costs the caller the response. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WhatServersSendTest {
  /** Text whose characters stand for the octets that the server sends. */
  private static String octets(String utf8) {
    return new String(utf8.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String secondTarget(RawServer server) {
    String line = server.requests().get(1).head().lines().findFirst().orElseThrow();
    return line.split(" ", -1)[1];
  }

  @ParameterizedTest
  @CsvSource({
    "/caf\u00e9, /caf%E9",
    "/caf\u00c3\u00a9, /caf%C3%A9",
    "/a\u00e9\u00c3\u00a9, /a%E9%C3%A9",
    "/search?q=100%&page=2, /search?q=100%&page=2",
    "/%zz, /%zz",
    "/%u00e9, /%u00e9",
    "/%, /%",
    "/a#b#c, /a",
    "/a b, /a%20b",
    "/files\\a.txt?x\\y, /files/a.txt?x%5Cy",
    "sub\\..\\c, /c",
  })
  void aLocationIsFollowedInTheOctetsThatCame(String location, String target) throws Exception {
    try (RawServer server =
            RawServer.answering(Agents.redirect(302, location), Answers.ok("there"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("there");
      assertThat(secondTarget(server)).isEqualTo(target);
    }
  }

  @Test
  void aLinkIsReadInTheOctetsThatCame() throws Exception {
    String links =
        "Link: </caf\u00e9?100%>; rel=a; title=x\r\nLink: </caf\u00c3\u00a9 x>; rel=b\r\n";
    try (RawServer server = RawServer.answering(Answers.ok("", links));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.links())
          .extracting(link -> link.url().orElseThrow().target())
          .containsExactly("/caf%E9?100%", "/caf%C3%A9%20x");
      assertThat(response.links().get(1).target()).isEqualTo("/caf\u00e9 x");
    }
  }

  @Test
  void aLocationKeepsTheHashInItsFragment() throws Exception {
    try (RawServer server =
            RawServer.answering(Agents.redirect(302, "/a#b#c"), Answers.ok("there"));
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.url().orElseThrow().fragment()).contains("b#c");
    }
  }

  @Test
  void aLocationWithNothingBeforeItsAtSignIsFollowed() throws Exception {
    try (RawServer there = RawServer.answering(Answers.ok("there"));
        RawServer here = RawServer.answering(
            Agents.redirect(302, "http://@" + there.endpoint().authority() + "/"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(agent.get(Agents.origin(here)).text()).isEqualTo("there");
      assertThat(there.requests().get(0).head()).doesNotContain("Authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void anEmptyLocationIsNoRedirect(int status) throws Exception {
    try (RawServer server =
            RawServer.answering(Agents.redirect(status, ""), Answers.ok("asked twice"));
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest post =
          HttpRequest.post(Agents.origin(server)).body(Body.of("once", "text/plain"));

      HttpResponse response = agent.send(post);

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.text()).isEqualTo("body");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "ftp://b/",
        "http://user:s3cret@b/",
        "/\\b",
        "http://caf\u00e9.test/",
        "http://xn--a.test/",
        "http://127.1/",
        "/a\r\nLocation: /b",
        "\\\\a.test/",
        "/\\a.test/",
        "\\/a.test/",
        "http:\\\\a.test/",
        "http://a.test\\b/",
        "http://a.test\\@b.test/",
      })
  void aLocationThatCannotBeFollowedHandsOverTheWholeResponse(String location) throws Exception {
    RefusedResponseException e = refused(Agents.redirect(302, location));

    assertThat(e.rule()).contains("Location");
    assertThat(e).hasMessageNotContaining("s3cret");
    assertThat(e.connectionUsable()).isTrue();
  }

  @Test
  void aLoopHandsOverTheLastResponse() throws Exception {
    RawAnswer self = Agents.redirect(302, "/");

    assertThat(refused(self, self).rule()).contains("circle");
  }

  @Test
  void tooManyRedirectsHandOverTheLastResponse() throws Exception {
    RawAnswer[] answers = new RawAnswer[RedirectRules.MAX_REDIRECTS + 1];
    Arrays.setAll(answers, i -> Agents.redirect(302, "/" + i));

    assertThat(refused(answers).rule()).contains("maxRedirects");
  }

  private static RefusedResponseException refused(RawAnswer... answers) throws IOException {
    try (RawServer server = RawServer.answering(answers);
        HttpAgent agent = HttpAgent.create()) {
      RefusedResponseException e = catchThrowableOfType(
          RefusedResponseException.class, () -> agent.get(Agents.origin(server)));

      assertThat(e.response().status()).isEqualTo(302);
      assertThat(e.response().header("Location")).isPresent();
      assertThat(e.response().text()).isEqualTo("body");
      assertThat(e.response().attempts()).hasSize(answers.length);
      assertThat(agent.leasedConnections()).isZero();
      return e;
    }
  }

  @Test
  void aRedirectFromHttpsToHttpHandsOverTheResponse() throws Exception {
    try (RawServer safe =
            RawServer.builder(Agents.redirect(302, "http://b.test/")).tls().start();
        HttpAgent agent = HttpAgent.builder()
            .options(Clients.trusting(safe.clientContext()).build())
            .build()) {
      RefusedResponseException e = catchThrowableOfType(
          RefusedResponseException.class, () -> agent.get(Agents.origin(safe)));

      assertThat(e.rule()).contains("https to http");
      assertThat(e.response().text()).isEqualTo("body");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/90%+of", "/%zz?100%", "/%u00e9"})
  void anAgentAndAClientSendThePercentSignsOfTheCallerAsTheyAre(String target) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("a"), Answers.ok("b"));
        HttpAgent agent = HttpAgent.create();
        HttpClient client = new HttpClient(server.endpoint())) {
      agent.get(Agents.origin(server) + target).text();
      client.get(target).text();

      assertThat(server.requests())
          .allSatisfy(request -> assertThat(request.head()).startsWith("GET " + target + " HTTP"));
    }
  }

  @Test
  void aFieldIsSentInTheOctetsThatTheCallerNames() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("a"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request =
          HttpRequest.get("/").headerOctets("X-City", " K\u00f6ln ".getBytes(UTF_8));

      client.send(request).text();

      assertThat(Agents.field(server.requests().get(0), "X-City")).isEqualTo(octets("K\u00f6ln"));
    }
  }
}
