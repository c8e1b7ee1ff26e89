package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.line.LineClient;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that a program drops without a close loses its connection when the next one is made. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DroppedClientTest {
  private static final int COUNT = 20;

  private final CountDownLatch closed = new CountDownLatch(COUNT);

  /** What is dropped, after one request. */
  enum Client {
    WIRE,
    LINES,
    HTTP,
    AGENT;

    void dropAfterUse(Endpoint endpoint) throws IOException {
      switch (this) {
        case WIRE -> {
          Wire wire = Dialer.builder().build().dial(endpoint);
          wire.output().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          assertThat(wire.input().read()).isEqualTo('H');
        }
        case LINES -> {
          LineClient lines = new LineClient(endpoint);
          lines.writeLine("GET / HTTP/1.1");
          lines.writeLine("");
          assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
        }
        case HTTP -> assertThat(new HttpClient(endpoint).get("/").text()).isEqualTo("kept");
        case AGENT ->
          assertThat(HttpAgent.create().get("http://" + endpoint).text()).isEqualTo("kept");
      }
    }
  }

  private void answer(PeerConnection connection) throws Exception {
    if (connection.readHead() != null) {
      connection.write(Answers.text("kept"));
      connection.awaitClosedByPeer(Duration.ofSeconds(50));
      closed.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void isClosedWhenTheNextConnectionIsMade(Client client) throws Exception {
    try (PeerServer server = PeerServer.start(this::answer)) {
      for (int i = 0; i < COUNT; i++) {
        client.dropAfterUse(server.endpoint());
      }

      // The collector runs when it likes.
      Deadline end = Deadline.after(Duration.ofSeconds(40), Phase.CALL);
      do {
        assertThat(end.isExpired()).isFalse();
        System.gc();
        Dialer.standard().dial(server.endpoint()).close();
      } while (!closed.await(10, TimeUnit.MILLISECONDS));
    }
  }

  /** Whoever holds a stream of a client holds its connection. */
  @Test
  void keepsItsConnectionWhileItsStreamIsHeld() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
      connection.write("a");
      looked.await();
      connection.write("b");
      connection.hold();
    })) {
      try (InputStream stream = Dialer.standard().dial(server.endpoint()).input()) {
        assertThat(stream.read()).isEqualTo('a');
        for (int i = 0; i < 5; i++) {
          System.gc();
          Dialer.standard().dial(server.endpoint()).close();
        }
        looked.countDown();

        assertThat(stream.read()).isEqualTo('b');
      }
    }
  }
}
