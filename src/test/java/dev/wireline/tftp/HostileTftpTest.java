package dev.wireline.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Content;
import dev.wireline.line.NothingLeft;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TFTP with servers that mean no good. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HostileTftpTest {
  private static final TftpOptions STANDARD = TftpOptions.standard();
  private static final TftpOptions PLAIN = STANDARD.withBlockBytes(512).withWindow(1);
  private static final byte[] BLOCK = new byte[512];

  /** A direction, and what it does with a file. */
  private interface Use {
    void of(TftpPeer server, TftpOptions options) throws IOException;
  }

  private static final Use READING =
      (server, options) -> Tftp.read(server.endpoint(), "f", options);
  private static final Use WRITING =
      (server, options) -> Tftp.write(server.endpoint(), "f", Content.of(BLOCK), options);

  static Stream<Arguments> floods() {
    return Stream.of(
        Arguments.of("acknowledges a read", READING, null, TftpPacket.ack(0)),
        Arguments.of(
            "repeats a block", READING, TftpPacket.data(1, BLOCK), TftpPacket.data(1, BLOCK)),
        Arguments.of("skips blocks", READING, TftpPacket.data(1, BLOCK), TftpPacket.data(9, BLOCK)),
        Arguments.of("goes back", READING, TftpPacket.data(1, BLOCK), TftpPacket.data(0, BLOCK)),
        Arguments.of("acknowledges twice", WRITING, TftpPacket.ack(0), TftpPacket.ack(0)),
        Arguments.of("acknowledges too much", WRITING, TftpPacket.ack(0), TftpPacket.ack(7)),
        Arguments.of("sends data", WRITING, TftpPacket.ack(0), TftpPacket.data(1, BLOCK)));
  }

  /** However fast it does that, so that no time runs out in which nothing comes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void leavesAServerThatNeverPauses(String name, Use use, byte[] first, byte[] again)
      throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      if (first != null) {
        peer.send(first);
      }
      int most = Tftp.MAX_USELESS_PACKETS + 1;
      while (!peer.hears(TftpPacket.error(0, "too many packets"))) {
        for (int i = 0; i < most; i++) {
          peer.send(again);
        }
      }
    })) {
      LimitExceededException limit =
          catchThrowableOfType(LimitExceededException.class, () -> use.of(server, PLAIN));

      assertThat(limit).isNotNull();
      assertThat(limit.limit()).isEqualTo("packets that bring nothing on");
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\6blksize\0001429\0",
        "\0\6blksize\000-1\0",
        "\0\6blksize\00099999999999999999999\0",
        "\0\6blksize\0\0",
        "\0\6windowsize\0009\0",
        "\0\6tsize",
        "\0\6secret\0001\0",
        "\0\3\0\1data",
        "\0\4\0\7",
        "\0\4\0",
        "\0\4",
        "\0\2f\0octet\0",
        "\1\4\0\0",
        ""
      })
  void writesNothingAfterAnAnswerThatIsNone(String answer) throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(answer.getBytes(ISO_8859_1));
      assertThat(peer.receive()).startsWith(0, 5);
    })) {
      assertThat(
              catchThrowableOfType(PeerProtocolException.class, () -> WRITING.of(server, STANDARD)))
          .isNotNull();
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {513, 1428, 9000, 60_000})
  void takesNoBlockThatIsLongerThanAgreed(int size) throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(TftpPacket.data(1, new byte[size]));
    })) {
      IOException refusal =
          catchThrowableOfType(IOException.class, () -> READING.of(server, PLAIN));

      assertThat(refusal)
          .isInstanceOfAny(PeerProtocolException.class, LimitExceededException.class);
      server.verify();
    }
  }

  @Test
  void quotesWhatARefusalSays() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send("\0\5\0\2go\r\nLOG: \u001b[31mforged\0more".getBytes(ISO_8859_1));
    })) {
      TftpException no = catchThrowableOfType(TftpException.class, () -> READING.of(server, PLAIN));

      assertThat(no.code()).isEqualTo(2);
      assertThat(no.getMessage().chars()).noneMatch(each -> each < ' ');
      server.verify();
    }
  }

  @Test
  void sendsAFileOnceWhereEachAnswerComesTwice() throws Exception {
    byte[] content = new byte[512 * 20];
    Arrays.fill(content, (byte) 'x');
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      for (int block = 0; block <= 20; block++) {
        peer.send(TftpPacket.ack(block));
        peer.send(TftpPacket.ack(block));
        assertThat(TftpPacket.parse(peer.receive()).number()).isEqualTo(block + 1);
      }
      peer.send(TftpPacket.ack(21));
      assertThat(peer.hearsNothing(100)).isTrue();
    })) {
      Tftp.write(server.endpoint(), "f", Content.of(content), PLAIN);

      server.verify();
    }
  }
}
