package dev.wireline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.LimitExceededException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers whose lines end in something else than CRLF, in both directions. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class OwnLineEndTest {
  private static LineOptions ending(String end) {
    return LineOptions.builder().lineEnd(end).lineEnds(LineEnds.of(end)).build();
  }

  /** Says back what it got, byte by byte, once all of it has come. */
  private static PeerServer echoing(int length) throws IOException {
    return PeerServer.start(connection -> {
      connection.writeByteByByte(connection.read(length));
      connection.read();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", ";", "\n\r", "\u001c\r", "\r\n", "ab"})
  void endsEachLineThatLeavesAndComes(String end) throws Exception {
    String all = "MV?" + end + "\u00fc" + end + "1" + end + end + "VOLT 5" + end + "data\r\n" + end;
    int length = all.getBytes(UTF_8).length;
    try (PeerServer server = echoing(2 * length);
        LineClient client = new LineClient(server.endpoint(), ending(end))) {
      Transcript said = Transcript.of(client);
      for (int i = 0; i < 2; i++) {
        client.writeLine("MV?");
        client.writeLine("\u00fc".getBytes(UTF_8));
        client.writeLines("1", "");
        Message.of()
            .line(Command.of("VOLT").number(5))
            .data("data\r\n".getBytes(UTF_8))
            .line("")
            .writeTo(client);
      }

      assertThat(client.read(length)).asString(UTF_8).isEqualTo(all);
      assertThat(client.readLine()).isEqualTo("MV?");
      assertThat(client.readLine()).isEqualTo("\u00fc");
      assertThat(client.readLine()).isEqualTo("1");
      assertThat(client.readLineBytes()).isEmpty();
      assertThat(client.readLine()).isEqualTo("VOLT 5");
      assertThat(said.lines()).contains("C: MV?", "C: VOLT 5", "S: MV?");
    }
  }

  @Test
  void isNotInALineThatLeaves() throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1", ending(";"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.writeLine("MV?;OFF"))
          .withMessage("a line must not hold what ends it (lineEnd), but has it at position 3");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.writeLine("MV?;".getBytes(UTF_8)));
      assertThatIllegalArgumentException().isThrownBy(() -> client.writeLines(List.of("MV?", ";")));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Command.of("SAY").text("a;b").writeTo(client));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Message.of().line("a;b").writeTo(client));
      for (String never : List.of("a\rb", "a\nb", "a\0b")) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.writeLine(never));
      }
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void isNotAtTheSeamOfALineAndItsEndEither() throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1", ending(";;"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> client.writeLine("a;"));
      assertThatIllegalArgumentException().isThrownBy(() -> client.writeLine("a;;b"));
    }
    try (PeerServer server = echoing(6);
        LineClient client = new LineClient(server.endpoint(), ending(";;"))) {
      client.writeLine("a;bc");
      assertThat(client.readLine()).isEqualTo("a;bc");
    }
  }

  @Test
  void countsInTheBoundOfACommandAsItIs() throws Exception {
    try (PeerServer server = echoing(5);
        LineClient client = new LineClient(server.endpoint(), ending("\r"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Command.of("NOOP").withMaxBytes(4).writeTo(client));
      Command.of("NOOP").withMaxBytes(5).writeTo(client);
      assertThat(client.readLine()).isEqualTo("NOOP");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n\r"})
  void isNotCountedInTheBoundOfALine(String end) throws Exception {
    LineOptions options = ending(end).toBuilder().maxLineBytes(3).build();
    try (PeerServer server = echoing(3 + end.length() + 4);
        LineClient client = new LineClient(server.endpoint(), options)) {
      client.writeLine("abc");
      client.output().write("abcd".getBytes(UTF_8));

      assertThat(client.readLine()).isEqualTo("abc");
      assertThatThrownBy(client::readLine).isInstanceOf(LimitExceededException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "\u00fc", "a\u0080"})
  void isOneOrTwoAsciiCharacters(String end) {
    assertThatIllegalArgumentException().isThrownBy(() -> LineEnds.of(end));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineOptions.builder().lineEnd(end))
        .withMessageStartingWith("a line end is one or two ASCII characters, not \"");
  }

  @Test
  void isAValue() {
    assertThat(LineEnds.of("\r\n")).isSameAs(LineEnds.CRLF);
    assertThat(LineEnds.of(";")).isEqualTo(LineEnds.of(";")).hasSameHashCodeAs(LineEnds.of(";"));
    assertThat(LineEnds.of("\n")).isNotEqualTo(LineEnds.CRLF_OR_LF).isNotEqualTo("\n");
    assertThat(LineEnds.of("\n\r")).hasToString("\"\\n\\r\"");
    assertThat(LineEnds.ANY).hasToString("ANY");
    LineOptions options = ending("\r").toBuilder().build();
    assertThat(options.lineEnd()).isEqualTo("\r");
    assertThat(options).asString().contains("lineEnds \"\\r\", lineEnd \"\\r\"");
  }
}
