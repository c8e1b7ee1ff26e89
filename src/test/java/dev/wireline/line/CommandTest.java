package dev.wireline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.net.ConnectionState;
import dev.wireline.testing.ScriptedServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands: what leaves, what is refused, and what is never shown. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CommandTest {
  private static final String SECRET = "sesame";

  static final List<Arguments> LINES = List.of(
      line("QUIT", Command.of("QUIT")),
      line("LIST 3", Command.of("LIST").number(3)),
      line("OFFS -9223372036854775808", Command.of("OFFS").number(Long.MIN_VALUE)),
      line(
          "MAIL FROM:<a@b.test> SIZE=5",
          Command.of("MAIL").atom("FROM:<a@b.test>").atom("SIZE=5")),
      line("PRIVMSG #wire :a  b ", Command.of("PRIVMSG").atom("#wire").text(":a  b ")),
      line("AUTH ", Command.of("AUTH").text("")),
      line("NICK Grüße\u00A0🐎", Command.of("NICK").atom("Grüße\u00A0🐎")));

  private static Arguments line(String line, Command command) {
    return Arguments.of(line, command);
  }

  @ParameterizedTest
  @FieldSource("LINES")
  void putsASpaceBetweenItsArguments(String line, Command command) {
    assertThat(command.line(StandardCharsets.UTF_8, 2)).asString().isEqualTo(line);
    assertThat(command).hasToString(line);
  }

  @Test
  void showsNoControlCharacterRaw() {
    Command command = Command.of("NOTE").text("\t\u001B[2J");

    assertThat(command).hasToString("NOTE \\t\\x1b[2J");
    assertThat(command.line(StandardCharsets.UTF_8, 2)).asString().isEqualTo("NOTE \t\u001B[2J");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", "a\r\nQUIT", "a\nQUIT", "\r\n", "a\0"})
  void refusesWhatWouldBeASecondLine(String smuggled) {
    Command command = Command.of("X");

    List<Supplier<Command>> ways = List.of(
        () -> Command.of(smuggled),
        () -> Command.of("X" + smuggled),
        () -> command.atom(smuggled),
        () -> command.secretAtom(smuggled),
        () -> command.text(smuggled),
        () -> command.secretText(smuggled));
    for (Supplier<Command> way : ways) {
      assertThatIllegalArgumentException().isThrownBy(way::get);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a ", " a", "a\tb", "\u001B[2J", "\u007F"})
  void refusesAnAtomThatWouldBeTwo(String value) {
    Command command = Command.of("X");

    assertThatIllegalArgumentException().isThrownBy(() -> command.atom(value));
    assertThatIllegalArgumentException().isThrownBy(() -> command.secretAtom(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A\t", "Ü", "A:", "(A)"})
  void refusesAVerbThatIsNoWord(String verb) {
    assertThatIllegalArgumentException().isThrownBy(() -> Command.of(verb));
  }

  @Test
  void letsNothingFollowText() {
    Command command = Command.of("X").text("a b");

    assertThatIllegalStateException().isThrownBy(() -> command.atom("c"));
    assertThatIllegalStateException().isThrownBy(() -> command.number(1));
    assertThatIllegalStateException().isThrownBy(() -> command.text("c"));
  }

  @Test
  void isTheSameAfterAnotherWasMadeOfIt() {
    Command list = Command.of("LIST");

    Command third = list.number(3);

    assertThat(list).hasToString("LIST");
    assertThat(third).hasToString("LIST 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "windows-1252"})
  void refusesACharacterThatTheCharsetDoesNotKnow(String charset) {
    Command command = Command.of("X").secretAtom("\u760D\u760A");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> command.line(Charset.forName(charset), 2))
        .withMessageContaining("does not know");
  }

  @Test
  void refusesHalfOfASurrogatePair() {
    Command command = Command.of("X").text("\uD83D");

    assertThatIllegalArgumentException().isThrownBy(() -> command.line(StandardCharsets.UTF_8, 2));
  }

  @Test
  void countsItsLengthInBytesWithItsLineEnd() {
    Command command = Command.of("AB").atom("üü");

    assertThat(command.withMaxBytes(9).line(StandardCharsets.UTF_8, 2)).hasSize(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> command.withMaxBytes(8).line(StandardCharsets.UTF_8, 2))
        .withMessage("a command must not be longer than maxCommandBytes (8)");
    assertThatIllegalArgumentException().isThrownBy(() -> command.withMaxBytes(0));
  }

  @Test
  void keepsItsBoundWhileItGrows() {
    Command command = Command.of("AB").withMaxBytes(8).text("123456");

    assertThatIllegalArgumentException().isThrownBy(() -> command.line(StandardCharsets.UTF_8, 2));
  }

  @Test
  void takesArgumentsUpToTheStandardBound() {
    int room = Command.MAX_BYTES - "AUTH \r\n".length();

    assertThat(Command.of("AUTH").atom("a".repeat(room)).line(StandardCharsets.UTF_8, 2))
        .hasSize(Command.MAX_BYTES - 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Command.of("AUTH").atom("a".repeat(room + 1)).line(StandardCharsets.UTF_8, 2));
  }

  @Test
  void neverShowsASecret() {
    Command pass = Command.of("PASS").secretText(SECRET);
    Command auth = Command.of("AUTH").atom("PLAIN").secretAtom(SECRET).atom("x");

    assertThat(pass).hasToString("PASS ***");
    assertThat(auth).hasToString("AUTH PLAIN *** x");
    assertThat(pass.line(StandardCharsets.UTF_8, 2)).asString().isEqualTo("PASS " + SECRET);
  }

  static final List<Arguments> REFUSED_SECRETS = List.of(
      Arguments.of(
          "a line end", (Supplier<Object>) () -> Command.of("X").secretText(SECRET + "\n")),
      Arguments.of("a blank", (Supplier<Object>) () -> Command.of("X").secretAtom(SECRET + " ")),
      Arguments.of("its length", (Supplier<Object>)
          () -> Command.of("X").secretText(SECRET).withMaxBytes(5).line(StandardCharsets.UTF_8, 2)),
      Arguments.of("a character", (Supplier<Object>)
          () -> Command.of("X").secretText(SECRET + "ü").line(StandardCharsets.US_ASCII, 2)));

  @ParameterizedTest(name = "for {0}")
  @FieldSource("REFUSED_SECRETS")
  void neverShowsASecretThatItRefuses(String name, Supplier<Object> refused) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(refused::get)
        .satisfies(e -> assertThat(e).hasStackTraceContaining("Command"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void leavesThroughItsClient() throws Exception {
    try (var server = ScriptedServer.play("C: USER joe\nC: PASS open sesame\nS: +OK");
        LineClient client = new LineClient(server.endpoint())) {
      Command.of("USER").atom("joe").writeTo(client);
      Command.of("PASS").secretText("open sesame").writeTo(client);

      assertThat(StatusReplies.of(client).expectOk()).isEmpty();
      server.verify();
    }
  }

  @Test
  void isRefusedBeforeAnybodyIsDialled() {
    try (LineClient client = new LineClient("peer.test:1")) {
      Command command = Command.of("X").text("\uD83D");

      assertThatIllegalArgumentException().isThrownBy(() -> command.writeTo(client));

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '\'',
      value = {
        "two words=LOGIN \"two words\" end",
        "''=LOGIN \"\" end",
        "a \" \\=LOGIN \"a \\\" \\\\\" end"
      })
  void putsAWordInQuotes(String value, String line) throws Exception {
    Command command = Command.of("LOGIN").quoted(value).atom("end");

    assertThat(new String(command.line(UTF_8, 2), UTF_8)).isEqualTo(line);
    assertThat(Command.of("LOGIN").secretQuoted(value)).hasToString("LOGIN ***");
  }

  @Test
  void refusesALineEndInQuotes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.of("LOGIN").secretQuoted("a\r\nb"))
        .withMessageNotContaining("b\"");
  }
}
