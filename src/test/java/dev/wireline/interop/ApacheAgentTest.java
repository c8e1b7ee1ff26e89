package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.Caller;
import dev.wireline.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApacheAgentTest extends WebAgentCases {
  @Override
  WebServer start() throws IOException {
    return Apache.start();
  }

  private HttpAgent prover(String password) {
    return server()
        .agent()
        .credentials(server().url("/"), Credentials.digest(WebServer.USER, password))
        .build();
  }

  @Test
  void provesThePasswordOnceAndGoesOnWithTheNonce() throws Exception {
    try (HttpAgent agent = prover(WebServer.PASSWORD)) {
      HttpResponse first = agent.get(server().url("/digest/page.txt"));
      first.bytes();

      assertThat(first.attempts()).extracting(Attempt::status).containsExactly(401, 200);
      // The server proves in turn that it knows the password, and the agent has checked it.
      assertThat(first.header("Authentication-Info").orElseThrow()).contains("rspauth=\"");
      for (int i = 0; i < 200; i++) {
        HttpResponse page = agent.get(server().url("/digest/page.txt?a=\"" + i + "&b=%20"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        assertThat(page.attempts()).extracting(Attempt::status).containsExactly(200);
        assertThat(page.header("X-Authorization").orElseThrow()).doesNotContain("sesame");
      }
      assertThat(agent.head(server().url("/digest/page.txt")).attempts()).hasSize(1);
    }
  }

  @Test
  void provesThePasswordFromManyThreads() throws Exception {
    try (HttpAgent agent = prover(WebServer.PASSWORD)) {
      List<Caller<Boolean>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(Caller.run(ThreadKind.PLATFORM, () -> {
          for (int j = 0; j < 20; j++) {
            assertThat(agent.get(server().url("/digest/page.txt")).text())
                .isEqualTo(WebServer.PAGE);
          }
        }));
      }
      for (Caller<Boolean> caller : callers) {
        assertThat(caller.result()).isTrue();
      }
    }
  }

  @Test
  void sendsABodyAgainWithTheProof() throws Exception {
    byte[] content = WebServer.large();
    HttpRequest post = HttpRequest.post(server().url("/digest/echo"));
    try (HttpAgent agent = prover(WebServer.PASSWORD)) {
      HttpResponse echo = agent.send(post.body(Body.of(content, "application/octet-stream")));
      assertThat(echo.bytes()).isEqualTo(content);
      assertThat(echo.attempts()).extracting(Attempt::status).containsExactly(401, 200);
      HttpResponse once = agent.send(
          post.body(Body.of(new ByteArrayInputStream(content), "application/octet-stream")));
      assertThat(once.bytes()).isEqualTo(content);
      assertThat(once.attempts()).hasSize(1);
    }
  }

  @Test
  void getsTheRefusalOfAWrongProof() throws Exception {
    try (HttpAgent agent = prover("wrong");
        HttpAgent shower = server()
            .agent()
            .credentials(server().url("/"), Credentials.basic(WebServer.USER, WebServer.PASSWORD))
            .build()) {
      for (int i = 0; i < 2; i++) {
        HttpResponse refused = agent.get(server().url("/digest/page.txt"));

        assertThat(refused.text()).contains("401");
        assertThat(refused.attempts()).extracting(Attempt::status).containsExactly(401, 401);
      }
      // A password for Basic is not shown to a server that asks for Digest.
      assertThat(shower.get(server().url("/digest/page.txt")).attempts()).hasSize(1);
    }
  }
}
