package dev.wireline.net;

import static dev.wireline.net.Datagrams.bytes;
import static dev.wireline.net.Datagrams.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.testing.Caller;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.Leftovers;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over UDP and their answers, whatever the network does to them. */
@Timeout(60)
class DatagramClientTest {
  /** Tries again soon, and gives up only where a test has gone wrong. */
  private static final DatagramOptions PATIENT = DatagramOptions.builder()
      .callTimeout(Duration.ofSeconds(30))
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

  static Stream<InetAddress> loopbacks() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(DatagramClientTest::isLoopback)
        .flatMap(NetworkInterface::inetAddresses);
  }

  private static boolean isLoopback(NetworkInterface candidate) {
    try {
      return candidate.isLoopback() && candidate.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("loopbacks")
  void givesTheAnswer(InetAddress address) throws Exception {
    try (var server = DatagramServer.builder().address(address).start();
        var client = new DatagramClient(server.endpoint())) {
      assertThat(text(client.ask(bytes("hello")))).isEqualTo("hello");
      assertThat(text(client.ask(bytes("again")))).isEqualTo("again");
    }
  }

  @Test
  void takesAnEndpointAsText() throws Exception {
    try (var server = DatagramServer.echo();
        var whole = new DatagramClient(server.endpoint().toString());
        var host = new DatagramClient("127.0.0.1", server.endpoint().port());
        var other = new DatagramClient("127.0.0.1", server.endpoint().port(), PATIENT)) {
      assertThat(whole.ask(bytes("a"))).containsExactly('a');
      assertThat(host.ask(bytes("b"))).containsExactly('b');
      assertThat(other.ask(bytes("c"))).containsExactly('c');
      assertThat(whole.endpoint()).isEqualTo(server.endpoint());
    }
  }

  @Test
  void sendsAgainUntilItIsHeard() throws Exception {
    try (var server = DatagramServer.builder().dropFirst(3).start();
        var client = new DatagramClient(server.endpoint(), PATIENT)) {
      byte[] answer = client.ask(bytes("hello"));

      assertThat(text(answer)).isEqualTo("hello");
      assertThat(server.requests())
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(request -> assertThat(text(request)).isEqualTo("hello"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void getsEachAnswerOverABadNetwork(long seed) throws Exception {
    var network = DatagramServer.builder().dropAtRandom(40, seed).copies(3).swap();
    try (var server = network.start();
        var client = new DatagramClient(server.endpoint(), PATIENT)) {
      for (int i = 0; i < 12; i++) {
        byte[] request = bytes("request " + i);

        assertThat(client.ask(request)).isEqualTo(request);
      }
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void takesNoLateAnswerToAnEarlierCall() throws Exception {
    try (var server = Datagrams.on("127.0.0.1");
        var client = new DatagramClient(server.endpoint())) {
      Caller<byte[]> first = Caller.start(() -> client.ask(bytes("one")));
      DatagramPacket early = server.receive();
      first.interrupt();
      first.failure(CallInterruptedException.class);
      Caller<byte[]> second = Caller.start(() -> client.ask(bytes("two")));
      DatagramPacket late = server.receive("two");

      server.answer(early, "answer to one");
      server.answer(late, "answer to two");

      assertThat(text(second.result())).isEqualTo("answer to two");
    }
  }

  @Test
  void hasAPortOfItsOwnForEachCallAndOneForItsTries() throws Exception {
    try (var server = Datagrams.on("127.0.0.1");
        var client = new DatagramClient(server.endpoint(), PATIENT)) {
      Caller<byte[]> first = Caller.start(() -> client.ask(bytes("one")));
      DatagramPacket one = server.receive();
      server.answer(one, "answer");
      first.result();
      Caller<byte[]> second = Caller.start(() -> client.ask(bytes("two")));
      DatagramPacket two = server.receive("two");
      DatagramPacket again = server.receive("two");
      server.answer(again, "answer");
      second.result();

      assertThat(two.getSocketAddress())
          .isNotEqualTo(one.getSocketAddress())
          .isEqualTo(again.getSocketAddress());
    }
  }

  @Test
  void neverSeesAStranger() throws Exception {
    List<String> seen = new ArrayList<>();
    try (var server = DatagramServer.builder().stranger(bytes("lie")).start();
        var client = new DatagramClient(server.endpoint())) {
      byte[] answer = client.ask(bytes("truth"), datagram -> {
        seen.add(text(datagram));
        return true;
      });

      assertThat(text(answer)).isEqualTo("truth");
      assertThat(seen).containsExactly("truth");
    }
  }

  @Test
  void passesOverWhatIsNoAnswer() throws Exception {
    try (var server =
            DatagramServer.answering(request -> List.of(bytes("noise"), new byte[0], request));
        var client = new DatagramClient(server.endpoint())) {
      byte[] answer = client.ask(bytes("7"), datagram -> text(datagram).equals("7"));

      assertThat(text(answer)).isEqualTo("7");
    }
  }

  @Test
  void givesAnEmptyAnswer() throws Exception {
    try (var server = DatagramServer.answering(request -> List.of(new byte[0]));
        var client = new DatagramClient(server.endpoint())) {
      assertThat(client.ask(bytes("anything?"))).isEmpty();
    }
  }

  @Test
  void carriesTheLargestDatagramBothWays() throws Exception {
    byte[] large = new byte[65507];
    large[65506] = 7;
    var options = DatagramOptions.builder().maxAnswerBytes(65507).build();
    try (var server = DatagramServer.echo();
        var client = new DatagramClient(server.endpoint(), options)) {
      assertThat(client.ask(large)).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65508})
  void refusesARequestThatNoDatagramCarries(int size) throws Exception {
    try (var server = DatagramServer.echo();
        var client = new DatagramClient(server.endpoint())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.ask(new byte[size]))
          .withMessage("a request has 1 to 65507 bytes, not " + size);

      assertThat(client.ask(bytes("x"))).containsExactly('x');
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls://server.test:853", "unix:/run/app.sock"})
  void refusesAnEndpointThatHasNoDatagrams(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatagramClient(endpoint))
        .withMessageContaining("not to " + endpoint);
  }

  @Test
  void carriesOneCallAtATime() throws Exception {
    try (var server = Datagrams.on("127.0.0.1");
        var client = new DatagramClient(server.endpoint())) {
      Caller<byte[]> first = Caller.start(() -> client.ask(bytes("one")));
      DatagramPacket request = server.receive();

      assertThatIllegalStateException().isThrownBy(() -> client.ask(bytes("two")));

      server.answer(request, "one");
      assertThat(text(first.result())).isEqualTo("one");
    }
  }

  @Test
  void throwsOnWhatTheCallersTestThrows() throws Exception {
    try (var server = DatagramServer.echo();
        var client = new DatagramClient(server.endpoint())) {
      assertThatThrownBy(() -> client.ask(bytes("x"), datagram -> {
            throw new UnsupportedOperationException("bug");
          }))
          .isInstanceOf(UnsupportedOperationException.class);

      assertThat(client.ask(bytes("y"))).containsExactly('y');
    }
  }

  @Test
  void triesTheAddressesInTurn() throws Exception {
    try (var second =
            DatagramServer.builder().address(Names.address("127.0.0.2")).start();
        var first = Datagrams.on("127.0.0.1", second.endpoint().port());
        var client = named(second.endpoint().port(), PATIENT, "127.0.0.1", "127.0.0.2")) {
      byte[] answer = client.ask(bytes("hello"));

      assertThat(text(answer)).isEqualTo("hello");
      assertThat(text(first.receive().getData())).isEqualTo("hello");
    }
  }

  @Test
  void takesALateAnswerOfAnEarlierTry() throws Exception {
    try (var second = Datagrams.on("127.0.0.2");
        var first = Datagrams.on("127.0.0.1", second.port());
        var client = named(second.port(), PATIENT, "127.0.0.1", "127.0.0.2")) {
      Caller<byte[]> call = Caller.start(() -> client.ask(bytes("hello")));
      DatagramPacket early = first.receive();
      second.receive();

      first.answer(early, "late");

      assertThat(text(call.result())).isEqualTo("late");
    }
  }

  @Test
  void goesOnToTheNextAddressWhereOneRefuses() throws Exception {
    var once = DatagramOptions.builder().maxTries(1).build();
    try (var refusing = Datagrams.refusing("127.0.0.1");
        var second = Datagrams.on("127.0.0.2", refusing.port());
        var client = named(refusing.port(), once, "127.0.0.1", "127.0.0.2")) {
      Caller<byte[]> call = Caller.start(() -> client.ask(bytes("hello")));

      second.answer(second.receive(), "welcome");

      assertThat(text(call.result())).isEqualTo("welcome");
    }
  }

  private static DatagramClient named(int port, DatagramOptions options, String... addresses)
      throws IOException {
    return new DatagramClient(
        Endpoint.tcp("server.test", port),
        options.toBuilder().resolver(Names.of(addresses)).build());
  }

  /** A late answer goes to the port of its call; the system alone would give one again soon. */
  @Test
  void asksFromNoPortOfALateCall() throws Exception {
    List<Integer> ports = new ArrayList<>();
    try (Datagrams server = Datagrams.on("127.0.0.1");
        DatagramClient client = new DatagramClient(server.endpoint())) {
      for (int i = 0; i < 1_500; i++) {
        client.send(bytes("note"));
        ports.add(server.receive().getPort());
      }
    }

    for (int i = LatePorts.KEPT; i < ports.size(); i++) {
      assertThat(ports.subList(i - LatePorts.KEPT, i)).doesNotContain(ports.get(i));
    }
  }

  @Test
  void leavesNothingOpenAfterManyCalls() throws Exception {
    try (var server = DatagramServer.builder().dropEvery(50).start();
        var client = new DatagramClient(server.endpoint(), PATIENT)) {
      long open = Leftovers.descriptors();
      for (int i = 0; i < 1000; i++) {
        client.ask(bytes("hello"));
      }

      assertThat(Leftovers.descriptors()).isEqualTo(open);
      assertThat(new HashSet<>(server.senders())).hasSizeGreaterThan(100);
    }
  }
}
