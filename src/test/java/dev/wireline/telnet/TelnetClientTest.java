package dev.wireline.telnet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Expect;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Telnet with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class TelnetClientTest {
  private static final int IAC = 255;
  private static final int SE = 240;
  private static final int SB = 250;
  private static final int WILL = 251;
  private static final int WONT = 252;
  private static final int DO = 253;
  private static final int DONT = 254;

  private static final TelnetOptions ALL = TelnetOptions.builder()
      .terminal("xterm", "vt100")
      .window(255, 24)
      .environment(Map.of("USER", "ann", "EDITOR", "vi"))
      .build();

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer octet) {
        bytes.write(octet);
      } else {
        bytes.writeBytes(part.toString().getBytes(US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  /** What the peer says, and what the client has to answer before the peer says "done". */
  private static Peer asking(byte[] said, byte[] answered) {
    return peer -> {
      peer.writeByteByByte(said);
      assertThat(peer.read(answered.length)).isEqualTo(answered);
      peer.write("done\r\n");
      peer.hold();
    };
  }

  private static void answers(TelnetOptions options, byte[] said, byte[] answered)
      throws IOException {
    try (var server = PeerServer.start(asking(said, answered));
        var telnet = new TelnetClient(server.endpoint(), options)) {
      assertThat(telnet.readLine()).isEqualTo("done");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void logsInByPrompts() throws IOException {
    try (var server = PeerServer.start(peer -> {
          peer.write(bytes("lo", IAC, WILL, 1, "gin: "));
          assertThat(peer.read(3)).isEqualTo(bytes(IAC, DO, 1));
          assertThat(peer.readLine()).isEqualTo("ann");
          peer.write("Password: ");
          assertThat(peer.readLine()).isEqualTo("open sesame");
          peer.write(bytes(IAC, WONT, 1, "welcome\r\n$ "));
          assertThat(peer.read(3)).isEqualTo(bytes(IAC, DONT, 1));
          peer.hold();
        });
        var telnet = new TelnetClient(server.endpoint().toString())) {
      Transcript transcript = Transcript.of(telnet);
      Expect expect = Expect.of(telnet);
      expect.text("login: ");
      telnet.writeLine("ann");
      expect.text("Password: ");
      assertThat(telnet.isOnThere(TelnetFeature.ECHO)).isTrue();
      Message.of().secretLine("open sesame").writeTo(telnet);

      assertThat(expect.text("$ ").before()).isEqualTo("welcome\r\n");
      assertThat(telnet.isOnThere(TelnetFeature.ECHO)).isFalse();
      assertThat(transcript.toString()).doesNotContain("sesame");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void refusesWhatItDoesNotKnowOrWant() throws IOException {
    answers(
        TelnetOptions.builder().binary(false).build(),
        bytes(
            IAC, DO, 200, IAC, WILL, 200, IAC, DONT, 200, IAC, WONT, 200, // unknown
            IAC, DO, 1, IAC, DO, 24, IAC, DO, 31, IAC, DO, 39, IAC, WILL, 24, IAC, DO, 0),
        bytes(
            IAC, WONT, 200, IAC, DONT, 200, IAC, WONT, 1, IAC, WONT, 24, IAC, WONT, 31, IAC, WONT,
            39, IAC, DONT, 24, IAC, WONT, 0));
  }

  @Test
  void agreesToWhatItKnows() throws IOException {
    answers(
        ALL,
        bytes(IAC, DO, 3, IAC, WILL, 3, IAC, WILL, 1, IAC, DO, 0, IAC, WILL, 0, IAC, DO, 3),
        bytes(IAC, WILL, 3, IAC, DO, 3, IAC, DO, 1, IAC, WILL, 0, IAC, DO, 0));
  }

  @Test
  void tellsItsTerminalsOneAfterTheOther() throws IOException {
    byte[] send = bytes(IAC, SB, 24, 1, IAC, SE);
    answers(
        ALL,
        join(bytes(IAC, DO, 24), send, send, send, send),
        join(
            bytes(IAC, WILL, 24),
            bytes(IAC, SB, 24, 0, "xterm", IAC, SE),
            bytes(IAC, SB, 24, 0, "vt100", IAC, SE),
            bytes(IAC, SB, 24, 0, "vt100", IAC, SE),
            bytes(IAC, SB, 24, 0, "xterm", IAC, SE)));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void tellsItsWindowWithEachByteOf255Doubled() throws IOException {
    answers(
        ALL, bytes(IAC, DO, 31), bytes(IAC, WILL, 31, IAC, SB, 31, 0, 255, 255, 0, 24, IAC, SE));
  }

  @Test
  void tellsItsEnvironment() throws IOException {
    answers(
        ALL,
        bytes(IAC, DO, 39, IAC, SB, 39, 1, IAC, SE),
        bytes(IAC, WILL, 39, IAC, SB, 39, 0, 0, "USER", 1, "ann", 3, "EDITOR", 1, "vi", IAC, SE));
  }

  @Test
  void tellsOfItsEnvironmentWhatIsAskedForAlone() throws IOException {
    answers(
        ALL,
        bytes(IAC, DO, 39, IAC, SB, 39, 1, 0, "USER", 3, "HOME", IAC, SE),
        bytes(IAC, WILL, 39, IAC, SB, 39, 0, 0, "USER", 1, "ann", 3, "HOME", IAC, SE));
  }

  @Test
  void answersNoQuestionAboutWhatIsOff() throws IOException {
    answers(
        ALL,
        bytes(IAC, SB, 24, 1, IAC, SE, IAC, SB, 39, 1, IAC, SE, IAC, SB, IAC, SE, IAC, DO, 3),
        bytes(IAC, WILL, 3));
  }

  @Test
  void asksForFeaturesAndSendsCommands() throws IOException {
    try (var server = PeerServer.start(peer -> {
          assertThat(peer.read(10)).isEqualTo(bytes(IAC, WILL, 31, IAC, DO, 3, IAC, 246, IAC, 241));
          peer.write(bytes(IAC, DO, 31, IAC, WILL, 3, "yes\r\n"));
          assertThat(peer.read(18))
              .isEqualTo(
                  bytes(IAC, SB, 31, 0, 80, 0, 24, IAC, SE, IAC, SB, 31, 0, 132, 0, 43, IAC, SE));
          assertThat(peer.read(6)).isEqualTo(bytes(IAC, WONT, 31, IAC, DONT, 3));
          peer.write("bye\r\n");
          peer.hold();
        });
        var telnet = new TelnetClient(server.endpoint(), TelnetOptions.standard())) {
      telnet.window(80, 24);
      telnet.offer(TelnetFeature.WINDOW_SIZE);
      telnet.demand(TelnetFeature.SUPPRESS_GO_AHEAD);
      telnet.send(TelnetCommand.ARE_YOU_THERE);
      telnet.send(TelnetCommand.NOP);
      assertThat(telnet.readLine()).isEqualTo("yes");
      assertThat(telnet.isOnHere(TelnetFeature.WINDOW_SIZE)).isTrue();
      assertThat(telnet.isOnThere(TelnetFeature.SUPPRESS_GO_AHEAD)).isTrue();
      telnet.window(132, 43);
      telnet.withdraw(TelnetFeature.WINDOW_SIZE);
      telnet.forbid(TelnetFeature.SUPPRESS_GO_AHEAD);

      assertThat(telnet.readLine()).isEqualTo("bye");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void doublesIacAndPadsACrThatEndsNoLine() throws IOException {
    byte[] sent = bytes("a", IAC, "\r", "b\r\n", "c\r");
    byte[] onTheWire = bytes("a", IAC, IAC, "\r\0b\r\nc\r\0");
    try (var server = PeerServer.start(peer -> {
          assertThat(peer.read(onTheWire.length)).isEqualTo(onTheWire);
          peer.write(onTheWire);
          peer.write(bytes(IAC, WILL, 0));
          peer.write("\r\0");
        });
        var telnet = new TelnetClient(server.endpoint(), TelnetOptions.standard())) {
      telnet.output().write(sent);

      assertThat(telnet.read(sent.length)).isEqualTo(sent);
      assertThat(telnet.readToEnd()).isEqualTo(bytes("\r\0"));
      assertThat(server.failure()).isEmpty();
    }
  }

  static Stream<byte[]> broken() {
    return Stream.of(
        bytes(IAC, 7),
        bytes(IAC, SB, 24, IAC, 7),
        join(bytes(IAC, SB, 24), bytes("x".repeat(512))),
        bytes(IAC),
        bytes(IAC, DO),
        bytes(IAC, SB, 24, 1));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatBreaksTheRules(byte[] broken) throws IOException {
    try (var server = PeerServer.start(peer -> peer.write(join(bytes("hello\r\n"), broken)));
        var telnet = new TelnetClient(server.endpoint(), TelnetOptions.standard())) {
      assertThat(telnet.readLine()).isEqualTo("hello");

      assertThat(catchThrowableOfType(PeerProtocolException.class, telnet::readLineOrEnd))
          .hasMessageContaining("Telnet");
      assertThat(telnet.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void givesUpAPeerThatNegotiatesWithoutAnEnd() throws IOException {
    byte[] loop = bytes(IAC, WILL, 1, IAC, WONT, 1, IAC, DO, 200);
    try (var server = PeerServer.start(peer -> {
          while (true) {
            peer.write(loop);
          }
        });
        var telnet = new TelnetClient(server.endpoint(), TelnetOptions.standard())) {
      var thrown = catchThrowable(telnet::readLine);

      assertThat(thrown).isInstanceOfAny(LimitExceededException.class, PeerProtocolException.class);
    }
  }

  @Test
  void checksItsSettings() {
    TelnetOptions.Builder options = TelnetOptions.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> options.terminal("x y"));
    assertThatIllegalArgumentException().isThrownBy(() -> options.terminal(""));
    assertThatIllegalArgumentException().isThrownBy(() -> options.terminal("x".repeat(41)));
    assertThatIllegalArgumentException().isThrownBy(() -> options.window(0, 24));
    assertThatIllegalArgumentException().isThrownBy(() -> options.window(80, 65_536));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.environment(Map.of("A", "x".repeat(1024))));
    assertThatIllegalArgumentException().isThrownBy(() -> options.environment(Map.of("", "x")));
    assertThat(ALL.toString()).contains("[EDITOR, USER]").doesNotContain("ann");
    assertThat(Endpoint.parse("tls://h.example", TelnetClient.PROTOCOL).port()).isEqualTo(992);
  }

  @Test
  void withstandsBadServers() throws IOException {
    Duration soon = Duration.ofMillis(100);
    TelnetOptions hurried = TelnetOptions.builder()
        .lines(LineOptions.builder()
            .dialer(Dialer.builder().silenceTimeout(soon).tlsTimeout(soon).build())
            .transferTimeout(soon)
            .build())
        .build();
    HostilePeers.run(server -> {
      try (var telnet = new TelnetClient(server, hurried)) {
        Expect.of(telnet).text("login: ");
      }
    });
  }
}
