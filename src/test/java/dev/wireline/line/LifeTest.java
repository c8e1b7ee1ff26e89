package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Resolver;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The life of a client: NEW, OPEN, BROKEN, CLOSED, and who dials when. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class LifeTest {

  /** A call that needs the connection. */
  interface Use {
    void use(LineClient client) throws IOException;
  }

  static final List<Arguments> USES = List.of(
      Arguments.of("connect", (Use) LineClient::connect),
      Arguments.of("writeLine", (Use) client -> client.writeLine("x")),
      Arguments.of("writeLine bytes", (Use) client -> client.writeLine(new byte[0])),
      Arguments.of("writeLines", (Use) client -> client.writeLines("x", "y")),
      Arguments.of("writeLines none", (Use) LineClient::writeLines),
      Arguments.of("readLine", (Use) LineClient::readLine),
      Arguments.of("readLineOrEnd", (Use) LineClient::readLineOrEnd),
      Arguments.of("readLineBytes", (Use) LineClient::readLineBytes),
      Arguments.of("pollLine", (Use) client -> client.pollLine(Duration.ofSeconds(20))),
      Arguments.of("pollLine now", (Use) client -> client.pollLine(Duration.ZERO)),
      Arguments.of("read", (Use) client -> client.read(1)),
      Arguments.of("read nothing", (Use) client -> client.read(0)),
      Arguments.of("readToEnd", (Use) LineClient::readToEnd),
      Arguments.of("input", (Use) LineClient::input),
      Arguments.of("output", (Use) LineClient::output),
      Arguments.of("shutdownOutput", (Use) LineClient::shutdownOutput),
      Arguments.of("wire", (Use) LineClient::wire));

  private static LineClient client(Resolver resolver, int port) {
    Dialer dialer = Dialer.builder().resolver(resolver).build();
    return new LineClient(
        Endpoint.tcp("peer.test", port), LineOptions.builder().dialer(dialer).build());
  }

  private static PeerServer answering() throws IOException {
    return PeerServer.start(connection -> connection.write("one\r\ntwo\r\nthree\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("USES")
  void dialsAtTheFirstUseAndNotBefore(String name, Use use) throws Exception {
    try (PeerServer server = answering();
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(server.connections()).isZero();

      use.use(client);

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      server.awaitConnections(1, Duration.ofSeconds(20));
    }
  }

  @Test
  void tellsAMistakeInTheFirstLinesBeforeItDialsForThem() throws Exception {
    try (PeerServer server = answering();
        LineClient client = new LineClient(server.endpoint())) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> client.writeLine("a\nb"));
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> client.writeLines("a", "b\r"));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void takesThePortOfItsProtocol() {
    Protocol chat = new Protocol("chat", 6667, "chats", 6697);

    try (LineClient plain = new LineClient("chat.test", chat);
        LineClient secure = new LineClient("tls://chat.test", chat)) {
      assertThat(plain.endpoint()).isEqualTo(Endpoint.tcp("chat.test", 6667));
      assertThat(secure.endpoint()).isEqualTo(Endpoint.tls("chat.test", 6697));
    }
  }

  @Test
  void connectsOnceHoweverOftenItIsAsked() throws Exception {
    try (PeerServer server = answering();
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      client.connect();
      client.readLine();

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("USES")
  void saysAtEachUseThatItWasClosed(String name, Use use) throws Exception {
    try (PeerServer server = answering();
        LineClient client = new LineClient(server.endpoint())) {
      // Two more lines are in memory, and stay there.
      client.readLine();
      close(client);
      close(client);

      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> use.use(client))
          .withMessageContaining(server.endpoint() + ": this client was closed [")
          .withNoCause();
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("USES")
  void saysAtEachUseThatItWasClosedBefore(String name, Use use) throws Exception {
    try (PeerServer server = answering();
        LineClient client = new LineClient(server.endpoint())) {
      close(client);

      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> use.use(client))
          .withMessage("connecting to " + server.endpoint()
              + ": this client was closed [CONNECT, no connection]");
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("USES")
  void saysAtEachUseWhatBrokeIt(String name, Use use) throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> connection.write("one\r\ntwo\r\nlonger\r\nlast\r\n"));
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().maxReadBytes(3).build())) {
      client.readLine();
      IOException first = catchThrowableOfType(IOException.class, () -> client.read(4));
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);

      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> use.use(client))
          .withMessageContaining(server.endpoint()
              + ": the connection was given up after an earlier failure ("
              + first.getMessage() + ") [")
          .havingCause()
          .isSameAs(first);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void isClosedForGoodAlsoWhenItWasBroken() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {});
        LineClient client = new LineClient(server.endpoint())) {
      IOException first = catchThrowableOfType(ConnectionClosedException.class, client::readLine);
      close(client);

      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(first);
    }
  }

  @Test
  void staysNewWhenADialFailsAndDialsAgain() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Resolver resolver = host -> {
      if (lookups.incrementAndGet() == 1) {
        throw new UnknownHostException(host);
      }
      return List.of(InetAddress.getLoopbackAddress());
    };
    try (PeerServer server = answering();
        LineClient client = client(resolver, server.port())) {
      assertThatExceptionOfType(UnresolvedHostException.class).isThrownBy(client::readLine);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);

      assertThat(client.readLine()).isEqualTo("one");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void staysNewWhenAPeerRefuses() throws Exception {
    Endpoint endpoint;
    try (PeerServer server = answering()) {
      endpoint = server.endpoint();
    }
    try (LineClient client = new LineClient(endpoint)) {
      assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(client::connect);
      assertThatExceptionOfType(ConnectionRefusedException.class)
          .isThrownBy(() -> client.writeLine("x"));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  /** A look-up that waits, so that a test may do things while a client dials. */
  private static final class SlowResolver implements Resolver {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
      asked.countDown();
      await(answered);
      return List.of(InetAddress.getLoopbackAddress());
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void dialsInOneThreadWhileTheOthersWait() throws Exception {
    SlowResolver resolver = new SlowResolver();
    try (PeerServer server = answering();
        LineClient client = client(resolver, server.port())) {
      Caller<String> dialling = Caller.start(client::readLine);
      SlowResolver.await(resolver.asked);
      List<Caller<ConnectionState>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(Caller.start(() -> {
          client.connect();
          return client.state();
        }));
      }
      for (Caller<ConnectionState> each : waiting) {
        each.awaitParked();
      }
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      resolver.answered.countDown();

      assertThat(dialling.result()).isEqualTo("one");
      for (Caller<ConnectionState> each : waiting) {
        assertThat(each.result()).isEqualTo(ConnectionState.OPEN);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void freesAThreadThatWaitsForAnothersDialAndDialsOn() throws Exception {
    SlowResolver resolver = new SlowResolver();
    try (PeerServer server = answering();
        LineClient client = client(resolver, server.port())) {
      Caller<String> dialling = Caller.start(client::readLine);
      SlowResolver.await(resolver.asked);
      Caller<String> waiting = Caller.start(() -> client.exchange(client::readLine));
      waiting.awaitParked();
      waiting.interrupt();

      assertThat(waiting.failure())
          .isInstanceOf(CallInterruptedException.class)
          .hasMessage("connecting to peer.test:" + server.port()
              + ": interrupted while another thread dialled [CONNECT, no connection]");
      assertThat(waiting.endedInterrupted()).isTrue();
      resolver.answered.countDown();
      assertThat(dialling.result()).isEqualTo("one");
    }
  }

  @Test
  void endsADialThatIsClosedMeanwhile() throws Exception {
    SlowResolver resolver = new SlowResolver();
    try (PeerServer server = answering();
        LineClient client = client(resolver, server.port())) {
      Caller<String> dialling = Caller.start(client::readLine);
      SlowResolver.await(resolver.asked);
      Caller<String> waiting = Caller.start(client::readLine);
      waiting.awaitParked();
      close(client);
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      resolver.answered.countDown();

      assertThat(dialling.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(waiting.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void givesAllThreadsTheSameConnectionAtTheirFirstUse() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold)) {
      for (int round = 1; round <= 200; round++) {
        CountDownLatch go = new CountDownLatch(1);
        try (LineClient client = new LineClient(server.endpoint())) {
          List<Caller<ConnectionState>> threads = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            threads.add(Caller.start(() -> {
              SlowResolver.await(go);
              client.connect();
              return client.state();
            }));
          }
          go.countDown();

          for (Caller<ConnectionState> each : threads) {
            assertThat(each.result()).isEqualTo(ConnectionState.OPEN);
          }
          server.awaitConnections(round, Duration.ofSeconds(20));
          assertThat(server.connections()).isEqualTo(round);
        }
      }
    }
  }

  /** A client of exchanges that do not depend on each other. */
  private static final class Restarting extends LineClient {
    Restarting(Endpoint endpoint) {
      super(endpoint, LineOptions.builder().lineEnds(LineEnds.ANY).build());
    }

    void restart() {
      hangUp();
    }
  }

  @Test
  void dialsAgainAfterItHungUpOnPurpose() throws Exception {
    try (PeerServer server = PeerServer.start(
            connection -> connection.write(connection.number() == 1 ? "one\r" : "\ntwo\r"));
        Restarting client = new Restarting(server.endpoint())) {
      client.restart();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.readLine()).isEqualTo("one");

      client.restart();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);

      // The LF is no second half of the CR on the connection before.
      assertThat(client.readLine()).isEmpty();
      assertThat(client.readLine()).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(2);
      close(client);
      client.restart();
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  private static void close(LineClient client) {
    client.close();
  }
}
