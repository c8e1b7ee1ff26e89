package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import dev.wireline.ftp.MinaServer;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/from-python/ftplib.md. */
@Timeout(60)
class FromPythonFtplibTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @TempDir
  Path home;

  @TempDir
  Path here;

  private MinaServer mina;
  private String server;
  private FtpClient ftp;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(home.resolve("README"), "one\r\ntwo\r\n");
    mina = MinaServer.start(home);
    server = mina.endpoint().toString();
    ftp = new FtpClient(server);
    ftp.login("joe", MinaServer.PASSWORD);
  }

  @AfterEach
  void end() throws IOException {
    ftp.quit();
    mina.close();
  }

  @Test
  void asksForAFileLineByLine() throws IOException {
    String user = MinaServer.USER;
    String password = MinaServer.PASSWORD;

    // docs: py-ftp-lines
    try (var ftp = new FtpClient(server)) {
      ftp.login(user, password);
      try (Incoming lines = ftp.retrieveText("README")) {
        lines.lines().forEach(System.out::println);
      }
      ftp.quit();
    }
    // end: py-ftp-lines

    assertThat(printed.lines()).containsExactly("one", "two");
  }

  @Test
  void movesFiles() throws IOException {
    Path file = here.resolve("README");

    // docs: py-ftp-binary
    ftp.download("README", file);
    ftp.upload(file, "copy");
    ftp.store("note", Content.of("three\n"));
    // end: py-ftp-binary

    assertThat(home.resolve("copy")).hasContent("one\r\ntwo\r\n");
    assertThat(home.resolve("note")).hasContent("three\n");
  }

  @Test
  void keepsHouse() throws IOException {
    // docs: py-ftp-folders
    ftp.makeDirectory("new");
    ftp.changeDirectory("new");
    System.out.println(ftp.workingDirectory());
    ftp.changeToParent();
    ftp.rename("new", "old");
    ftp.removeDirectory("old");
    for (FtpEntry entry : ftp.list("")) {
      System.out.println(entry.name() + " " + entry.kind());
    }
    System.out.println(ftp.size("README"));
    System.out.println(ftp.command(Command.of("NOOP"), 200).code());
    // end: py-ftp-folders

    assertThat(printed.lines()).containsExactly("/new", "README FILE", "10", "200");
  }
}
