package dev.wireline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.testing.PeerServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the finished jar of the command line as a process of its own, with nothing of an environment. */
class CommandLineIT {
  private static final int MAX_SECONDS = 60;
  private static final int SIGINT = 2;
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir
  Path folder;

  @Test
  void needsNothingButAJavaRuntime() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    })) {
      Process process = start("get", "http://" + server.endpoint() + "/");

      assertThat(process.getInputStream()).hasContent("hello");
      assertThat(process.getErrorStream()).isEmpty();
      assertThat(code(process)).isZero();
    }
  }

  @Test
  void readsItsInputFromAPipe() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> peer.write(peer.readLine() + ", you\n"))) {
      Process process = start("talk", server.endpoint().toString());
      process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();

      assertThat(process.getInputStream()).hasContent("hello, you\n");
      assertThat(code(process)).isZero();
    }
  }

  @Test
  void sendsAllThatComesThroughAPipe() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
      peer.write(peer.read(5));
    })) {
      Process process = start("get", "-d", "@-", "http://" + server.endpoint() + "/");
      process.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();

      assertThat(process.getInputStream()).hasContent("hello");
      assertThat(process.getErrorStream()).isEmpty();
      assertThat(code(process)).isZero();
    }
  }

  @Test
  void endsQuietlyWhenNobodyReadsItsOutput() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 200 OK\r\n\r\n");
      while (true) {
        peer.write(new byte[16 * 1024]);
      }
    })) {
      Process process = start("get", "http://" + server.endpoint() + "/");
      process.getInputStream().readNBytes(10);
      process.getInputStream().close();

      assertThat(process.getErrorStream()).isEmpty();
      assertThat(code(process)).isEqualTo(141);
    }
  }

  @Test
  void leavesNothingOfADownloadThatIsInterrupted() throws Exception {
    try (WatchService watch = folder.getFileSystem().newWatchService();
        PeerServer server = PeerServer.start(peer -> {
          peer.readHead();
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
          peer.hold();
        })) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process process = start(
          "get", "-o", folder.resolve("page").toString(), "http://" + server.endpoint() + "/");
      WatchKey begun = watch.poll(MAX_SECONDS, TimeUnit.SECONDS);
      assertThat(begun).as("a download that has begun").isNotNull();

      int code = interrupted(process);

      assertThat(folder).isEmptyDirectory();
      assertThat(process.exitValue()).isEqualTo(code);
    }
  }

  /** As Ctrl-C does; gives the code that a process then ends with. */
  private static int interrupted(Process process) throws Exception {
    int signal = SIGINT;
    if (ignoresInterrupts()) {
      process.destroy();
      signal = 15;
    } else {
      new ProcessBuilder("sh", "-c", "kill -" + SIGINT + " " + process.pid())
          .start()
          .waitFor();
    }
    assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
    return 128 + signal;
  }

  /** What a shell starts in the background does not hear of Ctrl-C, and neither do its children. */
  private static boolean ignoresInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(mask -> (mask & 1 << (SIGINT - 1)) != 0);
  }

  @Test
  void showsABarOnATerminal() throws Exception {
    if (!Files.isExecutable(SCRIPT)) {
      // There is no other way to have a terminal here; GetTest has a bar without one.
      return;
    }
    try (PeerServer server = PeerServer.start(peer -> {
      peer.readHead();
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    })) {
      String url = "http://" + server.endpoint() + "/";
      List<String> command =
          command(java(), List.of("get", "-o", folder.resolve("page").toString(), url));
      Process process =
          start(List.of(SCRIPT.toString(), "-qec", String.join(" ", command), "/dev/null"));
      process.getOutputStream().close();

      assertThat(text(process.getInputStream())).contains("100 %  5 B of 5 B");
      assertThat(code(process)).isZero();
      assertThat(folder.resolve("page")).hasContent("hello");
    }
  }

  @Test
  void runsFromAnImageOfTwoModules() throws Exception {
    Path image = folder.resolve("image");
    Process jlink = start(List.of(
        java().resolveSibling("jlink").toString(),
        "--add-modules",
        "java.base,jdk.crypto.ec",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        image.toString()));
    assertThat(text(jlink.getInputStream())).isEmpty();
    assertThat(code(jlink)).isZero();

    Path java = image.resolve("bin").resolve("java");
    Process process = start(command(java, List.of("get", "data:,hello")));

    assertThat(process.getInputStream()).hasContent("hello");
    assertThat(process.getErrorStream()).isEmpty();
    assertThat(code(process)).isZero();
  }

  @Test
  void startsFromAnArchiveOfItsClasses() throws Exception {
    Path archive = folder.resolve("wireline.jsa");
    List<String> hello = List.of("get", "data:,hello");
    Process first = start(with("-XX:ArchiveClassesAtExit=" + archive, command(java(), hello)));
    assertThat(text(first.getInputStream())).contains("hello");
    assertThat(code(first)).isZero();
    assertThat(archive).isNotEmptyFile();

    Process process = start(with("-XX:SharedArchiveFile=" + archive, command(java(), hello)));

    assertThat(process.getInputStream()).hasContent("hello");
    assertThat(process.getErrorStream()).isEmpty();
    assertThat(code(process)).isZero();
  }

  private static List<String> with(String option, List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.add(1, option);
    return all;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static List<String> command(Path java, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(java.toString(), "-jar", Jars.commandLine().toString()));
    command.addAll(arguments);
    return command;
  }

  private static Process start(String... arguments) throws IOException {
    return start(command(java(), List.of(arguments)));
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    return builder.start();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int code(Process process) throws InterruptedException {
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process did not end");
    }
    return process.exitValue();
  }
}
