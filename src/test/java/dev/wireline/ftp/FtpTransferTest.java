package dev.wireline.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers: who connects where, what ends them, and what the client believes. */
@Timeout(20)
class FtpTransferTest {
  private static final Peer HELLO = peer -> peer.write("hello");

  private static String passive(PeerServer data) {
    return "C: EPSV\nS: 229 go (|||" + data.port() + "|)\n";
  }

  private static String six(int port) {
    return (port >> 8) + "," + (port & 0xFF);
  }

  /** A use of a client that has logged in. */
  private interface Use {
    void of(FtpClient ftp) throws Exception;
  }

  private static void play(FtpOptions options, String script, Use use) throws Exception {
    try (var server = ScriptedServer.play(FtpScripts.LOGIN + script);
        var ftp = new FtpClient(server.endpoint(), options)) {
      ftp.login("joe", "open sesame");
      use.of(ftp);
      server.verify();
    }
  }

  private static void play(String script, Use use) throws Exception {
    play(FtpOptions.standard(), script, use);
  }

  @Test
  void readsAFile() throws Exception {
    try (PeerServer data = PeerServer.start(HELLO)) {
      String script = passive(data) + "C: RETR a b\nS: 150 go\nS: 226 done\n" + passive(data)
          + "C: REST 3\nS: 350 and?\nC: RETR a b\nS: 125 go\nS: 250 done\n";
      play(script, ftp -> {
        assertThat(ftp.retrieve("a b").text()).isEqualTo("hello");
        assertThat(ftp.retrieve("a b", 3).text()).isEqualTo("hello");
        assertThatIllegalArgumentException().isThrownBy(() -> ftp.retrieve("a", -1));
      });
    }
  }

  @Test
  void writesAFile() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    try (PeerServer data =
        PeerServer.start(peer -> got.add(new String(peer.input().readAllBytes(), ISO_8859_1)))) {
      String script = passive(data) + "C: STOR x\nS: 150 go\nS: 226 done\n"
          + passive(data) + "C: REST 3\nS: 350 and?\nC: STOR x\nS: 150 go\nS: 226 done\n"
          + passive(data) + "C: APPE x\nS: 150 go\nS: 226 done\n"
          + passive(data) + "C: STOU\nS: 150 FILE: x.1\nS: 226 done\n"
          + passive(data) + "C: STOU\nS: 150 go\nS: 226 done\n"
          + "C: TYPE A\nS: 200 ok\n"
          + passive(data) + "C: STOR t\nS: 150 go\nS: 226 done\n";
      play(script, ftp -> {
        ftp.store("x", Content.of("one"));
        assertThat(got.take()).isEqualTo("one");
        ftp.store("x", 3, Content.of("two"));
        assertThat(got.take()).isEqualTo("two");
        ftp.append("x", Content.of("three"));
        assertThat(got.take()).isEqualTo("three");
        assertThat(ftp.storeUnique(Content.of("four"))).contains("x.1");
        assertThat(got.take()).isEqualTo("four");
        assertThat(ftp.storeUnique(Content.of("five"))).isEmpty();
        assertThat(got.take()).isEqualTo("five");
        ftp.storeText("t", Content.of("a\nb\r\nc\n\n"));
        assertThat(got.take()).isEqualTo("a\r\nb\r\nc\r\n\r\n");
      });
    }
  }

  @Test
  void changesTheTypeForTextAndBack() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("a\r\nb\r\n"))) {
      String script = "C: TYPE A\nS: 200 ok\n" + passive(data)
          + "C: RETR t\nS: 150 go\nS: 226 done\nC: TYPE I\nS: 200 ok\nC: SIZE t\nS: 213 4\n";
      play(script, ftp -> {
        assertThat(ftp.retrieveText("t").readLines()).containsExactly("a", "b");
        assertThat(ftp.size("t")).isEqualTo(4);
      });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "500 what?",
        "502 no",
        "227 go (10,0,0,1,{port})",
        "229 go (port)",
        "229 go (|||0|)",
        "229 go (|||65536|)",
        "229 go (|||12",
        "229",
        "522 use (1)"
      })
  void asksWithPasvWhereEpsvDoesNotWork(String answer) throws Exception {
    try (PeerServer data = PeerServer.start(HELLO)) {
      String port = six(data.port());
      String first = "C: EPSV\nS: " + answer.replace("{port}", port) + "\n";
      // The address is somebody else's.
      String pasv = "C: PASV\nS: 227 go (203,0,113,9," + port + ").\n";
      String file = "C: RETR x\nS: 150 go\nS: 226 done\n";
      String again = answer.startsWith("227") ? first : pasv;
      play(first + (answer.startsWith("227") ? "" : pasv) + file + again + file, ftp -> {
        assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
        assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
      });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "227",
        "227 go (1,2,3,4,5)",
        "227 (1,2,3,4,0,0)",
        "227 (1,2,3,4,256,1)",
        "227 1,2,3,4,5,x"
      })
  void breaksOffWhenPasvMakesNoSense(String answer) throws Exception {
    FtpOptions pasv = FtpOptions.builder().mode(FtpMode.PASV).build();
    play(pasv, "C: PASV\nS: " + answer + "\n", ftp -> {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> ftp.retrieve("x"))
          .withMessageContaining("six numbers");
      assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
    });
  }

  /** A server that calls back, to the port of EPRT or PORT. */
  private static void callBack(PeerConnection control, String data) throws IOException {
    String line = requireNonNull(control.readLine());
    String numbers = line.substring(line.indexOf(' ') + 1);
    int port;
    if (line.startsWith("EPRT")) {
      assertThat(numbers).startsWith("|1|127.0.0.1|");
      port = Integer.parseInt(numbers.substring(13, numbers.length() - 1));
    } else {
      String[] six = numbers.split(",", -1);
      assertThat(numbers).startsWith("127,0,0,1,");
      port = Integer.parseInt(six[4]) * 256 + Integer.parseInt(six[5]);
    }
    control.write("200 ok\r\n");
    control.readLine();
    control.write("150 go\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(data.getBytes(US_ASCII));
    }
    control.write("226 done\r\n");
  }

  @Test
  void isCalledBack() throws Exception {
    try (PeerServer server = PeerServer.start(control -> {
          control.write("220 hello\r\n");
          control.readLine();
          control.write("500 FEAT?\r\n");
          control.readLine();
          control.write("500 AUTH?\r\n");
          control.readLine();
          control.write("200 type\r\n");
          callBack(control, "one");
          String refused = control.readLine();
          assertThat(refused).startsWith("EPRT");
          control.write("500 EPRT?\r\n");
          callBack(control, "two");
          callBack(control, "three");
          control.read();
        });
        var ftp = new FtpClient(
            server.endpoint(), FtpOptions.builder().mode(FtpMode.ACTIVE).build())) {
      assertThat(ftp.retrieve("x").text()).isEqualTo("one");
      assertThat(ftp.retrieve("x").text()).isEqualTo("two");
      assertThat(ftp.retrieve("x").text()).isEqualTo("three");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void hearsWhyItIsNotCalledBack() throws Exception {
    FtpOptions active = FtpScripts.hurried().toBuilder().mode(FtpMode.ACTIVE).build();
    String script =
        "C: EPRT {*}\nS: 200 ok\nC: RETR x\nS: 425 cannot connect\nC: PWD\nS: 257 \"/\"\n";
    play(active, script, ftp -> {
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.retrieve("x"))
          .satisfies(no -> assertThat(no.code()).isEqualTo(425));
      assertThat(ftp.workingDirectory()).isEqualTo("/");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"426 cut", "451 disk", "552 quota"})
  void isNotDoneBeforeTheServerSaysSo(String answer, @TempDir Path folder) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      peer.write("hel");
      peer.shutdownOutput();
      peer.input().readAllBytes();
    })) {
      String no = "S: 150 go\nS: " + answer + "\n";
      String script = passive(data) + "C: RETR x\n" + no + passive(data) + "C: RETR x\n" + no
          + passive(data) + "C: STOR x\n" + no + "C: PWD\nS: 257 \"/\"\n";
      int code = Integer.parseInt(answer.substring(0, 3));
      play(script, ftp -> {
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(() -> ftp.retrieve("x").bytes())
            .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        Path file = folder.resolve("x");
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(() -> ftp.retrieve("x").saveTo(file));
        assertThat(Files.exists(file)).isFalse();
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(() -> ftp.store("x", Content.of("abc")))
            .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void putsWhatTheServerSaysBeforeAConnectionThatBroke() throws Exception {
    Semaphore begun = new Semaphore(0);
    try (PeerServer data = PeerServer.start(peer -> {
      begun.acquire();
      peer.reset();
    })) {
      String script = passive(data) + "C: RETR x\nS: 150 go\nS: 426 cut\n" + passive(data)
          + "C: RETR x\nS: 150 go\nS: 226 all is well\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        Incoming one = ftp.retrieve("x");
        begun.release();
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(one::bytes)
            .satisfies(no -> assertThat(no.getSuppressed())
                .hasAtLeastOneElementOfType(ConnectionClosedException.class));
        // It has not all come, whatever the server says.
        Incoming two = ftp.retrieve("x");
        begun.release();
        assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(two::bytes);
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void hearsANoInTheMiddleOfAnUpload() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      peer.read(1000);
      peer.reset();
    })) {
      String script = passive(data) + "C: STOR x\nS: 150 go\nS: 552 quota\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        assertThatExceptionOfType(FtpException.class)
            .isThrownBy(() -> ftp.store("x", Content.of(new byte[16 << 20])))
            .satisfies(no -> assertThat(no.code()).isEqualTo(552));
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void isNeverWholeWhereItsSourceFails() throws Exception {
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("disk");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw new IOException("disk");
      }
    };
    try (PeerServer data = PeerServer.start(PeerConnection::hold)) {
      String script = passive(data) + "C: STOR x\nS: 150 go\nS: 426 cut\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> ftp.store("x", Content.of(failing)))
            .withMessage("disk");
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void goesOnAfterAFileThatWasLeft() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      peer.write("hel");
      peer.hold();
    })) {
      String script = passive(data) + "C: RETR x\nS: 150 go\nS: 426 cut\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        try (Incoming file = ftp.retrieve("x")) {
          assertThat(file.readNBytes(3)).asString().isEqualTo("hel");
          assertThatIllegalStateException().isThrownBy(ftp::workingDirectory);
        }
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  /** Before, around and after the answer to the transfer; and a no to it stays one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 a|200 b|226 done",
        "200 a|226 done|200 b",
        "226 done|200 a|200 b",
        "226 done|500 a|200 b",
        "426 cut|200 a|200 b",
        "200 a|426 cut|200 b"
      })
  void showsLifeDuringATransfer(String answers) throws Exception {
    FtpOptions lively = FtpOptions.builder().noopInterval(Duration.ofMillis(1)).build();
    for (boolean upload : new boolean[] {false, true}) {
      Semaphore said = new Semaphore(0);
      try (PeerServer data = PeerServer.start(peer -> talk(peer, upload, said));
          PeerServer control =
              PeerServer.start(peer -> answerAfterTwo(peer, data.port(), said, answers));
          FtpClient ftp = new FtpClient(control.endpoint(), lively)) {
        ftp.login("joe", "x");
        IOException no = null;

        try {
          if (upload) {
            ftp.store("x", Content.of(new Dripping(said)));
          } else {
            assertThat(ftp.retrieve("x").text()).startsWith("x").endsWith("xend");
          }
        } catch (FtpException e) {
          no = e;
        }

        assertThat(no == null).isEqualTo(answers.contains("226"));
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      }
    }
  }

  private static void talk(PeerConnection peer, boolean upload, Semaphore said) throws Exception {
    if (upload) {
      peer.awaitClosedByPeer(Duration.ofSeconds(10));
      return;
    }
    // Each sign of life goes with bytes that move.
    while (!said.tryAcquire(2, 5, TimeUnit.MILLISECONDS)) {
      peer.write("x");
    }
    peer.write("end");
  }

  /** Bytes now and then, until two signs of life were heard. */
  private static final class Dripping extends InputStream {
    private final Semaphore said;

    Dripping(Semaphore said) {
      this.said = said;
    }

    @Override
    public int read() {
      throw new AssertionError("it is read in pieces");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return said.tryAcquire(2, 5, TimeUnit.MILLISECONDS) ? -1 : length;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static void answerAfterTwo(PeerConnection peer, int port, Semaphore said, String answers)
      throws IOException {
    peer.write("220 hello\r\n");
    int noops = 0;
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      String verb = line.substring(0, Math.min(4, line.length())).strip();
      if (verb.equals("NOOP")) {
        noops++;
        said.release();
        if (noops == 2) {
          peer.write(String.join("\r\n", answers.split("\\|", -1)) + "\r\n");
        } else if (noops > 2) {
          peer.write("200 yes\r\n");
        }
        continue;
      }
      peer.write(
          switch (verb) {
            case "FEAT" -> "500 no\r\n";
            case "USER" -> "230 welcome\r\n";
            case "EPSV" -> "229 here (|||" + port + "|)\r\n";
            case "PWD" -> "257 \"/\"\r\n";
            case "RETR", "STOR" -> "150 go\r\n";
            default -> "200 ok\r\n";
          });
    }
  }

  @Test
  void isAbortedByAnotherThread() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (PeerServer data = PeerServer.start(peer -> {
      peer.write("hel");
      peer.hold();
    })) {
      String script = passive(data) + "C: RETR x\nS: 150 go\nS: 426 cut\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        ftp.abort();
        Caller<byte[]> reader = Caller.start(() -> {
          Incoming file = ftp.retrieve("x");
          file.readNBytes(3);
          begun.countDown();
          return file.bytes();
        });
        begun.await();

        ftp.abort();

        FtpException no = reader.failure(FtpException.class);
        assertThat(no.getSuppressed()).hasAtLeastOneElementOfType(ClientClosedException.class);
        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void isAbortedBetweenTwoReads() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      peer.write("hel");
      peer.hold();
    })) {
      String script = passive(data) + "C: RETR x\nS: 150 go\nS: 426 cut\nC: PWD\nS: 257 \"/\"\n";
      play(script, ftp -> {
        Incoming file = ftp.retrieve("x");
        file.readNBytes(3);
        ftp.abort();

        assertThatExceptionOfType(FtpException.class).isThrownBy(file::bytes);

        assertThat(ftp.workingDirectory()).isEqualTo("/");
      });
    }
  }

  @Test
  void listsForMachines() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("""
        type=cdir;modify=20240131154500; /pub
        type=pdir;modify=20240131154500; /
        Type=File;Size=5;Modify=20240131154500.5;UNIX.mode=0644; a; b=c
        type=dir;  blank
        type=OS.unix=slink:/x; link
        type=OS.unix=chr-1/3; null
        """.replace("\n", "\r\n")))) {
      String machine = FtpScripts.LOGIN.replace(" SIZE", " MLST type*;size*;");
      String script = machine + passive(data) + "C: MLSD /pub\nS: 150 go\nS: 226 done\n"
          + "C: MLST /pub/a\nS: 250-Listing\nS:  type=file;size=5; /pub/a\nS: 250 End\n"
          + "C: MLST /pub/b\nS: 550 none\nC: MLST /pub/c\nS: 250 what?\n";
      try (var server = ScriptedServer.play(script);
          var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
        ftp.login("joe", "open sesame");

        List<FtpEntry> entries = ftp.list("/pub");

        assertThat(entries)
            .extracting(FtpEntry::name)
            .containsExactly("a; b=c", " blank", "link", "null");
        assertThat(entries)
            .extracting(FtpEntry::kind)
            .containsExactly(
                FtpEntry.Kind.FILE,
                FtpEntry.Kind.DIRECTORY,
                FtpEntry.Kind.LINK,
                FtpEntry.Kind.OTHER);
        assertThat(entries.get(0).size()).hasValue(5);
        assertThat(entries.get(0).modified()).hasToString("Optional[2024-01-31T15:45:00.500Z]");
        assertThat(entries.get(0).facts()).containsEntry("unix.mode", "0644");
        assertThat(ftp.stat("/pub/a").orElseThrow().size()).hasValue(5);
        assertThat(ftp.stat("/pub/b")).isEmpty();
        assertThatExceptionOfType(PeerProtocolException.class).isThrownBy(() -> ftp.stat("/pub/c"));
        server.verify();
      }
    }
  }

  @Test
  void listsForPeople() throws Exception {
    String lines = """
        total 8\r
        drwxr-xr-x 2 joe users 4096 Jan 31 2023 .\r
        drwxr-xr-x 2 joe users 4096 Jan 31 2023 sub\r
        -rw-r--r-- 1 joe users 5 Jan 31 2023 caf\u00e9\r
        """;
    try (PeerServer data = PeerServer.start(peer -> peer.write(lines))) {
      String list = "S: 150 go\nS: 226 done\n";
      String script = passive(data) + "C: LIST ./-x\n" + list + passive(data) + "C: LIST\n" + list
          + passive(data) + "C: LIST /pub\n" + list + passive(data) + "C: LIST /pub\n" + list
          + passive(data) + "C: NLST\n" + list;
      play(script, ftp -> {
        assertThat(ftp.list("-x")).extracting(FtpEntry::name).containsExactly("sub", "caf\u00e9");
        List<String> heard = new ArrayList<>();
        ftp.list("", entry -> heard.add(entry.name()));
        assertThat(heard).containsExactly("sub", "caf\u00e9");
        assertThat(ftp.stat("/pub/sub").orElseThrow().isDirectory()).isTrue();
        assertThat(ftp.stat("/pub/none")).isEmpty();
        assertThat(ftp.names("")).hasSize(4).startsWith("total 8");
      });
    }
  }

  @Test
  void namesNoFolderAsWhatItHolds() throws Exception {
    try (PeerServer data = PeerServer.start(
        peer -> peer.write(".\r\n..\r\na\r\n/pub/.\r\n/pub/..\r\n/pub/.b\r\n...\r\n"))) {
      play(passive(data) + "C: NLST /pub\nS: 150 go\nS: 226 done\n", ftp -> {
        assertThat(ftp.names("/pub")).containsExactly("a", "/pub/.b", "...");
      });
    }
  }

  @Test
  void staysUsableAfterAListingOfAnotherForm() throws Exception {
    try (PeerServer data = PeerServer.start(peer -> peer.write("FOO.TXT;1  5/9\r\n"))) {
      String script = passive(data) + "C: LIST\nS: 150 go\nS: 226 done\n" + passive(data)
          + "C: LIST\nS: 150 go\nS: 226 done\n";
      play(script, ftp -> {
        assertThatExceptionOfType(PeerProtocolException.class)
            .isThrownBy(() -> ftp.list(""))
            .withMessageContaining("FOO.TXT;1");
        assertThat(ftp.listLines("").readLines()).containsExactly("FOO.TXT;1  5/9");
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "..", "a/b", "C:x", "a\\b"})
  void writesNothingOutOfAFolder(String name, @TempDir Path folder) throws Exception {
    try (PeerServer data =
        PeerServer.start(peer -> peer.write("type=file;size=5; " + name + "\r\n"))) {
      String script = FtpScripts.LOGIN.replace(" SIZE", " MLST type*;size*;") + passive(data)
          + "C: MLSD /pub\nS: 150 go\nS: 226 done\nC: PWD\nS: 257 \"/\"\n";
      try (var server = ScriptedServer.play(script);
          var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
        ftp.login("joe", "open sesame");
        Path copy = folder.resolve("copy");

        if (name.equals("..")) {
          assertThat(ftp.downloadFolder("/pub", copy)).isZero();
        } else {
          assertThatExceptionOfType(PeerProtocolException.class)
              .isThrownBy(() -> ftp.downloadFolder("/pub", copy))
              .withMessageContaining("the name of a file in it");
        }

        try (var left = Files.walk(folder)) {
          assertThat(left).containsExactlyInAnyOrder(folder, copy);
        }
        assertThat(ftp.workingDirectory()).isEqualTo("/");
        server.verify();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-rw-r--r-- 1 joe users 5 Jan 31 2023 x",
        "drwxr-xr-x 1 joe users 5 Jan 31 2023 .",
        "",
        "total 0",
        "no entry"
      })
  void takesNoListingWithoutAnEnd(String line) throws Exception {
    try (PeerServer data = PeerServer.start(peer -> {
      while (true) {
        peer.write(line + "\r\n");
      }
    })) {
      FtpOptions few = FtpOptions.builder().maxEntries(100).build();
      play(few, passive(data) + "C: LIST\nS: 150 go\nS: 426 cut\n", ftp -> {
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> ftp.list(""));
        assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
      });
      play(few, passive(data) + "C: LIST\nS: 150 go\nS: 426 cut\n", ftp -> {
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> ftp.stat("y"));
        assertThat(ftp.state()).isEqualTo(ConnectionState.BROKEN);
      });
    }
  }

  @Test
  void keepsNoMoreOfAListingThanTheBoundOfAText() throws Exception {
    String line = "-rw-r--r-- 1 joe users 5 Jan 31 2023 " + "x".repeat(500) + "\r\n";
    try (PeerServer data = PeerServer.start(peer -> peer.write(line.repeat(20)))) {
      FtpOptions small = FtpOptions.builder()
          .line(LineOptions.builder().maxReadBytes(5000).build())
          .build();
      play(small, passive(data) + "C: LIST\nS: 150 go\nS: 226 done\n", ftp -> {
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> ftp.list(""))
            .withMessageContaining("maxReadBytes");
      });
    }
  }

  /** A server that offers what looks like the part of another download. */
  @Test
  void takesNoPartOfADownloadFromAFolder(@TempDir Path folder) throws Exception {
    String name = ".wireline-7f.part";
    try (PeerServer data =
        PeerServer.start(peer -> peer.write("type=file;size=5; " + name + "\r\n"))) {
      String script = FtpScripts.LOGIN.replace(" SIZE", " MLST type*;size*;") + passive(data)
          + "C: MLSD /pub\nS: 150 go\nS: 226 done\n";
      try (var server = ScriptedServer.play(script);
          var ftp = new FtpClient(server.endpoint(), FtpOptions.standard())) {
        ftp.login("joe", "open sesame");

        assertThat(ftp.downloadFolder("/pub", folder)).isZero();

        assertThat(folder).isEmptyDirectory();
        server.verify();
      }
    }
  }

  @Test
  void noticesEachCutOfTheDialogue() throws Exception {
    try (PeerServer data = PeerServer.start(HELLO)) {
      String script = FtpScripts.LOGIN + passive(data) + "C: RETR x\nS: 150 go\nS: 226 done\n";
      CutPoints.everyCutPoint(script, endpoint -> {
        try (var ftp = new FtpClient(endpoint, FtpOptions.standard())) {
          ftp.login("joe", "open sesame");
          assertThat(ftp.retrieve("x").text()).isEqualTo("hello");
        }
      });
    }
  }

  @Test
  void withstandsBadDataConnections() throws Exception {
    FtpOptions hurried = FtpScripts.hurried();
    // One that hangs up looks like the end of a file, and garbage and lines look like its bytes.
    HostilePeers.builder()
        .without("hangs up", "hangs up in a line", "garbage", "endless line", "drips")
        .without("endless header lines", "endless empty lines", "unsolicited bytes first")
        .without("silent where TLS is expected", "hangs up where TLS is expected")
        .without("garbage where TLS is expected", "certificate of a stranger")
        .run(bad -> retrieveFrom(bad, hurried));
  }

  private static void retrieveFrom(Endpoint data, FtpOptions options) throws IOException {
    String script = FtpScripts.LOGIN + "C: EPSV\nS: 229 (|||" + data.port()
        + "|)\nC: RETR x\nS: 150 go\nS: 226 done\n";
    try (var server = ScriptedServer.play(script);
        var ftp = new FtpClient(server.endpoint(), options)) {
      ftp.login("joe", "open sesame");
      ftp.retrieve("x").bytes();
    }
  }
}
