package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.http.Body;
import dev.wireline.http.Credentials;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.RetryRules;
import dev.wireline.net.Dialer;
import dev.wireline.net.PoolOptions;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/coming-from on HTTP: OkHttp, java.net.http and HttpURLConnection. */
@Timeout(60)
class ComingFromHttpTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void setsWhatABuilderOfOkHttpSets() throws IOException {
    String token = "4711";
    try (var server = RawServer.answering(Answers.ok("calm"))) {
      String url = Answers.origin(server) + "/tides";
      String origin = Answers.origin(server);

      // docs: okhttp-builder
      HttpOptions options = HttpOptions.builder()
          .dialer(Dialer.builder()
              .connectTimeout(Duration.ofSeconds(3))
              .silenceTimeout(Duration.ofSeconds(10)) // the read timeout, and that of writing
              .build())
          .callTimeout(Duration.ofSeconds(30))
          .build();
      HttpAgent agent = HttpAgent.builder()
          .options(options)
          .pool(PoolOptions.builder()
              .maxPerEndpoint(5)
              .idleTimeout(Duration.ofMinutes(5))
              .build())
          .retries(RetryRules.builder().maxRetries(2).build())
          .credentials(origin, Credentials.bearer(token))
          .step((request, chain) -> chain.proceed(request.header("X-Trace", "7"))) // an interceptor
          .build();
      // end: okhttp-builder

      try (agent) {
        assertThat(agent.get(url).text()).isEqualTo("calm");
        assertThat(Answers.field(server.requests().get(0), "X-Trace")).isEqualTo("7");
        assertThat(Answers.field(server.requests().get(0), "Authorization"))
            .isEqualTo("Bearer 4711");
      }
    }
  }

  @Test
  void sendsAndReads() throws IOException {
    try (var server = RawServer.answering(Answers.status("201 Created", "", "{\"id\":7}"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/items";

      // docs: okhttp-call
      Body item = Body.of("{\"name\":\"buoy\"}", "application/json");
      try (HttpResponse answer = agent.send(HttpRequest.post(url).body(item))) {
        System.out.println(answer.requireSuccess().text());
      }
      // end: okhttp-call

      assertThat(printed.lines()).containsExactly("{\"id\":7}");
    }
  }

  // docs: okhttp-test
  @Test
  void asksForTheTides() throws IOException {
    RawAnswer answer = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncalm");
    try (var server = RawServer.answering(answer);
        var agent = HttpAgent.create()) {
      String url = "http://" + server.endpoint().authority() + "/tides";

      assertThat(agent.get(url).text()).isEqualTo("calm");
      assertThat(server.requests().get(0).head()).startsWith("GET /tides HTTP/1.1\r\n");
    }
  }
  // end: okhttp-test

  @Test
  void readsWhatABodyHandlerReads(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tides.txt");
    try (var server = RawServer.answering(
            Answers.ok("text"), Answers.ok("bytes"), Answers.ok("one\ntwo\n"), Answers.ok("file"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/";

      // docs: jdk-bodies
      String text = agent.get(url).text();
      byte[] bytes = agent.get(url).bytes();
      try (HttpResponse page = agent.get(url)) {
        page.lines().forEach(System.out::println);
      }
      agent.get(url).requireSuccess().saveTo(file);
      // end: jdk-bodies

      assertThat(text).isEqualTo("text");
      assertThat(bytes).isEqualTo("bytes".getBytes(UTF_8));
      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(file).hasContent("file");
    }
  }

  @Test
  void runsInTheBackground() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (var server = RawServer.answering(Answers.ok("calm"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/";

      // docs: jdk-async
      Future<String> page = executor.submit(() -> agent.get(url).text());
      System.out.println(page.get());
      // end: jdk-async

      assertThat(printed.lines()).containsExactly("calm");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void readsThePageOfAnError() throws IOException {
    try (var server = RawServer.answering(
            Answers.status("404 Not Found", "X-Why: typo\r\n", "no such page"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/";

      // docs: url-connection-get
      HttpRequest request = HttpRequest.get(url).header("Accept", "text/plain");
      try (HttpResponse page = agent.send(request, Duration.ofSeconds(20))) {
        System.out.println(page.status() + " " + page.header("X-Why").orElse(""));
        System.out.println(page.text());
      }
      // end: url-connection-get

      assertThat(printed.lines()).containsExactly("404 typo", "no such page");
    }
  }

  @Test
  void postsAForm() throws IOException {
    try (var server = RawServer.answering(Answers.ok("thanks"));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server) + "/";

      // docs: url-connection-post
      Body form = Body.form("user", "ann", "note", "tide & wind");
      System.out.println(agent.send(HttpRequest.post(url).body(form)).text());
      // end: url-connection-post

      assertThat(printed.lines()).containsExactly("thanks");
      assertThat(server.requests().get(0).bodyText()).isEqualTo("user=ann&note=tide+%26+wind");
    }
  }
}
