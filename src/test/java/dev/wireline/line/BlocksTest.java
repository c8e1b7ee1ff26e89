package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of an announced length: exact, bounded, whole or streamed, and what is left behind. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BlocksTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsDataBesideLines(Delivery delivery) throws Exception {
    try (ScriptedServer server = ScriptedServer.builder("""
            S: VALUE a 0 6
            S> "\\x00\\xff\\r\\n.x\\r\\n"
            S: {3}
            S> "abc)\\r\\n"
            S: {0}
            S: next
            """).delivery(delivery).start();
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client);
      client.readLine();
      byte[] value = blocks.readLine(blocks.parseLength("6"));
      client.readLine();
      byte[] literal = blocks.read(3);
      String rest = client.readLine();
      client.readLine();

      assertThat(value).isEqualTo(bytes("\0\u00ff\r\n.x"));
      assertThat(literal).isEqualTo(bytes("abc"));
      assertThat(rest).isEqualTo(")");
      assertThat(blocks.read(0)).isEmpty();
      assertThat(client.readLine()).isEqualTo("next");
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "007", "67108864"})
  void takesALength(String digits) throws Exception {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      assertThat(Blocks.of(client).parseLength(digits)).isEqualTo(Long.parseLong(digits));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", " 1", "1 ", "0x10", "1e3", "\u0661", "9999999999999999999", "ten"})
  void refusesWhatIsNoLength(String digits) throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: ready");
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();

      assertThatThrownBy(() -> Blocks.of(client).parseLength(digits))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("decimal digits");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void boundsALength() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: ready");
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client).withMaxBytes(10);
      client.readLine();

      assertThat(blocks.parseLength("10")).isEqualTo(10);
      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> blocks.parseLength("11"));

      assertThat(thrown.limit()).isEqualTo("maxBlockBytes");
      assertThat(thrown.max()).isEqualTo(10);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void boundsWhatIsReadWithoutALengthOfThePeer() throws Exception {
    for (boolean open : new boolean[] {true, false}) {
      try (ScriptedServer server = ScriptedServer.play("S: ready");
          LineClient client = new LineClient(server.endpoint())) {
        Blocks blocks = Blocks.of(client).withMaxBytes(10);
        client.readLine();

        assertThatThrownBy(() -> {
              if (open) {
                blocks.open(11);
              } else {
                blocks.read(11);
              }
            })
            .isInstanceOf(LimitExceededException.class);
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void takesNoMemoryForALengthThatWasOnlyAnnounced() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"abc\"\n<close>");
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client).withMaxBytes(Long.MAX_VALUE);

      ConnectionClosedException thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> blocks.read(Integer.MAX_VALUE - 8));

      assertThat(thrown.received()).isEqualTo(bytes("abc"));
    }
  }

  @Test
  void wantsTheLineEndBehindTheData() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"abcd\\r\\n\"");
        LineClient client = new LineClient(server.endpoint())) {
      assertThatThrownBy(() -> Blocks.of(client).readLine(3))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("after 3 bytes of data their line ends")
          .hasMessageContaining("\"d\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void streamsALargeBlock(Way way) throws Exception {
    byte[] large = new byte[3_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    try (PeerServer server = way.start(peer -> {
          peer.write("* 1 FETCH {" + large.length + "}\r\n");
          peer.write(large);
          peer.write(")\r\n");
          peer.hold();
        });
        LineClient client = way.client(server)) {
      String line = client.readLine();
      Blocks blocks = Blocks.of(client);
      long length = blocks.parseLength(line.substring(line.indexOf('{') + 1, line.length() - 1));
      byte[] came;
      try (InputStream in = blocks.open(length)) {
        came = in.readAllBytes();
        assertThat(in.read()).isEqualTo(-1);
      }

      assertThat(came).isEqualTo(large);
      assertThat(client.readLine()).isEqualTo(")");
    }
  }

  @Test
  void dropsASmallRestThatNobodyReads() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"abcdef\"\nS: one\nS> \"ghi\"\nS: two");
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client);
      InputStream closed = blocks.open(6);
      assertThat(closed.read()).isEqualTo('a');
      closed.close();
      String one = client.readLine();
      InputStream forgotten = blocks.open(3);

      assertThat(one).isEqualTo("one");
      assertThat(client.readLine()).isEqualTo("two");
      assertThatIllegalStateException().isThrownBy(() -> forgotten.read());
    }
  }

  @Test
  void breaksTheConnectionForALargeRest() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write(new byte[100_000]);
          peer.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      InputStream block = Blocks.of(client).open(100_000);
      block.read();
      block.close();

      ClientClosedException thrown =
          catchThrowableOfType(ClientClosedException.class, () -> client.readLine());

      assertThat(thrown).hasCauseInstanceOf(LimitExceededException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatThrownBy(() -> block.read()).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void breaksTheConnectionForARestThatDoesNotCome() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: ready\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();
      Blocks.of(client).open(3).close();

      assertThatThrownBy(() -> client.readLine()).isInstanceOf(ClientClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void isNeverShort() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"abc\"\n<close>");
        LineClient client = new LineClient(server.endpoint())) {
      InputStream block = Blocks.of(client).open(4);

      assertThatThrownBy(() -> block.readAllBytes())
          .isInstanceOf(ConnectionClosedException.class)
          .hasMessageContaining("after 3 of 4 bytes");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void dropsTheOtherHalfOfALineEndBeforeTheData() throws Exception {
    LineOptions any = LineOptions.builder().lineEnds(LineEnds.ANY).build();
    try (ScriptedServer server = ScriptedServer.play("S> \"3\\r\"\nC: go\nS> \"\\nabc\"");
        LineClient client = new LineClient(server.endpoint(), any)) {
      String length = client.readLine();
      client.writeLine("go");
      Blocks blocks = Blocks.of(client);

      try (InputStream block = blocks.open(blocks.parseLength(length))) {
        assertThat(block.readAllBytes()).isEqualTo(bytes("abc"));
      }
    }
  }

  @Test
  void standsInATranscript() throws IOException {
    try (ScriptedServer server = ScriptedServer.play("S> \"abc\\r\\nabcd\"");
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      Blocks blocks = Blocks.of(client);
      blocks.readLine(3);
      blocks.open(4).readAllBytes();

      assertThat(said.lines())
          .containsExactly("S> \"abc\"", "S> \"\\r\\n\"", "# S: a block of 4 bytes");
    }
  }

  @Test
  void givesNothingOfItsMemoryOnceTheClientIsClosed() throws IOException {
    try (ScriptedServer server = ScriptedServer.play("S> \"abcdef\"\n<stall>")) {
      LineClient client = new LineClient(server.endpoint());
      InputStream block = Blocks.of(client).open(6);
      assertThat(block.read()).isEqualTo('a');

      client.close();

      assertThat(block.available()).isZero();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(block::read);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(block::readAllBytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a number", "read", "readLine", "open"})
  void blamesThePeerForANegativeLength(String way) throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"\\xff\\xff\\xff\\xfb\"\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client);
      long announced = new DataInputStream(client.input()).readInt();

      assertThatThrownBy(() -> {
            switch (way) {
              case "read" -> blocks.read(announced);
              case "readLine" -> blocks.readLine(announced);
              case "open" -> blocks.open(announced);
              default -> blocks.length(announced);
            }
          })
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("a length is not negative, but got \"-5\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesALengthThatIsANumber() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: ready");
        LineClient client = new LineClient(server.endpoint())) {
      client.readLine();
      Blocks blocks = Blocks.of(client).withMaxBytes(10);

      assertThat(blocks.length(10)).isEqualTo(10);
      assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> blocks.length(11));
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void writesABlockBehindItsLine(Delivery delivery) throws Exception {
    String script = """
        C: A1 APPEND notes {5}
        S: + go on
        C> ".\\r\\n.x"
        C:
        S: A1 OK
        C: set x 0 0 0
        C:
        S: STORED
        """;
    try (ScriptedServer server =
            ScriptedServer.builder(script).delivery(delivery).start();
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      Blocks blocks = Blocks.of(client);
      Content message = Content.of(".\r\n.x");
      client.writeLine("A1 APPEND notes {" + message.length() + "}");
      client.readLine();
      blocks.write(message.length(), message);
      client.writeLine("");
      client.readLine();
      client.writeLine("set x 0 0 0");
      blocks.write(0, Content.of(""));
      client.writeLine("");

      assertThat(client.readLine()).isEqualTo("STORED");
      assertThat(said.lines()).contains("# C: a block of 5 bytes");
      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void writesALargeBlock(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> {
          int length = Integer.parseInt(peer.readLine());
          byte[] came = peer.read(length);
          peer.write(peer.readLine() + " " + (came[length - 1] & 0xFF) + "\r\n");
        });
        LineClient client = way.client(server)) {
      byte[] large = new byte[1_000_000];
      large[large.length - 1] = 'x';
      client.writeLine(String.valueOf(large.length));
      try (Outgoing block = Blocks.of(client).write(large.length)) {
        assertThatIllegalStateException()
            .isThrownBy(() -> client.writeLine("too early"))
            .withMessageContaining("a block of which 0 bytes have left");
        for (int at = 0; at < large.length; at += 10_000) {
          block.write(large, at, 10_000);
        }
        block.finish();
      }
      client.writeLine("behind");

      assertThat(client.readLine()).isEqualTo("behind 120");
    }
  }

  /** What a peer has of a block of five bytes, when it ends as that. */
  private static String received(WrittenBlock written) throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (PeerServer server = PeerServer.start(peer -> received.complete(UpToTheCut.read(peer)));
        LineClient client = new LineClient(server.endpoint())) {
      assertThatThrownBy(() -> written.by(Blocks.of(client)));

      String all = new String(received.get(20, TimeUnit.SECONDS), StandardCharsets.ISO_8859_1);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> client.writeLine("next"));
      return all;
    }
  }

  private interface WrittenBlock {
    void by(Blocks blocks) throws IOException;
  }

  @Test
  void neverLetsTheLastByteLeaveOfABlockThatIsNotWhole() throws Exception {
    assertThat(received(blocks -> blocks.write(5, Content.of("four")))).isEmpty();
    assertThat(received(blocks -> blocks.write(5, Content.of("longer")))).isEmpty();
    assertThat(received(blocks -> blocks.write(5, Content.of(Path.of("none"))))).isEmpty();
    assertThat(received(blocks -> {
          try (Outgoing block = blocks.write(5)) {
            block.write("fives".getBytes(StandardCharsets.ISO_8859_1));
            block.flush();
            block.flush();
            throw new IOException("thrown before the end");
          }
        }))
        .isEqualTo("five");
    assertThat(received(blocks -> {
          try (Outgoing block = blocks.write(5)) {
            block.write("five".getBytes(StandardCharsets.ISO_8859_1));
            block.flush();
            block.finish();
          }
        }))
        .isEqualTo("five");
    assertThat(received(blocks -> {
          try (Outgoing block = blocks.write(5)) {
            block.write("fives".getBytes(StandardCharsets.ISO_8859_1));
            block.flush();
            block.write('6');
          }
        }))
        .isEqualTo("five");
  }

  @Test
  void refusesALengthToWriteThatIsNone() throws Exception {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Blocks.of(client).write(-1));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }
}
