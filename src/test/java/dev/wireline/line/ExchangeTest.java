package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** An exchange ends whole or breaks the connection; and what a subclass may do besides. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ExchangeTest {

  /** What a client says and hears. */
  interface Steps {
    Object run(Asking client) throws IOException;
  }

  /** A client that runs whatever steps as one exchange. */
  private static final class Asking extends LineClient {
    private boolean refusing;
    private final List<String> uses = new ArrayList<>();

    Asking(Endpoint endpoint) {
      super(endpoint, LineOptions.standard());
    }

    Object ask(Steps steps) throws IOException {
      return exchange(() -> steps.run(this));
    }

    PeerProtocolException nonsense(String line) {
      return malformed("an answer is a number", line);
    }

    ReplyException no(String line) {
      return refused(line);
    }

    @Override
    protected void beforeUse() {
      uses.add("use");
      if (refusing) {
        throw new IllegalStateException("not now");
      }
    }
  }

  @Test
  void givesWhatItsStepsGive() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      Object answer = client.ask(asking -> {
        asking.writeLine("42");
        return asking.readLine();
      });

      assertThat(answer).isEqualTo("42");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void staysOpenAfterAProperNo() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      ReplyException thrown = catchThrowableOfType(
          ReplyException.class,
          () -> client.ask(asking -> {
            asking.writeLine("ERR \u0007 no");
            throw asking.no(asking.readLine());
          }));

      assertThat(thrown.reply()).isEqualTo("ERR \u0007 no");
      assertThat(thrown.endpoint()).isEqualTo(server.endpoint());
      assertThat(thrown)
          .hasMessageStartingWith("reading an answer from " + server.endpoint())
          .hasMessageContaining("\"ERR \\x07 no\"")
          .hasMessageContaining("[READ, connection still usable]");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  private static Object throwing(Exception e) throws IOException {
    if (e instanceof IOException checked) {
      throw checked;
    }
    throw (RuntimeException) e;
  }

  static final List<Arguments> HALF_WAY = List.of(
      Arguments.of("a parse error behind a write", (Steps) client -> {
        client.writeLine("12x");
        return Integer.parseInt(client.readLine());
      }),
      Arguments.of("nonsense behind a read", (Steps) client -> {
        client.writeLine("what?");
        throw client.nonsense(client.readLine());
      }),
      Arguments.of("an I/O failure of the caller's own behind a write", (Steps) client -> {
        client.writeLine("x");
        return throwing(new IOException("disk full"));
      }),
      Arguments.of("a refused second line", (Steps) client -> {
        client.writeLine("x");
        client.writeLine("y\r");
        return "";
      }),
      Arguments.of("a failure behind an empty look", (Steps) client -> {
        client.writeLine("x");
        client.readLine();
        client.pollLine(Duration.ZERO);
        return throwing(new UncheckedIOException(new IOException("no")));
      }),
      Arguments.of("a failure behind a write to the stream", (Steps) client -> {
        client.output().write('x');
        return throwing(new IOException("no"));
      }),
      Arguments.of("a failure behind a read from the stream", (Steps) client -> {
        client.input().available();
        return throwing(new IOException("no"));
      }),
      Arguments.of("a failure behind a use of the wire", (Steps) client -> {
        client.wire().output().write('x');
        return throwing(new IOException("no"));
      }),
      Arguments.of("a failure behind the end of what is sent", (Steps) client -> {
        client.shutdownOutput();
        return throwing(new IOException("no"));
      }),
      Arguments.of("an exchange within", (Steps) client -> {
        client.ask(inner -> {
          inner.writeLine("x");
          return "";
        });
        return throwing(new IllegalStateException("no"));
      }));

  @ParameterizedTest(name = "{0}")
  @FieldSource("HALF_WAY")
  void breaksTheConnectionHalfWay(String name, Steps steps) throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.connect();

      Exception thrown = catchThrowableOfType(Exception.class, () -> client.ask(steps));

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> client.writeLine("y"))
          .havingCause()
          .isSameAs(thrown);
    }
  }

  @Test
  void breaksTheConnectionAtNonsenseThatCameThroughAKeptStream() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      var in = client.input();
      client.writeLine("x");

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> client.ask(asking -> {
            throw asking.nonsense(String.valueOf((char) in.read()));
          }));

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksTheConnectionAtAnErrorToo() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      AssertionError error = new AssertionError("no");

      assertThatThrownBy(() -> client.ask(asking -> {
            asking.writeLine("x");
            throw error;
          }))
          .isSameAs(error);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  static final List<Arguments> NOT_BEGUN = List.of(
      Arguments.of("a refused line", (Steps) client -> {
        client.writeLine("x\n");
        return "";
      }),
      Arguments.of("a refused third line", (Steps) client -> {
        client.writeLines("x", "y", "z\n");
        return "";
      }),
      Arguments.of("a refused argument", (Steps)
          client -> throwing(new IllegalArgumentException("a key has no space"))),
      Arguments.of("a refused line behind a connect", (Steps) client -> {
        client.connect();
        client.writeLine("x\n");
        return "";
      }),
      Arguments.of("a refused count", (Steps) client -> client.read(-1)),
      Arguments.of(
          "a file that is not there", (Steps) client -> throwing(new IOException("no such file"))),
      Arguments.of("a refusal of the client's own", (Steps) client -> {
        client.refusing = true;
        try {
          return client.readLine();
        } finally {
          client.refusing = false;
        }
      }));

  @ParameterizedTest(name = "{0}")
  @FieldSource("NOT_BEGUN")
  void keepsTheConnectionWhenNothingWasBegun(String name, Steps steps) throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.writeLine("before");
      assertThat(client.readLine()).isEqualTo("before");

      assertThat(catchThrowableOfType(Exception.class, () -> client.ask(steps))).isNotNull();

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      client.writeLine("after");
      assertThat(client.readLine()).isEqualTo("after");
    }
  }

  @Test
  void keepsTheConnectionWhenThePeerProperlySaysNo() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      Refusal thrown = catchThrowableOfType(
          Refusal.class,
          () -> client.ask(asking -> {
            asking.writeLine("no");
            throw new Refusal(asking.endpoint(), asking.readLine());
          }));

      assertThat(thrown).hasMessageContaining("the peer said \"no\"");
      assertThat(thrown.connectionUsable()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  /** How a protocol of one's own reports that the peer answered, and the answer is no. */
  private static final class Refusal extends WirelineException {
    private static final long serialVersionUID = 1;

    Refusal(Endpoint endpoint, String said) {
      super(endpoint, new Activity(Phase.READ, "asking"), "the peer said " + quoted(said), true);
    }
  }

  @Test
  void breaksOnALineThatCannotBeDecodedForTheRestIsNotTheNextAnswer() throws Exception {
    try (PeerServer server = PeerServer.start(
            connection -> connection.write(new byte[] {(byte) 0xFF, '\r', '\n', 'x'}));
        Asking client = new Asking(server.endpoint())) {
      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, () -> client.ask(Asking::readLine));

      assertThat(thrown.connectionUsable()).isFalse();
      assertThat(thrown).hasMessageContaining("a line must be text in UTF-8");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void staysNewWhenTheDialWithinFails() throws Exception {
    Endpoint endpoint;
    try (EchoServer server = EchoServer.start()) {
      endpoint = server.endpoint();
    }
    try (Asking client = new Asking(endpoint)) {
      assertThatExceptionOfType(ConnectionRefusedException.class)
          .isThrownBy(() -> client.ask(Asking::readLine));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void quotesAndCutsTheNonsense() {
    try (Asking client = new Asking(Endpoint.tcp("peer.test", 1))) {
      PeerProtocolException nonsense = client.nonsense("\u001B[2J" + "x".repeat(100));

      assertThat(nonsense)
          .hasMessage(
              "reading an answer from peer.test:1: an answer is a number, but got \"\\x1b[2J"
                  + "x".repeat(76) + "\"... (104 characters) [READ, connection closed]");
      assertThat(nonsense.rule()).isEqualTo("an answer is a number");
      assertThat(nonsense.connectionUsable()).isFalse();
    }
  }

  @Test
  void asksItsSubclassBeforeEachUse() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.connect();
      client.wire();
      client.state();
      client.endpoint();
      assertThat(client.uses).isEmpty();

      client.writeLine("a");
      client.writeLine(new byte[] {'b'});
      client.writeLines("c", "d");
      client.readLine();
      client.readLineBytes();
      client.readLineOrEnd();
      client.pollLine(Duration.ofSeconds(20));
      client.read(0);
      client.input();
      client.output();
      client.shutdownOutput();
      client.readToEnd();
      assertThat(client.uses).hasSize(12);

      client.refusing = true;
      assertThatIllegalStateException().isThrownBy(client::readLine).withMessage("not now");
      client.refusing = false;
      assertThat(client.readLineOrEnd()).isEmpty();
    }
  }

  @Test
  void refusesBeforeItDials() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.refusing = true;

      assertThatIllegalStateException().isThrownBy(() -> client.writeLine("x"));
      assertThatIllegalArgumentException().isThrownBy(() -> client.read(-1));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void breaksWhenItFailsBehindABlockThatWasOpenedBefore() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.writeLine("12345");
      InputStream block = Blocks.of(client).open(5);

      assertThatIllegalStateException()
          .isThrownBy(() -> client.ask(asking -> {
            block.readAllBytes();
            throw new IllegalStateException("half way");
          }));

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void refusesASecondThreadBeforeAnythingLeaves() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(peer -> {
          String line = peer.readLine();
          asked.countDown();
          refused.await();
          peer.write(line + " " + peer.readLine() + "\r\n");
          peer.hold();
        });
        Asking client = new Asking(server.endpoint())) {
      Caller<Object> first = Caller.start(
          ThreadKind.PLATFORM,
          () -> client.ask(asking -> {
            asking.writeLine("one");
            asking.writeLine(await(refused));
            return asking.readLine();
          }));
      asked.await();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.ask(asking -> {
            asking.writeLine("two");
            return asking.readLine();
          }))
          .withMessageContaining("another thread is in an exchange");
      refused.countDown();

      assertThat(first.result()).isEqualTo("one end");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  private static String await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "end";
  }

  @Test
  void refusesAnExchangeBesideAReaderBeforeAnythingLeaves() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      client.connect();
      Caller<String> reader =
          Caller.start(() -> client.pollLine(Duration.ofSeconds(50)).orElse("nothing"));
      reader.awaitWaiting();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.ask(asking -> {
            asking.writeLine("asked");
            return asking.readLine();
          }))
          .withMessageContaining("another thread is reading");

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      client.writeLine("said");
      assertThat(reader.result()).isEqualTo("said");
    }
  }

  @Test
  void keepsAnAnswerFromAnotherReader() throws Exception {
    try (EchoServer server = EchoServer.start();
        Asking client = new Asking(server.endpoint())) {
      Object answer = client.ask(asking -> {
        asking.writeLine("asked");
        Caller<String> reader = Caller.start(client::readLine);
        assertThatThrownBy(reader::result)
            .hasCauseInstanceOf(IllegalStateException.class)
            .hasMessageContaining("another thread is reading");
        return asking.readLine();
      });

      assertThat(answer).isEqualTo("asked");
      client.writeLine("free");
      assertThat(Caller.start(client::readLine).result()).isEqualTo("free");
    }
  }

  @Test
  void breaksAtAnErrorOfAListenerThatLosesALine() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("one\r\ntwo\r\n");
          peer.hold();
        });
        Asking client = new Asking(server.endpoint())) {
      AssertionError error = new AssertionError("no");
      Transcript.of(client).tell(line -> {
        throw error;
      });

      assertThatThrownBy(client::readLine).isSameAs(error);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(error);
    }
  }
}
