package dev.wireline.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.NothingLeft;
import dev.wireline.net.DatagramOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TFTP with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class TftpTest {
  private static final TftpOptions STANDARD = TftpOptions.standard();
  private static final TftpOptions PLAIN = STANDARD.withBlockBytes(512).withWindow(1);
  private static final String ASKED = "octet\0blksize\0001428\0windowsize\0008\0tsize\0000\0";

  private static final TftpOptions IMPATIENT = PLAIN.withDatagrams(DatagramOptions.builder()
      .firstWait(Duration.ofMillis(50))
      .maxWait(Duration.ofMillis(50))
      .maxTries(3)
      .build());

  private static byte[] packet(int kind, String rest) {
    return ("\0" + (char) kind + rest).getBytes(ISO_8859_1);
  }

  private static byte[] data(int block, String content) {
    return TftpPacket.data(block, content.getBytes(ISO_8859_1));
  }

  private static byte[] ack(int block) {
    return TftpPacket.ack(block);
  }

  private static byte[] oack(String options) {
    return packet(6, options);
  }

  private static byte[] request(int kind, String file, String rest) {
    return packet(kind, file + "\0" + rest);
  }

  @Test
  void readsAFileWithWhatTheServerAgreesTo() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      assertThat(peer.request()).isEqualTo(request(1, "boot.img", ASKED));
      peer.send(oack("blksize\00016\0windowsize\0002\0tsize\00036\0"));
      assertThat(peer.receive()).isEqualTo(ack(0));
      peer.send(data(1, "a".repeat(16)));
      peer.send(data(2, "b".repeat(16)));
      assertThat(peer.receive()).isEqualTo(ack(2));
      peer.send(data(3, "cccc"));
      assertThat(peer.receive()).isEqualTo(ack(3));
    })) {
      assertThat(Tftp.read(server.endpoint().toString(), "boot.img"))
          .asString()
          .isEqualTo("a".repeat(16) + "b".repeat(16) + "cccc");
      server.verify();
    }
  }

  @Test
  void readsAFileOfAServerThatKnowsNoOptions() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(data(1, "x".repeat(512)));
      assertThat(peer.receive()).isEqualTo(ack(1));
      peer.send(data(2, ""));
      assertThat(peer.receive()).isEqualTo(ack(2));
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", STANDARD)).hasSize(512);
      server.verify();
    }
  }

  @Test
  void asksAgainWithoutOptionsWhereTheyAreRefused() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(TftpPacket.error(8, "no options"));
      assertThat(peer.request()).isEqualTo(request(1, "f", "octet\0"));
      peer.send(data(1, "plain"));
      peer.receive();
      peer.request();
      peer.send(TftpPacket.error(8, "no options"));
      assertThat(peer.request()).isEqualTo(request(2, "f", "octet\0"));
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(data(1, "plain"));
      peer.send(ack(1));
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", STANDARD)).asString().isEqualTo("plain");
      Tftp.write(server.endpoint(), "f", Content.of("plain"), STANDARD);
      server.verify();
    }
  }

  @Test
  void tellsANo() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(TftpPacket.error(TftpException.FILE_NOT_FOUND, "File not found"));
    })) {
      var thrown = catchThrowableOfType(
          TftpException.class, () -> Tftp.read(server.endpoint(), "f", STANDARD));

      assertThat(thrown.code()).isEqualTo(TftpException.FILE_NOT_FOUND);
      assertThat(thrown.reply()).isEqualTo("File not found");
      assertThat(thrown).hasMessageContaining("error 1 and \"File not found\"");
    }
  }

  @Test
  void answersAStrangerAndGoesOn() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(data(1, "x".repeat(512)));
      assertThat(peer.receive()).isEqualTo(ack(1));
      assertThat(peer.intrude(data(2, "a lie")))
          .isEqualTo(TftpPacket.error(5, "unknown transfer ID"));
      peer.send(data(2, "true"));
      assertThat(peer.receive()).isEqualTo(ack(2));
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", PLAIN)).asString().endsWith("xtrue");
      server.verify();
    }
  }

  @Test
  void asksAgainForWhatWasLostAndTakesNothingTwice() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      assertThat(peer.request()).isEqualTo(request(1, "f", "octet\0"));
      peer.send(data(1, "x".repeat(512)));
      assertThat(peer.receive()).isEqualTo(ack(1));
      peer.send(data(1, "y".repeat(512)));
      peer.send(data(1, "z".repeat(512)));
      assertThat(peer.receive()).isEqualTo(ack(1));
      peer.send(data(2, "end"));
      byte[] answer = peer.receive();
      while (Arrays.equals(answer, ack(1))) {
        answer = peer.receive();
      }
      assertThat(answer).isEqualTo(ack(2));
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", IMPATIENT))
          .asString()
          .isEqualTo("x".repeat(512) + "end");
      server.verify();
    }
  }

  @Test
  void saysOnceWhereAWindowHasAGap() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(oack("blksize\0008\0windowsize\0004\0"));
      peer.receive();
      peer.send(data(1, "11111111"));
      peer.send(data(3, "33333333"));
      peer.send(data(4, "44444444"));
      assertThat(peer.receive()).isEqualTo(ack(1));
      peer.send(data(2, "22222222"));
      peer.send(data(3, "3"));
      assertThat(peer.receive()).isEqualTo(ack(3));
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", STANDARD))
          .asString()
          .isEqualTo("11111111222222223");
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\6blksize\0001429\0",
        "\0\6blksize\0007\0",
        "\0\6windowsize\0009\0",
        "\0\6windowsize\0000\0",
        "\0\6multicast\0yes\0",
        "\0\6blksize\00016",
        "\0\6blksize\0",
        "\0\1f\0octet\0",
        "\0\3\0",
        "\0",
        ""
      })
  void refusesAnAnswerThatIsNone(String answer) throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(answer.getBytes(ISO_8859_1));
      assertThat(peer.receive()).startsWith(0, 5);
    })) {
      assertThat(catchThrowableOfType(
              PeerProtocolException.class, () -> Tftp.read(server.endpoint(), "f", STANDARD)))
          .isNotNull();
      server.verify();
    }
  }

  @Test
  void takesNoFileThatIsTooLarge() throws Exception {
    TftpOptions small = STANDARD.withMaxBytes(700);
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(oack("tsize\000701\0"));
      assertThat(peer.receive()).startsWith(0, 5);
      peer.request();
      peer.send(data(1, "x".repeat(512)));
      peer.receive();
      peer.send(data(2, "x".repeat(512)));
      assertThat(peer.receive()).startsWith(0, 5);
    })) {
      for (int i = 0; i < 2; i++) {
        assertThat(catchThrowableOfType(
                    LimitExceededException.class, () -> Tftp.read(server.endpoint(), "f", small))
                .limit())
            .isEqualTo("maxBytes");
      }
      server.verify();
    }
  }

  @Test
  void tellsTheServerThatAReaderHasLeft() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(data(1, "line\nx".repeat(100).substring(0, 512)));
      byte[] answer = peer.receive();
      assertThat(Arrays.equals(answer, ack(1)) ? peer.receive() : answer)
          .isEqualTo(TftpPacket.error(0, "cancelled"));
    })) {
      try (Incoming in = Tftp.open(server.endpoint(), "f", PLAIN)) {
        assertThat(in.readLineOrEnd()).hasValue("line");
      }
      server.verify();
    }
  }

  @Test
  void givesUpAServerThatSaysNothing() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      for (int i = 0; i < 3; i++) {
        peer.request();
      }
    })) {
      var thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> Tftp.read(server.endpoint(), "f", IMPATIENT));

      assertThat(thrown).hasMessageContaining("3 tries").hasMessageContaining("maxTries");
      server.verify();
    }
  }

  @Test
  void writesAFileInWindows() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      assertThat(peer.request())
          .isEqualTo(request(2, "f", "octet\0blksize\0001428\0windowsize\0008\0tsize\00020\0"));
      peer.send(oack("blksize\0008\0windowsize\0002\0tsize\00020\0"));
      assertThat(peer.receive()).isEqualTo(data(1, "01234567"));
      assertThat(peer.receive()).isEqualTo(data(2, "89abcdef"));
      peer.send(ack(1));
      assertThat(peer.receive()).isEqualTo(data(2, "89abcdef"));
      assertThat(peer.receive()).isEqualTo(data(3, "ghij"));
      peer.send(ack(3));
    })) {
      Tftp.write(server.endpoint().toString(), "f", Content.of("0123456789abcdefghij"));
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\006", "\0\006x", "\0\006blksize\000512\0"})
  void passesOverAnAgreementThatComesLate(String late) throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(data(1, "x"));
      peer.send(late.getBytes(ISO_8859_1));
      peer.send(ack(1));
    })) {
      Tftp.write(server.endpoint(), "f", Content.of("x"), PLAIN);
      server.verify();
    }
  }

  @Test
  void sendsNothingAgainForAnAnswerThatComesTwice() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(ack(0));
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(data(1, "x".repeat(512)));
      peer.send(ack(1));
      peer.send(ack(1));
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(data(2, ""));
      assertThat(peer.hearsNothing(100)).isTrue();
      peer.send(ack(2));
    })) {
      Tftp.write(server.endpoint(), "f", Content.of("x".repeat(512)), PLAIN);
      server.verify();
    }
  }

  @Test
  void sendsAgainWhatWasLost() throws Exception {
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(data(1, "hello"));
      assertThat(peer.receive()).isEqualTo(data(1, "hello"));
      peer.send(ack(1));
    })) {
      InputStream source = new ByteArrayInputStream("hello".getBytes(ISO_8859_1));
      Tftp.write(server.endpoint(), "f", Content.of(source), IMPATIENT);
      server.verify();
    }
  }

  @Test
  void tellsTheServerThatASourceFailed() throws Exception {
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the disk");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(ack(0));
      assertThat(peer.receive()).isEqualTo(TftpPacket.error(0, "the sender has failed"));
    })) {
      assertThatThrownBy(() -> Tftp.write(server.endpoint(), "f", Content.of(failing), PLAIN))
          .hasMessageContaining("the disk");
      server.verify();
    }
  }

  /** More blocks than there are numbers. */
  @Test
  void countsOnWhenTheNumbersRunOut() throws Exception {
    byte[] file = new byte[8 * 65_540 + 3];
    new Random(5).nextBytes(file);
    TftpOptions many = STANDARD.withBlockBytes(8).withWindow(64);
    try (var server = TftpPeer.start(peer -> {
      peer.request();
      peer.send(oack("blksize\0008\0windowsize\00064\0"));
      peer.receive();
      int blocks = file.length / 8 + 1;
      for (int block = 1; block <= blocks; block++) {
        int from = (block - 1) * 8;
        peer.send(TftpPacket.data(
            block % Transfer.BLOCKS,
            Arrays.copyOfRange(file, from, Math.min(from + 8, file.length))));
        if (block % 64 == 0 || block == blocks) {
          assertThat(peer.receive()).isEqualTo(ack(block % Transfer.BLOCKS));
        }
      }
    })) {
      assertThat(Tftp.read(server.endpoint(), "f", many)).isEqualTo(file);
      server.verify();
    }
  }

  @Test
  void refusesANameThatIsNone() {
    Endpoint nobody = Endpoint.tcp("nobody.test", 69);
    for (String name : new String[] {"", "a\0octet\0", "a\nb", "a\rb", "x".repeat(401)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Tftp.open(nobody, name, STANDARD));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Tftp.write(nobody, name, Content.of("x"), STANDARD));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tftp.open(Endpoint.tls("nobody.test", 69), "f", STANDARD));
  }

  @Test
  void checksItsSettings() {
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withBlockBytes(7));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withBlockBytes(65_465));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withWindow(0));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withWindow(65));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.withMaxBytes(0));
    assertThat(STANDARD.toString()).startsWith("blockBytes 1428, window 8, maxBytes 67108864, ");
  }
}
