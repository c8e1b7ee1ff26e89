package dev.wireline.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a body is taken, and how much memory it takes. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BodyBoundsTest {
  private static final int MIB = 1 << 20;
  private static final byte[] KIB = "0123456789abcde\n".repeat(64).getBytes(US_ASCII);

  static Stream<Arguments> lengths() {
    return Stream.of(1, 10, 100, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 100_000)
        .flatMap(max -> {
          String fits = "x".repeat(max);
          return Stream.of(
              arguments("a length", max, Answers.ok(fits), Answers.ok(fits + "x")),
              arguments("chunks", max, Answers.chunked(fits), Answers.chunked(fits + "x")),
              arguments("two chunks", max, Answers.chunked(fits), Answers.chunked(fits, "x")),
              arguments(
                  "until close", max, Answers.untilClose(fits), Answers.untilClose(fits + "x")));
        });
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("lengths")
  void takesAsManyBytesAsItIsToldAndNoMore(String name, int max, RawAnswer fits, RawAnswer tooLarge)
      throws Exception {
    HttpOptions options = HttpOptions.builder().maxBodyBytes(max).build();
    try (RawServer server = RawServer.answering(fits, tooLarge, Answers.ok("!"));
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      assertThat(client.get("/").bytes()).hasSize(max);
      HttpResponse response = client.get("/");
      LimitExceededException e =
          catchThrowableOfType(LimitExceededException.class, response::bytes);

      assertThat(e.limit()).isEqualTo("maxBodyBytes");
      assertThat(e.max()).isEqualTo(max);
      assertThat(e.phase()).isEqualTo(Phase.BODY);
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("!");
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("lengths")
  void streamsWhatIsTooLargeToBeReadWhole(
      String name, int max, RawAnswer fits, RawAnswer tooLarge, @TempDir Path folder)
      throws Exception {
    HttpOptions options = HttpOptions.builder().maxBodyBytes(max).build();
    Path file = folder.resolve("file");
    try (RawServer server = RawServer.answering(tooLarge);
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      assertThat(client.get("/").body().readAllBytes()).hasSize(max + 1);
      client.get("/").saveTo(file);

      assertThat(file).hasSize(max + 1);
    }
  }

  static Stream<RawAnswer> announcing() {
    return Stream.of(
        RawAnswer.of(Answers.head(Long.MAX_VALUE)).thenStall(),
        RawAnswer.of(Answers.head(1L << 31)).thenStall(),
        RawAnswer.of(Answers.head(HttpOptions.MAX_BODY_BYTES + 1L)).thenStall());
  }

  @ParameterizedTest
  @MethodSource("announcing")
  void allocatesNothingForABodyThatIsOnlyAnnounced(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      long before = allocated();

      assertThat(catchThrowableOfType(LimitExceededException.class, response::bytes))
          .isNotNull();
      assertThat(allocated() - before).isLessThan(MIB);
    }
  }

  static Stream<RawAnswer> large() {
    byte[] chunk = ("400\r\n" + new String(KIB, US_ASCII) + "\r\n").getBytes(US_ASCII);
    return Stream.of(
        RawAnswer.of(Answers.head(64L * MIB)).repeat(KIB, 64 * 1024),
        RawAnswer.of(Answers.chunkedHead()).repeat(chunk, 64 * 1024).and("0\r\n\r\n"),
        RawAnswer.of("HTTP/1.1 200 OK\r\n\r\n").repeat(KIB, 64 * 1024).thenClose());
  }

  @ParameterizedTest
  @MethodSource("large")
  void streamsALargeBodyWithLittleMemory(RawAnswer answer) throws Exception {
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      InputStream body = client.get("/").body();
      byte[] part = new byte[32 * 1024];
      long before = allocated();
      long count = 0;
      for (int read = body.read(part); read >= 0; read = body.read(part)) {
        count += read;
      }

      assertThat(count).isEqualTo(64L * MIB);
      assertThat(allocated() - before).isLessThan(2 * MIB);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void savesALargeBodyWithLittleMemory(int kind, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("large");
    try (RawServer server = RawServer.answering(large().toList().get(kind));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");
      long before = allocated();
      response.saveTo(file);

      assertThat(allocated() - before).isLessThan(4 * MIB);
      assertThat(Files.size(file)).isEqualTo(64L * MIB);
    }
  }

  /** What this thread has allocated so far, in bytes. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
