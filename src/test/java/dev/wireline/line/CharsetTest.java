package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines in charsets: what is text comes through both ways, and what is not is never made up. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class CharsetTest {
  private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static LineClient client(PeerServer server, Charset charset) {
    return new LineClient(
        server.endpoint(), LineOptions.builder().charset(charset).build());
  }

  /** Sends each line back as it came, byte for byte. */
  private static PeerServer echo() throws IOException {
    return PeerServer.start(connection -> {
      for (String line = connection.readLine(); line != null; line = connection.readLine()) {
        connection.write(line + "\r\n");
      }
    });
  }

  private static byte[] bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }

  static final List<Arguments> TEXTS = List.of(
      Arguments.of(UTF_8, "žluťoučký kůň", "žluťoučký kůň".getBytes(UTF_8)),
      Arguments.of(UTF_8, "a\uFFFDb", bytes('a', 0xEF, 0xBF, 0xBD, 'b')),
      Arguments.of(UTF_8, "\uFEFFbom", bytes(0xEF, 0xBB, 0xBF, 'b', 'o', 'm')),
      Arguments.of(UTF_8, "č瘊瘍🐎", "č瘊瘍🐎".getBytes(UTF_8)),
      Arguments.of(ISO_8859_1, "Grüße\u0085", bytes('G', 'r', 0xFC, 0xDF, 'e', 0x85)),
      Arguments.of(WINDOWS_1252, "5 €", bytes('5', ' ', 0x80)),
      Arguments.of(SHIFT_JIS, "ソ表", bytes(0x83, 0x5C, 0x95, 0x5C)),
      Arguments.of(GB18030, "中🐎", "中🐎".getBytes(GB18030)),
      Arguments.of(US_ASCII, "plain", bytes('p', 'l', 'a', 'i', 'n')));

  @ParameterizedTest
  @FieldSource("TEXTS")
  void carriesTextOfItsCharsetBothWays(Charset charset, String text, byte[] raw) throws Exception {
    try (PeerServer server = echo();
        LineClient client = client(server, charset)) {
      client.writeLines(text, text);

      assertThat(client.readLineBytes()).isEqualTo(raw);
      assertThat(client.readLine()).isEqualTo(text);
    }
  }

  static final List<Arguments> NO_TEXTS = List.of(
      Arguments.of(UTF_8, bytes('a', 0xC3, '('), "\"a\\xc3(\""),
      Arguments.of(UTF_8, bytes(0xE2, 0x82), "\"\\xe2\\x82\""),
      Arguments.of(UTF_8, bytes(0xC0, 0xAF), "\"\\xc0\\xaf\""),
      Arguments.of(UTF_8, bytes(0xED, 0xA0, 0x80), "\"\\xed\\xa0\\x80\""),
      Arguments.of(UTF_8, bytes(0xF5, 0x80, 0x80, 0x80), "\"\\xf5\\x80\\x80\\x80\""),
      Arguments.of(UTF_8, bytes(0xEF, 0xBF, 0xBD, 0x80), "\"\\xef\\xbf\\xbd\\x80\""),
      Arguments.of(UTF_8, bytes(0x1B, '[', 0x07, 0x80), "\"\\x1b[\\x07\\x80\""),
      Arguments.of(US_ASCII, bytes('a', 0x80), "\"a\\x80\""),
      Arguments.of(WINDOWS_1252, bytes(0x81), "\"\\x81\""),
      Arguments.of(SHIFT_JIS, bytes('x', 0x83), "\"x\\x83\""));

  @ParameterizedTest
  @FieldSource("NO_TEXTS")
  void consumesAndReportsALineThatIsNoTextAndGoesOn(Charset charset, byte[] line, String excerpt)
      throws Exception {
    try (PeerServer server = echo();
        LineClient client = client(server, charset)) {
      client.writeLine(line);
      client.writeLine(line);
      client.writeLine(line);
      client.writeLine(line);
      client.writeLine("next");

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, client::readLine);
      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(client::readLineOrEnd);
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> client.pollLine(Duration.ofSeconds(20)));

      assertThat(thrown.connectionUsable()).isTrue();
      assertThat(thrown.phase()).isEqualTo(Phase.READ);
      assertThat(thrown.excerpt()).isEqualTo(excerpt);
      assertThat(thrown)
          .hasMessage("reading a line from " + server.endpoint() + ": a line must be text in "
              + charset + ", but got " + excerpt + " [READ, connection still usable]");
      assertThat(client.readLineBytes()).isEqualTo(line);
      assertThat(client.readLine()).isEqualTo("next");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void cutsTheExcerptOfALongLine() throws Exception {
    byte[] line = new byte[1000];
    Arrays.fill(line, (byte) 0x80);
    try (PeerServer server = echo();
        LineClient client = client(server, UTF_8)) {
      client.writeLine(line);

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, client::readLine);

      assertThat(thrown.excerpt()).endsWith("\\x80\"... (1000 bytes)").hasSizeLessThan(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM037", "IBM1047", "ISO-2022-JP", "ISO-2022-KR"})
  void isRefusedWhereAsciiIsNotAsItIs(String name) {
    Charset charset = Charset.forName(name);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LineOptions.builder().charset(charset))
        .withMessage("lines need a charset that keeps ASCII as it is, not " + name);
  }

  @Test
  void isRefusedWhereItCannotEncode() {
    Charset detecting = Charset.forName("x-JISAutoDetect");

    assertThatIllegalArgumentException().isThrownBy(() -> LineOptions.builder().charset(detecting));
  }

  /** What stands in a message as ASCII must be read as such, whichever of them a user takes. */
  @Test
  void readsAsciiAsItIsInEachCharsetThatIsTaken() {
    byte[] ascii = new byte[128];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) i;
    }

    assertThat(Charset.availableCharsets().values().stream().filter(CharsetTest::isTaken))
        .isNotEmpty()
        .allSatisfy(charset ->
            assertThat(new String(ascii, charset)).isEqualTo(new String(ascii, US_ASCII)));
  }

  /** A line end that comes into being by encoding would be found by bytes; here none does. */
  @Test
  void makesNoLineEndOfAnotherCharacterInEachCharsetThatIsTaken() {
    assertThat(Charset.availableCharsets().values().stream().filter(CharsetTest::isTaken))
        .allSatisfy(charset -> assertThat(endsMadeBy(charset)).isEmpty());
  }

  private static boolean isTaken(Charset charset) {
    try {
      LineOptions.builder().charset(charset);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] endsMadeBy(Charset charset) {
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    StringBuilder all = new StringBuilder();
    for (char c = 0x80; c < Character.MIN_SURROGATE; c++) {
      all.append(c);
    }
    for (byte octet : all.toString().getBytes(charset)) {
      if (octet == '\r' || octet == '\n' || octet == 0) {
        found.write(octet);
      }
    }
    return found.toByteArray();
  }
}
