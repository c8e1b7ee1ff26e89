package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.pool.WirePool;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections cost in descriptors: one each while nothing waits. */
@Timeout(120)
class DescriptorsTest {
  /** A selector takes two on Linux; elsewhere nothing is counted. */
  private static final int RESTING = 2 * WarmKeys.MAX_RESTING;

  private final List<Wire> wires = new ArrayList<>();
  private ServerSocket server;
  private long before;

  /** Its backlog completes the connections: it needs no descriptor for any of them. */
  @BeforeEach
  void listen() throws IOException {
    before = Leftovers.descriptors();
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    wires.forEach(Wire::close);
    server.close();
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  private Endpoint endpoint() {
    return Endpoint.tcp("127.0.0.1", server.getLocalPort());
  }

  private static void await(Wire wire) throws IOException {
    Deadline soon = Deadline.after(Duration.ofNanos(100_000), Phase.READ);
    assertThat(wire.input().poll(9, soon, Activity.READING)).isZero();
  }

  @Test
  void idleClientsHoldOneEachAndAFewSelectorsInAll() throws Exception {
    for (int i = 0; i < 200; i++) {
      Wire wire = Dialer.standard().dial(endpoint());
      wires.add(wire);
      await(wire);
    }

    assertThat(Leftovers.descriptors() - before).isLessThanOrEqualTo(1 + 200 + RESTING);
  }

  @Test
  void keptConnectionsOfAPoolHoldOneEachAndAFewSelectorsInAll() throws Exception {
    PoolOptions options =
        PoolOptions.builder().maxPerEndpoint(1000).maxConnections(1000).build();
    try (WirePool pool = new WirePool(options)) {
      List<WirePool.Lease> leases = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        leases.add(pool.everybody()
            .lease(Dialer.standard(), endpoint(), Deadline.NEVER, DialListener.NONE));
        await(leases.get(i).wire());
      }
      leases.forEach(lease -> lease.release(true));

      assertThat(pool.idleConnections()).isEqualTo(1000);
      assertThat(Leftovers.descriptors() - before).isLessThanOrEqualTo(1 + 1000 + RESTING);
    }
  }

  @Test
  void connectionsThatAreUsedInTurnGoOnWaitingForInput() throws Exception {
    List<Socket> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * WarmKeys.MAX_RESTING; i++) {
        wires.add(Dialer.standard().dial(endpoint()));
        peers.add(server.accept());
      }

      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < wires.size(); i++) {
          await(wires.get(i));
          peers.get(i).getOutputStream().write(round);
          assertThat(wires.get(i).input().read()).isEqualTo(round);
        }
      }
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
    }
  }

  /** Whoever waits keeps its selector, however many come after it. */
  @Test
  void moreMayWaitThanMayRest() throws Exception {
    int count = 2 * WarmKeys.MAX_RESTING;
    List<Caller<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Wire wire = Dialer.standard().dial(endpoint());
      wires.add(wire);
      callers.add(Caller.run(ThreadKind.PLATFORM, () -> wire.input().read()));
    }

    callers.forEach(Caller::awaitSelecting);
    wires.forEach(Wire::close);

    for (Caller<Boolean> caller : callers) {
      caller.failure(ClientClosedException.class);
    }
  }
}
