package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What replies, envelopes and messages are made of. */
class SmtpGrammarTest {
  @ParameterizedTest
  @ValueSource(strings = {"5.1.1", "5.1.1 no", "5.123.456 no"})
  void findsAnEnhancedCode(String text) {
    assertThat(EnhancedCode.of(550, text)).contains(text.replace(" no", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no",
        "5.1",
        "5.1.",
        "5..1",
        "4.1.1 no",
        "5.1.1111",
        "5.1.x",
        "5.1.1.1",
        "51.1.1"
      })
  void takesNothingElseForOne(String text) {
    assertThat(EnhancedCode.of(550, text)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a, 'a\r\n'",
    "'a\n', 'a\r\n'",
    "'a\r', 'a\r\n'",
    "'a\r\n', 'a\r\n'",
    "'\n\r\r\n\n\r', '\r\n\r\n\r\n\r\n\r\n'",
    "'a\r\r\nb', 'a\r\n\r\nb\r\n'",
  })
  void endsEveryLine(String text, String expected) throws IOException {
    for (int piece = 1; piece <= 4; piece++) {
      assertThat(sent(text, piece)).isEqualTo(expected);
    }
  }

  @Test
  void leavesNoBareLineEndOfAnyText() throws IOException {
    Random random = new Random(12);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append("a\r\n.\u00E9".charAt(random.nextInt(5)));
      }
      String sent = sent(text.toString(), 1 + random.nextInt(9));
      assertThat(sent.replace("\r\n", "")).doesNotContain("\r", "\n");
      assertThat(sent(sent, 3)).isEqualTo(sent);
      assertThat(sent.isEmpty() || sent.endsWith("\r\n")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "'a: b\n\nc', false, false",
    "'a: b\n\n\u00E9', true, false",
    "'a: \u00E9\n\nc', true, true",
    "'\u00E9', true, true",
    "'\n\u00E9', true, false",
  })
  void tellsAHeaderFromATextByItsBytes(String text, boolean eightBit, boolean header)
      throws IOException {
    MessageLines lines = lines(text);

    lines.transferTo(OutputStream.nullOutputStream());

    assertThat(lines.hasEightBit()).isEqualTo(eightBit);
    assertThat(lines.hasEightBitHeader()).isEqualTo(header);
  }

  @Test
  void countsALineThatComesInManyPieces() throws IOException {
    String longest = "x".repeat(998);

    assertThat(sent((longest + "\r\n").repeat(20) + longest, 7)).hasSize(21 * 1000);
    assertThatExceptionOfType(MessageLines.LongLineException.class)
        .isThrownBy(() -> sent((longest + "\n").repeat(20) + longest + "x", 7));
  }

  private static MessageLines lines(String text) {
    return new MessageLines(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), 998, true);
  }

  private static String sent(String text, int piece) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageLines lines = lines(text);
    byte[] bytes = new byte[piece];
    for (int count = lines.read(bytes); count >= 0; count = lines.read(bytes)) {
      out.write(bytes, 0, count);
    }
    return out.toString(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({"a, a", "a+b=c, a+2Bb+3Dc", "'a b', a+20b"})
  void writesXtext(String text, String expected) {
    assertThat(MailPath.xtext("x", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00E9", "a\r\nb", "\u0000", "\u007F"})
  void writesNoXtextOfWhatIsNotPrintable(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MailPath.xtext("x", text));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,[127.0.0.1]",
    "2001:db8::1,[IPv6:2001:db8:0:0:0:0:0:1]",
    "::1%1,[IPv6:0:0:0:0:0:0:0:1]"
  })
  void namesTheClientByItsAddress(String address, String literal) throws Exception {
    assertThat(SmtpClient.literal(InetAddress.getByName(address))).isEqualTo(literal);
  }
}
