package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One deadline for several exchanges: where it ends a wait, and that it ends with the dialogue. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DialogueTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(40);

  /** What a client does in a dialogue. */
  @FunctionalInterface
  interface Steps {
    void run(LineClient client) throws IOException;
  }

  static List<Arguments> waits() {
    Peer silent = peer -> peer.hold();
    Peer talking = peer -> {
      byte[] lines = "all is well\r\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
      while (true) {
        peer.write(lines);
      }
    };
    Peer devouring = peer -> peer.input().transferTo(OutputStream.nullOutputStream());
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) 'x');
    return List.of(
        wait("readLine", silent, client -> client.readLine()),
        wait("readLineOrEnd", silent, client -> client.readLineOrEnd()),
        wait("pollLine", silent, client -> client.pollLine(LONG)),
        wait("read", silent, client -> client.read(3)),
        wait("readToEnd", silent, client -> client.readToEnd()),
        wait("the stream", silent, client -> client.input().read()),
        wait("a text", silent, client -> DotBlocks.of(client).read().readLines()),
        wait("a reply", silent, client -> Replies.of(client).read()),
        wait("a peer that does not read", silent, client -> forever(() -> client.writeLine(much))),
        wait("a peer that always talks", talking, client -> forever(() -> client.readLine())),
        wait(
            "a peer that always reads", devouring, client -> forever(() -> client.writeLine("x"))));
  }

  private static Arguments wait(String name, Peer peer, Steps steps) {
    return Arguments.of(name, peer, steps);
  }

  /** Until it throws. */
  private static void forever(Call call) throws IOException {
    while (true) {
      call.run();
    }
  }

  @FunctionalInterface
  interface Call {
    void run() throws IOException;
  }

  private static LineClient patient(Endpoint endpoint) {
    Dialer dialer = Dialer.builder()
        .silenceTimeout(LONG)
        .connectTimeout(LONG)
        .tlsTimeout(LONG)
        .build();
    return new LineClient(
        endpoint, LineOptions.builder().dialer(dialer).transferTimeout(LONG).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waits")
  void endsEachWait(String name, Peer peer, Steps steps) throws Exception {
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = patient(server.endpoint())) {
      client.connect();

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(SHORT, () -> {
            steps.run(client);
            return client;
          }));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown.setting()).contains("dialogue");
      assertThat(thrown.connectionUsable()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void endsTheHandshakeThatItBegan() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("220 go ahead\r\n");
          peer.hold();
        });
        LineClient client = patient(server.endpoint())) {
      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(SHORT, () -> {
            client.writeLine("STARTTLS");
            client.readLine();
            client.startTls();
            return client;
          }));

      assertThat(thrown.setting()).contains("dialogue");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void endsTheDialThatItBegan() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.hold());
        LineClient client = patient(Endpoint.tls("127.0.0.1", server.port()))) {
      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(SHORT, () -> client.readLine()));

      assertThat(thrown.setting()).contains("dialogue");
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void holdsForAnAnswerInManyLinesThatEachComeInTime() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: HELP
            S: 214-one
            <delay 100ms>
            S: 214-two
            <delay 100ms>
            S: 214-three
            <stall>
            """);
        LineClient client = patient(server.endpoint())) {
      client.connect();

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(SHORT.multipliedBy(2), () -> {
            client.writeLine("HELP");
            while (true) {
              client.readLine();
            }
          }));

      assertThat(thrown.setting()).contains("dialogue");
    }
  }

  @Test
  void isOverWithItsSteps() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: one
            S: 1
            <delay 400ms>
            S: 2
            """);
        LineClient client = patient(server.endpoint())) {
      String first = Dialogue.of(client).within(Duration.ofMillis(300), () -> {
        client.writeLine("one");
        return client.readLine();
      });

      assertThat(first).isEqualTo("1");
      assertThat(client.readLine()).isEqualTo("2");
    }
  }

  @Test
  void keepsTheEarlierEndOfTwo() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 1\n<stall>");
        LineClient client = patient(server.endpoint())) {
      client.readLine();
      Dialogue dialogue = Dialogue.of(client);

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> dialogue.within(SHORT, () -> dialogue.within(LONG, () -> client.readLine())));

      assertThat(thrown.setting()).contains("dialogue");
      assertThat(thrown.elapsed()).isLessThan(LONG);
    }
  }

  @Test
  void countsTheTimeInTheCallersCodeAndTellsItAtTheNextCall() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 1\n<stall>");
        LineClient client = patient(server.endpoint())) {
      client.readLine();

      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class,
          () -> Dialogue.of(client).within(Duration.ofNanos(1), () -> {
            client.writeLine("never sent");
            return client;
          }));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void leavesAPollAsItIs() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 1\n<stall>");
        LineClient client = patient(server.endpoint())) {
      client.readLine();

      Optional<String> none =
          Dialogue.of(client).within(LONG, () -> client.pollLine(Duration.ofMillis(10)));

      assertThat(none).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void wantsATime() {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      Dialogue dialogue = Dialogue.of(client);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> dialogue.within(Duration.ZERO, () -> client.readLine()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> dialogue.patient(Duration.ZERO, () -> client.readLine()));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void leavesAReadOfAnotherThreadThatItOutlived() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: 1\nC: go on\n<delay 600ms>\nS: 2");
        LineClient client = patient(server.endpoint())) {
      client.readLine();
      Caller<String> reader = Dialogue.of(client)
          .within(Duration.ofMillis(300), () -> Caller.start(client::readLine).awaitSelecting());
      client.writeLine("go on");

      assertThat(reader.result()).isEqualTo("2");
    }
  }

  /** A client whose connection can turn into something else. */
  private static final class Turning extends LineClient {
    Turning(Endpoint endpoint) {
      super(endpoint);
    }

    Wire turn() throws IOException {
      Wire wire = wire();
      letGo();
      return wire;
    }
  }

  @Test
  void isNotForAWireThatTheClientLetGo() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: hello\nS: 1");
        Turning client = new Turning(server.endpoint())) {
      client.connect();

      try (Wire wire = Dialogue.of(client).within(Duration.ofNanos(1), client::turn)) {
        wire.output().write("hello\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(wire.input().read()).isEqualTo('1');
      }
    }
  }

  @Test
  void waitsPatientlyWhileThePeerIsSilent() throws Exception {
    Dialer hasty = Dialer.builder().silenceTimeout(Duration.ofMillis(100)).build();
    try (ScriptedServer server = ScriptedServer.play("""
            C: reserve
            <delay 400ms>
            S: RESERVED
            <stall>
            """);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().dialer(hasty).build())) {
      String come = Dialogue.of(client).patient(LONG, () -> {
        client.writeLine("reserve");
        return client.readLine();
      });

      assertThat(come).isEqualTo("RESERVED");
      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> client.readLine());
      assertThat(thrown.setting()).contains("silenceTimeout");
    }
  }

  @Test
  void isAnExchangeThatStepsHalfWayBreak() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nS: 1\nS: 2");
        LineClient client = new LineClient(server.endpoint())) {
      Dialogue dialogue = Dialogue.of(client);

      assertThatThrownBy(() -> dialogue.within(LONG, () -> {
            client.writeLine("one");
            throw new IllegalStateException("mine");
          }))
          .hasMessage("mine");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void goesOnAfterAProperNo() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nS: 550 no\nC: two\nS: 250 yes");
        LineClient client = new LineClient(server.endpoint())) {
      Dialogue dialogue = Dialogue.of(client);
      Replies replies = Replies.of(client);

      assertThatThrownBy(() -> dialogue.within(LONG, () -> {
            client.writeLine("one");
            return replies.expect(2);
          }))
          .isInstanceOf(ReplyCodeException.class);
      client.writeLine("two");
      assertThat(replies.expect(2).code()).isEqualTo(250);
    }
  }
}
