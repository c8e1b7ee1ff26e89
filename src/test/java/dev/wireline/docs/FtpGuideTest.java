package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import dev.wireline.ftp.FtpException;
import dev.wireline.ftp.FtpMode;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.ftp.MinaServer;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/ftp.md. */
@Timeout(60)
class FtpGuideTest {
  @TempDir
  static Path home;

  private static MinaServer mina;
  private static String server;

  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path here;

  private final String password = MinaServer.PASSWORD;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectory(home.resolve("pub"));
    Files.writeString(home.resolve("pub/a.iso"), "0123456789");
    Files.writeString(home.resolve("pub/notes.txt"), "one\r\ntwo\r\n");
    mina = MinaServer.start(home);
    server = mina.endpoint().toString();
  }

  @AfterAll
  static void end() {
    mina.close();
  }

  private FtpClient client() throws IOException {
    FtpClient files = new FtpClient(server);
    files.login("joe", password);
    return files;
  }

  @Test
  void listsAndFetches() throws IOException {
    Path file = here.resolve("a.iso");

    // docs: ftp-start
    try (var files = new FtpClient(server)) {
      files.login("joe", password);
      for (FtpEntry entry : files.list("/pub")) {
        System.out.println(entry.name() + " " + entry.size().orElse(0));
      }
      files.download("/pub/a.iso", file);
      files.quit();
    }
    // end: ftp-start

    assertThat(printed.lines()).contains("a.iso 10", "notes.txt 10");
    assertThat(file).hasContent("0123456789");
  }

  @Test
  void readsAndWrites() throws IOException {
    try (FtpClient files = client()) {

      // docs: ftp-streams
      String notes = files.retrieve("/pub/notes.txt").text();
      byte[] tail = files.retrieve("/pub/a.iso", 7).bytes();
      try (Incoming lines = files.retrieveText("/pub/notes.txt")) {
        lines.lines().forEach(System.out::println);
      }
      files.store("/pub/new.txt", Content.of("three\n"));
      files.append("/pub/new.txt", Content.of("four\n"));
      // end: ftp-streams

      assertThat(notes).hasSize(10);
      assertThat(tail).asString().isEqualTo("789");
      assertThat(printed.lines()).containsExactly("one", "two");
      assertThat(home.resolve("pub/new.txt")).hasContent("three\nfour\n");
      files.delete("/pub/new.txt");
    }
  }

  @Test
  void movesFilesAndFolders() throws IOException {
    Path local = Files.writeString(here.resolve("a.iso"), "0123456789");
    Path folder = here.resolve("copy");
    try (FtpClient files = client()) {

      // docs: ftp-copies
      files.upload(
          local, "/pub/b.iso", (bytes, total) -> System.out.println(bytes + " of " + total));
      int count = files.downloadFolder("/pub", folder);
      // end: ftp-copies

      assertThat(count).isGreaterThanOrEqualTo(3);
      assertThat(printed.lines()).last().isEqualTo("10 of 10");
      assertThat(folder.resolve("b.iso")).hasContent("0123456789");
      files.delete("/pub/b.iso");
    }
  }

  @Test
  void tellsANo() throws IOException {
    try (FtpClient files = client()) {

      // docs: ftp-no
      try {
        files.changeDirectory("/none");
      } catch (FtpException e) {
        System.out.println(e.command().orElse("") + ": " + e.code());
        if (e.isTransient()) {
          System.out.println("try again later");
        }
      }
      // end: ftp-no

      assertThat(printed.lines()).containsExactly("CWD /none: 550");
    }
  }

  @Test
  void asksAndCommands() throws IOException {
    try (FtpClient files = client()) {

      // docs: ftp-facts
      Optional<FtpEntry> entry = files.stat("/pub/a.iso");
      System.out.println(entry.map(FtpEntry::isFile).orElse(false));
      System.out.println(files.size("/pub/a.iso"));
      System.out.println(files.capabilities().has("MLST"));
      System.out.println(files.command(Command.of("STAT"), 211).code());
      // end: ftp-facts

      assertThat(printed.lines()).containsExactly("true", "10", "true", "211");
    }
  }

  // docs: ftp-options
  /** A server that has to have TLS, and bears no newer one than 1.2. */
  static FtpOptions secured(Tls.Builder tls) {
    Dialer dialer =
        Dialer.builder().tls(tls.maxVersion(TlsVersion.TLS_1_2).build()).build();
    return FtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).build())
        .tlsPolicy(TlsPolicy.REQUIRED)
        .build();
  }
  // end: ftp-options

  @Test
  void isCalledBack() throws IOException {
    assertThat(secured(Tls.builder()).tlsPolicy()).isEqualTo(TlsPolicy.REQUIRED);

    // docs: ftp-active
    FtpOptions active = FtpOptions.builder().mode(FtpMode.ACTIVE).build();
    try (var files = new FtpClient(server, active)) {
      files.login("joe", password);
      files.download("/pub/a.iso", here.resolve("a.iso"));
    }
    // end: ftp-active

    assertThat(here.resolve("a.iso")).hasContent("0123456789");
  }

  @Test
  void stopsATransfer() throws IOException {
    try (FtpClient files = client()) {
      Incoming file = files.retrieve("/pub/a.iso");
      files.abort();

      assertThatExceptionOfType(IOException.class).isThrownBy(file::bytes);
    }
  }
}
