package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.Caller;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads that share an agent. */
interface CrowdCases extends WebServed {
  int THREADS = 16;
  int ROUNDS = 25;

  static List<ThreadKind> kinds() {
    return ThreadKind.available();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  default void sharesAnAgentWhileConnectionsAreClosedAllTheTime(ThreadKind kind) throws Exception {
    String origin = "http://" + server().ports().stingy().authority();
    PoolOptions few = PoolOptions.builder().maxPerEndpoint(6).build();
    try (HttpAgent agent = server().agent().pool(few).build()) {
      crowd(kind, agent, origin);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  default void sharesAnAgentOverTls(ThreadKind kind) throws Exception {
    try (HttpAgent agent = server().agent().build()) {
      crowd(kind, agent, server().secureUrl(""));
    }
  }

  private static void crowd(ThreadKind kind, HttpAgent agent, String origin) throws Exception {
    List<Caller<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      callers.add(Caller.run(kind, () -> visit(agent, origin)));
    }
    for (Caller<Boolean> caller : callers) {
      assertThat(caller.result()).isTrue();
    }
  }

  private static void visit(HttpAgent agent, String origin) throws IOException {
    HttpRequest post = HttpRequest.post(origin + "/items").body(Body.of("a", "text/plain"));
    for (int i = 0; i < ROUNDS; i++) {
      HttpResponse page = agent.get(origin + "/page.txt");
      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      if (i % 8 == 0) {
        HttpResponse made = agent.send(post);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()).isEqualTo("made\n");
        assertThat(agent.get(origin + "/missing").status()).isEqualTo(404);
      }
    }
  }
}
