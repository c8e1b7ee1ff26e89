package dev.wireline.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small forms: ports, times, facts, names. */
class FtpGrammarTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Entering Extended Passive Mode (|||6446|); 6446",
        "(!!!1!); 1",
        "(|1|203.0.113.9|65535|) and more; 65535",
        "(|||0|); -1",
        "(|||65536|); -1",
        "(|||-1|); -1",
        "(|||6446); -1",
        "(1112341); -1",
        "(; -1",
        "|||6446|; -1"
      })
  void readsThePortOfEpsv(String text, int port) {
    assertThat(PortReply.extended(text)).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Entering Passive Mode (127,0,0,1,200,10).; 51210",
        "=127,0,0,1,0,21; 21",
        "2 ports: 127,0,0,1,255,255; 65535",
        "(1,2,3,4,5); -1",
        "(1,2,3,4,0,0); -1",
        "(1,2,3,4,256,0); -1",
        "(1,2,3,4,1000,0); -1",
        "(1,2,3,4,5,; -1",
        "none; -1"
      })
  void readsThePortOfPasv(String text, int port) {
    assertThat(PortReply.classic(text)).isEqualTo(port);
  }

  @Test
  void tellsAPort() throws Exception {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    InetSocketAddress four =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 51210);
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByAddress(loopback), 80);

    assertThat(PortReply.classic(four)).isEqualTo("127,0,0,1,200,10");
    assertThat(PortReply.extended(four)).isEqualTo("|1|127.0.0.1|51210|");
    assertThat(PortReply.extended(six)).isEqualTo("|2|0:0:0:0:0:0:0:1|80|");
  }

  @Test
  void readsAndWritesTimes() {
    assertThat(TimeVal.parse("20240131154500")).contains(Instant.parse("2024-01-31T15:45:00Z"));
    assertThat(TimeVal.parse("20240131154560.5")).contains(Instant.parse("2024-01-31T15:45:59.5Z"));
    assertThat(TimeVal.text(Instant.parse("2024-01-31T15:45:00.9Z"))).isEqualTo("20240131154500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024013115450",
        "191240131154500",
        "20241331154500",
        "20240131154500.",
        "20240131154500.1234567890",
        "2024013115450x",
        "20240131154500.x",
        "+0240131154500"
      })
  void readsNoOtherTime(String text) {
    assertThat(TimeVal.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "type=file;", "type=file; ", "x y", "=; y", "type; y", ";; y", "a=b;c; y"})
  void readsNoOtherFacts(String line) {
    assertThat(MachineLine.parse(line)).isNull();
  }

  private static FtpEntry facts(String line) {
    return requireNonNull(MachineLine.parse(line), line);
  }

  @Test
  void readsFacts() {
    assertThat(facts(" name").name()).isEqualTo("name");
    assertThat(facts("Size=5 a").size()).hasValue(5);
    assertThat(facts("size=-5;a==b; x=y; z").facts()).containsEntry("a", "=b");
    assertThat(facts("size=-5; x").size()).isEmpty();
    assertThat(facts("modify=never; x").modified()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "/", "/etc", "a/b", "../a", "a\\b", "..\\a", "C:", "c:a", "a\0b", "a\nb",
        "\u007f"
      })
  void keepsNamesInTheFolder(String name) {
    assertThat(Names.within(Path.of("folder"), name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "...", "a b", " a", "12:30.log", "\u00e4", "a..b", "-x", "~", "%2e%2e"})
  void knowsAName(String name) {
    assertThat(Names.within(Path.of("folder"), name)).contains(Path.of("folder", name));
  }

  @Test
  void doublesTheByteThatTelnetTakesForACommand() {
    assertThat(Names.telnet("\u00ff", ISO_8859_1)).isEqualTo("\u00ff\u00ff");
    assertThat(Names.telnet("\u00ff", UTF_8)).isEqualTo("\u00ff");
    assertThat(Names.telnet("\u042a\u00e4", Charset.forName("KOI8-R")))
        .isEqualTo("\u042a\u042a\u00e4");
  }

  @Test
  void joinsPaths() {
    assertThat(Names.in("", "a")).isEqualTo("a");
    assertThat(Names.in("/", "a")).isEqualTo("/a");
    assertThat(Names.in("x", "a")).isEqualTo("x/a");
    assertThat(Names.decoded("caf\u00c3\u00a9", UTF_8)).isEqualTo("caf\u00e9");
    assertThat(Names.decoded("caf\u00e9", UTF_8)).isEqualTo("caf\u00e9");
  }
}
