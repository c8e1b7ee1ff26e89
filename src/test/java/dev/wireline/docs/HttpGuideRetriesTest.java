package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RetryRules;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/retries.md. */
@Timeout(60)
class HttpGuideRetriesTest {
  private static final RawAnswer BUSY = Answers.status("503 Busy", "Retry-After: 0\r\n", "busy");

  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void triesAgainWhereAskedFor() throws IOException {
    try (var server = RawServer.answering(BUSY, BUSY, Answers.ok("done"))) {
      String url = Answers.origin(server) + "/report";

      // docs: http-retries
      RetryRules rules = RetryRules.builder().maxRetries(3).build();
      try (HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
        HttpResponse report = agent.get(url);
        System.out.println(report.text() + " at attempt " + report.attempts().size());
      }
      // end: http-retries

      assertThat(printed.lines()).containsExactly("done at attempt 3");
    }
  }

  @Test
  void repeatsAPostThatMayBeRepeated() throws IOException {
    RetryRules rules = RetryRules.builder().maxRetries(3).build();
    try (var server = RawServer.answering(BUSY, Answers.ok("counted"));
        HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
      String url = Answers.origin(server) + "/votes/7";

      // docs: http-idempotent
      HttpRequest vote = HttpRequest.post(url).idempotent();
      System.out.println(agent.send(vote.body(Body.of("yes", "text/plain"))).text());
      // end: http-idempotent

      assertThat(printed.lines()).containsExactly("counted");
    }
  }

  @Test
  void setsStatusesAndWaits() throws IOException {
    try (var server =
        RawServer.answering(Answers.status("502 Bad Gateway", "", ""), Answers.ok("up"))) {

      // docs: http-retry-rules
      RetryRules rules = RetryRules.builder()
          .maxRetries(4)
          .statuses(Set.of(429, 502, 503, 504))
          .firstWait(Duration.ofMillis(200))
          .maxWait(Duration.ofSeconds(5))
          .build();
      // end: http-retry-rules

      try (var agent = HttpAgent.builder().retries(rules).build()) {
        assertThat(agent.get(Answers.origin(server)).text()).isEqualTo("up");
      }
    }
  }

  @Test
  void tellsOfEachAttempt() throws IOException {
    RawAnswer dead = RawAnswer.of("").thenClose();
    RetryRules rules = RetryRules.builder().maxRetries(1).build();
    try (var server = RawServer.answering(Answers.ok("warm"), dead, BUSY, Answers.ok("done"));
        var agent = HttpAgent.builder().retries(rules).build()) {
      String url = Answers.origin(server) + "/report";
      agent.get(url).discard();

      // docs: http-attempts
      HttpResponse report = agent.get(url);
      for (Attempt attempt : report.attempts()) {
        String end = attempt.failure().isPresent() ? "failed" : String.valueOf(attempt.status());
        System.out.println(attempt.reason() + (attempt.isReused() ? ", kept: " : ": ") + end);
      }
      // end: http-attempts

      assertThat(printed.lines())
          .containsExactly("FIRST, kept: failed", "STALE_CONNECTION: 503", "RETRY, kept: 200");
    }
  }

  @Test
  void asksForNothingTwiceUnlessToldTo() throws IOException {
    try (var server = RawServer.answering(BUSY);
        var agent = HttpAgent.create()) {
      assertThat(agent.get(Answers.origin(server)).status()).isEqualTo(503);

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void sendsAPostAgainOnlyWhenItsCallerAllowsThat() throws IOException {
    RetryRules rules =
        RetryRules.builder().maxRetries(1).firstWait(Duration.ZERO).build();
    try (var server = RawServer.answering(BUSY, BUSY, Answers.ok("done"));
        var agent = HttpAgent.builder().retries(rules).build()) {
      HttpRequest post = HttpRequest.post(Answers.origin(server));

      assertThat(agent.send(post).status()).isEqualTo(503);
      assertThat(agent.send(post.idempotent()).text()).isEqualTo("done");
    }
  }
}
