package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.Caller;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.ThreadKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges that stay open for a stream: what ends them, what they keep out, and what a failure does. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class OpenExchangeTest {
  private static final String TWO = """
      C: GET one
      S: 5
      S> "hello"
      S: 226 sent
      C: GET two
      S: 0
      S: 226 sent
      C: NOOP
      S: 250 fine
      """;

  /** A client of a protocol that gives a block and says behind it whether all is well. */
  private static final class Depot extends LineClient {
    private final Blocks blocks = Blocks.of(this);
    private final DotBlocks texts = DotBlocks.of(this);
    private final Replies replies = Replies.of(this);
    private String ended = "";

    Depot(Endpoint endpoint) {
      super(endpoint);
    }

    Depot(Endpoint endpoint, LineOptions options) {
      super(endpoint, options);
    }

    Incoming get(String name) throws IOException {
      return openIncoming(
          () -> {
            writeLine("GET " + name);
            return blocks.open(blocks.parseLength(readLine()));
          },
          this::last);
    }

    Incoming getText() throws IOException {
      return openIncoming(
          () -> {
            writeLine("TEXT");
            return texts.read();
          },
          this::last);
    }

    Incoming getBeside(InputStream other) throws IOException {
      return getBeside(other, false);
    }

    Incoming getBeside(InputStream other, boolean strict) throws IOException {
      LastStep strictly = whole -> replies.expect(226);
      return openIncoming(
          () -> {
            writeLine("RETR");
            replies.expect(150);
            return Incoming.of(other, endpoint(), options());
          },
          strict ? strictly : this::last);
    }

    private void last(boolean whole) throws IOException {
      ended += whole ? "whole " : "cut ";
      if (whole) {
        replies.expect(226);
      } else {
        ended += replies.read().code() + " ";
      }
    }

    Outgoing put() throws IOException {
      return openOutgoing(
          () -> {
            writeLine("DATA");
            replies.expect(354);
            return texts.write();
          },
          whole -> {
            ended += whole ? "sent " : "unsent ";
            replies.expect(250);
          });
    }

    Outgoing putBeside(Wire other) throws IOException {
      return openOutgoing(
          () -> {
            writeLine("STOR");
            replies.expect(150);
            return Outgoing.of(other, options());
          },
          this::last);
    }

    String noop() throws IOException {
      return exchange(() -> {
        writeLine("NOOP");
        return replies.expect(250).text();
      });
    }

    void again() {
      hangUp();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void endsWithTheStream(Delivery delivery) throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(TWO).delivery(delivery).start();
        Depot client = new Depot(server.endpoint())) {
      assertThat(client.get("one").text()).isEqualTo("hello");
      assertThat(client.get("two").read()).isEqualTo(-1);

      assertThat(client.noop()).isEqualTo("fine");
      assertThat(client.ended).isEqualTo("whole whole ");
      server.verify();
    }
  }

  @Test
  void neverLooksCompleteWhenItIsCut() throws Exception {
    CutPoints.everyCutPoint(TWO, endpoint -> {
      try (Depot client = new Depot(endpoint)) {
        client.get("one").bytes();
        client.get("two").bytes();
        client.noop();
      }
    });
  }

  @Test
  void staysBoundedWithPeersThatMeanNoGood() throws Exception {
    Dialer dialer = Dialer.builder()
        .silenceTimeout(Duration.ofMillis(100))
        .tlsTimeout(Duration.ofMillis(300))
        .build();
    LineOptions hurried = LineOptions.builder()
        .dialer(dialer)
        .transferTimeout(Duration.ofMillis(200))
        .maxReadBytes(1 << 20)
        .build();
    for (String before : List.of("C: GET one\nS: 5", "C: GET one\nS: 5\nS> \"hello\"")) {
      HostilePeers.builder().after(before).run(endpoint -> {
        try (Depot client = new Depot(endpoint, hurried)) {
          client.get("one").bytes();
        }
      });
    }
    HostilePeers.builder().after("C: DATA\nS: 354 go on\nC: x\nC: .").run(endpoint -> {
      try (Depot client = new Depot(endpoint, hurried);
          Outgoing text = client.put()) {
        text.writeLine("x");
        text.finish();
      }
    });
  }

  /** What reads a stream of five bytes to its end. */
  private interface Reading {
    Object from(Incoming stream) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void endsHoweverItIsRead(int way, @TempDir Path folder) throws Exception {
    Reading[] readings = {
      Incoming::readAllBytes,
      Incoming::readLines,
      stream -> stream.lines().count(),
      stream -> {
        stream.saveTo(folder.resolve("x"));
        return "";
      },
      stream -> {
        assertThat(stream.readNBytes(5)).hasSize(5);
        stream.close();
        return "";
      },
      stream -> stream.readLineOrEnd().orElseThrow() + stream.readLineOrEnd()
    };
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      readings[way].from(client.get("one"));

      assertThat(client.ended).isEqualTo("whole ");
      client.get("two").close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void letsNothingElseLeave() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");
      assertThat(stream.read()).isEqualTo('h');

      String message =
          "a block of which 1 bytes were read is open and has the client to itself: read or write it to"
              + " its end, or close it";
      assertThatIllegalStateException().isThrownBy(() -> client.get("two")).withMessage(message);
      assertThatIllegalStateException().isThrownBy(client::noop).withMessage(message);
      assertThatIllegalStateException().isThrownBy(() -> client.writeLine("NOOP"));
      assertThatIllegalStateException().isThrownBy(client::readLine);
      assertThatIllegalStateException().isThrownBy(() -> client.pollLine(Duration.ZERO));
      assertThatIllegalStateException().isThrownBy(client::input);
      assertThatIllegalStateException().isThrownBy(client::output);
      assertThatIllegalStateException().isThrownBy(client::startTls);
      assertThatIllegalStateException().isThrownBy(client::shutdownOutput);
      assertThatIllegalStateException().isThrownBy(() -> Command.of("NOOP").writeTo(client));
      assertThatIllegalStateException().isThrownBy(() -> DotBlocks.of(client).read());
      assertThatIllegalStateException().isThrownBy(() -> Blocks.of(client).read(1));
      assertThatThrownBy(() -> Caller.start(client::noop).result())
          .hasRootCauseInstanceOf(IllegalStateException.class);

      assertThat(stream.text()).isEqualTo("ello");
      client.get("two").close();
      assertThat(client.noop()).isEqualTo("fine");
      server.verify();
    }
  }

  @Test
  void canBeReadByAnotherThread() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");

      assertThat(Caller.start(stream::text).result()).isEqualTo("hello");

      client.get("two").close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void canBeginWithinAnExchange() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      Dialogue dialogue = Dialogue.of(client);
      String one =
          dialogue.within(Duration.ofSeconds(20), () -> client.get("one").text());
      Incoming two = dialogue.within(Duration.ofSeconds(20), () -> client.get("two"));

      assertThat(one).isEqualTo("hello");
      assertThatIllegalStateException().isThrownBy(client::noop);
      two.close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void isNotEndedByAnotherThreadWithinTheExchangeThatOpenedIt() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      String one = Dialogue.of(client).within(Duration.ofSeconds(20), () -> {
        Incoming stream = client.get("one");
        assertThat(stream.readNBytes(5)).hasSize(5);
        assertThatThrownBy(() -> Caller.run(ThreadKind.PLATFORM, stream::close).result())
            .hasCauseInstanceOf(IllegalStateException.class);
        stream.close();
        return "ended";
      });

      assertThat(one).isEqualTo("ended");
      assertThat(client.ended).isEqualTo("whole ");
      client.get("two").close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void dropsASmallRestAndSaysThatItWasCut() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(TWO);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");
      assertThat(stream.read()).isEqualTo('h');
      stream.close();
      stream.close();

      assertThat(client.ended).isEqualTo("cut 226 ");
      assertThatIllegalStateException().isThrownBy(stream::read);
      client.get("two").close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void breaksTheClientForALargeRest() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("100000\r\n");
          peer.write(new byte[100_000]);
          peer.hold();
        });
        Depot client = new Depot(server.endpoint())) {
      client.get("one").close();

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(client.ended).isEmpty();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::noop);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::readLine);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"451 disk error", "nonsense"})
  void throwsWhatItsLastStepThrows(String last, @TempDir Path folder) throws Exception {
    boolean no = last.startsWith("451");
    String script = "C: GET one\nS: 5\nS> \"hello\"\nS: " + last + "\nC: NOOP\nS: 250 fine\n";
    try (ScriptedServer server = ScriptedServer.play(script);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");
      Path file = folder.resolve("x");

      assertThatThrownBy(() -> stream.saveTo(file))
          .isInstanceOf(no ? ReplyException.class : PeerProtocolException.class);

      assertThat(Files.exists(file)).isFalse();
      stream.close();
      if (no) {
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
        assertThat(client.noop()).isEqualTo("fine");
      } else {
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void failsInsteadOfEndingWhenTheStreamIsCut() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: GET one\nS: 5\nS> \"hell\"\n<close>");
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");

      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(stream::bytes)
          .satisfies(cut -> assertThat(cut.received()).asString().isEqualTo("hell"));

      stream.close();
      assertThat(client.ended).isEmpty();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::noop);
    }
  }

  @Test
  void isWokenByACloseFromAnotherThread() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("5\r\nhe");
          peer.hold();
        });
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");
      Caller<byte[]> reader = Caller.start(() -> {
        stream.readNBytes(2);
        reading.countDown();
        return stream.bytes();
      });
      assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();

      client.close();

      assertThatThrownBy(reader::result).hasCauseInstanceOf(ClientClosedException.class);
      stream.close();
      assertThat(client.ended).isEmpty();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::noop);
    }
  }

  @Test
  void isForgottenWhenTheClientHangsUp() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          String line = peer.readLine();
          peer.write("NOOP".equals(line) ? "250 fine\r\n" : "5\r\nhe");
          peer.hold();
        });
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.get("one");
      client.again();

      assertThat(client.noop()).isEqualTo("fine");

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(stream::read);
      stream.close();
      assertThat(client.ended).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void breaksWhenItsBeginningThrowsBehindTheStream() throws Exception {
    class Late extends LineClient {
      Late(Endpoint endpoint) {
        super(endpoint);
      }

      Incoming get() throws IOException {
        return exchange(() -> {
          Incoming lost = openIncoming(() -> Blocks.of(this).open(5), whole -> {});
          assertThat(lost).isNotNull();
          throw refused("no");
        });
      }
    }

    try (ScriptedServer server = ScriptedServer.play("S> \"hello\"\n<stall>");
        Late client = new Late(server.endpoint())) {
      assertThatExceptionOfType(ReplyException.class).isThrownBy(client::get);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::readLine);
    }
  }

  @Test
  void leavesTheClientAsItWasWhenItsBeginningIsRefused() throws Exception {
    String script = "C: RETR\nS: 550 no such file\nC: NOOP\nS: 250 fine\n";
    try (ScriptedServer server = ScriptedServer.play(script);
        Depot client = new Depot(server.endpoint())) {
      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> client.getBeside(InputStream.nullInputStream()));

      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void breaksAtAnErrorInItsLastStep() throws Exception {
    class Failing extends LineClient {
      Failing(Endpoint endpoint) {
        super(endpoint);
      }

      Incoming get() throws IOException {
        return openIncoming(() -> Blocks.of(this).open(5), whole -> {
          throw new StackOverflowError();
        });
      }
    }

    try (ScriptedServer server = ScriptedServer.play("S> \"hello\"\n<stall>");
        Failing client = new Failing(server.endpoint())) {
      Incoming stream = client.get();

      assertThatExceptionOfType(StackOverflowError.class).isThrownBy(stream::bytes);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::readLine);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsAConnectionBeside(Delivery delivery) throws Exception {
    String script = "C: RETR\nS: 150 here it comes\nS: 226 sent\nC: NOOP\nS: 250 fine\n";
    try (ScriptedServer server =
            ScriptedServer.builder(script).delivery(delivery).start();
        Depot client = new Depot(server.endpoint())) {
      Source other = new Source("one\r\ntwo");

      assertThat(client.getBeside(other).readLines()).containsExactly("one", "two");

      assertThat(other.closedBeforeTheReply).isTrue();
      assertThat(client.ended).isEqualTo("whole ");
      assertThat(client.noop()).isEqualTo("fine");
      server.verify();
    }
  }

  /** A stream that knows whether it was closed. */
  private static final class Source extends ByteArrayInputStream {
    private boolean closedBeforeTheReply;

    Source(String text) {
      super(text.getBytes(US_ASCII));
    }

    @Override
    public void close() {
      closedBeforeTheReply = true;
    }
  }

  @Test
  void hearsWhatThePeerSaysToAConnectionBesideThatWasCut() throws Exception {
    try (ScriptedServer server = ScriptedServer.play(CUT_BESIDE);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.getBeside(resetStream());

      assertThatExceptionOfType(IOException.class).isThrownBy(stream::bytes).withMessage("reset");

      assertThat(client.ended).isEqualTo("cut 426 ");
      stream.close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void putsWhatThePeerSaysBeforeWhatWentWrongBeside(int way) throws Exception {
    Reading[] readings = {
      Incoming::bytes, Incoming::readLines, Incoming::readLineOrEnd, Incoming::readAllBytes
    };
    try (ScriptedServer server = ScriptedServer.play(CUT_BESIDE);
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.getBeside(resetStream(), true);

      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(() -> readings[way].from(stream))
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("reset"));

      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  private static final String CUT_BESIDE =
      "C: RETR\nS: 150 here it comes\nS: 426 cut\nC: NOOP\nS: 250 fine\n";

  private static InputStream resetStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw new IOException("reset");
      }
    };
  }

  @Test
  void givesNothingOfTheMemoryOfAConnectionBesideOnceTheClientIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: RETR\nS: 150 go\n<stall>");
        Depot client = new Depot(server.endpoint())) {
      Incoming stream = client.getBeside(new Source("abcdef"));
      assertThat(stream.read()).isEqualTo('a');

      client.close();

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(stream::read);
    }
  }

  private static final String MAIL = """
      C: DATA
      S: 354 go on
      C: ..x
      C: .
      S: 250 taken
      C: NOOP
      S: 250 fine
      """;

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void endsWhenWhatGoesOutIsFinished(Delivery delivery) throws Exception {
    try (ScriptedServer server = ScriptedServer.builder(MAIL).delivery(delivery).start();
        Depot client = new Depot(server.endpoint())) {
      try (Outgoing text = client.put()) {
        text.writeLine(".x");
        assertThatIllegalStateException()
            .isThrownBy(client::noop)
            .withMessageStartingWith("a text of which 0 bytes have left is open");
        assertThatIllegalStateException().isThrownBy(() -> client.writeLine("NOOP"));
        text.finish();
        text.finish();
      }

      assertThat(client.ended).isEqualTo("sent ");
      assertThat(client.noop()).isEqualTo("fine");
      server.verify();
    }
  }

  @Test
  void neverLooksSentWhenItIsCut() throws Exception {
    CutPoints.everyCutPoint(MAIL, endpoint -> {
      try (Depot client = new Depot(endpoint)) {
        Outgoing text = client.put();
        text.writeLine(".x");
        text.finish();
        client.noop();
      }
    });
  }

  @Test
  void givesTheClientUpWhenWhatGoesOutIsClosedUnfinished() throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("354 go on\r\n");
          received.complete(UpToTheCut.read(peer));
        });
        Depot client = new Depot(server.endpoint())) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            try (Outgoing text = client.put()) {
              text.writeLine("half");
              text.flush();
              throw new IOException("disk failed");
            }
          })
          .withMessage("disk failed");

      assertThat(received.get(20, TimeUnit.SECONDS)).asString().isEqualTo("half\r\n");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(client.ended).isEmpty();
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::noop)
          .withMessageContaining("the text was given up half way");
    }
  }

  private static void resetAfterAByte(PeerConnection peer) throws IOException {
    peer.read();
    peer.reset();
  }

  private static final String STORED = """
      C: STOR
      S: 150 go on
      S: 226 stored
      C: NOOP
      S: 250 fine
      """;

  @Test
  void writesAConnectionBeside() throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (PeerServer data =
            PeerServer.start(peer -> received.complete(peer.input().readAllBytes()));
        ScriptedServer server = ScriptedServer.play(STORED);
        Depot client = new Depot(server.endpoint());
        Wire wire = Dialer.standard().wire(data.endpoint())) {
      wire.connect();
      try (Outgoing out = client.putBeside(wire)) {
        out.writeLine("one");
        out.finish();
      }

      assertThat(received.get(20, TimeUnit.SECONDS)).asString().isEqualTo("one\r\n");
      assertThat(client.ended).isEqualTo("whole ");
      assertThat(client.noop()).isEqualTo("fine");
      server.verify();
    }
  }

  @Test
  void hearsWhatThePeerSaysToAnUploadThatItEnds() throws Exception {
    String script = STORED.replace("226 stored", "552 quota exceeded");
    try (PeerServer data = PeerServer.start(OpenExchangeTest::resetAfterAByte);
        ScriptedServer server = ScriptedServer.play(script);
        Depot client = new Depot(server.endpoint());
        Wire wire = Dialer.standard().wire(data.endpoint())) {
      wire.connect();
      Outgoing out = client.putBeside(wire);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            while (true) {
              out.write(new byte[10_000]);
            }
          })
          .isInstanceOf(ConnectionClosedException.class);

      out.close();
      assertThat(client.ended).isEqualTo("cut 552 ");
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void throwsTheNoToAnUploadBeforeItsBrokenWrite() throws Exception {
    class Strict extends LineClient {
      Strict(Endpoint endpoint) {
        super(endpoint);
      }

      Outgoing put(Wire wire) throws IOException {
        return openOutgoing(
            () -> Outgoing.of(wire, options()), whole -> Replies.of(this).expect(226));
      }
    }

    try (PeerServer data = PeerServer.start(OpenExchangeTest::resetAfterAByte);
        ScriptedServer server = ScriptedServer.play("S: 552 quota exceeded\n<stall>");
        Strict client = new Strict(server.endpoint());
        Wire wire = Dialer.standard().wire(data.endpoint())) {
      client.connect();
      wire.connect();
      Outgoing out = client.put(wire);

      assertThatExceptionOfType(ReplyCodeException.class)
          .isThrownBy(() -> {
            while (true) {
              out.write(new byte[10_000]);
            }
          })
          .satisfies(no -> assertThat(no.getSuppressed())
              .hasOnlyElementsOfType(ConnectionClosedException.class));

      out.close();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void endsAnUploadBesideThatIsClosedUnfinished() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.input().readAllBytes());
        ScriptedServer server = ScriptedServer.play(STORED.replace("226 stored", "426 cut"));
        Depot client = new Depot(server.endpoint());
        Wire wire = Dialer.standard().wire(data.endpoint())) {
      wire.connect();
      Outgoing out = client.putBeside(wire);
      out.write('x');

      out.close();

      assertThat(wire.isOpen()).isFalse();
      assertThat(client.ended).isEqualTo("cut 426 ");
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void throwsTheNoToWhatWentOut() throws Exception {
    String script = MAIL.replace("250 taken", "554 spam");
    try (ScriptedServer server = ScriptedServer.play(script);
        Depot client = new Depot(server.endpoint())) {
      Outgoing text = client.put();
      text.writeLine(".x");

      assertThatExceptionOfType(ReplyException.class).isThrownBy(text::finish);

      assertThatExceptionOfType(IOException.class).isThrownBy(text::finish);
      text.close();
      assertThat(client.noop()).isEqualTo("fine");
    }
  }

  @Test
  void endsATextThatIsReadToo() throws Exception {
    String script = "C: TEXT\nS: a\nS: .\nS: 226 sent\nC: NOOP\nS: 250 fine\n";
    try (ScriptedServer server = ScriptedServer.play(script);
        Depot client = new Depot(server.endpoint())) {
      assertThat(client.getText().readLines()).containsExactly("a");

      assertThat(client.noop()).isEqualTo("fine");
    }
  }
}
