package dev.wireline.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Content;
import dev.wireline.line.LineOptions;
import dev.wireline.line.NothingLeft;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FTP with servers that mean no good, on either of their connections. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class HostileFtpTest {
  private static final String MACHINE = FtpScripts.LOGIN.replace(" SIZE", " MLST type*;size*;");
  private static final String IN_STEP = "C: PWD\nS: 257 \"/\"\n";

  /** What is done with the client of a server. */
  private interface Use {
    void of(FtpClient ftp) throws Exception;
  }

  private static String passive(PeerServer data) {
    return "C: EPSV\nS: 229 here (|||" + data.endpoint().port() + "|)\n";
  }

  private static void play(FtpOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), options)) {
      ftp.login("joe", "open sesame");
      use.of(ftp);
      server.verify();
    }
  }

  private static void play(String script, Use use) throws Exception {
    play(FtpOptions.standard(), script, use);
  }

  private static FtpOptions hurried() {
    Dialer dialer = Dialer.builder()
        .silenceTimeout(Duration.ofMillis(300))
        .connectTimeout(Duration.ofMillis(300))
        .build();
    return FtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).build())
        .build();
  }

  /** The second of them would be taken for the answer to the next command. */
  @ParameterizedTest
  @ValueSource(strings = {"150 again", "125 go", "110 marker", "199 soon"})
  void isNotOutOfStepAfterAPreliminaryThatComesAgain(String again) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("hello"))) {
      String script = FtpScripts.LOGIN + passive(data) + "C: RETR x\nS: 150 go\nS: " + again
          + "\nS: 226 done\n";
      play(script + IN_STEP, ftp -> {
        assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void leavesAServerThatOnlyEverBegins() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("hello"))) {
      String script = FtpScripts.LOGIN + passive(data) + "C: RETR x\n" + "S: 150 go\n".repeat(50);
      play(script, ftp -> {
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> ftp.retrieve("x").text());
        assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RNTO", "MKD", "DELE", "SIZE"})
  void isInStepWithAServerThatBeginsWhatHasNoData(String verb) throws Exception {
    String begun = "S: 150 go\nS: 110 still\nS: ";
    String script = FtpScripts.LOGIN
        + switch (verb) {
          case "RNTO" ->
            "C: RNFR a\nS: 120 soon\nS: 350 to what\nC: RNTO b\n" + begun + "250 done\n";
          case "MKD" -> "C: MKD a\n" + begun + "257 \"a\"\n";
          case "DELE" -> "C: DELE a\n" + begun + "250 done\n";
          default -> "C: SIZE a\n" + begun + "213 5\n";
        };
    play(script + IN_STEP, ftp -> {
      switch (verb) {
        case "RNTO" -> ftp.rename("a", "b");
        case "MKD" -> ftp.makeDirectory("a");
        case "DELE" -> ftp.delete("a");
        default -> assertThat(ftp.size("a")).isEqualTo(5);
      }
      assertThat(ftp.workingDirectory()).isEqualTo("/");
    });
  }

  @Test
  void waitsForDataThatComesAfterItsConfirmation() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      for (int i = 0; i < 100; i++) {
        peer.write("line\r\n");
      }
    })) {
      String script = FtpScripts.LOGIN + passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\n";
      play(script + IN_STEP, ftp -> {
        assertThat(ftp.retrieve("x").readLines()).hasSize(100);
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void waitsNotForEverForDataThatDoesNotCome() throws Exception {
    try (PeerServer data = PeerServer.start(PeerConnection::hold)) {
      play(
          hurried(),
          FtpScripts.LOGIN + passive(data) + "C: RETR x\nS: 150 go\nS: 426 no\n",
          ftp -> {
            assertThatThrownBy(() -> ftp.retrieve("x").bytes())
                .isInstanceOfAny(FtpException.class, DeadlineExceededException.class);
          });
    }
  }

  @Test
  void isNotCalledBackForEver() throws Exception {
    FtpOptions active = hurried().toBuilder().mode(FtpMode.ACTIVE).build();
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("220 hello\r\n");
          for (String line = peer.readLine(); line != null; line = peer.readLine()) {
            String verb = line.substring(0, 4).strip();
            peer.write(
                switch (verb) {
                  case "FEAT" -> "500 no\r\n";
                  case "USER" -> "230 welcome\r\n";
                  case "RETR" -> "150 go\r\n";
                  default -> "200 ok\r\n";
                });
          }
        });
        FtpClient ftp = new FtpClient(server.endpoint(), active)) {
      ftp.login("joe", "x");

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> ftp.retrieve("x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0b",
        "a\u0001",
        "a\rb",
        "\u001b[31m",
        "/etc/passwd",
        "../../x",
        "a/../../x",
        "\\\\host\\x",
        "c:\\x",
        "x/",
        "~/../x\u007f"
      })
  void writesNothingForANameThatIsNone(String name, @TempDir Path folder) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("type=dir; " + name + "\r\n"))) {
      String script = MACHINE + passive(data) + "C: MLSD /pub\nS: 150 go\nS: 226 done\n";
      play(script, ftp -> {
        assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> ftp.downloadFolder("/pub", folder.resolve("copy")))
            .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(each -> each < ' '));
        try (var left = Files.walk(folder)) {
          assertThat(left).containsExactlyInAnyOrder(folder, folder.resolve("copy"));
        }
      });
    }
  }

  @Test
  void leavesFoldersWithoutAnEnd(@TempDir Path folder) throws Exception {
    FtpOptions few = FtpOptions.builder().maxDepth(3).build();
    try (PeerServer data = PeerServer.start(peer -> peer.write("type=dir; d\r\n"))) {
      String done = "S: 150 go\nS: 226 done\n";
      String script = MACHINE + passive(data) + "C: MLSD /p\n" + done + passive(data)
          + "C: MLSD /p/d\n" + done + passive(data) + "C: MLSD /p/d/d\n" + done;
      play(
          few,
          script,
          ftp -> assertThatExceptionOfType(LimitExceededException.class)
              .isThrownBy(() -> ftp.downloadFolder("/p", folder.resolve("copy")))
              .withMessageContaining("maxDepth"));
    }
  }

  @Test
  void keepsNoRoomForAFileThatIsToldToBeHuge(@TempDir Path folder) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("hello"))) {
      String script = MACHINE
          + "C: MLST x\nS: 250-x\nS:  type=file;size=" + Long.MAX_VALUE + "; x\nS: 250 end\n"
          + passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\n" + IN_STEP;
      play(script, ftp -> {
        assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> ftp.download("x", folder.resolve("x")));
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void readsNoLineOfAListingWithoutAnEnd() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      while (true) {
        peer.write("x".repeat(8192));
      }
    })) {
      play(FtpScripts.LOGIN + passive(data) + "C: LIST\nS: 150 go\nS: 426 cut\n", ftp -> {
        assertThatThrownBy(() -> ftp.list(""))
            .isInstanceOfAny(LimitExceededException.class, FtpException.class);
      });
    }
  }

  /** The data of whoever is quicker at the port is not sent to somebody else's host. */
  @ParameterizedTest
  @ValueSource(strings = {"10,9,8,7", "127,0,0,2", "0,0,0,0", "255,255,255,255"})
  void goesToNoOtherHost(String host) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> assertThat(peer.read(5)).hasSize(5))) {
      int port = data.endpoint().port();
      String script = FtpScripts.LOGIN + "C: EPSV\nS: 500 no\nC: PASV\nS: 227 here (" + host + ","
          + port / 256 + "," + port % 256 + ")\nC: STOR x\nS: 150 go\nS: 226 done\n";
      play(script, ftp -> ftp.store("x", Content.of("hello")));
    }
  }
}
