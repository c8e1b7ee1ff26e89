package dev.wireline.halfway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After an error half way no client gives a part of an answer for the whole, or another answer. */
@Timeout(300)
class HalfWayTest {
  @Test
  void nothingIsCutOrForeignAfterTheStackHasEnded() throws Exception {
    check(
        "stack",
        "-XX:TieredStopAtLevel=1",
        "-XX:CompileCommand=quiet",
        "-XX:CompileCommand=exclude,dev.wireline.*::*");
  }

  @Test
  void nothingIsCutOrForeignAfterTheMemoryHasEnded() throws Exception {
    check("heap", "-Xmx24m", "-XX:+UseSerialGC");
  }

  private static void check(String how, String... settings) throws Exception {
    List<PeerServer> servers = ErrorRun.servers();
    try {
      List<String> said = run(how, settings, servers);

      assertThat(said).filteredOn(line -> line.startsWith("WRONG")).isEmpty();
      assertThat(said).anyMatch(line -> line.matches("errors: [1-9][0-9]+"));
    } finally {
      servers.forEach(PeerServer::close);
    }
  }

  private static List<String> run(String how, String[] settings, List<PeerServer> servers)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(settings));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ErrorRun.class.getName(), how));
    servers.forEach(server -> command.add(String.valueOf(server.port())));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
