package dev.wireline.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.ftp.FtpClient;
import dev.wireline.ftp.FtpEntry;
import dev.wireline.ftp.FtpException;
import dev.wireline.ftp.FtpMode;
import dev.wireline.ftp.FtpOptions;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineOptions;
import dev.wireline.line.TlsPolicy;
import dev.wireline.line.Transcript;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.net.TlsVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every FTP server has to do with the client, in the clear and over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FtpServerCases {
  private static final int TRANSFERS = 20;
  private static final int LARGE = 8 << 20;

  /** What the connections go over. */
  enum Over {
    PLAIN,
    TLS_1_2,
    TLS_1_3
  }

  private @Nullable FtpServer running;

  /** Starts the server; once for all cases. */
  abstract FtpServer start() throws IOException;

  @BeforeAll
  final void begin() throws IOException {
    running = start();
  }

  @AfterAll
  final void end() throws IOException {
    if (running != null) {
      running.close();
    }
  }

  final FtpServer server() {
    return Objects.requireNonNull(running, "not started");
  }

  /** Where it listens for connections of this kind. */
  Endpoint endpoint(Over over) {
    return server().endpoint();
  }

  private X509Certificate certificate() {
    return server().certificate().certificate();
  }

  /** Where its files are. */
  final Path files() {
    return server().folder().resolve("home/files");
  }

  /** The same place, as the server calls it: none of them can change the root. */
  private String path() {
    return files().toString();
  }

  void login(FtpClient ftp) throws IOException {
    ftp.login("joe", "sesame");
  }

  /** What data can go over to this server. */
  List<Over> ways() {
    return List.of(Over.values());
  }

  /** What data can go over where a transfer is stopped and the client goes on. */
  List<Over> waysToStop() {
    return ways();
  }

  /** A name that is hard to tell from the text around it. */
  String folder() {
    return "a \"folder\"";
  }

  FtpOptions.Builder options(Over over) {
    Tls.Builder tls = Tls.builder().trust(certificate());
    if (over == Over.TLS_1_2) {
      tls.maxVersion(TlsVersion.TLS_1_2);
    }
    Dialer dialer = Dialer.builder().tls(tls.build()).build();
    return FtpOptions.builder()
        .line(LineOptions.builder().dialer(dialer).build())
        .tlsPolicy(over == Over.PLAIN ? TlsPolicy.NEVER : TlsPolicy.IF_OFFERED);
  }

  FtpClient client(Over over) throws IOException {
    return client(endpoint(over), options(over).build());
  }

  FtpClient client(Endpoint endpoint, FtpOptions options) throws IOException {
    FtpClient ftp = new FtpClient(endpoint, options);
    login(ftp);
    ftp.changeDirectory(path());
    return ftp;
  }

  private static byte[] content(int number) {
    return ("file " + number + "\n").repeat(5000).getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void movesManyFiles(Over over) throws IOException {
    try (FtpClient ftp = client(over)) {
      for (int i = 0; i < TRANSFERS; i++) {
        byte[] content = content(i);
        String name = over + "-" + i;

        ftp.store(name, Content.of(content));

        assertThat(files().resolve(name)).hasBinaryContent(content);
        assertThat(ftp.retrieve(name).bytes()).as("transfer %s", i).isEqualTo(content);
      }
      assertThat(ftp.tlsSession().map(session -> session.getProtocol()).orElse("none"))
          .isEqualTo(over == Over.PLAIN ? "none" : over == Over.TLS_1_2 ? "TLSv1.2" : "TLSv1.3");
      ftp.quit();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isCalledBack(Over over) throws IOException {
    try (FtpClient ftp =
        client(endpoint(over), options(over).mode(FtpMode.ACTIVE).build())) {
      for (int i = 0; i < 3; i++) {
        String name = "active-" + over + "-" + i;

        ftp.store(name, Content.of(content(i)));

        assertThat(ftp.retrieve(name).bytes()).isEqualTo(content(i));
      }
    }
  }

  @Test
  void knowsFilesAndFolders() throws IOException {
    try (FtpClient ftp = client(Over.PLAIN)) {
      ftp.makeDirectory(folder());
      ftp.changeDirectory(folder());
      assertThat(ftp.workingDirectory()).isEqualTo(path() + "/" + folder());
      ftp.store("caf\u00e9", Content.of("hello"));

      assertThat(ftp.list("")).extracting(FtpEntry::name).containsExactly("caf\u00e9");
      assertThat(ftp.list("").get(0).size()).hasValue(5);
      assertThat(ftp.names("")).containsExactly("caf\u00e9");
      assertThat(ftp.stat("caf\u00e9").orElseThrow().isFile()).isTrue();
      assertThat(ftp.stat("none")).isEmpty();
      assertThat(ftp.size("caf\u00e9")).isEqualTo(5);
      ftp.rename("caf\u00e9", "x");
      assertThat(ftp.modified("x").getEpochSecond())
          .isEqualTo(Files.getLastModifiedTime(files().resolve(folder() + "/x"))
              .toInstant()
              .getEpochSecond());
      ftp.delete("x");
      ftp.changeToParent();
      assertThat(ftp.stat(path() + "/" + folder()).orElseThrow().isDirectory()).isTrue();
      ftp.removeDirectory(folder());
      assertThatExceptionOfType(FtpException.class)
          .isThrownBy(() -> ftp.retrieve("none"))
          .satisfies(no -> assertThat(no.code()).isEqualTo(550));
    }
  }

  @Test
  void movesText() throws IOException {
    try (FtpClient ftp = client(Over.PLAIN)) {
      ftp.storeText("text", Content.of("a\nb\n"));

      assertThat(ftp.retrieveText("text").readLines()).containsExactly("a", "b");
      assertThat(files().resolve("text")).hasContent("a\nb\n");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void goesOnWhereItStopped(Over over, @TempDir Path folder) throws IOException {
    byte[] large = new byte[LARGE];
    large[LARGE - 1] = 1;
    Files.write(files().resolve("large-" + over), large);
    Path file = folder.resolve("large");
    try (FtpClient ftp = client(over)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ftp.download("large-" + over, file, (bytes, total) -> {
            if (bytes > LARGE / 2) {
              ftp.abort();
            }
          }));
    }
    try (FtpClient ftp = client(over)) {
      Transcript transcript = Transcript.of(ftp);
      ftp.download("large-" + over, file);

      assertThat(file).hasBinaryContent(large);
      assertThat(transcript.toString()).contains("REST ");
      ftp.delete("large-" + over);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void goesOnWithAnUploadThatStopped(Over over, @TempDir Path folder) throws IOException {
    byte[] large = new byte[LARGE];
    large[LARGE - 1] = 1;
    Path file = Files.write(folder.resolve("large"), large);
    String name = "half-" + over;
    try (FtpClient ftp = client(over)) {
      ftp.store(name, Content.of(Arrays.copyOf(large, LARGE / 2)));
      Transcript transcript = Transcript.of(ftp);

      ftp.upload(file, name);

      assertThat(files().resolve(name)).hasBinaryContent(large);
      assertThat(transcript.toString()).contains("REST " + LARGE / 2);
      ftp.delete(name);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void appendsToFiles(Over over) throws IOException {
    try (FtpClient ftp = client(over)) {
      String name = "log-" + over;
      ftp.append(name, Content.of("one\n"));
      ftp.append(name, Content.of("two\n"));

      assertThat(ftp.retrieve(name).text()).isEqualTo("one\ntwo\n");
    }
  }

  @ParameterizedTest
  @MethodSource("waysToStop")
  void abortsATransferAndGoesOn(Over over) throws IOException {
    Files.write(files().resolve("aborted-" + over), new byte[LARGE]);
    try (FtpClient ftp = client(over)) {
      Incoming file = ftp.retrieve("aborted-" + over);
      assertThat(file.readNBytes(10)).hasSize(10);
      ftp.abort();

      assertThatExceptionOfType(IOException.class).isThrownBy(file::readAllBytes);
      assertThat(ftp.workingDirectory()).isEqualTo(path());
      assertThat(ftp.retrieve("aborted-" + over).bytes()).hasSize(LARGE);
    }
  }

  @ParameterizedTest
  @MethodSource("waysToStop")
  void leavesATransferAndGoesOn(Over over) throws IOException {
    Files.write(files().resolve("left-" + over), new byte[LARGE]);
    try (FtpClient ftp = client(over)) {
      Incoming file = ftp.retrieve("left-" + over);
      assertThat(file.readNBytes(10)).hasSize(10);
      file.close();

      assertThat(ftp.workingDirectory()).isEqualTo(path());
    }
  }

  @Test
  void movesFolders(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("from/sub/empty"));
    Files.writeString(folder.resolve("from/one"), "1");
    Files.writeString(folder.resolve("from/sub/two"), "2");
    try (FtpClient ftp = client(Over.PLAIN)) {
      assertThat(ftp.uploadFolder(folder.resolve("from"), "tree")).isEqualTo(2);
      assertThat(ftp.uploadFolder(folder.resolve("from"), "tree")).isEqualTo(2);
      assertThat(ftp.downloadFolder("tree", folder.resolve("to"))).isEqualTo(2);

      assertThat(folder.resolve("to/sub/two")).hasContent("2");
      assertThat(folder.resolve("to/sub/empty")).isEmptyDirectory();
    }
  }
}
