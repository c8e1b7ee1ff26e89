package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of connections that were dropped. */
@Timeout(60)
class UnclosedTest {
  private static final Endpoint ENDPOINT = Endpoint.tcp("server.test", 7);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Unclosed unclosed = new Unclosed(told::add);

  private Unclosed.Watch drop(SocketTransport transport) {
    return unclosed.watch(Dialer.standard().wire(ENDPOINT), transport);
  }

  private static SocketTransport transport() throws IOException {
    return new SocketTransport(SocketChannel.open());
  }

  /** The collector runs when it likes. */
  private void collectUntilClosed(SocketTransport transport) {
    Deadline end = Deadline.after(Duration.ofSeconds(30), Phase.CALL);
    while (!transport.isClosed()) {
      assertThat(end.isExpired()).isFalse();
      System.gc();
      unclosed.closeDropped();
    }
  }

  @Test
  void namesAPlaceOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      SocketTransport transport = transport();
      drop(transport);
      collectUntilClosed(transport);
    }

    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("the connection to server.test:7, made by ")
        .contains(".java:")
        .contains("Close every client and agent");
  }

  @Test
  void saysNothingOfWhatWasClosed() throws Exception {
    SocketTransport closed = transport();
    SocketTransport dropped = transport();
    drop(closed).end();
    drop(dropped);

    collectUntilClosed(dropped);

    assertThat(closed.isClosed()).isFalse();
    closed.close();
    assertThat(told).hasSize(1);
  }

  @Test
  void closesTheTransportThatCameLast() throws Exception {
    SocketTransport plain = transport();
    SocketTransport secured = transport();
    drop(plain).transport(secured);

    collectUntilClosed(secured);

    assertThat(plain.isClosed()).isFalse();
    plain.close();
  }
}
