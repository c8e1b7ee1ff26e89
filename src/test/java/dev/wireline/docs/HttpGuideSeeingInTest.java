package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Attempt;
import dev.wireline.http.CallEvent;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/seeing-in.md. */
@Timeout(60)
class HttpGuideSeeingInTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void drawsAWaterfall() throws IOException {
    try (var server =
        RawServer.answering(Answers.redirect(302, "/today"), Answers.ok("all quiet"))) {
      String url = "http://localhost:" + server.endpoint().port() + "/news";

      // docs: http-waterfall
      try (HttpAgent agent = HttpAgent.builder().listener(new Waterfall()).build()) {
        agent.get(url).discard();
      }
      // end: http-waterfall

      assertThat(printed.lines())
          .allMatch(line -> line.startsWith("#1 "))
          .extracting(line -> line.split(" +", -1)[3])
          .containsExactly(
              "STARTED",
              "RESOLVED",
              "CONNECTED",
              "SENT",
              "FIRST_BYTE",
              "ANSWERED",
              "ENDED",
              "REDIRECTED",
              "REUSED",
              "SENT",
              "FIRST_BYTE",
              "ANSWERED",
              "ENDED");
    }
  }

  @Test
  void tellsOfAttempts() throws IOException {
    try (var server =
            RawServer.answering(Answers.redirect(302, "/today?id=7"), Answers.ok("all quiet"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/news";

      // docs: http-attempt-lines
      HttpResponse news = agent.get(url);
      for (Attempt attempt : news.attempts()) {
        System.out.println(attempt);
      }
      // end: http-attempt-lines

      String origin = Answers.origin(server);
      assertThat(printed.lines())
          .containsExactly(
              "FIRST: GET " + origin + "/news: 302",
              "REDIRECT: GET " + origin + "/today?*** (kept connection): 200");
    }
  }

  @Test
  void countsCallsAndNeverShowsAQueryInADetail() throws IOException {
    List<CallEvent> events = new ArrayList<>();
    try (var server = RawServer.answering(Answers.redirect(302, "/?secret"), Answers.ok(""));
        var agent = HttpAgent.builder().listener(events::add).build()) {
      agent.get(Answers.origin(server) + "/?secret").discard();
      agent.get(Answers.origin(server)).discard();

      assertThat(events).extracting(CallEvent::call).contains(1L, 2L);
      assertThat(events).extracting(CallEvent::detail).noneMatch(text -> text.contains("secret"));
      assertThat(events)
          .extracting(event -> event.url().toString())
          .anyMatch(text -> text.contains("secret"));
    }
  }
}
