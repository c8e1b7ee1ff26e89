package dev.wireline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and data that leave together. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class MessageTest {
  @Test
  void leavesAsItWasPutTogether() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: set k 0 0 4
            C> "\\x00\\xff\\r\\n"
            C:\s
            C: LIST 3
            """);
        LineClient client = new LineClient(server.endpoint())) {
      byte[] value = {0, -1, '\r', '\n'};
      Message message = Message.of().line("set k 0 0 4").data(value).line("");
      value[0] = 'x';
      message.line(Command.of("LIST").number(3)).writeTo(client);

      server.verify();
      assertThat(message).hasToString("C: set k 0 0 4\nC> \"\\x00\\xff\\r\\n\"\nC: \n");
    }
  }

  @Test
  void isAnotherWithEachPiece() {
    Message first = Message.of().line("a");

    Message second = first.line("b");

    assertThat(Message.of()).hasToString("");
    assertThat(first).hasToString("C: a\n");
    assertThat(second).hasToString("C: a\nC: b\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\0b"})
  void refusesALineThatWouldBeTwo(String line) {
    Message message = Message.of().line("fine").data(new byte[3]);

    assertThatIllegalArgumentException().isThrownBy(() -> message.line(line));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message.secretLine(line))
        .withMessage("a line must not hold CR, LF or NUL, but has %s at position 1", name(line));
  }

  private static String name(String line) {
    return switch (line.charAt(1)) {
      case '\r' -> "CR";
      case '\n' -> "LF";
      default -> "NUL";
    };
  }

  @Test
  void refusesAMistakeBeforeItDialsAndBeforeAByteLeaves() throws Exception {
    Message message =
        Message.of().line("fine").line(Command.of("long").atom("xx").withMaxBytes(3));
    try (ScriptedServer server = ScriptedServer.play("C: next");
        LineClient client = new LineClient(server.endpoint())) {
      assertThatIllegalArgumentException().isThrownBy(() -> message.writeTo(client));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      client.connect();
      assertThatIllegalArgumentException().isThrownBy(() -> message.writeTo(client));
      client.writeLine("next");

      server.verify();
    }
  }

  @Test
  void neverShowsWhatIsSecret() {
    Message message = Message.of().secretLine("sesame").secretData("sesame".getBytes(UTF_8));

    assertThat(message).hasToString("C: ***\nC> ***\n");
  }

  @Test
  void knowsTheClientsCharset() throws Exception {
    LineOptions latin =
        LineOptions.builder().charset(StandardCharsets.ISO_8859_1).build();
    try (ScriptedServer server = ScriptedServer.play("C> \"\\xe9\\r\\n\"");
        LineClient client = new LineClient(server.endpoint(), latin)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Message.of().line("\u20ac").writeTo(client));
      Message.of().line("\u00e9").writeTo(client);

      server.verify();
    }
  }

  @Test
  void carriesVeryManyPieces() throws Exception {
    Message message = Message.of();
    for (int i = 0; i < 100_000; i++) {
      message = message.data(new byte[] {'x'});
    }
    try (ScriptedServer server = ScriptedServer.play("C: " + "x".repeat(100_000));
        LineClient client = new LineClient(server.endpoint())) {
      message.line("").writeTo(client);

      server.verify();
    }
  }
}
