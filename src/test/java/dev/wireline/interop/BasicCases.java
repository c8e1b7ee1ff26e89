package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Documents of a web server that are for its member, by the Basic scheme. */
interface BasicCases extends WebServed {
  private HttpAgent with(Credentials credentials) {
    return server().agent().credentials(server().url("/"), credentials).build();
  }

  @Test
  default void showsThePasswordWhereItIsAskedForAndBelow() throws Exception {
    try (HttpAgent agent = with(Credentials.basic(WebServer.USER, WebServer.PASSWORD))) {
      HttpResponse first = agent.get(server().url("/basic/page.txt"));
      HttpResponse second = agent.get(server().url("/basic/page.txt"));
      HttpResponse free = agent.get(server().url("/page.txt"));

      assertThat(first.text()).isEqualTo(WebServer.PAGE);
      assertThat(first.attempts()).extracting(Attempt::status).containsExactly(401, 200);
      assertThat(first.attempts()).extracting(Attempt::isReused).containsExactly(false, true);
      assertThat(second.text()).isEqualTo(WebServer.PAGE);
      assertThat(second.attempts()).extracting(Attempt::status).containsExactly(200);
      assertThat(free.header("X-Authorization").orElse("")).isEmpty();
    }
  }

  @Test
  default void getsTheRefusalOfAWrongPassword() throws Exception {
    try (HttpAgent agent = with(Credentials.basic(WebServer.USER, "wrong"));
        HttpAgent prover = with(Credentials.digest(WebServer.USER, WebServer.PASSWORD));
        HttpAgent nobody = server().agent().build()) {
      for (int i = 0; i < 2; i++) {
        HttpResponse refused = agent.get(server().url("/basic/page.txt"));

        assertThat(refused.text()).contains("401");
        assertThat(refused.attempts()).extracting(Attempt::status).containsExactly(401, 401);
      }
      // A password for Digest is not shown to a server that asks for Basic.
      assertThat(prover.get(server().url("/basic/page.txt")).attempts()).hasSize(1);
      assertThat(nobody.get(server().url("/basic/page.txt")).status()).isEqualTo(401);
    }
  }

  @Test
  default void showsThePasswordBehindARedirectOnTheSameOriginAlone() throws Exception {
    try (HttpAgent agent = with(Credentials.basic(WebServer.USER, WebServer.PASSWORD))) {
      HttpResponse page = agent.get(server().url("/302/basic/page.txt"));
      HttpResponse away = agent.get(server().url("/elsewhere/basic/page.txt"));

      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.attempts()).extracting(Attempt::status).containsExactly(302, 401, 200);
      assertThat(away.header("X-Authorization").orElse("")).isEmpty();
    }
  }
}
