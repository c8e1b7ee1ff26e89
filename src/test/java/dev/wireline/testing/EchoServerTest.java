package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EchoServerTest {

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  @Test
  void echoesBytesAsTheyCome() throws Exception {
    try (EchoServer server = EchoServer.start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("no line end");

      assertThat(client.read(11)).isEqualTo("no line end");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void putsAPrefixBeforeEachLine() throws Exception {
    try (EchoServer server = EchoServer.start("Echo=>");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("one\r\ntwo\nthree");
      client.shutdownOutput();

      assertThat(client.readAll()).isEqualTo("Echo=>one\r\nEcho=>two\nEcho=>three");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void echoesOverTls() throws Exception {
    try (EchoServer server = EchoServer.builder().prefix("> ").tls().start();
        PlainClient client = PlainClient.connect(server.endpoint(), server.clientContext())) {
      client.send("hello\n");

      assertThat(client.readLine()).isEqualTo("> hello\n");
    }
  }

  @Test
  void echoesOverAUnixSocket() throws Exception {
    try (EchoServer server = EchoServer.builder().prefix("> ").unix().start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("hello\n");

      assertThat(client.readLine()).isEqualTo("> hello\n");
    }
  }

  @Test
  void carriesMoreThanAnyBufferHolds() throws Exception {
    String much = "0123456789abcdef".repeat(1000);
    try (EchoServer server = EchoServer.builder().tls().start();
        PlainClient client = PlainClient.connect(server.endpoint(), server.clientContext())) {
      for (int i = 0; i < 20; i++) {
        client.send(much);
        assertThat(client.read(much.length())).isEqualTo(much);
      }
    }
  }
}
