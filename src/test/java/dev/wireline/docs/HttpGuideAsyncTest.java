package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/async.md. */
@Timeout(60)
class HttpGuideAsyncTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension
  final Printed printed = new Printed();

  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void makesManyCallsAtOnce() throws Exception {
    try (var server = RawServer.answering(Answers.ok("one"));
        HttpAgent agent = HttpAgent.create()) {
      List<String> urls = List.of(Answers.origin(server) + "/a", Answers.origin(server) + "/b");

      // docs: http-many
      List<Callable<String>> calls = new ArrayList<>();
      for (String url : urls) {
        calls.add(() -> agent.get(url).text());
      }
      for (Future<String> page : executor.invokeAll(calls)) {
        System.out.println(page.get());
      }
      // end: http-many

      assertThat(printed.lines()).containsExactly("one", "one");
    }
  }

  // docs: http-future
  /** A call in a thread of the executor. */
  static CompletableFuture<String> fetch(HttpAgent agent, String url, Executor executor) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return agent.get(url).text();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        executor);
  }
  // end: http-future

  @Test
  void givesAFuture() throws Exception {
    try (var server = RawServer.answering(Answers.ok("later"));
        HttpAgent agent = HttpAgent.create()) {
      assertThat(fetch(agent, Answers.origin(server), executor).get(10, TimeUnit.SECONDS))
          .isEqualTo("later");
    }
  }

  @Test
  void endsACallByItsInterrupt() throws Exception {
    BlockingQueue<Throwable> ended = new LinkedBlockingQueue<>();
    try (var server = PeerServer.start(PeerConnection::hold);
        HttpAgent agent = HttpAgent.create()) {
      String url = "http://" + server.endpoint().authority();

      // docs: http-cancel
      Future<String> call = executor.submit(() -> {
        try {
          return agent.get(url).text();
        } catch (CallInterruptedException e) {
          ended.add(e);
          throw e;
        }
      });
      // end: http-cancel
      server.awaitConnections(1, SOON);

      // docs: http-cancel-now
      call.cancel(true);
      // end: http-cancel-now

      assertThat(ended.poll(10, TimeUnit.SECONDS)).isInstanceOf(CallInterruptedException.class);
      assertThat(call.isCancelled()).isTrue();
    }
  }

  @Test
  void givesABodyUpFromAnotherThread() throws Exception {
    RawAnswer half = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nhalf");
    try (var server = RawServer.answering(half.thenStall());
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response = agent.get(Answers.origin(server));
      InputStream body = response.body();
      assertThat(body.readNBytes(4)).hasSize(4);
      Caller<Integer> reading = Caller.start(body::read);
      reading.awaitSelecting();

      // docs: http-give-up
      response.close();
      // end: http-give-up

      assertThat(reading.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @Test
  void boundsACallByItself() throws Exception {
    try (var server = RawServer.answering(Answers.ok("in time"));
        HttpAgent agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-call-time
      HttpResponse page = agent.send(HttpRequest.get(url), Duration.ofSeconds(20));
      // end: http-call-time

      assertThat(page.text()).isEqualTo("in time");
    }
  }
}
