package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.line.Expect.Found;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Prompts without a line end: which is found, what is consumed, and what ends the wait. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ExpectTest {
  private static final Duration SHORT = Duration.ofMillis(60);

  private static ScriptedServer play(Delivery delivery, String script) throws IOException {
    return ScriptedServer.builder(script).delivery(delivery).start();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void logsIn(Delivery delivery) throws Exception {
    try (ScriptedServer server = play(delivery, """
            S: Welcome to the machine
            S> "login: "
            C: joe
            S> "Password: "
            C: sesame
            S: Last login: never
            S> "joe$ "
            C: exit
            S: bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Expect expect = Expect.of(client);
      Found login = expect.text("login: ");
      client.writeLine("joe");
      Found password = expect.any("$ ", "Password: ");
      client.writeLine("sesame");
      Found shell = expect.any("incorrect", "$ ");
      client.writeLine("exit");

      assertThat(login).isEqualTo(new Found(0, "login: ", "Welcome to the machine\r\n"));
      assertThat(password).isEqualTo(new Found(1, "Password: ", ""));
      assertThat(shell).isEqualTo(new Found(1, "$ ", "Last login: never\r\njoe"));
      assertThat(client.readLine()).isEqualTo("bye");
      server.verify();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What comes, what is waited for, what is found, what stood before it.
    "'ab# ',   '# ',    'b# ',  'b# ',  'a'",
    "'ab# ',   'b# ',   '# ',   'b# ',  'a'",
    "'abcd',   'bcd',   'bc',   'bc',   'a'",
    "'aab',    'ab',    'x',    'ab',   'a'",
    "'ababac', 'abac',  'x',    'abac', 'ab'",
    "'x y',    'y',     'x',    'x',    ''",
  })
  void findsWhatIsCompleteFirst(String comes, String one, String other, String found, String before)
      throws Exception {
    for (Delivery delivery : Delivery.values()) {
      try (ScriptedServer server = play(delivery, "S> \"" + comes + "\"");
          LineClient client = new LineClient(server.endpoint())) {
        Found come = Expect.of(client).any(one, other);

        assertThat(come.text()).isEqualTo(found);
        assertThat(come.before()).isEqualTo(before);
        assertThat(come.index()).isEqualTo(found.equals(one) ? 0 : 1);
        server.verify();
      }
    }
  }

  @Test
  void leavesWhatStandsBehindForTheNextRead() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: one > two > three");
        LineClient client = new LineClient(server.endpoint())) {
      Expect expect = Expect.of(client);

      assertThat(expect.text("> ").before()).isEqualTo("one ");
      assertThat(expect.text("> ").before()).isEqualTo("two ");
      assertThat(client.readLine()).isEqualTo("three");
    }
  }

  @Test
  void breaksAtItsTimeAndTellsWhatCameLast() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"Usernam\"\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Expect expect = Expect.of(client).withTimeout(SHORT);

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> expect.text("login: "));

      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown.setting()).contains("expectTimeout");
      assertThat(thrown).hasMessageContaining("the last of 7 bytes being \"Usernam\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void waitsForTheTransferTimeoutUnlessToldOtherwise() throws Exception {
    LineOptions options = LineOptions.builder().transferTimeout(SHORT).build();
    try (ScriptedServer server = ScriptedServer.play("<stall>");
        LineClient client = new LineClient(server.endpoint(), options)) {
      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> Expect.of(client).text("login: "));

      assertThat(thrown.setting()).contains("transferTimeout");
      assertThat(thrown).hasMessageContaining("not a byte of it");
    }
  }

  @Test
  void pollsWithoutBreakingAnything() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"log\"\nC: go\nS> \"in: x\"");
        LineClient client = new LineClient(server.endpoint())) {
      Expect expect = Expect.of(client);
      Optional<Found> none = expect.poll(SHORT, "login: ");
      client.writeLine("go");

      assertThat(none).isEmpty();
      assertThat(expect.poll(Duration.ofSeconds(30), "login: ")).isPresent();
      assertThat(expect.poll(Duration.ZERO, "y")).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void boundsWhatItReads() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"123456789\"");
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(Expect.of(client).withMaxBytes(2).text("2").before()).isEqualTo("1");

      LimitExceededException thrown = catchThrowableOfType(
          LimitExceededException.class, () -> Expect.of(client).withMaxBytes(6).text("9"));

      assertThat(thrown.limit()).isEqualTo("maxExpectBytes");
      assertThat(thrown.max()).isEqualTo(6);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void tellsThatThePeerHungUpAndWhatItHadSaid() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: go away\n<close>");
        LineClient client = new LineClient(server.endpoint())) {
      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> Expect.of(client).text("login: "));

      assertThat(thrown.received()).isEqualTo("go away\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(thrown).hasMessageContaining("go away");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void consumesWhatIsNoTextAndStaysUsable() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"\\xff> ok> \"");
        LineClient client = new LineClient(server.endpoint())) {
      Expect expect = Expect.of(client);

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, () -> expect.text("> "));

      assertThat(thrown.connectionUsable()).isTrue();
      assertThat(expect.text("> ").before()).isEqualTo("ok");
    }
  }

  @Test
  void standsInATranscript() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"login: \"\nC: joe\nS> \"no\"\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript.of(client);
      Expect expect = Expect.of(client).withTimeout(SHORT);
      expect.text("login: ");
      client.writeLine("joe");

      DeadlineExceededException thrown =
          catchThrowableOfType(DeadlineExceededException.class, () -> expect.text("$ "));

      assertThat(thrown.transcript()).containsExactly("S> \"login: \"", "C: joe", "S> \"no\"");
    }
  }

  @Test
  void wantsTextsThatCanCome() {
    LineOptions ascii = LineOptions.builder().charset(StandardCharsets.US_ASCII).build();
    try (LineClient client = new LineClient("nowhere.test", 9, ascii)) {
      Expect expect = Expect.of(client);

      assertThatIllegalArgumentException().isThrownBy(() -> expect.any());
      assertThatIllegalArgumentException().isThrownBy(() -> expect.any("a", ""));
      assertThatIllegalArgumentException().isThrownBy(() -> expect.text("\u00e9"));
      assertThatIllegalArgumentException().isThrownBy(() -> expect.withTimeout(Duration.ZERO));
      assertThatIllegalArgumentException().isThrownBy(() -> expect.withMaxBytes(0));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  private static LineClient withAnyEnds(PeerServer server) {
    return new LineClient(
        server.endpoint(), LineOptions.builder().lineEnds(LineEnds.ANY).build());
  }

  @Test
  void dropsTheOtherHalfOfALineEndBeforeThePrompt() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("a\r");
          peer.readLine();
          peer.write("\n$ ");
          peer.hold();
        });
        LineClient client = withAnyEnds(server)) {
      client.readLine();
      client.writeLine("go on");

      assertThat(Expect.of(client).text("$ ").before()).isEmpty();
    }
  }

  @Test
  void losesNoEmptyLineBehindThePrompt() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("a\r");
          peer.readLine();
          peer.write("$ ");
          peer.readLine();
          peer.write("\nb\r");
          peer.hold();
        });
        LineClient client = withAnyEnds(server)) {
      client.readLine();
      client.writeLine("go on");
      Expect.of(client).text("$ ");
      client.writeLine("and on");

      assertThat(client.readLine()).isEmpty();
      assertThat(client.readLine()).isEqualTo("b");
    }
  }

  @Test
  void countsNoTimeOfAGreetingForThePrompt() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.play("<delay 400ms>\nS: hello\n<delay 50ms>\nS> \"$ \"\n<stall>");
        LineClient client = new LineClient(server.endpoint()) {
          @Override
          protected void greet() throws IOException {
            readLine();
          }
        }) {
      Expect.Found found = Expect.of(client).withTimeout(Duration.ofMillis(300)).text("$ ");

      assertThat(found.before()).isEmpty();
    }
  }
}
