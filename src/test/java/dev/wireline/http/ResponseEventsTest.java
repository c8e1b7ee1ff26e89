package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events of a response, as a server sends them. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseEventsTest {
  private static final String TYPE = "Content-Type: text/event-stream\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {"text/event-stream", "Text/Event-Stream;charset=utf-8", "text/event-stream ; x"})
  void areGivenWhateverTheCaseAndParametersOfTheType(String type) throws Exception {
    String body = "id: 1\ndata: a\n\n:comment\n\nevent: end\ndata: b\ndata: c\n\n";
    try (RawServer server =
            RawServer.answering(Answers.ok(body, "Content-Type: " + type + "\r\n"));
        HttpClient client = new HttpClient(server.endpoint())) {

      try (Stream<ServerSentEvent> events = client.get("/").events()) {
        assertThat(events.map(event -> event.type() + "=" + event.data()))
            .containsExactly("message=a", "end=b\nc");
      }
    }
  }

  @Test
  void areGivenAsSoonAsTheyCome() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n");
          connection.write(Answers.chunk("data: first\n\n"));
          assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
          connection.write(Answers.chunk("data: second\n\n") + "0\r\n\r\n");
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      try (Stream<ServerSentEvent> stream = client.get("/").events()) {
        Iterator<ServerSentEvent> events = stream.iterator();

        assertThat(events.next().data()).isEqualTo("first");
        heard.countDown();
        assertThat(events.next().data()).isEqualTo("second");
        assertThat(events.hasNext()).isFalse();
      }
    }
  }

  @Test
  void neverEndShort() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\n" + TYPE + "Content-Length: 99\r\n\r\ndata: a\n\n");
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      Iterator<ServerSentEvent> events = client.get("/").events().iterator();

      assertThat(events.next().data()).isEqualTo("a");
      assertThatThrownBy(events::hasNext)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(ConnectionClosedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Content-Type: text/html\r\n", "Content-Type: text/event-streams\r\n"})
  void areRefusedOfAnotherTypeAndTheBodyIsStillThere(String field) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("<p>sorry</p>", field));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, response::events);

      assertThat(e.connectionUsable()).isTrue();
      assertThat(response.text()).isEqualTo("<p>sorry</p>");
      assertThat(client.get("/").status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void areStreamedOnce() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("data: a\n\n", TYPE));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      assertThat(response.events()).hasSize(1);

      assertThatThrownBy(response::events).isInstanceOf(IllegalStateException.class);
    }
  }
}
