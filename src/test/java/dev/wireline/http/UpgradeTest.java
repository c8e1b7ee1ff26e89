package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Wire;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that becomes another protocol's (RFC 9110, sections 7.8 and 15.2.2). */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class UpgradeTest {
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\n";

  private static HttpRequest asking() {
    return HttpRequest.get("/chat").header("Upgrade", "chat").header("Connection", "Upgrade");
  }

  /** Says hello behind its 101, and then what it hears. */
  private static Peer chat(Delivery delivery) {
    return connection -> {
      connection.readHead();
      if (connection.number() == 1) {
        Answers.send(delivery, connection, SWITCHING + "hello");
        connection.write(connection.read(4));
      } else {
        connection.write(Answers.text("next"));
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void givesTheWireAndDialsAnotherForTheNextRequest(Delivery delivery) throws Exception {
    try (PeerServer server = PeerServer.start(chat(delivery));
        Wire wire = upgraded(server)) {
      assertThat(wire.isOpen()).isTrue();
      assertThat(wire.input().readNBytes(5)).asString(UTF_8).isEqualTo("hello");
      wire.output().write("ping".getBytes(UTF_8));
      assertThat(wire.input().readAllBytes()).asString(UTF_8).isEqualTo("ping");
    }
  }

  /** The wire of a client that made another request and was closed meanwhile. */
  private static Wire upgraded(PeerServer server) throws Exception {
    try (HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.send(asking());

      assertThat(response.status()).isEqualTo(101);
      assertThat(response.header("Upgrade")).contains("chat");
      assertThat(response.bytes()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
      return response.wire();
    }
  }

  @Test
  void sendsTheBodyFirst() throws Exception {
    Body body = Body.of(new byte[100_000], "a/b");
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.read(100_000);
          connection.write(SWITCHING);
          connection.write(connection.read(1));
        });
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = HttpRequest.post("/")
          .header("Upgrade", "chat")
          .header("Connection", "Upgrade")
          .body(body);

      try (Wire wire = client.send(request).wire()) {
        wire.output().write('x');
        assertThat(wire.input().read()).isEqualTo('x');
      }
    }
  }

  @Test
  void isNoAnswerToHalfARequest() throws Exception {
    Body body = Body.of(new byte[32 << 20], "a/b");
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(SWITCHING);
          connection.hold();
        });
        HttpClient client = new HttpClient(server.endpoint())) {

      PeerProtocolException e = catchThrowableOfType(
          PeerProtocolException.class, () -> client.send(asking().body(body)));

      assertThat(e.rule()).contains("101 comes after the whole request");
    }
  }

  @Test
  void mayBeDeclined() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("no"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.send(asking());

      assertThat(response.text()).isEqualTo("no");
      assertThatThrownBy(response::wire).isInstanceOf(IllegalStateException.class);
      assertThat(client.get("/").text()).isEqualTo("no");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static List<HttpRequest> unasking() {
    return List.of(
        HttpRequest.get("/"),
        HttpRequest.get("/").header("Upgrade", "chat"),
        HttpRequest.get("/").header("Connection", "upgrade"),
        HttpRequest.get("/").header("Upgrade", "chat").header("Connection", "keep-alive"));
  }

  @ParameterizedTest
  @MethodSource("unasking")
  void isRefusedWhereNobodyAsked(HttpRequest request) throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of(SWITCHING), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {

      PeerProtocolException e =
          catchThrowableOfType(PeerProtocolException.class, () -> client.send(request));

      assertThat(e.rule()).contains("101 answers an Upgrade alone");
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }
}
