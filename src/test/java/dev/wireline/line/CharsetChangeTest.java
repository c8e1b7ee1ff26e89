package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a protocol settles with its peer between two commands: the charset, the length of one line. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CharsetChangeTest {
  /** A file client in small. */
  private static final class Files extends LineClient {
    Files(Endpoint endpoint) {
      super(endpoint, LineOptions.builder().charset(ISO_8859_1).build());
    }

    void use(Charset charset) {
      useCharset(charset);
    }

    Charset charset() {
      return options().charset();
    }
  }

  @Test
  void countsForBothDirectionsAndAllCollaborators() throws Exception {
    byte[] said = "\u00fc\r\n200 on\r\n".getBytes(ISO_8859_1);
    byte[] then = "250 \u20ac\r\n\u20ac\r\n.\r\n\u20ac$ ".getBytes(UTF_8);
    try (PeerServer server = PeerServer.start(connection -> {
          check(connection.read(3), "\u00fc\r\n".getBytes(ISO_8859_1));
          connection.writeByteByByte(said);
          check(connection.read(14), "\u20ac\r\nCWD \u20ac\r\n".getBytes(UTF_8));
          connection.writeByteByByte(then);
          connection.read();
        });
        Files files = new Files(server.endpoint())) {
      Replies replies = Replies.of(files);
      DotBlocks texts = DotBlocks.of(files);
      files.writeLine("\u00fc");
      assertThat(files.readLine()).isEqualTo("\u00fc");
      replies.expect(200);

      files.use(UTF_8);
      assertThat(files.charset()).isEqualTo(UTF_8);
      files.writeLine("\u20ac");
      assertThat(replies.ask(Command.of("CWD").text("\u20ac"), 250).text()).isEqualTo("\u20ac");
      assertThat(texts.read().readLines()).isEqualTo(List.of("\u20ac"));
      assertThat(Expect.of(files).text("\u20ac$ ").before()).isEmpty();
    }
  }

  private static void check(byte[] came, byte[] wanted) throws IOException {
    if (!Arrays.equals(came, wanted)) {
      throw new IOException("the client wrote something else");
    }
  }

  @Test
  void keepsAsciiAsItIs() throws Exception {
    try (Files files = new Files(Endpoint.parse("127.0.0.1:1"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> files.use(UTF_16));
      assertThat(files.charset()).isEqualTo(ISO_8859_1);
    }
  }

  @Test
  void oneLineMayBeLongerThanTheOthers() throws Exception {
    String numbers = "* SEARCH " + "12345 ".repeat(15_000);
    LineOptions options = LineOptions.builder().maxLineBytes(100).build();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write(numbers + "\r\n" + "x".repeat(100) + "\r\n" + "x".repeat(101) + "\r\n");
          connection.read();
        });
        LineClient client = new LineClient(server.endpoint(), options)) {
      assertThatIllegalArgumentException().isThrownBy(() -> client.readLine(0));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.readLine(1 << 20)).isEqualTo(numbers);
      assertThat(client.readLine()).hasSize(100);
      assertThatThrownBy(client::readLine).isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void oneLineMayBeShorterToo() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.writeByteByByte("abc\r\n\u00fcbcd\r\n".getBytes(ISO_8859_1));
          connection.read();
        });
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(client.readLine(3)).isEqualTo("abc");
      assertThatThrownBy(() -> client.readLine(3))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("maxLineBytes")
          .isNotInstanceOf(PeerProtocolException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }
}
