package dev.wireline.ftp;

import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Command;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said on the connection for commands. */
@Timeout(60)
class FtpClientTest {
  private static final String SESSION = FtpScripts.LOGIN + """
      C: PWD
      S: 257 "/a ""b"" c" is here
      C: CWD /pub
      S: 250 ok
      C: CDUP
      S: 200 ok
      C: MKD new
      S: 257 "/new"
      C: RNFR new
      S: 350 and?
      C: RNTO old
      S: 250 ok
      C: RMD old
      S: 250 ok
      C: DELE x
      S: 250 ok
      C: SIZE a b
      S: 213 1234567890123
      C: MDTM a b
      S: 213 20240131154500.250
      C: MFMT 20240131154500 a b
      S: 213 Modify=20240131154500; a b
      C: SITE HELP
      S: 150 wait
      S: 214-these
      S: anything
      S: 214 end
      C: QUIT
      S: 221 bye
      """;

  private static void talk(Endpoint server) throws IOException {
    try (FtpClient ftp = new FtpClient(server, FtpOptions.standard())) {
      ftp.login("joe", "open sesame");
      assertThat(ftp.workingDirectory()).isEqualTo("/a \"b\" c");
      ftp.changeDirectory("/pub");
      ftp.changeToParent();
      ftp.makeDirectory("new");
      ftp.rename("new", "old");
      ftp.removeDirectory("old");
      ftp.delete("x");
      assertThat(ftp.size("a b")).isEqualTo(1234567890123L);
      Instant time = ftp.modified("a b");
      assertThat(time).isEqualTo(Instant.parse("2024-01-31T15:45:00.250Z"));
      ftp.setModified("a b", time);
      assertThat(ftp.command(Command.of("SITE").text("HELP"), 214).lines())
          .containsExactly("these", "anything", "end");
      ftp.quit();
      assertThat(ftp.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void speaks(Delivery delivery) throws IOException {
    try (var server = ScriptedServer.builder(SESSION).delivery(delivery).start()) {
      talk(server.endpoint());

      server.verify();
    }
  }

  @Test
  void keepsConnectionsAliveThatAreIdleDuringATransfer() {
    Dialer own = Dialer.builder().silenceTimeout(Duration.ofSeconds(7)).build();
    Dialer without = own.toBuilder().option(SO_KEEPALIVE, false).build();

    assertThat(FtpOptions.standard().line().dialer().option(SO_KEEPALIVE)).hasValue(true);
    assertThat(with(own).option(SO_KEEPALIVE)).hasValue(true);
    assertThat(with(own).silenceTimeout()).hasSeconds(7);
    assertThat(with(without).option(SO_KEEPALIVE)).hasValue(false);
  }

  private static Dialer with(Dialer dialer) {
    LineOptions lines = LineOptions.builder().dialer(dialer).build();
    return FtpOptions.builder().line(lines).build().toBuilder().build().line().dialer();
  }

  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint(SESSION, FtpClientTest::talk);
  }

  @Test
  void withstandsBadServers() throws IOException {
    HostilePeers.builder()
        .after(FtpScripts.LOGIN)
        .startTls(FtpScripts.BEFORE_TLS)
        .run(endpoint -> {
          try (FtpClient ftp = new FtpClient(endpoint, FtpScripts.hurried())) {
            ftp.login("joe", "open sesame");
            ftp.workingDirectory();
          }
        });
  }

  @Test
  void takesNothingThatWasSaidBeforeTls() throws IOException {
    String script = """
        S: 220 hello
        C: FEAT
        S: 211-Features
        S:  AUTH TLS;TLS-C
        S: 211 End
        C: AUTH TLS
        S: 234 go on
        S: 230 welcome
        """;
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> ftp.login("joe", "open sesame"));

      assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void staysUsableAfterANo() throws IOException {
    String script = FtpScripts.GREETING + """
        C: USER joe
        S: 331 password
        C: PASS wrong
        S: 530 no
        C: USER joe
        S: 331 password
        C: PASS right
        S: 230 yes
        C: TYPE I
        S: 200 ok
        C: DELE x
        S: 450-busy
        S: 450 try later
        C: DELE x
        S: 550 no such file
        C: DELE x
        S: 421 too late
        """;
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.login("joe", "wrong"))
          .satisfies(no -> assertThat(no.command()).contains("PASS ***"))
          .satisfies(no -> assertThat(no.getMessage()).doesNotContain("wrong"));
      ftp.login("joe", "right");
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.delete("x"))
          .satisfies(no -> assertThat(no.isTransient()).isTrue())
          .satisfies(no -> assertThat(no.lines()).containsExactly("busy", "try later"));
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.delete("x"))
          .satisfies(no -> assertThat(no.isTransient()).isFalse())
          .satisfies(no -> assertThat(no.command()).contains("DELE x"))
          .satisfies(no -> assertThat(no.connectionUsable()).isTrue());
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.delete("x"))
          .satisfies(no -> assertThat(no.connectionUsable()).isFalse());

      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> ftp.delete("x"));
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"USER joe\nS: 332 account", "USER joe\nS: 331 p\nC: PASS pw\nS: 332 account"})
  void givesAnAccountWhereItIsAskedFor(String way) throws IOException {
    String rest = "C: " + way + "\nC: ACCT staff\nS: 230 yes\nC: TYPE I\nS: 200 ok\n";
    try (var server = ScriptedServer.play(FtpScripts.GREETING + rest);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      Transcript transcript = Transcript.of(ftp);

      ftp.login("joe", "pw", "staff");

      server.verify();
      assertThat(transcript.toString()).contains("ACCT ***").doesNotContain("staff", "pw");
    }
  }

  @Test
  void saysThatAnAccountIsWanted() throws IOException {
    try (var server = ScriptedServer.play(FtpScripts.GREETING + "C: USER joe\nS: 332 account\n");
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.login("joe", "pw"))
          .satisfies(no -> assertThat(no.code()).isEqualTo(332));
    }
  }

  @Test
  void waitsForAServerThatIsNotReady() throws IOException {
    String script = """
        S: 120 soon
        S: 220 now
        C: FEAT
        S: 500 what?
        C: AUTH TLS
        S: 500 what?
        C: USER anonymous
        S: 230 hello
        C: FEAT
        S: 211-Features
        S:  UTF8
        S: 211 End
        C: OPTS UTF8 ON
        S: 501 it is
        C: TYPE I
        S: 200 ok
        """;
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      ftp.loginAnonymously();

      assertThat(ftp.capabilities().has("UTF8")).isTrue();
      server.verify();
    }
  }

  private static FtpOptions named(FtpOptions.Builder options) {
    // A name that leads to this host and is not known to.
    Dialer dialer = Dialer.builder()
        .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    return options.line(LineOptions.builder().dialer(dialer).build()).build();
  }

  @Test
  void keepsThePasswordFromTheClear() throws IOException {
    String script = FtpScripts.GREETING + FtpScripts.USER;
    try (var server = ScriptedServer.play(script)) {
      Endpoint remote = Endpoint.tcp("files.test", server.endpoint().port());
      try (var ftp = new FtpClient(remote, named(FtpOptions.builder()))) {
        assertThatExceptionOfType(TlsException.class)
            .isThrownBy(() -> ftp.login("joe", "open sesame"))
            .withMessageContaining("clearPasswords")
            .satisfies(e -> assertThat(e.connectionUsable()).isTrue());
        assertThat(ftp.state()).isEqualTo(ConnectionState.OPEN);
      }
    }
    try (var server = ScriptedServer.play(script)) {
      Endpoint remote = Endpoint.tcp("files.test", server.endpoint().port());
      try (var ftp = new FtpClient(remote, named(FtpOptions.builder().clearPasswords(true)))) {
        ftp.login("joe", "open sesame");
        server.verify();
      }
    }
  }

  @Test
  void endsWhereTlsIsRequiredAndNotThere() throws IOException {
    String script = "S: 220 hello\nC: FEAT\nS: 502 no\nC: AUTH TLS\nS: 502 no\n";
    try (var server = ScriptedServer.play(script)) {
      Endpoint remote = Endpoint.tcp("files.test", server.endpoint().port());
      FtpOptions required = named(FtpOptions.builder().tlsPolicy(TlsPolicy.REQUIRED));
      try (var ftp = new FtpClient(remote, required)) {
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(ftp::loginAnonymously)
            .satisfies(no -> assertThat(no.command()).contains("AUTH TLS"));

        assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void tellsTheVirtualHost() throws IOException {
    String script = FtpScripts.GREETING + "C: HOST files.test\nS: 220 hello again\n";
    FtpOptions options = FtpOptions.builder().virtualHost("files.test").build();
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), options)) {
      ftp.connect();

      server.verify();
    }
  }

  @Test
  void speaksTheCharsetOfTheServer() throws IOException {
    String script = FtpScripts.GREETING + "C> \"DELE \\xff\\xff\\xe4\\r\\n\"\nS: 250 ok\n";
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      ftp.delete("\u00ff\u00e4");
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.delete("\u20ac"));

      assertThat(ftp.state()).isEqualTo(ConnectionState.OPEN);
      server.verify();
    }
    String utf8 =
        "S: 220 hello\nC: FEAT\nS: 211-Features\nS:  UTF8\nS: 211 End\nC: DELE \u00ff\u20ac\nS: 250 ok\n";
    try (var server = ScriptedServer.play(utf8);
        var ftp = new FtpClient(
            server.endpoint(), FtpOptions.builder().charset(ISO_8859_1).build())) {
      ftp.delete("\u00ff\u20ac");

      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\rb", "a\nDELE b", "a\0b"})
  void refusesAPathThatWouldBeMore(String path) {
    try (var ftp = new FtpClient("localhost")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.delete(path));
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.rename("a", path));
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.retrieve(path));
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.stat(path));
      assertThatIllegalArgumentException().isThrownBy(() -> ftp.login(path, "x"));

      assertThat(ftp.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"257 /here", "257 \"", "257 \"\"", "257 \"a\"\"", "257 \"a"})
  void breaksOffWhenAPathMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play(FtpScripts.LOGIN + "C: PWD\nS: " + answer);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      ftp.login("joe", "open sesame");

      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(ftp::workingDirectory);

      assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"213 -1", "213 many", "213", "213 99999999999999999999"})
  void breaksOffWhenASizeMakesNoSense(String answer) throws IOException {
    try (var server = ScriptedServer.play(FtpScripts.LOGIN + "C: SIZE x\nS: " + answer);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      ftp.login("joe", "open sesame");

      assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> ftp.size("x"));
    }
  }

  @Test
  void passesOverSoManyPreliminaryRepliesAlone() throws IOException {
    String script = FtpScripts.GREETING + "C: SITE X\n"
        + "S: 150 wait\n".repeat(FinalReplies.MAX_PRELIMINARIES + 1);
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> ftp.command(Command.of("SITE").atom("X"), 200));

      assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void showsNoPassword() throws IOException {
    try (var server = ScriptedServer.play(FtpScripts.LOGIN);
        var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
      Transcript transcript = Transcript.of(ftp);

      ftp.login("joe", "open sesame");

      assertThat(transcript.toString()).contains("USER joe", "PASS ***").doesNotContain("sesame");
    }
  }

  @Test
  void keepsItsLinesToItself() {
    try (var ftp = new FtpClient("localhost")) {
      assertThatIllegalStateException().isThrownBy(() -> ftp.writeLine("NOOP"));
    }
  }

  @Test
  void closesWithoutAWordWhereNothingWasSaid() throws IOException {
    FtpClient ftp = new FtpClient("ftps://files.test");

    ftp.quit();

    assertThat(ftp.endpoint()).isEqualTo(Endpoint.tls("files.test", 990));
    assertThat(ftp.state()).isEqualTo(ConnectionState.CLOSED);
  }
}
