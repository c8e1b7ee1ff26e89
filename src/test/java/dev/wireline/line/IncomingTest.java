package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Deadline;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in bulk from any stream, from a wire, and to the end of a client's connection. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class IncomingTest {
  private static final Endpoint PEER = Endpoint.parse("peer.test:1");

  private static Incoming of(String text, LineOptions options) {
    return Incoming.of(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), PEER, options);
  }

  private static Incoming of(String text) {
    return of(text, LineOptions.standard());
  }

  /** The same bytes, of which each read gives one. */
  private static Incoming drop(String text, LineOptions options) {
    InputStream all = InputStream.nullInputStream();
    for (byte one : text.getBytes(ISO_8859_1)) {
      all = new SequenceInputStream(all, new ByteArrayInputStream(new byte[] {one}));
    }
    return Incoming.of(all, PEER, options);
  }

  static Stream<Arguments> lineEnds() {
    return Stream.of(
        Arguments.of(LineEnds.CRLF, List.of("one", "", "two\nthree\rfour", "last")),
        Arguments.of(LineEnds.CRLF_OR_LF, List.of("one", "", "two", "three\rfour", "last")),
        Arguments.of(LineEnds.ANY, List.of("one", "", "two", "three", "four", "last")));
  }

  @ParameterizedTest
  @MethodSource("lineEnds")
  void cutsLinesAsTheOptionsSay(LineEnds ends, List<String> expected) throws IOException {
    LineOptions options = LineOptions.builder().lineEnds(ends).build();
    String text = "one\r\n\r\ntwo\nthree\rfour\r\nlast";

    assertThat(of(text, options).readLines()).isEqualTo(expected);
    assertThat(drop(text, options).readLines()).isEqualTo(expected);
    try (Stream<String> lines = drop(text, options).lines()) {
      assertThat(lines).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void canBeReadInManyWays(@TempDir Path folder) throws IOException {
    Incoming in = of("one\ntwo\nr\u00e9st");
    assertThat(in.read()).isEqualTo('o');
    assertThat(in.readLineOrEnd()).contains("ne");
    assertThat(in.readNBytes(4)).asString().isEqualTo("two\n");
    assertThat(in.text(ISO_8859_1)).isEqualTo("r\u00e9st");
    assertThat(in.bytes()).isEmpty();
    assertThat(in.readLines()).isEmpty();
    assertThat(in.read()).isEqualTo(-1);

    of("whole").saveTo(folder.resolve("x"));
    assertThat(folder.resolve("x")).hasContent("whole");
  }

  @Test
  void reportsWhatIsNotTextAndGoesOn() throws IOException {
    Incoming in = of("a\n\u00ff\nb\n");
    assertThat(in.readLineOrEnd()).contains("a");

    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(in::readLineOrEnd)
        .withMessageContaining("a line must be text in UTF-8, but got \"\\xff\"");

    assertThat(in.readLines()).containsExactly("b");
    assertThatExceptionOfType(PeerProtocolException.class)
        .isThrownBy(() -> of("\u00ff").text());
  }

  @Test
  void readsLinesInTheFallbackCharset() throws IOException {
    LineOptions options = LineOptions.builder().fallbackCharset(ISO_8859_1).build();

    assertThat(of("r\u00e9st\ntwo", options).readLineOrEnd()).contains("r\u00e9st");
    assertThat(of("r\u00e9st\ntwo", options).readLines()).containsExactly("r\u00e9st", "two");
  }

  @Test
  void waitsForTheRestOfALineAtMostTheTransferTimeout() throws IOException {
    LineOptions options =
        LineOptions.builder().transferTimeout(Duration.ofMillis(200)).build();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("half of a line");
          peer.hold();
        });
        LineClient client = new LineClient(server.endpoint(), options)) {
      Incoming in = client.openToEnd();

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(in::readLineOrEnd)
          .withMessageContaining("transferTimeout");
    }
  }

  @Test
  void isBounded() throws IOException {
    LineOptions small = LineOptions.builder().maxLineBytes(3).maxReadBytes(150).build();
    assertThat(of("abc\r\nabc", small).readLines()).containsExactly("abc", "abc");
    assertThat(of("x".repeat(150), small).bytes()).hasSize(150);

    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> of("abcd\r\n", small).readLines())
        .matches(e -> e.limit().equals("maxLineBytes") && e.max() == 3);
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> of("x".repeat(151), small).bytes())
        .matches(e -> e.limit().equals("maxReadBytes") && e.max() == 150);
    assertThatExceptionOfType(LimitExceededException.class)
        .as("what lines take in memory counts")
        .isThrownBy(() -> of("\n\n\n", small).readLines());
    assertThat(of("x".repeat(1000), small).readAllBytes()).as("a stream").hasSize(1000);
  }

  @Test
  void isGivenUpAfterAFailure() {
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw new IOException("reset");
      }
    };
    Incoming in = Incoming.of(failing, PEER, LineOptions.standard());

    assertThatExceptionOfType(IOException.class).isThrownBy(in::read).withMessage("reset");

    assertThatExceptionOfType(ClientClosedException.class)
        .isThrownBy(in::bytes)
        .withMessageContaining("reset");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> in.lines().count());
  }

  @Test
  void givesNothingOnceItIsClosed() throws IOException {
    Incoming in = of("abc");
    assertThat(in.read()).isEqualTo('a');

    in.close();

    assertThat(in.available()).isZero();
    assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsAWireOfItsOwn(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> peer.write("one\r\n" + "x".repeat(300_000)))) {
      Dialer dialer = way.dialer(server::clientContext).build();
      try (Wire wire = dialer.wire(server.endpoint())) {
        wire.connect();
        Incoming in = Incoming.of(wire, LineOptions.standard());

        assertThat(in.readLineOrEnd()).contains("one");
        assertThat(in.readAllBytes()).hasSize(300_000);
        assertThat(wire.isOpen()).isTrue();
        in.close();
        assertThat(wire.isOpen()).isFalse();
      }
    }
  }

  @Test
  void writesAWireOfItsOwnUpToItsEnd() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          byte[] all = peer.input().readAllBytes();
          peer.write(all.length + "\r\n");
        });
        Wire wire = Dialer.standard().wire(server.endpoint())) {
      wire.connect();
      try (Outgoing out = Outgoing.of(wire, LineOptions.standard())) {
        out.write(new byte[100_000]);
        out.writeLine("line");
        out.finish();
      }

      assertThat(Incoming.of(wire, LineOptions.standard()).text()).isEqualTo("100006\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void goesToTheEndOfTheConnection(Delivery delivery) throws Exception {
    String script = "C: who\nS: Login  Name\nS: joe\nS> \"rest\"\n<close>";
    try (ScriptedServer server =
            ScriptedServer.builder(script).delivery(delivery).start();
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      client.writeLine("who");
      assertThat(client.readLine()).isEqualTo("Login  Name");
      Incoming in = client.openToEnd();

      assertThat(in.readLines()).containsExactly("joe", "rest");

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      assertThat(said.lines()).last().isEqualTo("# S: 9 bytes to the end");
      in.close();
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hangsUpWhenItIsLeftBeforeTheEnd(boolean closed) throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("one\r\ntwo\r\n");
          peer.awaitClosedByPeer(Duration.ofSeconds(20));
        });
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = client.openToEnd();
      assertThat(in.readLineOrEnd()).contains("one");

      if (closed) {
        in.close();
      }

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::readLine);
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
    }
  }

  @Test
  void neverTakesAResetForTheEnd() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("one");
          peer.readLine();
          peer.reset();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Incoming in = client.openToEnd();
      assertThat(in.readNBytes(3)).hasSize(3);
      client.writeLine("reset");

      assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(in::bytes);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void keepsWhatCameOfAnEndThatNeverCame() throws Exception {
    Dialer dialer = Dialer.builder().silenceTimeout(Duration.ofMillis(200)).build();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("x".repeat(20_000));
          peer.hold();
        });
        LineClient client = new LineClient(
            server.endpoint(), LineOptions.builder().dialer(dialer).build())) {
      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(client::readToEnd)
          .withMessageContaining("with 20000 bytes of it received");
    }
  }

  @Test
  void keepsWhatCameBeforeAReset() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("x".repeat(20_000));
          peer.readLine();
          peer.reset();
        });
        LineClient client = new LineClient(server.endpoint())) {
      WireInput input = client.wire().input();
      while (input.buffered() < 20_000) {
        input.fill(20_000, Deadline.NEVER, Activity.READING);
      }
      client.writeLine("reset");

      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(client::readToEnd)
          .withMessageContaining("with 20000 bytes of it received")
          .satisfies(cut -> assertThat(cut.received()).hasSize(20_000));
    }
  }

  @Test
  void keepsWhatCameWithoutACloseNotify() throws Exception {
    try (PeerServer server = Way.TLS.start(peer -> {
          peer.write("x".repeat(20_000));
          peer.closeWithoutNotify();
        });
        LineClient client = Way.TLS.client(server)) {
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(client::readToEnd)
          .satisfies(cut -> assertThat(cut.received()).hasSize(20_000));
    }
  }

  @Test
  void isGivenUpByAnErrorHalfWay() {
    InputStream failing = new InputStream() {
      private int count;

      @Override
      public int read() {
        if (count++ == 10) {
          throw new StackOverflowError();
        }
        return 'x';
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        into[offset] = (byte) read();
        return 1;
      }
    };
    Incoming in = Incoming.of(failing, PEER, LineOptions.standard());

    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(in::bytes);

    assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
  }

  @Test
  void leavesNoFileOfWhatFailed(@TempDir Path folder) throws IOException {
    LineOptions options = LineOptions.standard();
    InputStream half = new ByteArrayInputStream("half".getBytes(UTF_8));
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw new IOException("reset");
      }
    };
    Incoming in = Incoming.of(new SequenceInputStream(half, failing), PEER, options);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> in.saveTo(folder.resolve("x")))
        .withMessage("reset");

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThatExceptionOfType(ClientClosedException.class).isThrownBy(in::read);
  }

  @Test
  void readsLinesOfABlockUpToItsEnd() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S> \"one\\r\\ntwo\\r\"\nS: next");
        LineClient client = new LineClient(server.endpoint())) {
      Incoming block = Blocks.of(client).open(9);

      assertThat(block.readLines()).containsExactly("one", "two");

      assertThat(client.readLine()).isEqualTo("next");
      Incoming empty = Blocks.of(client).open(0);
      empty.close();
      assertThat(empty.read()).isEqualTo(-1);
    }
  }
}
