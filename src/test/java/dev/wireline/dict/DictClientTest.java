package dev.wireline.dict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.line.NothingLeft;
import dev.wireline.line.ReplyCodeException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client of dictionaries with servers that say what the test says. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class DictClientTest {
  private static final String HELLO = "S: 220 dict.test dictd <mime> <7.1@dict.test>\n";
  private static final String WIRE = HELLO + """
      C: DEFINE "*" "wire"
      S: 150 2 definitions retrieved
      S: 151 "Wire" jargon "The \\"Jargon\\" File"
      S: Wire
      S: ..a thread
      S: .
      S: 151 wire small
      S: metal
      S: .
      S: 250 ok
      """;

  private static DictClient client(Endpoint server) {
    return new DictClient(server, LineOptions.standard());
  }

  @Test
  void defines() throws IOException {
    try (var server = ScriptedServer.play(WIRE + "C: QUIT\nS: 221 bye");
        var dict = new DictClient(server.endpoint().toString())) {
      List<DictDefinition> found = dict.define("wire");
      dict.quit();

      assertThat(found)
          .containsExactly(
              new DictDefinition("Wire", "jargon", "The \"Jargon\" File", "Wire\r\n.a thread\r\n"),
              new DictDefinition("wire", "small", "", "metal\r\n"));
      assertThat(dict.state()).isEqualTo(ConnectionState.CLOSED);
      server.verify();
    }
  }

  @Test
  void goesOnAfterANo() throws IOException {
    String script = HELLO + """
        C: DEFINE "none" "wire"
        S: 550 invalid database
        C: DEFINE "*" "xyzzy"
        S: 552 no match
        C: MATCH "*" "prefix" "wi"
        S: 152 2 matches found
        S: jargon "wire"
        S: small "wire \\\\ \\"line\\""
        S: .
        S: 250 ok
        C: MATCH "*" "." "zz"
        S: 552 no match
        """;
    try (var server = ScriptedServer.play(script);
        var dict = client(server.endpoint())) {
      var no = catchThrowableOfType(ReplyCodeException.class, () -> dict.define("none", "wire"));

      assertThat(no.code()).isEqualTo(550);
      assertThat(dict.define("xyzzy")).isEmpty();
      assertThat(dict.match(DictClient.ALL, "prefix", "wi"))
          .containsExactly(
              new DictEntry("jargon", "wire"), new DictEntry("small", "wire \\ \"line\""));
      assertThat(dict.match(DictClient.ALL, ".", "zz")).isEmpty();
      server.verify();
    }
  }

  @Test
  void listsDatabasesAndStrategies() throws IOException {
    String script = HELLO + """
        C: SHOW DB
        S: 110 1 databases present
        S: jargon "The Jargon File"
        S: .
        S: 250 ok
        C: SHOW STRAT
        S: 555 no strategies available
        """;
    try (var server = ScriptedServer.play(script);
        var dict = client(server.endpoint())) {
      assertThat(dict.databases()).containsExactly(new DictEntry("jargon", "The Jargon File"));
      assertThat(dict.strategies()).isEmpty();
    }
  }

  @Test
  void breaksAtAnAnswerThatMakesNoSense() throws IOException {
    String script = HELLO + "C: SHOW DB\nS: 110 1 databases\nS: jargon \"The\nS: .\nS: 250 ok";
    try (var server = ScriptedServer.play(script);
        var dict = client(server.endpoint())) {
      assertThat(catchThrowableOfType(PeerProtocolException.class, dict::databases))
          .isNotNull();
      assertThat(dict.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void refusesASecondLineAndForeignLines() {
    try (var dict = new DictClient("nobody.test")) {
      assertThatIllegalArgumentException().isThrownBy(() -> dict.define("a\r\nQUIT"));
      assertThatIllegalStateException().isThrownBy(() -> dict.writeLine("QUIT"));
    }
  }

  @Test
  void takesNoCutAnswerForAWholeOne() throws IOException {
    CutPoints.everyCutPoint(WIRE, server -> {
      try (var dict = client(server)) {
        dict.define("wire");
      }
    });
  }

  @Test
  void withstandsBadServers() throws IOException {
    Duration soon = Duration.ofMillis(100);
    LineOptions hurried = LineOptions.builder()
        .dialer(Dialer.builder().silenceTimeout(soon).tlsTimeout(soon).build())
        .transferTimeout(soon)
        .build();
    HostilePeers.run(server -> {
      try (var dict = new DictClient(server, hurried)) {
        dict.define("wire");
      }
    });
  }
}
