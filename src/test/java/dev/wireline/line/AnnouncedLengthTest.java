package dev.wireline.line;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths in binary and in hexadecimal, which a peer announces and only a bound believes. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AnnouncedLengthTest {
  private static PeerServer says(String hex) throws IOException {
    return PeerServer.start(connection -> {
      connection.writeByteByByte(HexFormat.of().parseHex(hex));
      connection.shutdownOutput();
      connection.read();
    });
  }

  private static ByteOrder order(String name) {
    return name.equals("big") ? BIG_ENDIAN : LITTLE_ENDIAN;
  }

  @ParameterizedTest
  @CsvSource({
    "00, 1, big, 0",
    "ff, 1, big, 255",
    "80, 1, little, 128",
    "0102, 2, big, 258",
    "0102, 2, little, 513",
    "ffff, 2, big, 65535",
    "00010203, 4, big, 66051",
    "03020100, 4, little, 66051",
    "ffffffff, 4, big, 4294967295",
    "0000000000000102, 8, big, 258",
    "0201000000000000, 8, little, 258",
    "7fffffffffffffff, 8, big, 9223372036854775807"
  })
  void isReadInBinary(String hex, int width, String order, long length) throws Exception {
    try (PeerServer server = says(hex);
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client).withMaxBytes(Long.MAX_VALUE);

      assertThat(blocks.readLength(width, order(order))).isEqualTo(length);
      assertThat(client.readLineOrEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7f, 1, big, 127",
    "7fff, 2, big, 32767",
    "ff7f, 2, little, 32767",
    "00000102, 4, big, 258",
    "0201000000000000, 8, little, 258"
  })
  void isReadWithASign(String hex, int width, String order, long length) throws Exception {
    try (PeerServer server = says(hex);
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(Blocks.of(client).readSignedLength(width, order(order))).isEqualTo(length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ff, 1, big",
    "8000, 2, big",
    "0080, 2, little",
    "ffffffff, 4, little",
    "8000000000000000, 8, big"
  })
  void isThePeersFaultWhenItIsNegative(String hex, int width, String order) throws Exception {
    try (PeerServer server = says(hex);
        LineClient client = new LineClient(server.endpoint())) {
      assertThatThrownBy(() -> Blocks.of(client).readSignedLength(width, order(order)))
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("a length is not negative");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @CsvSource({"65, 1, big", "0065, 2, big", "ffffffff, 4, big", "ffffffffffffffff, 8, little"})
  void isThePeersFaultWhenItIsMoreThanTheBound(String hex, int width, String order)
      throws Exception {
    try (PeerServer server = says(hex);
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client).withMaxBytes(100);

      assertThatThrownBy(() -> blocks.readLength(width, order(order)))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("maxBlockBytes");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void standsBeforeItsBlock() throws Exception {
    try (PeerServer server = says("0003616263" + "0000" + "0001");
        LineClient client = new LineClient(server.endpoint())) {
      Blocks blocks = Blocks.of(client);

      assertThat(blocks.read(blocks.readLength(2, BIG_ENDIAN))).asString().isEqualTo("abc");
      assertThat(blocks.read(blocks.readLength(2, BIG_ENDIAN))).isEmpty();
      assertThatThrownBy(() -> blocks.read(blocks.readLength(2, BIG_ENDIAN)))
          .isInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void isWholeOrAnException() throws Exception {
    try (PeerServer server = says("000000");
        LineClient client = new LineClient(server.endpoint())) {
      assertThatThrownBy(() -> Blocks.of(client).readLength(4, BIG_ENDIAN))
          .isInstanceOfSatisfying(
              ConnectionClosedException.class, cut -> assertThat(cut.received()).hasSize(3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9, -1})
  void hasOneTwoFourOrEightBytes(int width) throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Blocks.of(client).readLength(width, BIG_ENDIAN));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "a, 10", "1F, 31", "00000000000000f, 15", "ff, 255"})
  void isParsedInHexadecimal(String digits, long length) throws Exception {
    try (PeerServer server = says("");
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      assertThat(Blocks.of(client).parseHexLength(digits)).isEqualTo(length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "0x1", "g", " 1", "1 ", "\u0661", "\uff11", "1111111111111111"})
  void isThePeersFaultWhenItIsNotHexadecimal(String digits) throws Exception {
    try (PeerServer server = says("");
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      assertThatThrownBy(() -> Blocks.of(client).parseHexLength(digits))
          .isInstanceOf(PeerProtocolException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void isBoundedInHexadecimalToo() throws Exception {
    try (PeerServer server = says("");
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Blocks blocks = Blocks.of(client).withMaxBytes(15);
      assertThat(blocks.parseHexLength("f")).isEqualTo(15);
      assertThatThrownBy(() -> blocks.parseHexLength("10"))
          .isInstanceOf(LimitExceededException.class);
    }
  }
}
