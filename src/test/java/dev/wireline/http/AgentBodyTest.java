package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.net.Wire;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies of requests and changes of protocol, through the steps and the pool of an agent. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentBodyTest {
  private static final byte[] LARGE = new byte[300_000];

  private static Body once() {
    return Body.of(new ByteArrayInputStream(LARGE), "application/octet-stream");
  }

  private static Body again() {
    return Body.of(() -> new ByteArrayInputStream(LARGE), "application/octet-stream");
  }

  @Test
  void sendsABodyAgainThatCanBe() throws Exception {
    try (RawServer server = RawServer.answering(
            Agents.redirect(307, "/there"),
            Agents.status(401, "WWW-Authenticate: Basic realm=\"a\"\r\n"),
            Answers.ok("done"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.basic("a", "b"))
            .build()) {
      HttpResponse response = agent.send(HttpRequest.put(Agents.origin(server)).body(again()));

      assertThat(response.text()).isEqualTo("done");
      assertThat(server.requests())
          .allSatisfy(request -> assertThat(request.body()).isEqualTo(LARGE))
          .hasSize(3);
    }
  }

  @Test
  void handsOnTheAnswerThatABodyWhichIsGoneCannotFollow() throws Exception {
    RetryRules twice =
        RetryRules.builder().maxRetries(2).firstWait(Duration.ZERO).build();
    try (RawServer server = RawServer.answering(
            Agents.redirect(307, "/there"),
            Agents.status(401, "WWW-Authenticate: Basic realm=\"a\"\r\n"),
            Agents.status(503, "Retry-After: 0\r\n"));
        HttpAgent agent = HttpAgent.builder()
            .credentials(Agents.origin(server), Credentials.basic("a", "b"))
            .retries(twice)
            .build()) {
      HttpRequest request = HttpRequest.put(Agents.origin(server));

      assertThat(agent.send(request.body(once())).status()).isEqualTo(307);
      assertThat(agent.send(request.body(once())).status()).isEqualTo(401);
      assertThat(agent.send(request.body(once())).status()).isEqualTo(503);
      assertThat(server.requests())
          .allSatisfy(sent -> assertThat(sent.body()).isEqualTo(LARGE))
          .hasSize(3);
    }
  }

  @Test
  void givesTheConnectionToTheCallerOfAnUpgrade() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 101 Go\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n>");
      connection.write(connection.read(5));
      connection.hold();
    })) {
      HttpAgent agent = HttpAgent.create();
      HttpResponse response =
          agent.send(HttpRequest.get("http://" + server.endpoint().authority())
              .header("Upgrade", "echo")
              .header("Connection", "upgrade"));

      try (Wire wire = response.wire()) {
        wire.output().write("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(wire.input().read(6)).asString().isEqualTo(">hello");
        assertThat(agent.pool().leasedConnections()).isZero();
        agent.close();
        assertThat(wire.isOpen()).isTrue();
      }
    }
  }

  @Test
  void deliversAnAnswerThatComesBeforeTheBodyIsThere() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(
              "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
          connection.hold();
        });
        HttpAgent agent = HttpAgent.create()) {
      HttpResponse response =
          agent.send(HttpRequest.put("http://" + server.endpoint().authority())
              .body(Body.of(() -> new Endless(), "text/plain")));

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.text()).isEqualTo("big");
      assertThat(agent.pool().idleConnections()).isZero();
    }
  }

  /** A source that never ends by itself. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }

  @Test
  void waitsForTheGoAheadThatARequestExpects() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 100 Continue\r\n\r\n");
          byte[] body = connection.read(5);
          connection.write(Answers.text(new String(body, StandardCharsets.US_ASCII)));
          connection.hold();
        });
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.post("http://" + server.endpoint().authority())
          .header("Expect", "100-continue")
          .body(Body.of("hello", "text/plain"));

      assertThat(agent.send(request).text()).isEqualTo("hello");
      assertThat(agent.pool().idleConnections()).isOne();
    }
  }

  @Test
  void leavesNoConnectionBehindWhenASourceFails() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(Answers.text("next")));
        HttpAgent agent = HttpAgent.create()) {
      Body broken = Body.of(
          () -> {
            throw new IOException("the disk is gone");
          },
          "text/plain");

      assertThatThrownBy(() -> agent.send(HttpRequest.put(Agents.origin(server)).body(broken)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the disk is gone");

      assertThat(agent.pool().leasedConnections()).isZero();
      assertThat(agent.get(Agents.origin(server)).text()).isEqualTo("next");
    }
  }
}
