package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that end in a line with a dot: what they hold, where they end, and what walking away does. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DotInputTest {
  private static final String BEHIND = "250 next\r\n";

  static final List<Arguments> STRICT = List.of(
      text("nothing", ".\r\n", ""),
      text("a line", "a\r\n.\r\n", "a\r\n"),
      text("an empty line", "\r\n.\r\n", "\r\n"),
      text("a line with a dot", "..\r\n.\r\n", ".\r\n"),
      text("a line with two dots", "...\r\n.\r\n", "..\r\n"),
      text("a dot first", "..a\r\n..b\r\n.\r\n", ".a\r\n.b\r\n"),
      text("a dot that was not doubled", ".a\r\n.\r\n", "a\r\n"),
      text("dots within", "a.b.\r\n.\r\n", "a.b.\r\n"),
      text("a dot behind a bare LF", "a\n.\n.b\r\n.\r\n", "a\n.\n.b\r\n"),
      text("a dot behind a bare CR", "a\r.\r.b\r\n.\r\n", "a\r.\r.b\r\n"),
      text("LF, dot, CRLF", "a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n"),
      text("CRLF, dot, LF", "a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n"),
      text("CRLF, dot, CR", "a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n"),
      text("CR CR LF", "a\r\r\n.\r\n", "a\r\r\n"),
      text("any bytes", "\0\u00FF\u0080\r\n.\r\n", "\0\u00FF\u0080\r\n"));

  static final List<Arguments> WITH_BARE_LF = List.of(
      text("nothing", ".\n", ""),
      text("lines", "a\nb\n.\n", "a\nb\n"),
      text("both ends", "a\r\nb\n.\r\n", "a\r\nb\n"),
      text("dots", "..\n..a\r\n.\n", ".\n.a\r\n"),
      text("a bare CR", "a\r.\n.\n", "a\r.\n"));

  private static Arguments text(String name, String wire, String content) {
    return Arguments.of(name, wire, content);
  }

  private static PeerServer sending(String wire, boolean byteByByte) throws IOException {
    byte[] bytes = wire.getBytes(ISO_8859_1);
    return PeerServer.start(connection -> {
      if (byteByByte) {
        connection.writeByteByByte(bytes);
      } else {
        connection.write(bytes);
      }
    });
  }

  private static String allOf(Incoming in, int piece) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[piece];
    for (int count = in.read(some); count >= 0; count = in.read(some)) {
      all.write(some, 0, count);
    }
    assertThat(in.read()).isEqualTo(-1);
    return all.toString(ISO_8859_1);
  }

  private static void reads(String wire, String content, boolean bareLf) throws IOException {
    for (int piece : new int[] {1, 2, 3, 8192}) {
      for (boolean byteByByte : new boolean[] {false, true}) {
        try (PeerServer server = sending(wire + BEHIND, byteByByte);
            LineClient client = new LineClient(server.endpoint())) {
          DotBlocks blocks = DotBlocks.of(client);

          Incoming in = (bareLf ? blocks.withBareLf() : blocks).read();

          assertThat(allOf(in, piece)).isEqualTo(content);
          assertThat(client.readLine()).isEqualTo("250 next");
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("STRICT")
  void endsAtADotBetweenLineEndsAlone(String name, String wire, String content) throws Exception {
    reads(wire, content, false);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("WITH_BARE_LF")
  void takesABareLfForALineEndWhenAsked(String name, String wire, String content) throws Exception {
    reads(wire, content, true);
  }

  @Test
  void neverLooksCompleteWhenItIsCut() throws Exception {
    String wire = "a\r\n..b\r\n\n.\n.\r\r\n.\r\n";
    for (int cut = 0; cut < wire.length(); cut++) {
      try (PeerServer server = sending(wire.substring(0, cut), false);
          LineClient client = new LineClient(server.endpoint())) {
        Incoming in = DotBlocks.of(client).read();

        assertThatExceptionOfType(ConnectionClosedException.class)
            .as("cut at " + cut)
            .isThrownBy(() -> allOf(in, 100));
        in.close();
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesLines(boolean byteByByte) throws Exception {
    try (PeerServer server = sending("a\r\n\r\n..\r\n..x.\r\nb\nc\r\n.\r\n" + BEHIND, byteByByte);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();

      assertThat(in.readLineOrEnd()).contains("a");
      assertThat(in.readLineOrEnd()).contains("");
      assertThat(in.readLines()).containsExactly(".", ".x.", "b\nc");
      assertThat(in.readLineOrEnd()).isEmpty();
      assertThat(client.readLine()).isEqualTo("250 next");
    }
  }

  @Test
  void givesLinesThatEndInABareLfWhenAsked() throws Exception {
    try (PeerServer server = sending("a\nb\r\n..\n.\n" + BEHIND, true);
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(DotBlocks.of(client).withBareLf().read().readLines())
          .containsExactly("a", "b", ".");
      assertThat(client.readLine()).isEqualTo("250 next");
    }
  }

  @Test
  void givesTheRestOfALineOfWhichBytesWereRead() throws Exception {
    String wire = "..ab\r\n..\r\ncd\r\n.\r\n";
    for (int read = 0; read <= 11; read++) {
      try (PeerServer server = sending(wire + BEHIND, false);
          LineClient client = new LineClient(server.endpoint())) {
        Incoming in = DotBlocks.of(client).read();
        String content = ".ab\r\n.\r\ncd\r\n";

        assertThat(in.readNBytes(read)).asString().isEqualTo(content.substring(0, read));
        String rest = content.substring(read);
        // An LF whose CR was read still ends its line.
        String whole = rest.startsWith("\n") ? "\r" + rest : rest;
        assertThat(in.readLines()).as("behind %d bytes", read).isEqualTo(linesOf(whole));
        assertThat(client.readLine()).isEqualTo("250 next");
      }
    }
  }

  private static List<String> linesOf(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\r\n", -1)));
    lines.remove(lines.size() - 1);
    return lines;
  }

  @Test
  void goesOnBehindALineThatIsNoText() throws Exception {
    try (PeerServer server = sending("a\r\n\u00FF\r\nb\r\n.\r\n" + BEHIND, false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).contains("a");

      PeerProtocolException unknown =
          catchThrowableOfType(PeerProtocolException.class, in::readLineOrEnd);

      assertThat(unknown.excerpt()).isEqualTo("\"\\xff\"");
      assertThat(unknown.connectionUsable()).isTrue();
      assertThat(in.readLines()).containsExactly("b");
      assertThat(client.readLine()).isEqualTo("250 next");
    }
  }

  @Test
  void savesItselfInAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("mail");
    try (PeerServer server = sending("..a\r\n.\r\n" + BEHIND, false);
        LineClient client = new LineClient(server.endpoint())) {
      DotBlocks.of(client).read().saveTo(file);

      assertThat(file).hasContent(".a\r\n");
      assertThat(client.readLine()).isEqualTo("250 next");
    }
  }

  @Test
  void leavesNoFileWhenItIsCut(@TempDir Path folder) throws Exception {
    try (PeerServer server = sending("a\r\n", false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();

      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> in.saveTo(folder.resolve("mail")));

      try (var left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void takesNoMoreThanItsBound() throws Exception {
    for (boolean lines : new boolean[] {false, true}) {
      try (PeerServer server = sending("abc\r\n.\r\nabcd\r\n.\r\n", false);
          LineClient client = new LineClient(server.endpoint())) {
        DotBlocks blocks = DotBlocks.of(client).withMaxBytes(5);
        assertThat(blocks.read().readAllBytes()).hasSize(5);
        Incoming in = blocks.read();

        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> {
              if (lines) {
                in.readLineOrEnd();
              } else {
                in.readAllBytes();
              }
            })
            .matches(e -> e.limit().equals("maxTextBytes") && e.max() == 5);
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void countsWhatALineInAListTakes() throws Exception {
    try (PeerServer server = sending("\r\n\r\n\r\n.\r\n", false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).withMaxBytes(197).read();

      assertThatExceptionOfType(LimitExceededException.class).isThrownBy(in::readLines);
    }
  }

  @Test
  void boundsALine() throws Exception {
    try (PeerServer server = sending("abcd\r\nabcde\r\n.\r\n", false);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().maxLineBytes(4).build())) {
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).contains("abcd");

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(in::readLineOrEnd)
          .matches(e -> e.limit().equals("maxLineBytes"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void drainsAShortRestWhenTheCallerWalksAway(boolean closed) throws Exception {
    String wire = ("x".repeat(98) + "\r\n").repeat(600) + ".\r\n";
    try (PeerServer server = sending(wire + BEHIND, false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).isPresent();
      if (closed) {
        in.close();
      }

      assertThat(client.readLine()).isEqualTo("250 next");

      in.close();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void breaksTheConnectionAtALongRest(boolean closed) throws Exception {
    String wire = ("x".repeat(98) + "\r\n").repeat(2000) + ".\r\n";
    try (PeerServer server = sending(wire + BEHIND, false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).isPresent();
      if (closed) {
        in.close();
      }

      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .withMessageContaining("dropping the rest of an unread text")
          .withCauseInstanceOf(LimitExceededException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksTheConnectionAtARestThatDoesNotCome() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("a\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).contains("a");

      in.close();

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .withCauseInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void neverLooksCompleteWhenItsRestWasDropped() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("a\r\nb\r\n.\r\nnext\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      in.read();

      assertThat(client.readLine()).isEqualTo("next");
      assertThatIllegalStateException().isThrownBy(in::read);
      assertThatIllegalStateException().isThrownBy(in::readLines);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void endsATextThatIsReadWholeAtTheTransferTimeout() throws Exception {
    try (PeerServer server = PeerServer.start(DotInputTest::drip);
        LineClient client = new LineClient(
            server.endpoint(),
            LineOptions.builder().transferTimeout(Duration.ofMillis(100)).build())) {
      Incoming in = DotBlocks.of(client).read();

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(in::readLines)
          .matches(e -> e.setting().orElseThrow().equals("transferTimeout"));
    }
  }

  private static void drip(PeerConnection connection) {
    try {
      while (true) {
        connection.write("x\r\n");
      }
    } catch (IOException e) {
      // The client has had enough.
    }
  }

  @Test
  void dropsTheOtherHalfOfALineEndBeforeIt() throws Exception {
    Feed feed = new Feed();
    feed.cutAt("ok\r\na\r\n.\r\n".getBytes(ISO_8859_1), 3);
    try (PeerServer server = PeerServer.start(feed);
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().lineEnds(LineEnds.ANY).build())) {
      feed.next(client, 0);
      assertThat(client.readLine()).isEqualTo("ok");
      Incoming in = DotBlocks.of(client).read();
      Feed.more(client);

      assertThat(in.readAllBytes()).asString().isEqualTo("a\r\n");
    }
  }

  @Test
  void refusesABoundThatIsNone() {
    try (LineClient client = new LineClient("peer.test:1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DotBlocks.of(client).withMaxBytes(0))
          .withMessage("maxTextBytes must be 1 or more, not 0");
    }
  }

  @Test
  void saysThatItWasClosedBeforeItsEnd() throws Exception {
    try (PeerServer server = sending(("x".repeat(98) + "\r\n").repeat(2000), false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();
      in.close();

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesNothingOfItsMemoryOnceTheClientIsGone(boolean broken) throws Exception {
    try (PeerServer server = sending("abc\r\ndef\r\n.\r\nrest", false)) {
      LineClient client = new LineClient(server.endpoint());
      Incoming in = DotBlocks.of(client).read();
      assertThat(in.readLineOrEnd()).contains("abc");

      if (broken) {
        assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> Blocks.of(client).parseLength("many"));
      } else {
        client.close();
      }

      assertThat(in.available()).isZero();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::readLineOrEnd);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::readLines);
      client.close();
    }
  }

  @Test
  void isGivenUpWhenItWasReadButNotSaved(@TempDir Path folder) throws Exception {
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("full"));
    try (PeerServer server = sending("abc\r\n.\r\n250 next\r\n", false);
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = DotBlocks.of(client).read();

      assertThatThrownBy(() -> in.saveTo(folder.resolve("none").resolve("mail")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      assertThatThrownBy(() -> in.saveTo(taken)).isInstanceOf(IOException.class);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }
}
