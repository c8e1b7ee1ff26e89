package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.net.Connection.State;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
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
  void refusesALineThatWouldBeTwoBeforeAByteLeaves(String line) throws IOException {
    Message message = Message.of().line("fine").data(new byte[3]).line(line);
    try (ScriptedServer server = ScriptedServer.play("C: next");
        LineClient client = new LineClient(server.endpoint())) {
      assertThatIllegalArgumentException().isThrownBy(() -> message.writeTo(client));
      assertThat(client.state()).isEqualTo(State.NEW);
      client.connect();
      assertThatIllegalArgumentException().isThrownBy(() -> message.writeTo(client));
      client.writeLine("next");

      server.verify();
    }
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
