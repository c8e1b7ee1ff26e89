package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client of a protocol, whose lines are for its own exchanges. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ProtocolClientTest {
  /** A mail client in small. */
  private static final class Mail extends LineClient {
    private final Replies replies = Replies.of(this);
    private String greeting = "";

    Mail(Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    protected boolean speaksLines() {
      return false;
    }

    @Override
    protected void greet() throws IOException {
      greeting = replies.expect(220).text();
      writeLine("EHLO x");
      exchange(() -> replies.expect(250));
    }

    String greeting() throws IOException {
      return exchange(() -> greeting);
    }

    String command(String line) throws IOException {
      return exchange(() -> {
        writeLine(line);
        return exchange(() -> readLine());
      });
    }

    String ask(String line) throws IOException {
      return exchange(() -> replies.ask(line, 250).text());
    }

    void beginAgain() {
      startOver();
    }

    void end() {
      hangUp();
    }
  }

  @FunctionalInterface
  private interface RawUse {
    void on(LineClient client) throws IOException;
  }

  private static Arguments use(String name, RawUse use) {
    return arguments(name, use);
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        use("writeLine", client -> client.writeLine("x")),
        use("writeLine of bytes", client -> client.writeLine(new byte[0])),
        use("writeLines", client -> client.writeLines(List.of("x"))),
        use("readLine", LineClient::readLine),
        use("readLineOrEnd", LineClient::readLineOrEnd),
        use("readLineBytes", LineClient::readLineBytes),
        use("pollLine", client -> client.pollLine(Duration.ZERO)),
        use("read", client -> client.read(0)),
        use("readToEnd", LineClient::readToEnd),
        use("input", LineClient::input),
        use("output", LineClient::output),
        use("shutdownOutput", LineClient::shutdownOutput),
        use("startTls", LineClient::startTls),
        use("Command", client -> Command.of("VRFY").writeTo(client)),
        use("Message", client -> Message.of().line("VRFY").writeTo(client)),
        use("Replies.read", client -> Replies.of(client).read()),
        use("Replies.ask", client -> Replies.of(client).ask("VRFY", 250)),
        use("StatusReplies", client -> StatusReplies.of(client).read()),
        use("Blocks", client -> Blocks.of(client).read(1)),
        use("Blocks.readLine", client -> Blocks.of(client).readLine(1)),
        use("DotBlocks", client -> DotBlocks.of(client).read()),
        use("DotBlocks.write", client -> DotBlocks.of(client).write()),
        use("Frames", client -> Frames.endingIn(client, 0).read()),
        use("Frames.write", client -> Frames.endingIn(client, 0).write(new byte[0])),
        use("Blocks.readLength", client -> Blocks.of(client).readLength(1, ByteOrder.BIG_ENDIAN)),
        use("readLine with a bound", client -> client.readLine(9)),
        use("Expect", client -> Expect.of(client).text("x")),
        use("Pipeline", client -> {
          Pipeline pipeline = Pipeline.of(client);
          pipeline.add(Command.of("VRFY"), () -> "");
          pipeline.run();
        }),
        use(
            "Dialogue",
            client -> Dialogue.of(client).within(Duration.ofSeconds(9), () -> {
              client.writeLine("VRFY");
              return 1;
            })));
  }

  private static final String SCRIPT = """
      S: 220 mail.test
      C: EHLO x
      S: 250 hello
      C: RSET
      S: 250 ok
      C: NOOP
      S: 250 fine
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void refusesLinesFromOutsideAndNothingLeaves(String name, RawUse use) throws Exception {
    try (var server = ScriptedServer.play(SCRIPT);
        Mail mail = new Mail(server.endpoint())) {
      assertThatThrownBy(() -> use.on(mail))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Mail speaks a protocol of its own: use its methods");
      assertThat(mail.state()).isEqualTo(ConnectionState.NEW);

      assertThat(mail.command("RSET")).isEqualTo("250 ok");
      assertThatIllegalStateException().isThrownBy(() -> use.on(mail));
      assertThat(mail.ask("NOOP")).isEqualTo("fine");
      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void dialsAndGreetsBeforeTheFirstExchange(Delivery delivery) throws Exception {
    try (var server = ScriptedServer.builder("""
            S: 220 mail.test
            C: EHLO x
            S: 250 hello
            """).delivery(delivery).start();
        Mail mail = new Mail(server.endpoint())) {
      assertThat(mail.greeting()).isEqualTo("mail.test");
      server.verify();
    }
  }

  @Test
  void hasADialogueAroundItsCommands() throws Exception {
    try (var server = ScriptedServer.play(SCRIPT);
        Mail mail = new Mail(server.endpoint())) {
      String answer = Dialogue.of(mail).within(Duration.ofSeconds(30), () -> mail.command("RSET"));

      assertThat(answer).isEqualTo("250 ok");
      assertThat(mail.ask("NOOP")).isEqualTo("fine");
      server.verify();
    }
  }

  @Test
  void keepsItsLinesFromAnotherThreadWhileItIsInAnExchange() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("220 hello\r\n");
          connection.readLine();
          connection.write("250 ok\r\n");
          connection.readLine();
          asked.await();
          connection.write("250 done\r\n");
          connection.read();
        });
        Mail mail = new Mail(server.endpoint())) {
      Caller<String> caller = Caller.start(() -> mail.command("NOOP")).awaitSelecting();

      assertThatIllegalStateException().isThrownBy(() -> mail.writeLine("VRFY"));
      asked.countDown();
      assertThat(caller.result()).isEqualTo("250 done");
    }
  }

  @Test
  void isBrokenForGoodUnlessItsExchangesStandAlone() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("220 hello\r\n");
          connection.readLine();
          connection.write("250 ok\r\n");
          connection.readLine();
          connection.write("nonsense\r\n");
          connection.read();
        });
        Mail mail = new Mail(server.endpoint())) {
      assertThatThrownBy(() -> mail.ask("NOOP")).isInstanceOf(IOException.class);
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);

      assertThatIllegalStateException().isThrownBy(mail::end);
      assertThat(mail.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatThrownBy(() -> mail.ask("NOOP")).isInstanceOf(ClientClosedException.class);

      mail.beginAgain();
      assertThat(mail.command("NOOP")).isEqualTo("nonsense");
      mail.end();
      assertThat(mail.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void aDialogueThatIsRefusedLeavesTheTimesOfTheOtherThreadAlone() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          told.await();
          connection.write("first\r\n");
          connection.readLine();
          connection.write("second\r\n");
          connection.read();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Dialogue patient = Dialogue.of(client);
      Caller<String> first = Caller.start(() -> patient.within(Duration.ofSeconds(50), () -> {
        client.writeLine("1");
        return client.readLine();
      }));
      first.awaitSelecting();
      Caller<String> second = Caller.start(() -> {
        try {
          return Dialogue.of(client).within(Duration.ofMillis(1), () -> "run");
        } catch (IllegalStateException e) {
          return "refused";
        }
      });
      assertThat(second.result()).isEqualTo("refused");
      told.countDown();
      assertThat(first.result()).isEqualTo("first");

      client.writeLine("2");
      assertThat(client.readLine()).isEqualTo("second");
    }
  }
}
