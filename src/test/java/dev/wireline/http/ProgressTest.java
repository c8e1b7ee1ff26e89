package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.Phase;
import dev.wireline.net.Deadline;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener hears while a body is saved. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ProgressTest {
  private static final String LARGE = "x".repeat(100_000);

  @TempDir
  private Path folder;

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(Answers.ok("hello"), 5, 5),
        arguments(Answers.ok("hello").byteByByte(), 5, 5),
        arguments(Answers.ok(""), 0, 0),
        arguments(Answers.ok(LARGE), LARGE.length(), LARGE.length()),
        arguments(Answers.chunked(LARGE, "x"), LARGE.length() + 1, -1),
        arguments(Answers.untilClose(LARGE), LARGE.length(), -1));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void growsFromNothingToAll(RawAnswer answer, long all, long total) throws Exception {
    List<Long> heard = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    Path file = folder.resolve("file");
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").saveTo(file, (bytes, of) -> {
        heard.add(bytes);
        totals.add(of);
      });

      assertThat(heard).isSorted().doesNotHaveDuplicates().startsWith(0L).endsWith(all);
      assertThat(totals).containsOnly(total);
      assertThat(file).hasSize(all);
    }
  }

  @Test
  void isToldNowAndThenAndAtTheEnd() throws Exception {
    byte[] body = new byte[2_000_000];
    List<Long> rarely = new ArrayList<>();
    List<Long> often = new ArrayList<>();
    Deadline due = Deadline.after(Duration.ZERO, Phase.BODY);

    Download.to(folder.resolve("a"), () -> Deadline.NEVER)
        .save(new ByteArrayInputStream(body), body.length, (bytes, total) -> rarely.add(bytes));
    Download.to(folder.resolve("b"), () -> due)
        .save(new ByteArrayInputStream(body), body.length, (bytes, total) -> often.add(bytes));

    assertThat(rarely).containsExactly(0L, 2_000_000L);
    assertThat(often).hasSizeGreaterThan(10).endsWith(2_000_000L).doesNotHaveDuplicates();
  }

  @Test
  void isNotDisturbedByAListenerThatThrows() throws Exception {
    Path file = folder.resolve("file");
    try (RawServer server = RawServer.answering(Answers.ok(LARGE), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/").saveTo(file, (bytes, total) -> {
        throw new IllegalStateException("not heard");
      });

      assertThat(file).hasContent(LARGE);
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void leavesNoFileAndNoConnectionWhenItsListenerFails() throws Exception {
    AssertionError failure = new AssertionError("enough");
    try (RawServer server = RawServer.answering(Answers.ok(LARGE), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThatThrownBy(() -> response.saveTo(folder.resolve("file"), (bytes, total) -> {
            throw failure;
          }))
          .isSameAs(failure);

      assertThat(folder).isEmptyDirectory();
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
