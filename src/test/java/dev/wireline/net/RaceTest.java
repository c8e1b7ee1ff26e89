package dev.wireline.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The race between the addresses of one name (RFC 8305). */
@Timeout(60)
class RaceTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "4a, 4a",
    "6a, 6a",
    "4a 4b, 4a 4b",
    "4a 6a, 6a 4a",
    "4a 4b 4c 6a, 6a 4a 4b 4c",
    "6a 6b 6c 4a, 6a 4a 6b 6c",
    "4a 4b 6a 6b, 6a 4a 6b 4b",
  })
  void takesIpv6AndIpv4InTurn(String given, String expected) throws Exception {
    List<InetAddress> addresses = new ArrayList<>();
    for (String name : given.isEmpty() ? new String[0] : given.split(" ")) {
      addresses.add(InetAddress.getByAddress(name, new byte[name.startsWith("6") ? 16 : 4]));
    }

    List<InetSocketAddress> turns = Race.inTurn(addresses, 80);

    assertThat(turns.stream().map(InetSocketAddress::getHostString))
        .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void doesNotWaitForABlackHole() throws Exception {
    try (BlackHole hole = BlackHole.tcp("127.0.0.2");
        ServerSocket good = listen("127.0.0.3", hole.port());
        Wire wire = dial(hole.port(), "127.0.0.2", "127.0.0.3")) {

      assertThat(wire.remoteAddress()).contains(good.getLocalSocketAddress());
      assertThat(wire.isOpen()).isTrue();
    }
  }

  @Test
  void goesOnAtOnceWhenAnAddressRefuses() throws Exception {
    try (ServerSocket good = listen("127.0.0.3", 0);
        Wire wire = dial(good.getLocalPort(), "127.0.0.2", "127.0.0.4", "::1", "127.0.0.3")) {

      assertThat(wire.remoteAddress()).contains(good.getLocalSocketAddress());
    }
  }

  @Test
  void takesAnEarlierAttemptThatAnswersLate() throws Exception {
    try (BlackHole first = BlackHole.tcp("127.0.0.2")) {
      Endpoint peer = Endpoint.tcp("server.test", first.port());
      Dialer dialer = Dialer.builder()
          .resolver(Names.of("127.0.0.2", "127.0.0.3"))
          .connectTimeout(Duration.ofSeconds(50))
          .build();
      Caller<Wire> dial = Caller.start(() -> dialer.dial(peer)).awaitWaiting();

      first.makeRoom();

      try (Wire wire = dial.result()) {
        assertThat(wire.remoteAddress()).contains(new InetSocketAddress("127.0.0.2", first.port()));
      }
    }
  }

  @Test
  void closesTheAttemptsThatLost() throws Exception {
    long before = Leftovers.descriptors();
    try (BlackHole hole = BlackHole.tcp("127.0.0.2");
        ServerSocket good = listen("127.0.0.3", hole.port())) {
      long listening = Leftovers.descriptors();

      Wire wire = dial(hole.port(), "127.0.0.2", "127.0.0.3");

      assertThat(good.isBound()).isTrue();
      assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(listening + 1);
      wire.close();
      assertThat(Leftovers.descriptors()).isEqualTo(listening);
    }
    assertThat(Leftovers.descriptors()).isEqualTo(before);
  }

  @Test
  void carriesEveryAttemptWhenTheDeadlineEndsIt() throws Exception {
    try (BlackHole hole = BlackHole.tcp("127.0.0.2")) {
      Endpoint peer = Endpoint.tcp("server.test", hole.port());
      StoppedClock clock = new StoppedClock();
      Dialer dialer = clock
          .dialer()
          // TCP to a group fails before any wait, so the only one is for the silent address.
          .resolver(Names.of("224.0.0.3", "224.0.0.4", "127.0.0.2"))
          .connectTimeout(Duration.ofMillis(100))
          .build();
      Caller<Wire> dial = Caller.start(() -> dialer.dial(peer)).awaitWaiting(Race.class);

      // The look-up and the failures have come, however long they took.
      clock.advance(Duration.ofMillis(100));
      DeadlineExceededException thrown = dial.failure(DeadlineExceededException.class);

      assertThat(thrown.phase()).isEqualTo(Phase.CONNECT);
      assertThat(thrown.getSuppressed())
          .extracting(Throwable::getMessage)
          .satisfiesExactly(
              failed -> assertThat(failed).startsWith("224.0.0.3:"),
              failed -> assertThat(failed).startsWith("224.0.0.4:"),
              silent -> assertThat(silent).startsWith("127.0.0.2:").contains("no answer after"));
    }
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    return new ServerSocket(port, 5, Names.address(address));
  }

  private static Wire dial(int port, String... addresses) throws IOException {
    return Dialer.builder()
        .resolver(Names.of(addresses))
        .build()
        .dial(Endpoint.tcp("server.test", port));
  }
}
