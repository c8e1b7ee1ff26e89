package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ClientClosedException;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents that are made of other agents. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentBuilderTest {
  private static HttpAgent.Builder named(HttpAgent.Builder builder, String name) {
    return builder.step((request, chain) -> chain.proceed(request.header("X-Name", name)));
  }

  @Test
  void goOnFromTheSettingsOfAnAgent() throws IOException {
    try (RawServer server = RawServer.answering(
            Answers.ok("x", "Set-Cookie: a=1\r\n"), Answers.ok("x"), Answers.ok("x"));
        HttpAgent first = named(HttpAgent.builder(), "one")
            .base(Agents.origin(server) + "/v2/")
            .options(HttpOptions.builder().userAgent("me").build())
            .cookies(new MemoryCookieJar())
            .build();
        HttpAgent second = named(first.toBuilder(), "two").decompression(false).build()) {
      first.get("a");
      second.get("b");
      first.get("c");

      assertThat(server.requests())
          .extracting(request -> request.head().lines().findFirst().orElseThrow())
          .containsExactly("GET /v2/a HTTP/1.1", "GET /v2/b HTTP/1.1", "GET /v2/c HTTP/1.1");
      assertThat(server.requests().get(1).head())
          .contains("X-Name: one", "X-Name: two", "Cookie: a=1", "User-Agent: me")
          .doesNotContain("Accept-Encoding");
      assertThat(server.requests().get(2).head()).contains("Accept-Enc").doesNotContain("two");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void useTheSamePoolWhereAsked() throws IOException {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpAgent first = HttpAgent.create()) {
      HttpAgent second = first.toBuilder().samePool().build();
      first.get(Agents.origin(server));
      second.get(Agents.origin(server));
      assertThat(second.idleConnections()).isOne();
      second.close();

      assertThatThrownBy(() -> second.get(Agents.origin(server)))
          .isInstanceOf(ClientClosedException.class);
      assertThat(first.get(Agents.origin(server)).text()).isEqualTo("x");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void haveAPoolOfTheirOwnAgain() {
    try (HttpAgent first = HttpAgent.create();
        HttpAgent second =
            first.toBuilder().samePool().pool(PoolOptions.standard()).build();
        HttpAgent third = first.toBuilder().samePool().build();
        HttpAgent fourth = third.toBuilder().build()) {
      assertThat(second.pool()).isNotSameAs(first.pool());
      assertThat(third.pool()).isSameAs(first.pool());
      assertThat(fourth.pool()).isNotSameAs(first.pool());
    }
  }

  @Test
  void shareNoPoolWithNobody() {
    HttpAgent.Builder builder = HttpAgent.builder();

    assertThatThrownBy(builder::samePool).isInstanceOf(IllegalStateException.class);
  }

  /** What a builder collects is its own: a new field of that kind is found here. */
  @Test
  void shareNothingThatABuilderCollects() throws Exception {
    HttpAgent.Builder builder = HttpAgent.builder();
    List<String> shared = new ArrayList<>();
    try (HttpAgent agent = builder.build()) {
      HttpAgent.Builder other = agent.toBuilder();
      for (Field field : HttpAgent.Builder.class.getDeclaredFields()) {
        boolean collects = Map.class.isAssignableFrom(field.getType())
            || Collection.class.isAssignableFrom(field.getType());
        field.setAccessible(true);
        if (collects
            && !Modifier.isStatic(field.getModifiers())
            && field.get(builder) == field.get(other)) {
          shared.add(field.getName());
        }
      }
    }

    assertThat(shared).isEmpty();
  }

  @Test
  void keepTheRulesThatTheyChange() {
    RedirectRules rules =
        RedirectRules.builder().maxRedirects(3).allowHttpsToHttp(true).build();
    RetryRules retries = RetryRules.builder().maxRetries(7).build();

    assertThat(rules.toBuilder().build()).usingRecursiveComparison().isEqualTo(rules);
    assertThat(retries.toBuilder().build()).usingRecursiveComparison().isEqualTo(retries);
  }
}
