package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.Wire;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/http/continue-and-upgrade.md. */
@Timeout(60)
class HttpGuideContinueTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension
  final Printed printed = new Printed();

  private static String url(PeerServer server) {
    return "http://" + server.endpoint().authority() + "/";
  }

  private static void answer(PeerConnection connection, String status) throws Exception {
    connection.write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    connection.awaitClosedByPeer(SOON);
  }

  @Test
  void waitsUntilTheBodyIsWanted(@TempDir Path folder) throws Exception {
    Path film = Files.write(folder.resolve("film"), new byte[20_000]);
    try (var server = PeerServer.start(connection -> {
          assertThat(connection.readHead()).contains("Expect: 100-continue");
          connection.write("HTTP/1.1 100 Continue\r\n\r\n");
          connection.read(20_000);
          answer(connection, "201 Created");
        });
        var agent = HttpAgent.create()) {
      String url = url(server);

      // docs: http-continue
      HttpRequest upload =
          HttpRequest.post(url).header("Expect", "100-continue").body(Body.of(film, "video/mp4"));
      System.out.println(agent.send(upload).status());
      // end: http-continue

      assertThat(printed.lines()).containsExactly("201");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void sendsNoBodyThatIsNotWanted() throws Exception {
    try (var server = PeerServer.start(connection -> {
          connection.readHead();
          answer(connection, "413 Too large");
        });
        var agent = HttpAgent.create()) {
      Body never = Body.of(
          () -> {
            throw new IOException("nobody asked for it");
          },
          "video/mp4");
      HttpRequest upload =
          HttpRequest.post(url(server)).header("Expect", "100-continue").body(never);

      assertThat(agent.send(upload).status()).isEqualTo(413);
    }
  }

  @Test
  void sendsTheBodyToAServerThatSaysNothing() throws Exception {
    try (var server = RawServer.answering(Answers.ok("got it"))) {
      Duration moment = Duration.ofMillis(50);

      // docs: http-continue-timeout
      HttpOptions options = HttpOptions.builder().continueTimeout(moment).build();
      HttpAgent agent = HttpAgent.builder().options(options).build();
      // end: http-continue-timeout

      try (agent) {
        HttpRequest upload = HttpRequest.post(Answers.origin(server))
            .header("Expect", "100-continue")
            .body(Body.of("film", "video/mp4"));
        assertThat(agent.send(upload).text()).isEqualTo("got it");
      }
    }
  }

  @Test
  void hearsAnAnswerThatComesEarly() throws Exception {
    try (var server = PeerServer.start(connection -> {
          connection.readHead();
          answer(connection, "401 Who");
        });
        var agent = HttpAgent.create()) {
      Body endless = Body.of(new Zeros(), "video/mp4");

      assertThat(agent.send(HttpRequest.post(url(server)).body(endless)).status())
          .isEqualTo(401);
    }
  }

  /** A stream without an end. */
  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }

  @Test
  void hearsInterimResponses() throws Exception {
    try (var server = PeerServer.start(connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
      answer(connection, "200 OK");
    })) {
      String url = url(server);

      // docs: http-interim
      HttpOptions options = HttpOptions.builder()
          .interimListener((status, headers) ->
              System.out.println(status + " " + headers.first("Link").orElse("")))
          .build();
      HttpAgent agent = HttpAgent.builder().options(options).build();
      // end: http-interim

      try (agent) {
        assertThat(agent.get(url).status()).isEqualTo(200);
      }
      assertThat(printed.lines()).containsExactly("103 </style.css>; rel=preload");
    }
  }

  @Test
  void speaksAnotherProtocol() throws Exception {
    try (var server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(
              "HTTP/1.1 101 Switching\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
          connection.write(connection.read(5));
          connection.awaitClosedByPeer(SOON);
        });
        var agent = HttpAgent.create()) {
      String url = url(server);

      // docs: http-upgrade
      HttpRequest request =
          HttpRequest.get(url).header("Connection", "Upgrade").header("Upgrade", "echo");
      HttpResponse response = agent.send(request);
      if (response.status() == 101) {
        try (Wire wire = response.wire()) {
          wire.output().write("hello".getBytes(StandardCharsets.UTF_8));
          System.out.println(new String(wire.input().read(5), StandardCharsets.UTF_8));
        }
      } else {
        System.out.println("no upgrade: " + response.status());
      }
      // end: http-upgrade

      assertThat(printed.lines()).containsExactly("hello");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void leavesTheWireToItsOwner() throws Exception {
    try (var server = PeerServer.start(connection -> {
      connection.readHead();
      connection.write("HTTP/1.1 101 Switching\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
      connection.write(connection.read(5));
      connection.awaitClosedByPeer(SOON);
    })) {
      HttpResponse response;
      try (var agent = HttpAgent.create()) {
        response = agent.send(
            HttpRequest.get(url(server)).header("Connection", "Upgrade").header("Upgrade", "echo"));
      }

      try (Wire wire = response.wire()) {
        wire.output().write("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(wire.input().read(5)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void hasNoWireWithoutAnUpgrade() throws Exception {
    try (var server = RawServer.answering(Answers.ok("plain"));
        var agent = HttpAgent.create()) {
      HttpResponse response = agent.send(HttpRequest.get(Answers.origin(server))
          .header("Connection", "Upgrade")
          .header("Upgrade", "echo"));

      assertThat(response.text()).isEqualTo("plain");
      assertThatIllegalStateException().isThrownBy(response::wire);
    }
  }
}
