package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.http.EventSource;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.ServerSentEvent;
import dev.wireline.line.Backoff;
import dev.wireline.net.Dialer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

      // docs: http-events
      HttpRequest request = HttpRequest.get(url).header("Accept", "text/event-stream");
      try (Stream<ServerSentEvent> events = agent.send(request).events()) {
        events.forEach(event -> System.out.println(event.type() + ": " + event.data()));
      }
      // end: http-events

      assertThat(printed.lines()).containsExactly("message: calm", "storm: from the", "west");
    }
  }

  // docs: http-events-again
  /** Reads events, whatever becomes of the connection, until the server says that there are no more. */
  static void follow(HttpAgent agent, String url, Consumer<ServerSentEvent> heard)
      throws IOException {
    try (EventSource source = agent.events(HttpRequest.get(url))) {
      for (var event = source.next(); event.isPresent(); event = source.next()) {
        heard.accept(event.get());
      }
    }
  }
  // end: http-events-again

  @Test
  void connectsAgain() throws Exception {
    List<String> heard = new ArrayList<>();
    RawAnswer cut = RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Content-Length: 999\r\n\r\nretry: 1\ndata: one\n\nid: 7\n\ndata: half")
        .thenClose();
    try (var server =
            RawServer.answering(cut, events("data: two\n\n"), Answers.status("204 X", "", ""));
        var agent = HttpAgent.create()) {
      follow(agent, Answers.origin(server), event -> heard.add(event.data()));

      assertThat(heard).containsExactly("one", "two");
      assertThat(Answers.fields(server, "Last-Event-ID")).containsExactly("", "7", "7");
    }
  }

  @Test
  void connectsAgainAsTheCallerLikes() throws Exception {
    try (var server =
            RawServer.answering(events("id: 8\ndata: one\n\n"), Answers.status("204 X", "", ""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);
      String known = "7";

      // docs: http-events-backoff
      HttpRequest request = HttpRequest.get(url).header("Last-Event-ID", known);
      Backoff backoff =
          Backoff.standard().withFirstWait(Duration.ofMillis(100)).withTotal(Duration.ofHours(1));
      EventSource source = agent.events(request, backoff);
      // end: http-events-backoff

      try (source) {
        assertThat(source.next()).isPresent();
        assertThat(source.lastEventId()).isEqualTo("8");
        assertThat(Answers.fields(server, "Last-Event-ID")).containsExactly("7");
      }
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
