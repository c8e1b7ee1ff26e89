package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that becomes a file: whole, or not at all. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class SaveToTest {
  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("page.html");
  }

  static Stream<RawAnswer> bodies() {
    return Stream.of(
        Answers.ok("hello"),
        Answers.ok("hello").byteByByte(),
        Answers.chunked("hel", "lo"),
        Answers.untilClose("hello"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void makesAFileAndReplacesOne(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").saveTo(file);
      assertThat(file).hasContent("hello");
      Files.writeString(file, "something older and longer");
      client.get("/").saveTo(file);

      assertThat(file).hasContent("hello");
      assertThat(folder.toFile().list()).containsExactly("page.html");
    }
  }

  @Test
  void takesARelativePath() throws Exception {
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    try (RawServer server = RawServer.answering(Answers.ok("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").saveTo(relative);

      assertThat(file).hasContent("hello");
    }
  }

  static Stream<RawAnswer> brokenBodies() {
    return Stream.of(
        RawAnswer.of(Answers.head(10) + "hello").thenClose(),
        RawAnswer.of(Answers.head(10) + "hello").thenReset(),
        RawAnswer.of(Answers.chunkedHead() + "a\r\nhello").thenClose(),
        RawAnswer.of(Answers.chunkedHead() + "5\r\nhello\r\n").thenClose(),
        RawAnswer.of(Answers.chunkedHead() + "5\r\nhello\r\nnonsense\r\n"));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void leavesNothingOfABodyThatFails(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer, answer, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> client.get("/").saveTo(file))
          .isInstanceOfAny(ConnectionClosedException.class, PeerProtocolException.class);
      assertThat(folder).isEmptyDirectory();
      Files.writeString(file, "older");
      assertThatThrownBy(() -> client.get("/").saveTo(file)).isInstanceOf(IOException.class);

      assertThat(file).hasContent("older");
      assertThat(folder.toFile().list()).containsExactly("page.html");
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void givesTheConnectionUpWhenTheFileCannotBeWritten() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked(Answers.LONG), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      Path nowhere = folder.resolve("missing").resolve("page.html");

      assertThatThrownBy(() -> client.get("/").saveTo(nowhere))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(nowhere + ": its folder is not there");

      assertThat(folder).isEmptyDirectory();
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void replacesNoFolder() throws Exception {
    Files.createDirectory(file);
    Files.writeString(file.resolve("inside"), "x");
    try (RawServer server = RawServer.answering(Answers.ok("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> client.get("/").saveTo(file)).isInstanceOf(IOException.class);

      assertThat(file.resolve("inside")).hasContent("x");
      assertThat(folder.toFile().list()).containsExactly("page.html");
    }
  }

  @Test
  void refusesAPathWithoutANameAndLeavesTheBodyAsItIs() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      Path[] nameless = {
        folder.getRoot(), Path.of(""), Path.of("."), Path.of(".."), folder.resolve("x/..")
      };
      for (Path path : nameless) {
        assertThatThrownBy(() -> response.saveTo(path))
            .as("\"%s\"", path)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a file to write needs a name");
      }
      response.saveTo(file);

      assertThat(file).hasContent("hello");
    }
  }

  @Test
  void makesItsPartBesideTheFile() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real/deep"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path here = Path.of("").toAbsolutePath();
    Path[] targets = {
      file, link.resolve("a"), here.relativize(file), link.resolve("b/../c"), real.resolve("d")
    };
    Files.createDirectory(real.resolve("b"));
    for (Path target : targets) {
      try (RawServer server = RawServer.answering(Answers.ok("hello"));
          HttpClient client = new HttpClient(server.endpoint())) {
        client
            .get("/")
            .saveTo(
                target,
                (bytes, total) -> assertThat(list(target.toAbsolutePath().resolveSibling(".")))
                    .as("beside %s", target)
                    .anyMatch(name -> name.endsWith(".part")));

        assertThat(target).hasContent("hello");
      }
    }
  }

  private static List<String> list(Path folder) {
    return List.of(folder.toFile().list());
  }

  @Test
  void makesNoEmptyFileOfABodyThatWasStreamed() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello"), Answers.chunked("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      for (int i = 0; i < 2; i++) {
        HttpResponse response = client.get("/");
        response.saveTo(file);

        assertThatThrownBy(() -> response.saveTo(file)).isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("hello");
      }
    }
  }

  @Test
  void makesAsManyFilesAsAskedOfABodyInMemory() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      response.text();

      response.saveTo(file);
      response.saveTo(folder.resolve("again"));

      assertThat(file).hasContent("hello");
      assertThat(folder.resolve("again")).hasContent("hello");
    }
  }

  @Test
  void takesANameAsLongAsAFileSystemDoes() throws Exception {
    Path longest = folder.resolve("n".repeat(255));
    try (RawServer server = RawServer.answering(Answers.ok("hello"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").saveTo(longest);

      assertThat(longest).hasContent("hello");
    }
  }
}
