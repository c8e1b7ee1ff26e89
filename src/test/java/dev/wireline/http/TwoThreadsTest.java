package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second thread on a client is told so at once, and disturbs nothing. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class TwoThreadsTest {

  /** Sends a part, waits to be told, and sends the rest. */
  private static PeerServer inTwoParts(String first, String rest, CountDownLatch told)
      throws Exception {
    return PeerServer.start(connection -> {
      connection.readHead();
      connection.write(first);
      told.await();
      connection.write(rest);
      while (connection.readHead() != null) {
        connection.write(Answers.text("next"));
      }
    });
  }

  @Test
  void isRefusedWhileAnotherWaitsForAResponse() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server =
            inTwoParts("HTTP/1.1 ", "200 OK\r\nContent-Length: 2\r\n\r\nok", told);
        HttpClient client = new HttpClient(server.endpoint())) {
      Caller<String> caller = Caller.start(() -> client.get("/").text()).awaitSelecting();

      assertThatThrownBy(() -> client.get("/")).isInstanceOf(IllegalStateException.class);
      told.countDown();

      assertThat(caller.result()).isEqualTo("ok");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isRefusedWhileAnotherReadsABody() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = inTwoParts(Answers.head(5) + "he", "llo", told);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      InputStream body = response.body();
      Caller<byte[]> caller = Caller.start(body::readAllBytes).awaitSelecting();

      assertThatThrownBy(body::read).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> body.read(new byte[9])).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(response::discard).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(client::readLine).isInstanceOf(IllegalStateException.class);
      told.countDown();

      assertThat(caller.result()).asString().isEqualTo("hello");
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isRefusedWhileAnotherReadsABodyWhole() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server =
            inTwoParts(Answers.chunkedHead() + "2\r\nhe", "\r\n3\r\nllo\r\n0\r\n\r\n", told);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      Caller<String> caller = Caller.start(response::text).awaitSelecting();

      assertThatThrownBy(response::bytes).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> client.get("/")).isInstanceOf(IllegalStateException.class);
      told.countDown();

      assertThat(caller.result()).isEqualTo("hello");
      assertThat(response.text()).isEqualTo("hello");
    }
  }
}
