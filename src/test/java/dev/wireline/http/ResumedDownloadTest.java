package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Sha256;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that go on where an earlier one stopped (RFC 9110, section 14). */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResumedDownloadTest {
  private static final String TAG = "ETag: \"v1\"\r\n";

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("data.zip");
  }

  private static RawAnswer cut(String fields) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" + fields + "\r\nhello")
        .thenClose();
  }

  private static RawAnswer part(String range, String fields, String body) {
    return RawAnswer.of("HTTP/1.1 206 Partial Content\r\nContent-Length: " + body.length() + "\r\n"
        + (range.isEmpty() ? "" : "Content-Range: " + range + "\r\n") + fields + "\r\n" + body);
  }

  private static RawAnswer unsatisfied(String range) {
    return Agents.status(416, "Content-Range: " + range + "\r\n");
  }

  /** A download of one process. */
  private void download(RawServer server) throws IOException {
    try (HttpAgent agent = HttpAgent.create()) {
      agent.download(HttpRequest.get(Agents.origin(server) + "/data?secret"), file);
    }
  }

  private void stops(RawServer server) {
    assertThatThrownBy(() -> download(server)).isInstanceOf(ConnectionClosedException.class);
    assertThat(file).doesNotExist();
  }

  private static List<String> ranges(RawServer server) {
    return server.requests().stream()
        .map(request -> Agents.field(request, "Range") + " " + Agents.field(request, "If-Range"))
        .toList();
  }

  private Path part() {
    return folder.resolve(".wireline-" + Sha256.hex("data.zip") + ".part");
  }

  private Path version() {
    return folder.resolve(".wireline-" + Sha256.hex("data.zip") + "-version.part");
  }

  private void isWhole(String content) throws IOException {
    assertThat(file).hasContent(content);
    assertThat(folder.toFile().list()).containsExactly("data.zip");
  }

  @Test
  void goOnInAnotherProcess() throws Exception {
    try (RawServer server = RawServer.answering(cut(TAG), part("bytes 5-9/10", TAG, "world"))) {
      stops(server);
      assertThat(part()).hasContent("hello");
      assertThat(Files.readString(version())).doesNotContain("secret");
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).containsExactly(" ", "bytes=5- \"v1\"");
      assertThat(Agents.field(server.requests().get(0), "Accept-Encoding")).isEqualTo("identity");
    }
  }

  @Test
  void keepOutASecondOneToTheSameFile() throws Exception {
    List<Throwable> refused = new ArrayList<>();
    try (RawServer server = RawServer.answering(Answers.ok("helloworld", TAG));
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.get(Agents.origin(server) + "/data");
      agent.download(
          request,
          file,
          (there, total) -> refused.add(catchThrowable(() -> agent.download(request, file))));

      assertThat(refused)
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e)
              .isInstanceOf(FileSystemException.class)
              .hasMessage(file + ": another download to this file has not ended"));
      isWhole("helloworld");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void leaveOtherFilesOfTheFolderAlone() throws Exception {
    Path own = Files.writeString(folder.resolve("data.zip.part"), "mine");
    try (RawServer server = RawServer.answering(cut(TAG), Answers.ok("helloworld", TAG))) {
      stops(server);
      download(server);

      assertThat(own).hasContent("mine");
    }
  }

  @Test
  void writeNothingThroughALinkThatSomebodyPlanted() throws Exception {
    Path part = part();
    Path own = folder.resolve("own");
    try (RawServer server = RawServer.answering(cut(TAG), Answers.ok("helloworld", TAG))) {
      stops(server);
      Files.move(part, own);
      Files.createSymbolicLink(part, own);
      download(server);

      assertThat(own).hasContent("hello");
      assertThat(file).hasContent("helloworld");
      assertThat(Files.isSymbolicLink(file)).isFalse();
      assertThat(ranges(server)).containsExactly(" ", " ");
    }
  }

  @Test
  void takeAPathOfABase() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello", TAG));
        HttpAgent agent = HttpAgent.builder().base(Agents.origin(server) + "/").build()) {
      agent.download(HttpRequest.get("/data"), file);

      isWhole("hello");
    }
  }

  @Test
  void goOnAsOftenAsTheyAreCut() throws Exception {
    RawAnswer cutAgain = RawAnswer.of(
            "HTTP/1.1 206 X\r\nContent-Range: bytes 5-9/10\r\n" + "Content-Length: 5\r\n\r\nwo")
        .thenClose();
    try (RawServer server =
        RawServer.answering(cut(TAG), cutAgain, part("bytes 7-9/10", "", "rld"))) {
      stops(server);
      stops(server);
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).endsWith("bytes=7- \"v1\"");
    }
  }

  @Test
  void askOnForWhatAServerLeftOut() throws Exception {
    try (RawServer server = RawServer.answering(
        cut(TAG), part("bytes 5-6/*", TAG, "wo"), part("bytes 7-9/10", TAG, "rld"))) {
      stops(server);
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).containsExactly(" ", "bytes=5- \"v1\"", "bytes=7- \"v1\"");
    }
  }

  @Test
  void goOnByADateThatIsOldEnough() throws Exception {
    String date = "Date: Sun, 06 Nov 1994 09:00:00 GMT\r\n";
    String modified = "Last-Modified: Sun, 06 Nov 1994 08:00:00 GMT\r\n";
    try (RawServer server =
        RawServer.answering(cut(date + modified), part("bytes 5-9/10", modified, "world"))) {
      stops(server);
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).endsWith("bytes=5- Sun, 06 Nov 1994 08:00:00 GMT");
    }
  }

  @Test
  void goOnBehindARedirect() throws Exception {
    try (RawServer server = RawServer.answering(
        Agents.redirect(302, "/b"),
        cut(TAG),
        Agents.redirect(302, "/b"),
        part("bytes 5-9/10", TAG, "world"))) {
      stops(server);
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).endsWith("bytes=5- \"v1\"", "bytes=5- \"v1\"");
    }
  }

  @Test
  void beginAnewWhenTheDocumentHasChanged() throws Exception {
    try (RawServer server =
        RawServer.answering(cut(TAG), Answers.ok("other", "ETag: \"v2\"\r\n"))) {
      stops(server);
      download(server);

      isWhole("other");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ETag: W/\"v1\"\r\n", "Last-Modified: Sun, 06 Nov 1994 08:00:00 GMT\r\n"})
  void keepNothingWithoutAStrongValidator(String fields) throws Exception {
    try (RawServer server = RawServer.answering(cut(fields), Answers.ok("helloworld"))) {
      stops(server);
      assertThat(folder.toFile().list()).isEmpty();
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).containsExactly(" ", " ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 4-8/10",
        "bytes 6-9/10",
        "bytes 5-10/11",
        "bytes 5-9",
        "",
        "bytes */10",
        "bytes 0-9/10",
        "bytes 5-9/10\r\nContent-Range: bytes 5-8/10"
      })
  void beginAnewWhenAPartDoesNotFit(String range) throws Exception {
    try (RawServer server =
        RawServer.answering(cut(TAG), part(range, TAG, "world"), Answers.ok("helloWORLD", TAG))) {
      stops(server);
      download(server);

      isWhole("helloWORLD");
      assertThat(ranges(server)).containsExactly(" ", "bytes=5- \"v1\"", " ");
    }
  }

  @Test
  void beginAnewWhenAPartIsOfAnotherVersion() throws Exception {
    try (RawServer server = RawServer.answering(
        cut(TAG), part("bytes 5-9/10", "ETag: \"v2\"\r\n", "WORLD"), Answers.ok("HELLOWORLD"))) {
      stops(server);
      download(server);

      isWhole("HELLOWORLD");
    }
  }

  @Test
  void beginAnewWhenAPartIsPackedAndTheBeginningIsNot() throws Exception {
    String packed = TAG + "Content-Encoding: gzip\r\n";
    try (RawServer server = RawServer.answering(
        cut(TAG), part("bytes 5-9/10", packed, "WORLD"), Answers.ok("helloworld", TAG))) {
      stops(server);
      download(server);

      isWhole("helloworld");
    }
  }

  @Test
  void keepNothingOfWhatIsPackedInAWayThatNobodyUndoes() throws Exception {
    try (RawServer server =
        RawServer.answering(cut(TAG + "Content-Encoding: br\r\n"), Answers.ok("helloworld", TAG))) {
      stops(server);
      download(server);

      isWhole("helloworld");
      assertThat(ranges(server)).containsExactly(" ", " ");
    }
  }

  @Test
  void endWhenAllBytesAreThere() throws Exception {
    RawAnswer unknownLength = RawAnswer.of(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + TAG + "\r\n5\r\nhello\r\n")
        .thenClose();
    try (RawServer server = RawServer.answering(unknownLength, unsatisfied("bytes */5"))) {
      stops(server);
      download(server);

      isWhole("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes */4", "bytes */5", "bytes 0-4/5", "", "nonsense"})
  void beginAnewWhenNoByteFollows(String range) throws Exception {
    try (RawServer server = RawServer.answering(cut(TAG), unsatisfied(range), Answers.ok("new"))) {
      stops(server);
      download(server);

      isWhole("new");
    }
  }

  @Test
  void refuseAPartThatHasNotTheLengthOfItsRange() throws Exception {
    try (RawServer server =
        RawServer.answering(cut(TAG), part("bytes 5-9/10", TAG, "wor"), Answers.ok("helloworld"))) {
      stops(server);
      assertThatThrownBy(() -> download(server)).isInstanceOf(PeerProtocolException.class);
      assertThat(folder.toFile().list()).isEmpty();
      download(server);

      isWhole("helloworld");
    }
  }

  @Test
  void refuseAPartThatNobodyAskedFor() throws Exception {
    try (RawServer server = RawServer.answering(part("bytes 0-4/10", TAG, "hello"))) {
      assertThatThrownBy(() -> download(server)).isInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void keepThePartWhenTheServerSaysNo() throws Exception {
    try (RawServer server =
        RawServer.answering(cut(TAG), Agents.status(503, ""), part("bytes 5-9/10", TAG, "world"))) {
      stops(server);
      HttpStatusException e =
          catchThrowableOfType(HttpStatusException.class, () -> download(server));
      assertThat(e.response().text()).isEqualTo("body");
      download(server);

      isWhole("helloworld");
    }
  }

  @Test
  void beginAnewForAnotherUrl() throws Exception {
    try (RawServer server = RawServer.answering(cut(TAG), Answers.ok("other", TAG));
        HttpAgent agent = HttpAgent.create()) {
      stops(server);
      agent.download(HttpRequest.get(Agents.origin(server) + "/data?public"), file);

      isWhole("other");
      assertThat(ranges(server)).containsExactly(" ", " ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb\n", "a\n\"v1\"\n10\n"})
  void beginAnewIfTheVersionIsNonsense(String version) throws Exception {
    Files.writeString(part(), "older");
    Files.writeString(version(), version);
    try (RawServer server = RawServer.answering(Answers.ok("new", TAG))) {
      download(server);

      isWhole("new");
    }
  }

  @Test
  void tellTheBytesOfBothDownloads() throws Exception {
    List<Long> told = new ArrayList<>();
    try (RawServer server = RawServer.answering(cut(TAG), part("bytes 5-9/10", TAG, "world"));
        HttpAgent agent = HttpAgent.create()) {
      stops(server);
      agent.download(
          HttpRequest.get(Agents.origin(server) + "/data?secret"), file, (bytes, total) -> {
            told.add(bytes);
            assertThat(total).isEqualTo(10);
          });

      assertThat(told).startsWith(5L).endsWith(10L);
      isWhole("helloworld");
    }
  }

  @Test
  void refuseARequestThatIsNoWholeGet() {
    try (HttpAgent agent = HttpAgent.create()) {
      for (HttpRequest request : List.of(
          HttpRequest.post("http://a.test/"),
          HttpRequest.get("/a"),
          HttpRequest.get("http://a.test/").header("Range", "bytes=1-"))) {
        assertThatThrownBy(() -> agent.download(request, file))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
