package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines that a client inherits, beside its requests: never in the middle of one. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class RawLinesTest {

  private static Arguments use(String name, LineSpeaking.Speech use) {
    return arguments(name, use);
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        use("writeLine", client -> client.writeLine("x")),
        use("writeLine of bytes", client -> client.writeLine(new byte[0])),
        use("writeLines", client -> client.writeLines("x", "y")),
        use("writeLines of a list", client -> client.writeLines(List.of("x"))),
        use("pollLine", client -> client.pollLine(Duration.ZERO)),
        use("read", client -> client.read(0)),
        use("input", HttpClient::input),
        use("output", HttpClient::output));
  }

  static Stream<Arguments> waitingUses() {
    return Stream.of(
        use("readLine", HttpClient::readLine),
        use("readLineOrEnd", HttpClient::readLineOrEnd),
        use("readLineBytes", HttpClient::readLineBytes),
        use("readToEnd", HttpClient::readToEnd),
        use("shutdownOutput", HttpClient::shutdownOutput),
        use("startTls", HttpClient::startTls));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"uses", "waitingUses"})
  void areRefusedWhileABodyIsUnread(String name, LineSpeaking.Speech use) throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked(Answers.LONG));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThatThrownBy(() -> client.speak(use))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the body of the last response is unread: read it or discard() it first");
      assertThat(response.text()).isEqualTo(Answers.LONG);
      assertThat(client.get("/").text()).isEqualTo(Answers.LONG);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"uses", "waitingUses"})
  void areRefusedFromOutsideAndNothingIsDialled(String name, LineSpeaking.Speech use)
      throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> use.on(client))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("HttpClient speaks a protocol of its own");
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      client.get("/").text();
      assertThatThrownBy(() -> use.on(client)).isInstanceOf(IllegalStateException.class);

      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void leaveNoConnectionForAnotherRequest(String name, LineSpeaking.Speech use) throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      client.get("/").text();
      client.speak(use);
      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(client.get("/").text()).isEqualTo("x");

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void canBeSpokenBeforeAnyRequest() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      client.speak(lines -> {
        lines.writeLines("GET /raw HTTP/1.1", "Host: x", "");
        assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      });
      assertThat(client.get("/").text()).isEqualTo("x");

      assertThat(server.requests()).extracting(RawRequest::connection).containsExactly(1, 2);
    }
  }

  @Test
  void canBeSpokenBehindAResponse() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 204 No Content\r\n\r\n");
          connection.write("you said " + connection.readLine() + "\r\n");
        });
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      client.get("/");

      client.speak(lines -> {
        lines.writeLine("hello");
        assertThat(lines.readLine()).isEqualTo("you said hello");
      });
    }
  }

  @Test
  void mayBreakAndTheNextRequestDialsAllTheSame() throws Exception {
    RawAnswer cut = RawAnswer.of("half").thenClose();
    try (RawServer server = RawServer.answering(cut, Answers.ok("x"));
        LineSpeaking client = new LineSpeaking(server.endpoint())) {
      assertThatThrownBy(() -> client.speak(lines -> {
            lines.writeLines("GET / HTTP/1.1", "");
            lines.readLine();
          }))
          .isInstanceOf(ConnectionClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatThrownBy(() -> client.speak(HttpClient::readLine))
          .isInstanceOf(ClientClosedException.class);

      assertThat(client.get("/").text()).isEqualTo("x");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void neverReadTheAnswerOfARequestThatWasGivenUp() throws Exception {
    RawAnswer late = RawAnswer.of("").thenStall();
    try (RawServer server = RawServer.answering(late, Answers.ok("x"));
        LineSpeaking client = new LineSpeaking(
            server.endpoint(), Clients.silence(Duration.ofMillis(100)).build())) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(DeadlineExceededException.class);

      client.speak(lines -> {
        lines.writeLines("GET / HTTP/1.1", "");
        assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      });
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void areConnectedFirstAndTheRequestUsesThatConnection() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.connect();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      client.connect();
      client.get("/");

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Answers a line, and then requests with that line and the number of the connection. */
  private static void welcome(PeerConnection connection) throws IOException {
    String greeting = connection.readLine();
    connection.write("welcome\r\n");
    while (connection.readHead() != null) {
      connection.write(Answers.text(greeting + " on " + connection.number()));
    }
  }

  @Test
  void areSpokenInAGreetingOnEachConnectionThatStaysFitForRequests() throws Exception {
    try (PeerServer server = PeerServer.start(RawLinesTest::welcome);
        Announced client = new Announced(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo("PROXY on 1");
      assertThat(client.get("/").text()).isEqualTo("PROXY on 1");
      client.speak(lines -> lines.writeLine(""));
      assertThat(client.get("/").text()).isEqualTo("PROXY on 2");
    }
  }

  @Test
  void ofAGreetingThatRanInConnectKeepItFitForRequestsToo() throws Exception {
    try (PeerServer server = PeerServer.start(RawLinesTest::welcome);
        Announced client = new Announced(server.endpoint())) {
      client.connect();

      assertThat(client.get("/").text()).isEqualTo("PROXY on 1");
      assertThat(client.get("/").text()).isEqualTo("PROXY on 1");
    }
  }

  /** A client whose connections start with a line, as those of a load balancer do. */
  private static final class Announced extends HttpClient {
    Announced(Endpoint endpoint) {
      super(endpoint);
    }

    void speak(LineSpeaking.Speech speech) throws IOException {
      exchange(() -> {
        speech.on(this);
        return true;
      });
    }

    @Override
    protected void greet() throws IOException {
      writeLine("PROXY");
      if (!readLine().equals("welcome")) {
        throw malformed("a greeting is welcome", "?");
      }
    }
  }

  @Test
  void areAllThatAGreetingMaySpeak() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint()) {
          @Override
          protected void greet() throws IOException {
            get("/login");
          }
        }) {
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(IllegalStateException.class);

      assertThat(server.requests()).isEmpty();
    }
  }
}
