package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.dict.DictClient;
import dev.wireline.dict.DictDefinition;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.finger.Finger;
import dev.wireline.finger.FingerQuery;
import dev.wireline.gemini.Gemini;
import dev.wireline.gemini.GeminiLine;
import dev.wireline.gemini.GeminiResponse;
import dev.wireline.gopher.Gopher;
import dev.wireline.gopher.GopherItem;
import dev.wireline.line.Content;
import dev.wireline.line.Expect;
import dev.wireline.line.Incoming;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import dev.wireline.net.KnownKeys;
import dev.wireline.sntp.Sntp;
import dev.wireline.sntp.SntpReading;
import dev.wireline.telnet.TelnetClient;
import dev.wireline.telnet.TelnetOptions;
import dev.wireline.testing.DatagramServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import dev.wireline.tftp.Tftp;
import dev.wireline.tftp.TftpOptions;
import dev.wireline.whois.Whois;
import dev.wireline.whois.WhoisAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/small-protocols.md, docs/guide/telnet.md and docs/guide/tftp.md. */
@Timeout(60)
class SmallProtocolsGuideTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void walksThroughGopher() throws IOException {
    String script = """
        C:
        S> "1Docs\\t/docs\\tgopher.example\\t70\\r\\n"
        S: .
        <next connection>
        C: /about
        S: hello
        S: .
        <close>
        """;
    try (var server = ScriptedServer.play(script)) {
      String endpoint = server.endpoint().toString();

      // docs: gopher-menu
      for (GopherItem item : Gopher.menu(endpoint, "")) { // such as "gopher.example"
        System.out.println(item.type() + " " + item.text() + " " + item.selector());
      }
      System.out.println(Gopher.text(endpoint, "/about"));
      // end: gopher-menu

      assertThat(printed.lines()).containsExactly("1 Docs /docs", "hello", "");
    }
  }

  @Test
  void savesAFileOfGopher(@TempDir Path folder) throws IOException {
    try (var server = ScriptedServer.play("C: /a.png\nS> \"\\x89PNG\"\n<close>")) {
      String endpoint = server.endpoint().toString();
      Path file = folder.resolve("a.png");

      // docs: gopher-save
      try (Incoming picture = Gopher.open(endpoint, "/a.png")) {
        picture.saveTo(file);
      }
      // end: gopher-save

      assertThat(Files.size(file)).isEqualTo(4);
    }
  }

  @Test
  void asksWithinBounds() throws IOException {
    try (var server = ScriptedServer.play("C: /W ann\nS> \"Login: ann\\x1b[2J\"\n<close>")) {
      Endpoint endpoint = server.endpoint();

      // docs: finger-bounds
      QuestionOptions options =
          QuestionOptions.standard().withTimeout(Duration.ofSeconds(5)).withMaxBytes(64 * 1024);
      String answer = Finger.ask(endpoint, FingerQuery.of("ann").verbose(), options);
      System.out.println(Question.printable(answer));
      // end: finger-bounds

      assertThat(printed.lines()).containsExactly("Login: ann\\x1b[2J");
    }
  }

  @Test
  void looksANameUp() throws IOException {
    try (var server = ScriptedServer.play("C: example.org\nS: owner: Ann\n<close>")) {
      Endpoint first = server.endpoint();
      QuestionOptions options = QuestionOptions.standard();

      // docs: whois-lookup
      List<WhoisAnswer> answers = Whois.lookUp(first, "example.org", options);
      System.out.println(answers.get(answers.size() - 1).text());
      // end: whois-lookup

      assertThat(printed.lines()).containsExactly("owner: Ann", "");
    }
  }

  @Test
  void asksForTheTime() throws IOException {
    try (var server = DatagramServer.answering(request -> List.of(ByteBuffer.allocate(48)
        .put(0, (byte) 0x24)
        .put(1, (byte) 2)
        .putLong(24, ByteBuffer.wrap(request).getLong(40))
        .putLong(32, 1L << 32)
        .putLong(40, 1L << 32)
        .array()))) {
      String endpoint = server.endpoint().toString();

      // docs: sntp-ask
      SntpReading reading = Sntp.ask(endpoint); // such as "pool.ntp.org"
      System.out.println("off by " + reading.offset() + ", stratum " + reading.stratum());
      // end: sntp-ask

      assertThat(printed.lines()).singleElement().asString().endsWith("stratum 2");
    }
  }

  @Test
  void definesAWord() throws IOException {
    String script = """
        S: 220 hello
        C: DEFINE "*" "wire"
        S: 150 1 definition
        S: 151 "wire" jargon "The Jargon File"
        S: a thread of metal
        S: .
        S: 250 ok
        """;
    try (var server = ScriptedServer.play(script)) {
      String endpoint = server.endpoint().toString();

      // docs: dict-define
      try (var dict = new DictClient(endpoint)) { // such as "dict.example"
        for (DictDefinition found : dict.define("wire")) {
          System.out.println(found.title() + ": " + found.text());
        }
      }
      // end: dict-define

      assertThat(printed.lines()).containsExactly("The Jargon File: a thread of metal", "");
    }
  }

  // docs: gemini-keys
  /** Remembers keys as long as the program runs; a file or a table remembers them longer. */
  static final class Keys implements KnownKeys {
    private final Map<Endpoint, String> known = new ConcurrentHashMap<>();

    @Override
    public Optional<String> pin(Endpoint peer) {
      return Optional.ofNullable(known.get(peer));
    }

    @Override
    public void remember(Endpoint peer, String pin) {
      known.put(peer, pin);
    }
  }
  // end: gemini-keys

  @Test
  void readsAPageOfGemini() throws IOException {
    try (var server = PeerServer.builder().tls(TestCertificate.forHosts()).start(peer -> {
      peer.readLine();
      peer.write("20 text/gemini\r\n# Hello\r\n");
    })) {
      String url = "gemini://" + server.endpoint().authority() + "/";
      Keys keys = new Keys();

      // docs: gemini-open
      try (GeminiResponse response = Gemini.open(url, keys)) {
        if (response.isSuccess()) {
          for (GeminiLine line : response.lines()) {
            System.out.println(line.kind() + " " + line.text());
          }
        } else if (response.wantsInput()) {
          System.out.println(response.meta());
        }
      }
      // end: gemini-open

      assertThat(printed.lines()).containsExactly("HEADING Hello");
    }
  }

  @Test
  void logsInByTelnet() throws IOException {
    String script = """
        S> "\\xff\\xfd\\x18login: "
        C> "\\xff\\xfb\\x18ann\\r\\n"
        S> "\\xff\\xfa\\x18\\x01\\xff\\xf0Password: "
        C> "\\xff\\xfa\\x18\\x00xterm\\xff\\xf0sesame\\r\\n"
        S> "\\r\\nwelcome\\r\\n$ "
        C: uptime
        S> "up 3 days\\r\\n$ "
        """;
    try (var server = ScriptedServer.play(script)) {
      Endpoint endpoint = server.endpoint();
      String password = "sesame";

      // docs: telnet-login
      TelnetOptions options =
          TelnetOptions.builder().terminal("xterm").window(80, 24).build();
      try (var telnet = new TelnetClient(endpoint, options)) {
        Expect expect = Expect.of(telnet).withTimeout(Duration.ofSeconds(10));
        expect.text("login: ");
        telnet.writeLine("ann");
        expect.text("Password: ");
        Message.of().secretLine(password).writeTo(telnet);
        expect.text("$ ");
        telnet.writeLine("uptime");
        System.out.println(expect.text("$ ").before());
      }
      // end: telnet-login

      assertThat(printed.lines()).containsExactly("up 3 days", "");
    }
  }

  @Test
  void movesFilesByTftp(@TempDir Path folder) throws IOException {
    byte[] block = {0, 3, 0, 1, 'h', 'i'};
    try (var server = DatagramServer.answering(
        request -> request[1] == 1 ? List.of(block) : List.of(acknowledged(request)))) {
      Endpoint endpoint = server.endpoint();
      Path file = Files.writeString(folder.resolve("switch.cfg"), "hello");

      // docs: tftp-both
      TftpOptions options = TftpOptions.standard().withMaxBytes(8 * 1024 * 1024);
      byte[] image = Tftp.read(endpoint, "boot.img", options);
      Tftp.write(endpoint, "switch.cfg", Content.of(file), options);
      // end: tftp-both

      assertThat(image).asString().isEqualTo("hi");
    }
  }

  /** Block 0 for a request to write, and its number for a block. */
  private static byte[] acknowledged(byte[] packet) {
    return packet[1] == 2 ? new byte[] {0, 4, 0, 0} : new byte[] {0, 4, packet[2], packet[3]};
  }
}
