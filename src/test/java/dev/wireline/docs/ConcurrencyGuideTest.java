package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.ClientClosedException;
import dev.wireline.line.LineClient;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/design/concurrency.md. */
@Timeout(60)
class ConcurrencyGuideTest {

  // docs: listen
  /** Reads until another thread closes the client, which is the orderly end here. */
  static void listen(LineClient chat, Consumer<String> heard) throws IOException {
    try {
      while (true) {
        chat.pollLine(Duration.ofMinutes(1)).ifPresent(heard);
      }
    } catch (ClientClosedException e) {
      if (chat.state() != ConnectionState.CLOSED) {
        throw e;
      }
    }
  }
  // end: listen

  @Test
  void endsAListeningThreadByClosing() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    CompletableFuture<Void> listener;
    try (var server = ScriptedServer.play("C: HELLO\nS: welcome")) {
      try (var chat = new LineClient(server.endpoint())) {
        chat.connect();
        listener = CompletableFuture.runAsync(() -> listenUnchecked(chat, heard::add));

        chat.writeLine("HELLO");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("welcome");
      }

      assertThat(listener.get(10, TimeUnit.SECONDS)).isNull();
    }
  }

  private static void listenUnchecked(LineClient chat, Consumer<String> heard) {
    try {
      listen(chat, heard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
