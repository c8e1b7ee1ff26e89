package dev.wireline.net;

import static dev.wireline.net.Datagrams.bytes;
import static dev.wireline.net.Datagrams.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams that nobody answers, and requests that several datagrams answer. */
@Timeout(60)
class DatagramCollectTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final DatagramOptions QUICK = DatagramOptions.builder()
      .firstWait(Duration.ofMillis(20))
      .maxWait(Duration.ofMillis(100))
      .maxTries(20)
      .build();

  private long before;

  @BeforeEach
  void count() throws IOException {
    before = Leftovers.descriptors();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Leftovers.descriptors()).isEqualTo(before);
    assertThat(Leftovers.threadsOfTheLibrary()).isEmpty();
  }

  @Test
  void sendsOnceAndIsDone() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of());
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      client.send(bytes("one"));
      client.send(bytes("two"));

      server.awaitRequests(2, LONG);
      assertThat(server.requests()).extracting(Datagrams::text).containsExactly("one", "two");
    }
  }

  @Test
  void sendsAlthoughNobodyListens() throws IOException {
    try (var client = new DatagramClient("127.0.0.1:" + closedPort())) {
      client.send(bytes("lost"));
      client.send(bytes("lost too"));
    }
  }

  @Test
  void tellsOfANameThatItCannotSendTo() {
    try (var client = new DatagramClient("peer.test:9", noRoute())) {
      assertThatThrownBy(() -> client.send(bytes("x"))).isInstanceOf(ConnectFailedException.class);
    }
  }

  /** An address that is for no datagrams: the system refuses it at once. */
  private static DatagramOptions noRoute() {
    return DatagramOptions.builder()
        .resolver(host -> List.of(InetAddress.getByName("255.255.255.255")))
        .build();
  }

  @Test
  void sendsNothingWhenClosedOrInterrupted() {
    var client = new DatagramClient("127.0.0.1:9");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.send(bytes("x"))).isInstanceOf(CallInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();

    client.close();

    assertThatThrownBy(() -> client.send(bytes("x"))).isInstanceOf(ClientClosedException.class);
  }

  @Test
  void collectsAsManyAsAreEnough() throws IOException {
    try (var server = DatagramServer.answering(DatagramCollectTest::threeParts);
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      List<byte[]> parts = client.collect(bytes("all"), LONG, 3, datagram -> true);

      assertThat(parts).extracting(Datagrams::text).containsExactly("1/3", "2/3", "3/3");
    }
  }

  @Test
  void collectsWhatCameInTime() throws IOException {
    try (var server = DatagramServer.answering(DatagramCollectTest::threeParts);
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      List<byte[]> parts =
          client.collect(bytes("all"), Duration.ofMillis(300), 10, datagram -> true);

      assertThat(parts).extracting(Datagrams::text).startsWith("1/3").doesNotContain("all");
      assertThat(server.requests()).as("a peer that answers is not asked again").hasSize(1);
    }
  }

  @Test
  void passesOverWhatIsNotWanted() throws IOException {
    try (var server = DatagramServer.answering(DatagramCollectTest::threeParts);
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      List<byte[]> parts =
          client.collect(bytes("all"), LONG, 1, datagram -> text(datagram).startsWith("2"));

      assertThat(parts).extracting(Datagrams::text).containsExactly("2/3");
    }
  }

  @Test
  void asksAgainUntilTheFirstHasCome() throws IOException {
    try (var server = DatagramServer.builder()
            .answers(DatagramCollectTest::threeParts)
            .dropFirst(2)
            .start();
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      assertThat(client.collect(bytes("all"), LONG, 3, datagram -> true)).hasSize(3);
    }
  }

  @Test
  void collectsNothingFromAPeerThatIsSilent() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of());
        var client = new DatagramClient(server.endpoint(), QUICK)) {
      assertThat(client.collect(bytes("all"), Duration.ofMillis(100), 3, datagram -> true))
          .isEmpty();
    }
  }

  @Test
  void tellsOfARefusalBeforeAnythingCame() throws IOException {
    try (var client = new DatagramClient("127.0.0.1:" + closedPort(), QUICK)) {
      assertThatThrownBy(() -> client.collect(bytes("all"), LONG, 3, datagram -> true))
          .isInstanceOf(ConnectionRefusedException.class);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    try (var client = new DatagramClient("127.0.0.1:9")) {
      assertThatIllegalArgumentException().isThrownBy(() -> client.send(new byte[0]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.collect(bytes("x"), Duration.ZERO, 1, datagram -> true));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.collect(bytes("x"), LONG, 0, datagram -> true));
    }
  }

  private static List<byte[]> threeParts(byte[] request) {
    return List.of(bytes("1/3"), bytes("2/3"), bytes("3/3"));
  }

  private static int closedPort() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
