package dev.wireline.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.QuestionOptions;
import dev.wireline.line.ReplyException;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ident with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class IdentTest {
  private static IdentOwner ask(Endpoint server, QuestionOptions options) throws IOException {
    return Ident.ask(server, 6193, 23, options);
  }

  private static ScriptedServer answering(String line) throws IOException {
    return ScriptedServer.play("C: 6193, 23\nS: " + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6193, 23 : USERID : UNIX : ann              | UNIX           | ann",
        "6193,23:USERID:UNIX:ann                     | UNIX           | ann",
        "6193 , 23 : USERID : OTHER, utf-8 : a : b : | OTHER, utf-8   | a : b :"
      })
  void readsWhoseItIs(String line, String system, String user) throws IOException {
    try (var server = answering(line)) {
      assertThat(Ident.ask(server.endpoint().toString(), 6193, 23))
          .isEqualTo(new IdentOwner(system, user));
    }
  }

  @Test
  void tellsANo() throws IOException {
    try (var server = answering("6193, 23 : ERROR : HIDDEN-USER")) {
      var thrown = catchThrowableOfType(
          ReplyException.class, () -> ask(server.endpoint(), QuestionOptions.standard()));

      assertThat(thrown.reply()).isEqualTo("HIDDEN-USER");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6193, 24 : USERID : UNIX : ann",
        "23, 6193 : USERID : UNIX : ann",
        "6193 23 : USERID : UNIX : ann",
        "6193, 23 : USERID : UNIX :",
        "6193, 23 : USERID : UNIX",
        "6193, 23 : ERROR",
        "6193, 23 : userid : UNIX : ann",
        "hello"
      })
  void refusesWhatIsNoAnswer(String line) throws IOException {
    try (var server = answering(line)) {
      assertThat(catchThrowableOfType(
              PeerProtocolException.class,
              () -> ask(server.endpoint(), QuestionOptions.standard())))
          .hasMessageContaining("RFC 1413");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void refusesAPortThatIsNone(int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ident.ask("nobody.test", port, 23));
    assertThatIllegalArgumentException().isThrownBy(() -> Ident.ask("nobody.test", 23, port));
  }

  @Test
  void takesNoCutAnswerForAWholeOne() throws IOException {
    CutPoints.everyCutPoint(
        "C: 6193, 23\nS: 6193, 23 : USERID : UNIX : ann",
        server -> ask(server, QuestionOptions.standard()));
  }

  @Test
  void withstandsBadServers() throws IOException {
    QuestionOptions hurried = QuestionOptions.standard().withTimeout(Duration.ofMillis(100));

    HostilePeers.run(server -> ask(server, hurried));
  }
}
