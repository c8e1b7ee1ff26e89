package dev.wireline.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.line.Content;
import dev.wireline.line.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files and folders between this host and a server of another project. */
@Timeout(60)
class FtpForeignServerTest {
  private static final int SIZE = 1 << 20;
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

  @TempDir
  static Path home;

  private static MinaServer server;

  @TempDir
  Path temporary;

  /** A folder of the server for one test, and its name. */
  private Path there;

  private String folder;
  private Path here;

  @BeforeAll
  static void start() throws IOException {
    server = MinaServer.start(home);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void folders() throws IOException {
    there = Files.createTempDirectory(home, "test");
    folder = "/" + home.relativize(there);
    here = Files.createDirectory(temporary.resolve("here"));
  }

  private FtpClient client(FtpOptions options) throws IOException {
    FtpClient ftp = new FtpClient(server.endpoint(), options);
    ftp.login(MinaServer.USER, MinaServer.PASSWORD);
    ftp.changeDirectory(folder);
    return ftp;
  }

  private FtpClient client() throws IOException {
    return client(FtpOptions.standard());
  }

  private static byte[] content(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(FtpMode.class)
  void movesFilesAndLists(FtpMode mode) throws IOException {
    byte[] bytes = content(1);
    try (FtpClient ftp = client(FtpOptions.builder().mode(mode).build())) {
      ftp.makeDirectory("a folder");
      ftp.changeDirectory("a folder");
      assertThat(ftp.workingDirectory()).isEqualTo(folder + "/a folder");
      ftp.store("caf\u00e9", Content.of(bytes));
      ftp.append("caf\u00e9", Content.of("more"));

      assertThat(ftp.size("caf\u00e9")).isEqualTo(SIZE + 4);
      assertThat(ftp.retrieve("caf\u00e9", SIZE).text()).isEqualTo("more");
      assertThat(ftp.retrieve("caf\u00e9").bytes()).hasSize(SIZE + 4).startsWith(bytes);
      assertThat(ftp.list("")).extracting(FtpEntry::name).containsExactly("caf\u00e9");
      assertThat(ftp.names("")).containsExactly("caf\u00e9");
      assertThat(ftp.stat("caf\u00e9").orElseThrow().size()).hasValue(SIZE + 4);
      assertThat(ftp.stat("none")).isEmpty();
      ftp.setModified("caf\u00e9", LONG_AGO);
      assertThat(ftp.modified("caf\u00e9")).isEqualTo(LONG_AGO);
      assertThat(ftp.list("").get(0).modified()).contains(LONG_AGO);
      try (var lines = ftp.listLines("")) {
        assertThat(lines.readLines()).singleElement().asString().endsWith("caf\u00e9");
      }
      ftp.rename("caf\u00e9", "x");
      ftp.delete("x");
      ftp.changeToParent();
      ftp.removeDirectory("a folder");
      assertThat(ftp.list("")).isEmpty();
      assertThatExceptionOfType(FtpException.class).isThrownBy(() -> ftp.retrieve("none"));
      ftp.quit();
    }
  }

  @Test
  void goesOnWithADownload() throws IOException {
    byte[] bytes = content(2);
    Path remote = Files.write(there.resolve("x"), bytes);
    Files.setLastModifiedTime(remote, FileTime.from(LONG_AGO));
    Path file = here.resolve("x");
    try (FtpClient ftp = client()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ftp.download("x", file, (count, total) -> stopAfter(ftp, count)));
      assertThat(file).doesNotExist();
    }
    List<Long> heard = new ArrayList<>();
    try (FtpClient ftp = client()) {
      Transcript transcript = Transcript.of(ftp);

      ftp.download("x", file, (count, total) -> heard.add(count));

      assertThat(file).hasBinaryContent(bytes);
      assertThat(transcript.toString()).contains("REST ");
      assertThat(heard.get(0)).isGreaterThanOrEqualTo(SIZE / 2);
      assertThat(heard.get(heard.size() - 1)).isEqualTo(SIZE);
      assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(LONG_AGO);
      assertThat(namesIn(here)).containsExactly("x");
    }
  }

  private static void stopAfter(FtpClient ftp, long count) {
    if (count >= SIZE / 2) {
      ftp.abort();
    }
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void beginsAgainWhereTheFileIsAnother() throws IOException {
    byte[] bytes = content(3);
    Path file = here.resolve("x");
    Path remote = Files.write(there.resolve("x"), content(4));
    Files.setLastModifiedTime(remote, FileTime.from(LONG_AGO));
    try (FtpClient ftp = client()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ftp.download("x", file, (count, total) -> stopAfter(ftp, count)));
      Files.write(remote, bytes);

      ftp.download("x", file);

      assertThat(file).hasBinaryContent(bytes);
      assertThat(namesIn(here)).containsExactly("x");
    }
  }

  @Test
  void fetchesNothingThatIsThere() throws IOException {
    Path remote = Files.write(there.resolve("x"), content(5));
    Files.setLastModifiedTime(remote, FileTime.from(LONG_AGO));
    Path file = here.resolve("x");
    try (FtpClient ftp = client()) {
      ftp.download("x", file);
      Transcript transcript = Transcript.of(ftp);

      ftp.download("x", file);

      assertThat(transcript.toString()).doesNotContain("RETR");
    }
  }

  @Test
  void goesOnWithAnUpload() throws IOException {
    byte[] bytes = content(6);
    Path file = Files.write(here.resolve("x"), bytes);
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    try (FtpClient ftp = client()) {
      ftp.store("x", Content.of(Arrays.copyOf(bytes, 100_000)));
      Transcript transcript = Transcript.of(ftp);

      ftp.upload(file, "x");
      ftp.upload(file, "x");

      assertThat(there.resolve("x")).hasBinaryContent(bytes);
      assertThat(transcript.toString()).contains("C: REST 100000").containsOnlyOnce("C: STOR");
    }
  }

  @Test
  void sendsAnewWhatTheServerHasOfAnotherFile() throws IOException {
    byte[] bytes = content(7);
    Path file = Files.write(here.resolve("x"), bytes);
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    try (FtpClient ftp = client()) {
      ftp.store("x", Content.of(new byte[100_000]));

      ftp.upload(file, "x");

      assertThat(there.resolve("x")).hasBinaryContent(bytes);
      // Older than the file here, whatever it holds.
      ftp.store("x", Content.of(Arrays.copyOf(bytes, 100_000)));
      ftp.setModified("x", LONG_AGO.minusSeconds(1));
      Transcript transcript = Transcript.of(ftp);
      ftp.upload(file, "x");
      assertThat(transcript.toString()).doesNotContain("REST");
      assertThat(there.resolve("x")).hasBinaryContent(bytes);
    }
  }

  private static void tree(Path top) throws IOException {
    Files.createDirectories(top.resolve("sub/empty"));
    Files.writeString(top.resolve("one"), "1");
    Files.writeString(top.resolve("sub/two"), "2");
    Files.createSymbolicLink(top.resolve("loop"), top);
  }

  private static List<String> filesIn(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(path -> top.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void fetchesAFolder() throws IOException {
    tree(Files.createDirectory(there.resolve("top")));
    Files.delete(there.resolve("top/loop"));
    try (FtpClient ftp = client()) {
      assertThat(ftp.downloadFolder("top", here.resolve("copy"))).isEqualTo(2);
      assertThat(ftp.downloadFolder(folder + "/top", here.resolve("copy"))).isEqualTo(2);

      assertThat(filesIn(here.resolve("copy")))
          .containsExactly("", "one", "sub", "sub/empty", "sub/two");
      assertThat(here.resolve("copy/sub/two")).hasContent("2");
    }
  }

  @Test
  void sendsAFolder() throws IOException {
    tree(here);
    try (FtpClient ftp = client()) {
      assertThat(ftp.uploadFolder(here, "copy")).isEqualTo(2);
      assertThat(ftp.uploadFolder(here, "copy")).isEqualTo(2);

      assertThat(filesIn(there.resolve("copy")))
          .containsExactly("", "one", "sub", "sub/empty", "sub/two");
      assertThat(there.resolve("copy/sub/two")).hasContent("2");
    }
  }

  @Test
  void boundsFolders() throws IOException {
    tree(Files.createDirectory(there.resolve("top")));
    Files.delete(there.resolve("top/loop"));
    tree(here);
    FtpOptions flat = FtpOptions.builder().maxDepth(1).build();
    FtpOptions few = FtpOptions.builder().maxFiles(2).build();
    for (FtpOptions options : List.of(flat, few)) {
      try (FtpClient ftp = client(options)) {
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> ftp.downloadFolder("top", temporary.resolve("x")));
      }
      try (FtpClient ftp = client(options)) {
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> ftp.uploadFolder(here, "x"));
      }
    }
  }

  @Test
  void followsNoLinkOutOfTheFolder() throws IOException {
    tree(Files.createDirectory(there.resolve("top")));
    Files.delete(there.resolve("top/loop"));
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(here.resolve("sub"), outside);
    Files.createSymbolicLink(here.resolve("one"), outside.resolve("one"));
    try (FtpClient ftp = client()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ftp.downloadFolder("top", here))
          .withMessageContaining("a link is where a folder goes");

      assertThat(filesIn(outside)).containsExactly("");
      ftp.quit();
    }
  }
}
