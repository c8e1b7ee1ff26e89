package dev.wireline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.net.Tls;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs each command of the guide, against servers in the place of those that it names. */
@Timeout(60)
class CommandLineGuideTest {
  private static final Path GUIDE = Path.of("docs/guide/command-line.md");
  private static final String PROGRAM = "wireline ";
  private static final String JAR = "    java -jar target/wireline-*-cli.jar ";
  private static final TestCertificate CERTIFICATE = TestCertificate.forHosts();
  private static final String PIN = Tls.pin(CERTIFICATE.certificate());

  @TempDir
  Path folder;

  /** The lines of all blocks in a language. */
  private static List<String> lines(String language) throws IOException {
    List<String> found = new ArrayList<>();
    boolean within = false;
    for (String line : Files.readAllLines(GUIDE)) {
      if (line.startsWith("```")) {
        within = line.equals("```" + language);
      } else if (within) {
        found.add(line);
      }
    }
    return found;
  }

  @TestFactory
  List<DynamicTest> eachCommandDoesWhatItIsShownFor() throws IOException {
    List<String> commands = lines("sh");
    assertThat(commands).hasSizeGreaterThan(20);
    return commands.stream()
        .map(command -> DynamicTest.dynamicTest(command, () -> run(command)))
        .toList();
  }

  private void run(String command) throws Exception {
    Files.writeString(folder.resolve("report.txt"), "a report");
    Files.writeString(folder.resolve("secret.txt"), "secret\n");
    Files.writeString(folder.resolve("netrc"), "machine example.org login ann password secret");
    Files.write(folder.resolve("hello.script"), lines("script"));
    Typed typed = new Typed();
    String rest = command;
    if (command.startsWith("printf '")) {
      int end = command.indexOf("' | ");
      typed.input(command.substring(8, end).replace("\\n", "\n"));
      rest = command.substring(end + 4);
    }
    assertThat(rest).startsWith(PROGRAM);
    try (PeerServer web = PeerServer.start(CommandLineGuideTest::answer);
        PeerServer data = PeerServer.start(CommandLineGuideTest::transfer);
        PeerServer files = PeerServer.start(peer -> serveFiles(peer, data.port()));
        PeerServer mail = PeerServer.start(CommandLineGuideTest::serveMail);
        DatagramServer echo = DatagramServer.echo()) {
      Map<String, String> places = Map.of(
          "https://example.org", "http://" + web.endpoint(),
          "example.org:80", web.endpoint().toString(),
          "files.example", files.endpoint().toString(),
          "mail.example:25", mail.endpoint().toString(),
          "echo.example:7", echo.endpoint().toString());
      List<String> words = words(rest.substring(PROGRAM.length()), places);
      if (rest.contains("--starttls") || rest.startsWith("wireline mail")) {
        words.addAll(1, List.of("--trust-key", PIN));
      }

      int code = typed.run(words.toArray(String[]::new));

      assertThat(typed.err().replaceAll("(?m)^([CS#]|start|connect|send|wait|head|body).*\n", ""))
          .isEmpty();
      assertThat(code).isZero();
      boolean silent = rest.contains(" -o ")
          || rest.contains("--script")
          || rest.contains(" mail ")
          || rest.contains(" put ");
      assertThat(typed.out().isEmpty()).as("no output").isEqualTo(silent);
    }
  }

  /** The words of a command, with files in the folder of the test and its servers. */
  private List<String> words(String command, Map<String, String> places) {
    String line = command.replace("PIN", PIN);
    for (Map.Entry<String, String> place : places.entrySet()) {
      line = line.replace(place.getKey(), place.getValue());
    }
    for (String file :
        List.of("report.txt ", "hello.script", "page.html", "big.iso ", "secret.txt ")) {
      line = line.replace(file, folder.resolve(file.strip()) + (file.endsWith(" ") ? " " : ""));
    }
    line = line.replace("--netrc netrc", "--netrc " + folder.resolve("netrc"));
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }

  private static void answer(PeerConnection peer) throws IOException {
    for (List<String> head = peer.readHead(); head != null; head = peer.readHead()) {
      for (String line : head) {
        if (line.startsWith("Content-Length: ")) {
          peer.read(Integer.parseInt(line.substring(16)));
        }
      }
      boolean bodiless = head.get(0).startsWith("HEAD ");
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (bodiless ? "" : "hello"));
      if (head.stream().anyMatch(line -> line.startsWith("Transfer-Encoding"))) {
        return;
      }
    }
  }

  private static void transfer(PeerConnection peer) throws IOException {
    peer.write("-rw-r--r-- 1 a a 5 Jan 31 2024 report.txt\r\n");
    peer.shutdownOutput();
    peer.input().transferTo(java.io.OutputStream.nullOutputStream());
  }

  private static void serveFiles(PeerConnection peer, int dataPort) throws IOException {
    Map<String, String> answers = new TreeMap<>(Map.of(
        "FEAT", "211-can\r\n SIZE\r\n211 do",
        "USER", "230 in",
        "EPSV", "229 ok (|||" + dataPort + "|)",
        "RETR", "150 here\r\n226 done",
        "LIST", "150 here\r\n226 done",
        "STOR", "150 here\r\n226 done",
        "SIZE", "550 none",
        "QUIT", "221 bye"));
    peer.write("220 ready\r\n");
    converse(peer, answers, "200 ok");
  }

  private static void serveMail(PeerConnection peer) throws IOException {
    Map<String, String> answers = new TreeMap<>(Map.of(
        "EHLO", "250-hello\r\n250 STARTTLS",
        "HELO", "250 hello",
        "DATA", "354 go on",
        ".", "250 taken",
        "QUIT", "221 bye",
        "STARTTLS", "220 go"));
    peer.write("220 ready\r\n");
    converse(peer, answers, "250 ok");
  }

  private static void converse(PeerConnection peer, Map<String, String> answers, String other)
      throws IOException {
    boolean text = false;
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      String verb = line.split(" ", 2)[0];
      text = (text && !line.equals(".")) || verb.equals("DATA");
      if (!text || verb.equals("DATA")) {
        peer.write(answers.getOrDefault(verb, other) + "\r\n");
      }
      if (verb.equals("QUIT")) {
        return;
      }
      if (verb.equals("STARTTLS")) {
        peer.startTls(CERTIFICATE);
      }
    }
  }

  /** The README's lines, with the program's name as the guide has it. */
  @TestFactory
  List<DynamicTest> eachCommandOfTheReadmeDoesToo() throws IOException {
    List<String> commands = Files.readAllLines(Path.of("README.md")).stream()
        .filter(line -> line.startsWith(JAR))
        .map(line -> PROGRAM + line.substring(JAR.length()))
        .toList();
    assertThat(commands).hasSize(3);
    return commands.stream()
        .map(command -> DynamicTest.dynamicTest(command, () -> runOfReadme(command)))
        .toList();
  }

  private void runOfReadme(String command) throws Exception {
    if (command.startsWith("wireline serve")) {
      serve(command);
    } else {
      run(command.startsWith("wireline talk") ? "printf 'QUIT\\n' | " + command : command);
    }
  }

  private void serve(String command) throws IOException {
    List<String> words = words(command.substring(PROGRAM.length()), Map.of());
    try (Typed.Server server = Typed.Server.start(words.toArray(String[]::new))) {
      assertThat(new Typed().run("get", "http://" + server.endpoint() + "/"))
          .isEqualTo(ExitCode.NONSENSE);
    }
  }

  @Test
  void hasTheExitCodesOfTheHelp() throws IOException {
    List<String> table = ExitCode.TABLE.stream()
        .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |")
        .toList();

    assertThat(Files.readAllLines(GUIDE)).containsSequence(table);
  }

  @Test
  void namesEachCommand() throws IOException {
    String guide = Files.readString(GUIDE);

    new Typed().run("--help");
    assertThat(Main.commandLine(Streams.ofProcess()).getSubcommands().keySet())
        .allMatch(name -> guide.contains("wireline " + name));
  }
}
