package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.cli.Typed;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for files with vsftpd, over TLS. */
@Tag("interop")
@Timeout(60)
class CommandLineFilesTest {
  private static FtpServer server;

  private final Typed typed = new Typed();

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = Vsftpd.start();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Path files() {
    return server.folder().resolve("home/files");
  }

  /** The URL of a file, by its path from the root. */
  private static String url(String name) {
    return "ftp://" + server.endpoint() + "/%2F" + files().toString().substring(1) + "/" + name;
  }

  /** Runs a command that trusts the server. */
  private int run(Typed command, String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    String pin = Tls.pin(server.certificate().certificate());
    all.addAll(1, List.of("--trust-key", pin));
    return command.run(all.toArray(String[]::new));
  }

  @Test
  void sendsListsAndFetches() throws Exception {
    byte[] content = new byte[300_000];
    new Random(13).nextBytes(content);
    Path file = Files.write(folder.resolve("sent.bin"), content);
    Path copy = folder.resolve("copy.bin");

    assertThat(run(typed, "put", "-v", file.toString(), url("")))
        .as(typed.err())
        .isZero();
    assertThat(typed.err()).contains("C: AUTH TLS", "C: STOR ");
    assertThat(run(typed, "ls", url(""))).isZero();
    assertThat(typed.out()).containsPattern("300000  .*  sent\\.bin\n");
    assertThat(run(typed, "get", "-o", copy.toString(), url("sent.bin"))).isZero();
    assertThat(copy).hasBinaryContent(content);
  }

  @Test
  void goesOnWhereAnEarlierTryStopped() throws Exception {
    byte[] content = new byte[200_000];
    new Random(14).nextBytes(content);
    Path file = Files.write(folder.resolve("rest.bin"), content);
    Path there = files().resolve("rest.bin");

    assertThat(run(typed, "put", file.toString(), url("rest.bin"))).isZero();
    assertThat(there).hasBinaryContent(content);
    assertThat(run(typed, "put", "-v", file.toString(), url("rest.bin"))).isZero();
    assertThat(there).hasBinaryContent(content);

    Path copy = folder.resolve("copy.bin");
    assertThat(run(typed, "get", "--resume", "-o", copy.toString(), url("rest.bin")))
        .isZero();
    assertThat(copy).hasBinaryContent(content);
  }

  @Test
  void showsWhatIsKnownOfAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("known.txt"), "known");
    run(typed, "put", file.toString(), url("known.txt"));

    assertThat(run(typed, "get", "-I", url("known.txt"))).isZero();

    assertThat(typed.out()).contains("Content-Length: 5\n", "Last-Modified: ");
  }

  @Test
  void aFileThatIsNotThereIsANo() {
    assertThat(run(typed, "get", url("none"))).isEqualTo(1);
    assertThat(typed.err()).startsWith("wireline: ").contains("550");
  }

  @Test
  void aServerWithoutTrustIsLeft() {
    assertThat(typed.run("ls", url(""))).isEqualTo(6);
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void turnsToTlsAndIsSeenToDoSo() {
    String place = server.endpoint().toString();

    assertThat(run(typed, "probe", "--starttls", "ftp", place)).as(typed.err()).isZero();
    int talked = run(typed.input("QUIT\n"), "talk", "--starttls", "ftp", place);

    assertThat(typed.out()).contains("  trusted\n", "221 Goodbye.");
    // It hangs up without the last word of TLS, so that a cut could not be told from it.
    assertThat(talked).isEqualTo(8);
    assertThat(typed.err()).contains("the connection ended without close_notify");
  }
}
