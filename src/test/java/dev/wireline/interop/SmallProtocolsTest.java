package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.dict.DictClient;
import dev.wireline.dict.DictEntry;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.finger.Finger;
import dev.wireline.finger.FingerQuery;
import dev.wireline.gopher.Gopher;
import dev.wireline.gopher.GopherItem;
import dev.wireline.line.Content;
import dev.wireline.line.Expect;
import dev.wireline.line.LineOptions;
import dev.wireline.line.QuestionOptions;
import dev.wireline.line.ReplyCodeException;
import dev.wireline.net.DatagramOptions;
import dev.wireline.telnet.TelnetClient;
import dev.wireline.telnet.TelnetFeature;
import dev.wireline.telnet.TelnetOptions;
import dev.wireline.tftp.Tftp;
import dev.wireline.tftp.TftpException;
import dev.wireline.tftp.TftpOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The small protocols with Gophernicus, telnetd of GNU inetutils, atftpd, dictd and efingerd. */
@Tag("interop")
@Timeout(60)
class SmallProtocolsTest {
  private static final QuestionOptions STANDARD = QuestionOptions.standard();

  private static final TftpOptions SOON = TftpOptions.standard()
      .withDatagrams(DatagramOptions.builder()
          .callTimeout(Duration.ofSeconds(40))
          .firstWait(Duration.ofMillis(200))
          .maxTries(20)
          .build());

  private static RealServer gophernicus(byte[] file) throws IOException {
    return FreePorts.retry(() -> {
      ServerFolder folder = ServerFolder.create("gopher");
      folder.write("gophermap", "Welcome\n1Docs\t/docs\n0Poem\t/poem.txt\n9Data\t/data.bin\n");
      folder.write("poem.txt", "one\n.two\nthree\n");
      folder.write("data.bin", file);
      return Gophernicus.start(folder);
    });
  }

  @Test
  void readsMenusTextsAndFilesOfGophernicus() throws IOException {
    byte[] file = new byte[100_000];
    new Random(3).nextBytes(file);
    try (RealServer server = gophernicus(file)) {
      Endpoint place = server.endpoint();

      List<GopherItem> menu = Gopher.menu(place, "", STANDARD);

      assertThat(menu).extracting(GopherItem::type).contains('i', '1', '0', '9');
      GopherItem poem = menu.stream().filter(GopherItem::isText).findFirst().orElseThrow();
      assertThat(poem.endpoint()).hasValue(Endpoint.tcp("localhost", place.port()));
      assertThat(Gopher.text(place, poem.selector(), STANDARD).lines())
          .startsWith("one", ".two", "three");
      assertThat(Gopher.bytes(place, "/data.bin", STANDARD)).isEqualTo(file);
      assertThat(Gopher.text(place, "/none", STANDARD)).contains("not found");
    }
  }

  @Test
  void logsInToTelnetd() throws IOException {
    TelnetOptions options =
        TelnetOptions.builder().terminal("vt100").window(132, 43).build();
    try (RealServer server = FreePorts.retry(() -> Inetd.start(
            ServerFolder.create("telnet"), "/usr/sbin/telnetd", "--exec-login", "/bin/sh -i"));
        TelnetClient telnet = new TelnetClient(server.endpoint(), options)) {
      Expect expect = Expect.of(telnet);
      expect.text("$ ");
      telnet.writeLine("stty size; echo term is $TERM");

      assertThat(expect.text("term is vt100").before()).contains("43 132");
      assertThat(telnet.isOnThere(TelnetFeature.ECHO)).isTrue();
      assertThat(telnet.isOnHere(TelnetFeature.WINDOW_SIZE)).isTrue();
      telnet.window(80, 24);
      telnet.writeLine("stty size; printf 'a%s\\n' b");
      assertThat(expect.text("ab").before()).contains("24 80");
      telnet.writeLine("exit");
      telnet.readToEnd();
    }
  }

  @Test
  void movesFilesToAtftpdAndBack() throws IOException {
    byte[] file = new byte[300_000];
    new Random(4).nextBytes(file);
    ServerFolder folder = ServerFolder.create("tftp");
    folder.write("hello.txt", "hello\n");
    Endpoint place = FreePorts.take(1).get(0);
    try (RealServer server = RealServer.start(
        folder,
        List.of(),
        "atftpd",
        "--daemon",
        "--no-fork",
        "--port",
        "" + place.port(),
        "--bind-address",
        place.host(),
        "--logfile",
        folder.path().resolve("tftp.log").toString(),
        folder.path().toString())) {
      assertThat(Tftp.read(place, "hello.txt", SOON)).asString().isEqualTo("hello\n");
      for (TftpOptions options : List.of(SOON, SOON.withWindow(1), SOON.withBlockBytes(512))) {
        Tftp.write(place, "up.bin", Content.of(file), options);
        assertThat(Tftp.read(place, "up.bin", options)).isEqualTo(file);
      }
      assertThat(catchThrowableOfType(TftpException.class, () -> Tftp.read(place, "none.txt", SOON))
              .code())
          .isEqualTo(TftpException.FILE_NOT_FOUND);
      assertThat(server.folder()).isEqualTo(folder.path());
    }
  }

  private static RealServer dictd(Endpoint place) throws IOException {
    ServerFolder folder = ServerFolder.create("dict");
    folder.write("small.dict", "wire\n  a thread of metal\n.net\n  dotted\n");
    // Where each entry begins and how long it is, in digits of base 64.
    folder.write("small.index", ".net\tZ\tP\nwire\tA\tZ\n");
    folder.write(
        "dictd.conf",
        "global { listen_to 127.0.0.1\n port " + place.port() + "\n}\n"
            + "database small { data {folder}/small.dict\n index {folder}/small.index\n"
            + " name \"A small one\"\n}\n");
    return RealServer.start(
        folder,
        List.of(place),
        "dictd",
        "--config",
        folder.path().resolve("dictd.conf").toString(),
        "--debug",
        "nodetach",
        "--pid-file",
        folder.path().resolve("pid").toString());
  }

  @Test
  void looksWordsUpWithDictd() throws IOException {
    try (RealServer server = FreePorts.retry(() -> dictd(FreePorts.take(1).get(0)));
        DictClient dict = new DictClient(server.endpoint(), LineOptions.standard())) {
      assertThat(dict.databases()).containsExactly(new DictEntry("small", "A small one"));
      assertThat(dict.define("wire")).singleElement().satisfies(found -> {
        assertThat(found.database()).isEqualTo("small");
        assertThat(found.title()).isEqualTo("A small one");
        assertThat(found.text()).contains("a thread of metal");
      });
      assertThat(dict.define("xyzzy")).isEmpty();
      assertThat(dict.match(DictClient.ALL, "prefix", "wi"))
          .containsExactly(new DictEntry("small", "wire"));
      assertThat(catchThrowableOfType(ReplyCodeException.class, () -> dict.define("none", "wire"))
              .code())
          .isEqualTo(550);
      assertThat(dict.strategies()).isNotEmpty();
      dict.quit();
    }
  }

  @Test
  void asksEfingerd() throws IOException {
    try (RealServer server = FreePorts.retry(
        () -> Inetd.start(ServerFolder.create("finger"), "/usr/sbin/efingerd", "-n"))) {
      assertThat(Finger.ask(server.endpoint(), FingerQuery.of("root"), STANDARD))
          .contains("root");
    }
  }
}
