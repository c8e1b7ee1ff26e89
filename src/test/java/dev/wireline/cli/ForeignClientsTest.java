package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers of the command line with clients of other projects. */
@Tag("interop")
@Timeout(60)
class ForeignClientsTest {
  private static final int MAX_SECONDS = 30;

  @TempDir
  Path folder;

  @Test
  void curlFetchesFromAFolder() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "content");
    try (var server = Typed.Server.start("serve", "folder", folder.toString())) {
      Ended curl = run("", "curl", "-sS", "http://" + server.endpoint() + "/a.txt");

      assertThat(curl).isEqualTo(new Ended(0, "content"));
    }
  }

  @Test
  void curlTrustsTheAuthorityThatIsSaved() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "safe");
    Path authority = folder.resolve("ca.pem");
    try (var server = Typed.Server.start(
        "serve", "folder", "--tls", "--save-ca", authority.toString(), folder.toString())) {
      String url = server.endpoint().replace("tls://", "https://") + "/a.txt";
      Ended friend = run("", "curl", "-sS", "--cacert", authority.toString(), url);
      Ended stranger = run("", "curl", "-sS", url);

      assertThat(friend).isEqualTo(new Ended(0, "safe"));
      assertThat(stranger.code()).as(stranger.output()).isEqualTo(60);
    }
  }

  @Test
  void curlMeetsABadServer() throws Exception {
    try (var server = Typed.Server.start("serve", "hostile", "hangs up in a line")) {
      Ended curl = run("", "curl", "-sS", "-m", "20", "http://" + server.endpoint() + "/");

      assertThat(curl.code()).as(curl.output()).isNotZero();
    }
  }

  @Test
  void ncTalksWithAnEcho() throws Exception {
    try (var server = Typed.Server.start("serve", "echo", "--prefix", "you said ")) {
      Ended nc = run("hello\n", nc(server.endpoint()));

      assertThat(nc).isEqualTo(new Ended(0, "you said hello\n"));
    }
  }

  @Test
  void ncKeepsToAScriptOrNot() throws Exception {
    Path script = Files.writeString(folder.resolve("a.script"), "S: 220 hi\nC: QUIT\nS: 221 bye\n");
    try (var server = Typed.Server.start("serve", "script", script.toString())) {
      Ended nc = run("QUIT\r\n", nc(server.endpoint()));

      assertThat(nc.output()).isEqualTo("220 hi\r\n221 bye\r\n");
      assertThat(server.awaitCode()).isZero();
    }
    try (var server = Typed.Server.start("serve", "script", script.toString())) {
      run("NOOP\r\n", nc(server.endpoint()));

      assertThat(server.awaitCode()).isEqualTo(ExitCode.DIFFERENT);
      assertThat(server.err()).contains("expected: \"QUIT\\r\\n\"", "NOOP");
    }
  }

  private static String[] nc(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    return new String[] {"nc", "-N", endpoint.substring(0, colon), endpoint.substring(colon + 1)};
  }

  private record Ended(int code, String output) {}

  private Ended run(String input, String... command) throws IOException, InterruptedException {
    Path typed = Files.writeString(folder.resolve("input"), input);
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(List.of(command))
        .redirectInput(typed.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(List.of(command) + " did not end");
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
