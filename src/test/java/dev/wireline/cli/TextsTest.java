package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What is read of a command line and of a script, and what a terminal is shown. */
class TextsTest {
  @ParameterizedTest
  @CsvSource({"5, 5000", "1.5s, 1500", "300ms, 300", "2m, 120000", "0.001, 1"})
  void aTimeHasAUnit(String text, long millis) {
    assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "x", "-1", "0", "NaN", "1e99", "5 h"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Durations().convert(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\tb\r\n', 'a\tb\r\n'",
    "'\u001b[2J', '^[[2J'",
    "'\u007f\u0000', '^?^@'",
    "'é\u0085é', 'é^Eé'",
    "'£\u009b31m', '£^[31m'"
  })
  void aTerminalDoesNothingForAPeer(String text, String shown) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    try (OutputStream terminal = new TerminalOutput(whole)) {
      terminal.write(bytes);
    }
    try (OutputStream terminal = new TerminalOutput(single)) {
      for (byte octet : bytes) {
        terminal.write(octet);
      }
    }

    assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo(shown);
    assertThat(single.toByteArray()).isEqualTo(whole.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"9b33316d, ^[31m", "e282ac9b, €^[", "f09f98809b41, 😀^[A", "41c29b, A^["})
  void aControlCharacterIsOneInEachCharset(String octets, String shown) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();

    try (OutputStream terminal = new TerminalOutput(whole)) {
      terminal.write(HexFormat.of().parseHex(octets));
    }

    assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo(shown);
  }

  @Test
  void printableTextTurnsNoDirections() {
    assertThat(Printable.of("a\u202Eb\nc\u001b")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
  }
}
