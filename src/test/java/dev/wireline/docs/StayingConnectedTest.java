package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.LineClient;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/guide/staying-connected.md. */
@Timeout(60)
class StayingConnectedTest {
  private static volatile boolean stopped;

  // docs: staying-listen
  static void listen(LineClient chat, Consumer<String> heard) throws IOException {
    while (!stopped) {
      chat.pollLine(Duration.ofMinutes(2)).ifPresent(heard);
    }
  }
  // end: staying-listen

  @Test
  void dialsAgainWhereABalancerHungUp() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var server = PeerServer.start(connection -> {
          heard.add(connection.readLine());
          if (connection.number() > 1) {
            connection.hold();
          }
        });
        var metrics = new Metrics(server.endpoint().toString())) {
      metrics.send("load", 1, Instant.EPOCH);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("load 1 0");
      while (metrics.isQuiet()) {
        Caller.pause();
      }

      metrics.send("load", 2, Instant.EPOCH);

      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("load 2 0");
    }
  }

  @Test
  void stopsAListener() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var server = PeerServer.start(connection -> {
          connection.write("hello\r\n");
          connection.write(connection.readLine() + "\r\n");
        });
        var chat = new LineClient(server.endpoint())) {
      Caller<Boolean> listening = Caller.start(() -> {
        listen(chat, heard::add);
        return true;
      });
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");

      // docs: staying-stop
      stopped = true;
      chat.wakeup();
      // end: staying-stop

      assertThat(listening.result()).isTrue();
      chat.writeLine("still there");
      assertThat(chat.readLine()).isEqualTo("still there");
    }
  }

  @Test
  void sharesAConnection() throws Exception {
    try (var server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("* somebody came\r\n7 joe@example.org\r\n");
          connection.hold();
        });
        var client = new LineClient(server.endpoint())) {

      // docs: staying-calls
      Multiplexer<String> calls = Multiplexer.of(client, client::readLine, line -> {
        String first = line.substring(0, Math.max(0, line.indexOf(' ')));
        return first.equals("*") ? Optional.empty() : Optional.of(first);
      });
      String answer = calls.call("7", Message.of().line("7 LOOKUP joe"), Duration.ofSeconds(30));
      Optional<String> news = calls.nextEvent(Duration.ofSeconds(30));
      // end: staying-calls

      assertThat(answer).isEqualTo("7 joe@example.org");
      assertThat(news).contains("* somebody came");
    }
  }
}
