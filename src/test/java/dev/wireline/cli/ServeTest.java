package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.HostileServer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that plays a server, with the other commands as its clients. */
@Timeout(30)
class ServeTest {
  private final Typed client = new Typed();

  @TempDir
  Path folder;

  @Test
  void servesAFolder() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "content");
    try (var server = Typed.Server.start("serve", "folder", folder.toString())) {
      client.run("get", "http://" + server.endpoint() + "/a.txt");

      assertThat(client.out()).isEqualTo("content");
    }
  }

  @Test
  void servesWithTlsForThoseWhoTrustItsAuthority() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "safe");
    Path authority = folder.resolve("ca.pem");
    try (var server = Typed.Server.start(
        "serve", "folder", "--tls", "--save-ca", authority.toString(), folder.toString())) {
      String url = server.endpoint().replace("tls://", "https://") + "/a.txt";
      String pin = server.line().substring("its key is ".length());
      client.run("get", "--cacert", authority.toString(), url);
      client.run("get", "--trust-key", pin, url);

      assertThat(client.out()).isEqualTo("safesafe");
    }
  }

  @Test
  void echoesBytesLinesAndDatagrams() throws Exception {
    try (var server = Typed.Server.start("serve", "echo", "--prefix", "you said ")) {
      client.input("hi\n").run("talk", server.endpoint());

      assertThat(client.out()).isEqualTo("you said hi\r\n");
    }
    Typed datagrams = new Typed();
    try (var server = Typed.Server.start("serve", "echo", "--udp")) {
      datagrams
          .input("hi\n")
          .run("talk", "--udp", "--answers", "1", "--wait", "20", server.endpoint());
      assertThat(datagrams.out()).isEqualTo("hi\n");
    }
  }

  @Test
  void listensOnThePortThatIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
      assertThat(client.run("serve", "echo", "-p", String.valueOf(port), "--address", "0.0.0.0"))
          .isEqualTo(ExitCode.LOCAL);
    }
    assertThat(client.err()).contains("wireline: cannot listen there: ");
  }

  @ParameterizedTest
  @CsvSource({"HELO me, 0, ''", "NOOP, 11, the client said another line"})
  void theExitCodeSaysWhetherAClientKeptToTheScript(String said, int code, String complaint)
      throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), "S: 220 hi\nC: HELO me\n");
    try (var server = Typed.Server.start("serve", "script", script.toString())) {
      client.input(said + "\n").run("talk", "--wait", "100ms", server.endpoint());

      assertThat(server.awaitCode()).isEqualTo(code);
      assertThat(server.err()).contains(complaint);
    }
  }

  @Test
  void playsEachBadServerOfTheKit() throws Exception {
    client.run("serve", "hostile", "--list");

    assertThat(client.out().lines()).containsExactlyElementsOf(HostileServer.names());
    assertThat(client.run("serve", "hostile", "friendly")).isEqualTo(ExitCode.USAGE);
    try (var server = Typed.Server.start("serve", "hostile", "garbage")) {
      assertThat(client.run("get", "http://" + server.endpoint() + "/"))
          .isEqualTo(ExitCode.NONSENSE);
    }
    try (var server = Typed.Server.start("serve", "hostile", "garbage in TLS")) {
      assertThat(client.run("get", "https://" + server.endpoint() + "/")).isEqualTo(ExitCode.TLS);
    }
  }

  @Test
  void saysWhatItCanPlay() {
    assertThat(client.run("serve")).isEqualTo(ExitCode.USAGE);
    assertThat(client.err()).contains("Missing required subcommand");
    assertThat(client.run("serve", "hostile")).isEqualTo(ExitCode.USAGE);
    assertThat(client.err()).contains("name one of the bad servers");
    assertThat(client.run("serve", "hostile", "--list")).isZero();
    assertThat(client.out()).contains("endless header lines\n");
  }
}
