package dev.wireline.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.docs.Deflate;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Layer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers between the wire and the lines, put on in the middle of a session. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class LayersTest {
  private static final int IAC = 255;

  /** It takes nothing. */
  private static final Layer NEVER = new Layer() {
    @Override
    public void receive(ByteBuffer from, ByteBuffer into) {}

    @Override
    public void send(ByteBuffer from, ByteBuffer into) {}

    @Override
    public void flush(ByteBuffer into) {}
  };

  /** A client that puts layers on. */
  private static final class Layered extends LineClient {
    Layered(Way way, PeerServer server) {
      this(way, server, Duration.ofSeconds(30));
    }

    Layered(Way way, PeerServer server, Duration silence) {
      super(
          server.endpoint(),
          LineOptions.builder()
              .dialer(way.dialer(server::clientContext).silenceTimeout(silence).build())
              .build());
    }

    Layered put(Layer layer) throws IOException {
      layer(layer);
      return this;
    }

    void compress() throws IOException {
      exchange(() -> {
        writeLine("COMPRESS DEFLATE");
        assertThat(readLine()).isEqualTo("206 Compression active");
        layer(new Deflate());
        return true;
      });
    }
  }

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

  private static InputStream inflated(PeerConnection peer) {
    return new InflaterInputStream(peer.input(), new Inflater(true), 1);
  }

  private static OutputStream deflated(OutputStream below) {
    return new DeflaterOutputStream(
        below, new Deflater(Deflater.DEFAULT_COMPRESSION, true), 512, true);
  }

  private static byte[] deflated(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out = deflated(bytes);
    out.write(plain);
    out.flush();
    return bytes.toByteArray();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  @ParameterizedTest
  @EnumSource
  void takesTelnetsCommandsOutOfLinesAndAnswersThem(Way way) throws Exception {
    byte[] said = bytes(
        IAC, 253, 24, "lo", IAC, 241, "g", IAC, 250, 24, 1, IAC, 240, "in\r\n", IAC, 251, 1,
        "\r\n");
    try (PeerServer server = way.start(peer -> {
          peer.writeByteByByte(said);
          // Nothing is written by the client itself before this.
          assertThat(peer.read(6)).isEqualTo(bytes(IAC, 252, 24, IAC, 254, 1));
          assertThat(peer.readLine()).isEqualTo("joe");
          peer.write("hello\r\n");
        });
        Layered client = new Layered(way, server)) {
      client.put(new Telnet());

      assertThat(client.readLine()).isEqualTo("login");
      assertThat(client.readLine()).isEmpty();
      client.writeLine("joe");
      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(server.failure()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void escapesWhatLeaves(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> peer.write(peer.read(4)));
        Layered client = new Layered(way, server)) {
      client.put(new Telnet());

      client.output().write(new byte[] {1, (byte) IAC, 2});

      assertThat(client.read(3)).containsExactly(1, IAC, 2);
    }
  }

  /** The first compressed line comes in one piece with the go-ahead. */
  @ParameterizedTest
  @EnumSource
  void compressesFromTheGoAheadOn(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write(join("206 Compression active\r\n", deflated("200 hello\r\n")));
          InputStream in = inflated(peer);
          OutputStream out = deflated(peer.output());
          for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            out.write((line + " yourself\r\n").getBytes(US_ASCII));
            out.flush();
          }
        });
        Layered client = new Layered(way, server)) {
      client.compress();

      // Its stream is another one than that of the answers after it.
      assertThat(client.readLine()).isEqualTo("200 hello");
      for (int i = 0; i < 20; i++) {
        client.writeLine("hello " + i);
        assertThat(client.readLine()).isEqualTo("hello " + i + " yourself");
      }
    }
  }

  private static byte[] deflated(String text) throws IOException {
    return deflated(text.getBytes(US_ASCII));
  }

  private static byte[] join(String text, byte[] more) {
    byte[] first = text.getBytes(US_ASCII);
    byte[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void takesCompressedLinesByteByByte(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.writeByteByByte(join("206 Compression active\r\n", deflated("one\r\ntwo\r\n.\r\n")));
        });
        Layered client = new Layered(way, server)) {
      client.compress();

      assertThat(DotBlocks.of(client).read().readLines()).containsExactly("one", "two");
      assertThat(client.readLineOrEnd()).isEmpty();
    }
  }

  /** Both directions at once, with more than the buffers of two kernels and a layer take. */
  @ParameterizedTest
  @EnumSource
  void movesMuchInBothDirectionsAtOnce(Way way) throws Exception {
    byte[] sent = new byte[4 << 20];
    new Random(7).nextBytes(sent);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write("206 Compression active\r\n");
          OutputStream out = deflated(peer.output());
          new InflaterInputStream(peer.input(), new Inflater(true)).transferTo(out);
          out.flush();
        });
        Layered client = new Layered(way, server)) {
      client.compress();
      Caller<byte[]> reader = Caller.start(() -> client.read(sent.length));

      client.output().write(sent);
      client.shutdownOutput();

      assertThat(reader.result()).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsItsStreamBeforeAHalfClose(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write("206 Compression active\r\n");
          byte[] all = peer.input().readAllBytes();
          Inflater inflater = new Inflater(true);
          inflater.setInput(all);
          byte[] plain = new byte[100];
          int count = inflater.inflate(plain);
          peer.write(deflated(count + " " + inflater.finished() + "\r\n"));
        });
        Layered client = new Layered(way, server)) {
      client.compress();
      client.writeLine("QUIT");

      client.shutdownOutput();

      assertThat(client.readLine()).isEqualTo("6 true");
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesWhatCameBeforeTheLayerWasBroken(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> {
          peer.write(bytes("fine\r\n", IAC, 7, "bad\r\n"));
          peer.hold();
        });
        Layered client = new Layered(way, server)) {
      client.put(new Telnet());

      assertThat(client.readLine()).isEqualTo("fine");
      PeerProtocolException broken =
          catchThrowableOfType(PeerProtocolException.class, () -> client.readLine());

      assertThat(broken.rule()).isEqualTo("a command of Telnet is 240 or more (RFC 854)");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void tellsDamagedDataAsThePeersFault() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("\u0007\u0007\u0007 no DEFLATE");
          peer.hold();
        });
        Layered client = new Layered(Way.TCP, server)) {
      client.put(new Deflate());

      assertThat(catchThrowableOfType(PeerProtocolException.class, () -> client.readLine()))
          .hasMessageContaining("compressed data is DEFLATE (RFC 1951)");
    }
  }

  @Test
  void asksTheLayerWhetherAnEndMayComeHere() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.write(bytes("bye\r\n", IAC)));
        Layered client = new Layered(Way.TCP, server)) {
      client.put(new Telnet());
      assertThat(client.readLine()).isEqualTo("bye");

      assertThat(catchThrowableOfType(PeerProtocolException.class, () -> client.readLineOrEnd()))
          .hasMessageContaining("a command of Telnet is whole");
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesAPeerUpThatSendsNothingButCommands(Way way) throws Exception {
    byte[] nops = new byte[1000];
    Arrays.fill(nops, (byte) IAC);
    for (int i = 1; i < nops.length; i += 2) {
      nops[i] = (byte) 241;
    }
    try (PeerServer server = way.start(peer -> {
          while (true) {
            peer.write(nops);
          }
        });
        Layered client = new Layered(way, server)) {
      client.put(new Telnet());

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> client.readLine());

      assertThat(thrown.limit()).isEqualTo("bytes without data");
      assertThat(thrown.max()).isEqualTo(64 << 10);
    }
  }

  @Test
  void boundsWhatALayerLeaves() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.write("x".repeat(100_000)));
        Layered client = new Layered(Way.TCP, server)) {
      client.put(NEVER);

      assertThat(catchThrowableOfType(LimitExceededException.class, () -> client.readLine())
              .limit())
          .isEqualTo("bytes that a layer leaves");
    }
  }

  @Test
  void tellsALayerThatTakesNothingAsAMistake() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.hold());
        Layered client = new Layered(Way.TCP, server)) {
      client.put(NEVER);

      assertThatIllegalStateException().isThrownBy(() -> client.writeLine("a"));
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheSilenceTimeoutAboveALayer(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> peer.hold());
        Layered client = new Layered(way, server, Duration.ofMillis(100))) {
      client.put(new Telnet());

      assertThat(catchThrowableOfType(DeadlineExceededException.class, () -> client.readLine()))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isWokenByAClose(Way way) throws Exception {
    try (PeerServer server = way.start(peer -> peer.hold());
        Layered client = new Layered(way, server)) {
      client.put(new Telnet());
      Caller<String> reader = Caller.start(client::readLine).awaitSelecting();

      client.close();

      reader.failure(ClientClosedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesWhatThePeerSaidBeforeAWriteFailed(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write(join("206 Compression active\r\n", deflated("400 enough\r\n")));
          peer.close();
          gone.countDown();
        });
        Layered client = new Layered(way, server)) {
      client.compress();
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      byte[] much = new byte[4 << 20];
      new Random(3).nextBytes(much);

      client.output().write(much);

      assertThat(client.readLine()).isEqualTo("400 enough");
    }
  }

  @Test
  void comesAfterTlsOnly() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.hold());
        Layered client = new Layered(Way.TCP, server)) {
      client.put(new Telnet());

      assertThatIllegalStateException()
          .isThrownBy(client::startTls)
          .withMessageContaining("TLS comes before layers");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void standsInTheTranscript() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write(bytes(IAC, 241, "hello\r\n"));
          peer.hold();
        });
        Layered client = new Layered(Way.TCP, server)) {
      Transcript transcript = Transcript.of(client);
      client.put(new Telnet());
      client.readLine();

      assertThat(transcript.toString()).contains("# from here on through a layer", "S: hello");
    }
  }

  /** Two layers: the one that was put on last has the lines. */
  @Test
  void standsOnTheOneBefore() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write(deflated(bytes(IAC, 241, "hello\r\n")));
          peer.hold();
        });
        Layered client = new Layered(Way.TCP, server)) {
      client.put(new Deflate()).put(new Telnet());

      assertThat(client.readLine()).isEqualTo("hello");
    }
  }
}
