package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The step right after dialling. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class GreetTest {

  /** What a greeting says. */
  interface Steps {
    void run(LineClient client) throws IOException;
  }

  /** A client that greets. */
  private static final class Greeting extends LineClient {
    private final AtomicInteger greetings = new AtomicInteger();
    private final Steps steps;

    Greeting(Endpoint endpoint, Steps steps) {
      super(endpoint, LineOptions.standard());
      this.steps = steps;
    }

    @Override
    protected void greet() throws IOException {
      greetings.incrementAndGet();
      steps.run(this);
    }

    PeerProtocolException wrong(String line) {
      return malformed("a greeting starts with 220", line);
    }
  }

  private static final Steps HELLO = client -> {
    client.readLine();
    client.writeLine("HELO wire");
    client.connect();
    assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    assertThat(client.readLine()).isEqualTo("250 hello");
  };

  @Test
  void runsOnceAndBeforeAllElse() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            S: 220 ready
            C: HELO wire
            S: 250 hello
            C: one
            C: two
            """);
        Greeting client = new Greeting(server.endpoint(), HELLO)) {
      client.writeLine("one");
      client.connect();
      client.writeLine("two");

      server.verify();
      assertThat(client.greetings).hasValue(1);
    }
  }

  static final List<Throwable> FAILURES =
      List.of(new IOException("no"), new IllegalStateException("no"), new AssertionError("no"));

  @ParameterizedTest
  @FieldSource("FAILURES")
  void breaksTheClientWhenItFails(Throwable failure) throws Exception {
    Steps failing = client -> {
      client.readLine();
      if (failure instanceof IOException checked) {
        throw checked;
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw (Error) failure;
    };
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("554 no\r\n");
          connection.awaitClosedByPeer(Duration.ofSeconds(20));
        });
        Greeting client = new Greeting(server.endpoint(), failing)) {
      assertThatThrownBy(() -> client.writeLine("one")).isSameAs(failure);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(failure);
      assertThat(client.greetings).hasValue(1);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void seesItsOwnFailureInTheState() throws Exception {
    Steps careless = client -> {
      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(client::readLine);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    };
    try (PeerServer server = PeerServer.start(connection -> connection.write("22"));
        Greeting client = new Greeting(server.endpoint(), careless)) {
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::connect)
          .withCauseInstanceOf(ConnectionClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void reportsAGreetingThatMakesNoSense() throws Exception {
    Steps strict = client -> {
      String line = client.readLine();
      throw ((Greeting) client).wrong(line);
    };
    try (PeerServer server = PeerServer.start(connection -> connection.write("\u0007what?\r\n"));
        Greeting client = new Greeting(server.endpoint(), strict)) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(client::connect)
          .withMessage("reading an answer from " + server.endpoint()
              + ": a greeting starts with 220, but got \"\\x07what?\" [READ, connection closed]");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void keepsOtherThreadsWaiting() throws Exception {
    CountDownLatch greeting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Steps slow = client -> {
      greeting.countDown();
      await(go);
      assertThat(client.readLine()).isEqualTo("220 ready");
    };
    try (PeerServer server =
            PeerServer.start(connection -> connection.write("220 ready\r\nmore\r\n"));
        Greeting client = new Greeting(server.endpoint(), slow)) {
      Caller<ConnectionState> first = Caller.start(() -> {
        client.connect();
        return client.state();
      });
      await(greeting);
      Caller<String> second = Caller.start(client::readLine);
      second.awaitParked();
      go.countDown();

      assertThat(first.result()).isEqualTo(ConnectionState.OPEN);
      assertThat(second.result()).isEqualTo("more");
    }
  }

  @Test
  void isEndedByACloseFromAnotherThread() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> connection.hold());
        Greeting client = new Greeting(server.endpoint(), HELLO)) {
      Caller<String> greeting = Caller.start(client::readLine);
      server.awaitConnections(1, Duration.ofSeconds(20));
      greeting.awaitSelecting();
      Caller<String> waiting = Caller.start(client::readLine);
      waiting.awaitParked();
      close(client);

      assertThat(greeting.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(waiting.failure()).isInstanceOf(ClientClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(LineClient client) {
    client.close();
  }

  /** A client that counts the calls that it was asked about. */
  private static final class Asking extends LineClient {
    private final AtomicInteger asked = new AtomicInteger();

    Asking(Endpoint endpoint) {
      super(endpoint, LineOptions.standard());
    }

    @Override
    protected void beforeUse() {
      asked.incrementAndGet();
    }

    @Override
    protected void greet() throws IOException {
      HELLO.run(this);
    }
  }

  @Test
  void isNotAskedBeforeItsOwnCalls() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            S: 220 ready
            C: HELO wire
            S: 250 hello
            C: one
            """);
        Asking client = new Asking(server.endpoint())) {
      client.connect();
      int whileGreeting = client.asked.get();
      client.writeLine("one");

      server.verify();
      assertThat(whileGreeting).isZero();
      assertThat(client.asked).hasValue(1);
    }
  }

  @Test
  void tellsThatAProperNoGaveTheConnectionUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: +OK ready\nC: PASS x\nS: -ERR no");
        Greeting client = new Greeting(server.endpoint(), greeted -> {
          StatusReplies replies = StatusReplies.of(greeted);
          replies.expectOk();
          greeted.writeLine("PASS x");
          replies.expectOk();
        })) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> client.connect())
          .withMessageEndingWith("[READ, connection closed]")
          .satisfies(thrown -> assertThat(thrown.connectionUsable()).isFalse());
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }
}
