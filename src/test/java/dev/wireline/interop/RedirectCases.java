package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RedirectRules;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects of a web server, followed by an agent. */
interface RedirectCases extends WebServed {
  Set<Integer> KEEP_A_POST = Set.of(307, 308);

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  default void followsARedirectOnTheSameConnection(int status) throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse page = agent.get(server().url("/" + status + "/page.txt"));
      HttpResponse head = agent.head(server().url("/" + status + "/page.txt"));

      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.request().url().orElseThrow()).hasToString(server().url("/page.txt"));
      assertThat(page.attempts()).extracting(Attempt::status).containsExactly(status, 200);
      assertThat(page.attempts()).extracting(Attempt::isReused).containsExactly(false, true);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("X-Method")).contains("HEAD");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  default void keepsOrDropsTheBodyOfAPostAsTheStatusSays(int status) throws Exception {
    HttpRequest post = HttpRequest.post(server().url("/" + status + "/items"))
        .header("Content-Language", "en")
        .body(Body.of("{\"a\":1}", "application/json"));
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse made = agent.send(post);

      boolean kept = KEEP_A_POST.contains(status);
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.header("X-Method")).contains(kept ? "POST" : "GET");
      assertThat(made.header("X-Length").orElse("")).isEqualTo(kept ? "7" : "");
      assertThat(made.request().headers().contains("Content-Language")).isEqualTo(kept);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  default void sendsALargeBodyAgainToWhereItIsTaken(int status) throws Exception {
    byte[] content = WebServer.large();
    String place = "/stored/moved-" + status;
    HttpRequest put = HttpRequest.put(server().url("/" + status + place))
        .body(Body.of(content, "application/octet-stream"));
    try (HttpAgent agent = server().agent().build()) {
      assertThat(agent.send(put).status()).isEqualTo(201);
      assertThat(agent.get(server().url(place)).bytes()).isEqualTo(content);
    }
  }

  @Test
  default void takesABodyAlongToAnotherPort() throws Exception {
    HttpRequest put =
        HttpRequest.put(server().url("/elsewhere/stored/far")).body(Body.of("far", "text/plain"));
    try (HttpAgent agent = server().agent().build()) {
      HttpResponse stored = agent.send(put);

      assertThat(stored.status()).isEqualTo(201);
      assertThat(stored.request().url().orElseThrow().port())
          .isEqualTo(server().ports().hasty().port());
      assertThat(agent.get(server().url("/stored/far")).text()).isEqualTo("far");
    }
  }

  @Test
  default void showsNoSecretToAnotherPort() throws Exception {
    Credentials credentials = Credentials.basic(WebServer.USER, WebServer.PASSWORD);
    HttpRequest request = HttpRequest.get(server().url("/elsewhere/page.txt"))
        .header("Authorization", "Bearer own")
        .header("Cookie", "own=1");
    try (HttpAgent agent =
        server().agent().credentials(server().url("/"), credentials).build()) {
      HttpResponse first = agent.send(HttpRequest.get(server().url("/page.txt"))
          .header("Authorization", "Bearer own")
          .header("Cookie", "own=1"));
      HttpResponse page = agent.send(request);

      assertThat(first.header("X-Authorization")).contains("Bearer own");
      assertThat(first.header("X-Cookie")).contains("own=1");
      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.header("X-Authorization").orElse("")).isEmpty();
      assertThat(page.header("X-Cookie").orElse("")).isEmpty();
    }
  }

  @Test
  default void goesFromHttpToHttpsAndNotBack() throws Exception {
    String back = server().secureUrl("/unsecured/page.txt");
    try (HttpAgent agent = server().agent().build();
        HttpAgent careless = server()
            .agent()
            .redirects(RedirectRules.builder().allowHttpsToHttp(true).build())
            .build()) {
      HttpResponse page = agent.get(server().url("/secured/page.txt"));

      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.request().url().orElseThrow().isSecure()).isTrue();
      assertThatThrownBy(() -> agent.get(back))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("https to http");
      assertThat(careless.get(back).text()).isEqualTo(WebServer.PAGE);
    }
  }

  @Test
  default void doesNotTurnInACircle() throws Exception {
    try (HttpAgent agent = server().agent().build();
        HttpAgent still = server().agent().redirects(RedirectRules.none()).build()) {
      assertThatThrownBy(() -> agent.get(server().url("/circle")))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("circle");
      assertThat(agent.get(server().url("/page.txt")).text()).isEqualTo(WebServer.PAGE);
      assertThat(still.get(server().url("/circle")).status()).isEqualTo(302);
    }
  }
}
