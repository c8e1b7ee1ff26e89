package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RetryRules;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NginxAgentTest extends WebAgentCases {
  @Override
  WebServer start() throws IOException {
    return Nginx.start();
  }

  @Test
  void comesAgainWhenTheServerSaysWhen() throws Exception {
    String url = server().url("/limited.txt");
    RetryRules patient = RetryRules.builder().maxRetries(3).build();
    RetryRules hasty =
        RetryRules.builder().maxRetries(3).maxWait(Duration.ofMillis(999)).build();
    try (HttpAgent agent = server().agent().retries(patient).build();
        HttpAgent impatient = server().agent().retries(hasty).build()) {
      agent.get(url).discard();
      HttpResponse refused = impatient.get(url);
      HttpResponse page = agent.get(url);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(refused.attempts()).hasSize(1);
      assertThat(page.text()).isEqualTo(WebServer.PAGE);
      assertThat(page.attempts()).extracting(Attempt::status).containsExactly(429, 200);
      assertThat(page.attempts())
          .extracting(Attempt::reason)
          .containsExactly(Attempt.Reason.FIRST, Attempt.Reason.RETRY);
    }
  }

  @Test
  void failsNoGetWhereIdleConnectionsAreClosedAfterAMoment() throws Exception {
    String url = server().url("/brief.txt");
    PoolOptions few = PoolOptions.builder().maxPerEndpoint(5).build();
    try (HttpAgent agent = server().agent().pool(few).build()) {
      List<Caller<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        callers.add(Caller.start(() -> {
          int answered = 0;
          for (int call = 0; call < 50; call++) {
            answered += agent.get(url).text().equals("ok\n") ? 1 : 0;
          }
          return answered;
        }));
      }

      for (Caller<Integer> caller : callers) {
        assertThat(caller.result()).isEqualTo(50);
      }
    }
  }

  @Test
  void comesAgainBySelfChosenWaitsWhenTheServerIsBusy() throws Exception {
    RetryRules rules =
        RetryRules.builder().maxRetries(8).firstWait(Duration.ofMillis(5)).build();
    try (HttpAgent agent = server().agent().retries(rules).build()) {
      int attempts = 0;
      for (int i = 0; i < 4; i++) {
        HttpResponse page = agent.get(server().url("/busy.txt"));
        assertThat(page.text()).isEqualTo(WebServer.PAGE);
        attempts += page.attempts().size();
      }

      assertThat(attempts).isGreaterThan(4);
    }
  }
}
