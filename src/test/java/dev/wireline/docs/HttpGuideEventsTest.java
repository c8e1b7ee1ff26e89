package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.ServerSentEvent;
import dev.wireline.net.Dialer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/events.md. */
@Timeout(60)
class HttpGuideEventsTest {
  @RegisterExtension
  final Printed printed = new Printed();

  private static RawAnswer events(String body) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + body)
        .thenClose();
  }

  @Test
  void readsEvents() throws IOException {
    String body = ": hello\n\ndata: calm\n\nevent: storm\ndata: from the\ndata: west\nid: 7\n\n";
    try (var server = RawServer.answering(events(body));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-events, url is "https://example.org/weather"
      HttpRequest request = HttpRequest.get(url).header("Accept", "text/event-stream");
      try (Stream<ServerSentEvent> events = agent.send(request).events()) {
        events.forEach(event -> System.out.println(event.type() + ": " + event.data()));
      }
      // end: http-events

      assertThat(printed.lines()).containsExactly("message: calm", "storm: from the", "west");
    }
  }

  // docs: http-events-again
  /** Reads events, and connects again when they end, until the server answers without any. */
  static void follow(HttpAgent agent, String url, Consumer<ServerSentEvent> heard)
      throws IOException, InterruptedException {
    HttpRequest first = HttpRequest.get(url).header("Accept", "text/event-stream");
    HttpRequest next = first;
    Duration wait = Duration.ofSeconds(3);
    while (true) {
      HttpResponse response = agent.send(next);
      if (response.status() != 200) {
        response.discard();
        return;
      }
      try (Stream<ServerSentEvent> events = response.events()) {
        for (Iterator<ServerSentEvent> all = events.iterator(); all.hasNext(); ) {
          ServerSentEvent event = all.next();
          heard.accept(event);
          wait = event.retry().orElse(wait);
          String id = event.lastEventId();
          next = id.isEmpty() ? first : first.replacingHeader("Last-Event-ID", id);
        }
      } catch (UncheckedIOException e) {
        System.out.println("cut: " + e.getMessage());
      }
      Thread.sleep(wait.toMillis());
    }
  }
  // end: http-events-again

  @Test
  void connectsAgain() throws Exception {
    List<String> heard = new ArrayList<>();
    RawAnswer cut = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Content-Length: 999\r\n\r\nid: 7\nretry: 0\ndata: one\n\ndata: half")
        .thenClose();
    try (var server =
            RawServer.answering(cut, events("data: two\n\n"), Answers.status("404 Gone", "", ""));
        var agent = HttpAgent.create()) {
      List<Duration> waits = new ArrayList<>();
      follow(agent, Answers.origin(server), event -> {
        heard.add(event.data());
        event.retry().ifPresent(waits::add);
      });

      assertThat(heard).containsExactly("one", "two");
      assertThat(waits).containsExactly(Duration.ZERO);
      assertThat(Answers.fields(server, "Last-Event-ID")).containsExactly("", "7", "");
      assertThat(printed.lines()).singleElement().asString().startsWith("cut: ");
    }
  }

  @Test
  void waitsLongerForEvents() throws IOException {
    try (var server = RawServer.answering(events("data: calm\n\n"))) {

      // docs: http-events-silence
      Dialer dialer = Dialer.builder().silenceTimeout(Duration.ofMinutes(5)).build();
      HttpOptions options = HttpOptions.builder().dialer(dialer).build();
      HttpAgent agent = HttpAgent.builder().options(options).build();
      // end: http-events-silence

      try (agent;
          Stream<ServerSentEvent> events = agent.get(Answers.origin(server)).events()) {
        assertThat(events).hasSize(1);
      }
    }
  }

  @Test
  void refusesWhatIsNoEventStream() throws IOException {
    try (var server = RawServer.answering(Answers.ok("a page"));
        var agent = HttpAgent.create()) {
      HttpResponse page = agent.get(Answers.origin(server));

      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(page::events);

      assertThat(page.text()).isEqualTo("a page");
    }
  }
}
