package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of bytes, however they are cut on the way. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class FramesTest {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** A kind of frame, raw bytes, and the frames that they are. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Case(int[] start, int[] end, String raw, List<String> frames) {
    Frames of(LineClient client) {
      Frames frames = Frames.endingIn(client, end);
      return start.length == 0 ? frames : frames.startingWith(start);
    }
  }

  private static int[] mark(int... octets) {
    return octets;
  }

  static List<Case> cases() {
    int[] none = {};
    return List.of(
        new Case(
            none, mark(0), "\0a\r\nb\0\0\u00ff\u0080\0", List.of("", "a\r\nb", "", "\u00ff\u0080")),
        new Case(
            mark(0x0B),
            mark(0x1C, 0x0D),
            "\u000bMSH\ry\u001c\u001cz\u001c\r\u000b\u001c\r",
            List.of("MSH\ry\u001c\u001cz", "")),
        new Case(mark(2), mark(3), "\2x\2y\3\2\3", List.of("x\2y", "")),
        new Case(none, mark('a', 'a', 'b'), "aaabxaabaab", List.of("a", "x", "")),
        new Case(mark('<', '<'), mark('>', '>', '>'), "<<<x>>y>>>", List.of("<x>>y")));
  }

  private static PeerServer saying(String raw) throws IOException {
    return PeerServer.start(connection -> {
      connection.writeByteByByte(raw.getBytes(ISO_8859_1));
      connection.shutdownOutput();
      connection.read();
    });
  }

  private static LineClient client(PeerServer server) {
    return new LineClient(server.endpoint());
  }

  private static List<String> all(Frames frames) throws Exception {
    List<String> all = new ArrayList<>();
    for (Optional<byte[]> at = frames.readOrEnd(); at.isPresent(); at = frames.readOrEnd()) {
      all.add(new String(at.get(), ISO_8859_1));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areTheSameWhereverTheyAreCut(Case given) throws Exception {
    byte[] raw = given.raw().getBytes(ISO_8859_1);
    Feed feed = new Feed();
    try (PeerServer server = PeerServer.start(feed)) {
      for (int position = 1; position <= raw.length; position++) {
        feed.cutAt(raw, position);
        try (LineClient client = client(server)) {
          feed.next(client, 0);
          Feed.more(client);
          Feed.more(client);

          assertThat(all(given.of(client))).as("cut at %d", position).isEqualTo(given.frames());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areTheSameByteByByte(Case given) throws Exception {
    try (PeerServer server = saying(given.raw());
        LineClient client = client(server)) {
      assertThat(all(given.of(client))).isEqualTo(given.frames());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leaveWithTheirMarksAndNeverHoldThem(Case given) throws Exception {
    byte[] raw = given.raw().getBytes(ISO_8859_1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.writeByteByByte(connection.read(raw.length));
          connection.read();
        });
        LineClient client = client(server)) {
      Frames frames = given.of(client);
      String end = new String(given.end(), 0, given.end().length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> frames.write(("x" + end + "y").getBytes(ISO_8859_1)));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);

      for (String content : given.frames()) {
        frames.write(content.getBytes(ISO_8859_1));
      }
      assertThat(client.read(raw.length)).isEqualTo(raw);
    }
  }

  @Test
  void holdNoEndThatBeginsInThem() throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1")) {
      Frames frames = Frames.endingIn(client, 'a', 'a');

      assertThatIllegalArgumentException().isThrownBy(() -> frames.write(new byte[] {'x', 'a'}));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void standBesideLines() throws Exception {
    byte[] raw = "MESSAGE\r\nx:y\r\n\r\n\u00ff\r\n\0\nRECEIPT\n".getBytes(ISO_8859_1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.writeByteByByte(raw);
          connection.read();
        });
        LineClient client = client(server)) {
      assertThat(client.readLine()).isEqualTo("MESSAGE");
      assertThat(client.readLine()).isEqualTo("x:y");
      assertThat(client.readLine()).isEmpty();
      assertThat(Frames.endingIn(client, 0).read()).asString(ISO_8859_1).isEqualTo("\u00ff\r\n");
      assertThat(client.readLine()).isEmpty();
      assertThat(client.readLine()).isEqualTo("RECEIPT");
    }
  }

  @Test
  void areBounded() throws Exception {
    byte[] raw = "abc\0abcd\0".getBytes(ISO_8859_1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.writeByteByByte(raw);
          connection.read();
        });
        LineClient client = client(server)) {
      Frames frames = Frames.endingIn(client, 0).withMaxBytes(3);

      assertThat(frames.read()).asString(ISO_8859_1).isEqualTo("abc");
      assertThatThrownBy(frames::read)
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("maxFrameBytes");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void areCutOrWhole() throws Exception {
    try (PeerServer server = saying("\u000bhalf\u001c");
        LineClient client = client(server)) {
      Frames frames = Frames.endingIn(client, 0x1C, 0x0D).startingWith(0x0B);

      assertThatThrownBy(frames::readOrEnd)
          .isInstanceOfSatisfying(
              ConnectionClosedException.class,
              cut -> assertThat(cut.received()).asString(ISO_8859_1).isEqualTo("half\u001c"))
          .hasMessageContaining("in the middle of a frame, after 5 bytes of it");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
    try (PeerServer server = saying("");
        LineClient client = client(server)) {
      Frames frames = Frames.endingIn(client, 0);

      assertThat(frames.readOrEnd()).isEmpty();
      assertThatThrownBy(frames::read).isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void startWithTheirMark() throws Exception {
    try (PeerServer server = saying("\u000bx\u001c\rMSH");
        LineClient client = client(server)) {
      Frames frames = Frames.endingIn(client, 0x1C, 0x0D).startingWith(0x0B);
      assertThat(frames.read()).asString(ISO_8859_1).isEqualTo("x");

      assertThatThrownBy(frames::read)
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("a frame starts with \"\\x0b\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void endInAPauseWhereNothingElseEndsThem() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.writeByteByByte("12.5 V");
          read.await();
          connection.write("on\r\n");
        });
        LineClient client = client(server)) {
      Frames answers = Frames.endingInPause(client, Duration.ofSeconds(1));

      assertThat(answers.read()).asString(ISO_8859_1).isEqualTo("12.5 V");
      read.countDown();
      assertThat(answers.read()).asString(ISO_8859_1).isEqualTo("on\r\n");
      assertThat(answers.readOrEnd()).isEmpty();
    }
  }

  @Test
  void endInTimeAndWithinTheirBoundWithoutAPauseToo() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
      while (true) {
        connection.write("x");
      }
    })) {
      try (LineClient client = client(server)) {
        Frames frames = Frames.endingInPause(client, Duration.ofSeconds(9)).withMaxBytes(9);
        assertThatThrownBy(frames::read).isInstanceOf(LimitExceededException.class);
      }
      LineOptions options = LineOptions.builder().transferTimeout(PAUSE).build();
      try (LineClient client = new LineClient(server.endpoint(), options)) {
        Frames frames = Frames.endingInPause(client, Duration.ofSeconds(9)).withMaxBytes(1 << 29);
        assertThatThrownBy(frames::read)
            .isInstanceOf(DeadlineExceededException.class)
            .hasMessageContaining("no pause came in");
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void areRefusedWhereTheyAreNone() throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Frames.endingIn(client));
      assertThatIllegalArgumentException().isThrownBy(() -> Frames.endingIn(client, 256));
      assertThatIllegalArgumentException().isThrownBy(() -> Frames.endingIn(client, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Frames.endingIn(client, 0).startingWith());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Frames.endingIn(client, 0).withMaxBytes(0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Frames.endingInPause(client, Duration.ZERO));
    }
  }
}
