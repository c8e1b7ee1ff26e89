package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.Phase;
import dev.wireline.header.Headers;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as they arrive: each kind, its framing, and what a server sees of one that fails. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class SentBodyTest {
  private static final String TYPE = "application/octet-stream";

  @TempDir
  private Path folder;

  @FunctionalInterface
  private interface Kind {
    Body of(byte[] content, Path file) throws IOException;
  }

  private static Arguments kind(String name, boolean chunked, boolean repeatable, Kind kind) {
    return arguments(name, chunked, repeatable, kind);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("bytes", false, true, (content, file) -> Body.of(content, TYPE)),
        kind("file", false, true, (content, file) -> Body.of(Files.write(file, content), TYPE)),
        kind("stream", true, false, (content, file) -> Body.of(Source.of(content), TYPE)),
        kind("slow stream", true, false, (content, file) -> Body.of(Source.of(content, 7), TYPE)),
        kind(
            "stream of a length",
            false,
            false,
            (content, file) -> Body.of(Source.of(content), content.length, TYPE)),
        kind("source", true, true, (content, file) -> Body.of(() -> Source.of(content, 999), TYPE)),
        kind(
            "source of a length",
            false,
            true,
            (content, file) -> Body.of(() -> Source.of(content), content.length, TYPE)),
        kind(
            "bytes with trailers",
            true,
            true,
            (content, file) ->
                Body.of(content, TYPE).withTrailers(() -> Headers.of("X-Sum", "1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void arriveWholeAtEverySize(String name, boolean chunked, boolean repeatable, Kind kind)
      throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("thanks"));
        HttpClient client = new HttpClient(server.endpoint())) {
      int[] sizes = {0, 1, 8191, 8192, 8193, 16_384, 16_385, 200_000};
      for (int i = 0; i < sizes.length; i++) {
        byte[] content = new byte[sizes[i]];
        new Random(i).nextBytes(content);
        Body body = kind.of(content, folder.resolve("file" + i));

        assertThat(client.send(HttpRequest.put("/").body(body)).text()).isEqualTo("thanks");

        RawRequest request = server.requests().get(i);
        assertThat(request.body()).isEqualTo(content);
        assertThat(request.head())
            .contains("\r\nContent-Type: " + TYPE + "\r\n")
            .contains(
                chunked ? "\r\nTransfer-Encoding: chunked\r\n" : "Content-Length: " + sizes[i]);
        assertThat(body.isRepeatable()).isEqualTo(repeatable);
        assertThat(body.length()).isEqualTo(chunked || !repeatable ? -1 : sizes[i]);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void areSentAgainOnlyWhereTheyCan(String name, boolean chunked, boolean repeatable, Kind kind)
      throws Exception {
    byte[] content = "again".getBytes(UTF_8);
    Body body = kind.of(content, folder.resolve("file"));
    HttpRequest request = HttpRequest.post("/").body(body);
    try (RawServer server = RawServer.answering(Answers.ok("thanks"));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(request);

      if (repeatable) {
        assertThat(client.send(request).text()).isEqualTo("thanks");
      } else {
        assertThatThrownBy(() -> client.send(request)).isInstanceOf(IllegalStateException.class);
      }

      assertThat(server.requests()).hasSize(repeatable ? 2 : 1);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void goOutInChunksOfExactlyThisForm() throws Exception {
    String large = "x".repeat(16 * 1024);
    Body body = Body.of(Source.of((large + "tail").getBytes(UTF_8)), "a/b");
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(HttpRequest.post("/").body(body));

      String sent = new String(server.requests().get(0).bytes(), ISO_8859_1);
      assertThat(sent.substring(sent.indexOf("\r\n\r\n") + 4))
          .isEqualTo("4000\r\n" + large + "\r\n4\r\ntail\r\n0\r\n\r\n");
    }
  }

  @Test
  void gatherInAChunkWhatIsThereWithoutWaiting() throws Exception {
    byte[] content = new byte[5000];
    InputStream dripping = new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(10, length));
      }
    };
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(HttpRequest.post("/").body(Body.of(dripping, "a/b")));

      assertThat(new String(server.requests().get(0).bytes(), ISO_8859_1))
          .contains("\r\n\r\n1388\r\n")
          .endsWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void haveTheirTrailersBehindTheLastChunk() throws Exception {
    Source source = Source.of("data".getBytes(UTF_8));
    Body body = Body.of(source, "a/b")
        .withTrailers(() -> Headers.of("X-Closed", Boolean.toString(source.isClosed())));
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(HttpRequest.post("/").header("Trailer", "X-Closed").body(body));

      assertThat(new String(server.requests().get(0).bytes(), ISO_8859_1))
          .endsWith("\r\n\r\n4\r\ndata\r\n0\r\nX-Closed: false\r\n\r\n");
      assertThat(source.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length", "transfer-encoding", "HOST", "Trailer", "Authorization", "Set-Cookie",
        "Content-Type", "Content-Encoding", "Content-Range", "Cache-Control", "Connection", "TE"
      })
  void haveNoTrailerThatBelongsInFront(String name) throws Exception {
    Body body = Body.of("data", "a/b").withTrailers(() -> Headers.of(name, "1"));
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (PeerServer server = recording(seen);
        HttpClient client = new HttpClient(server.endpoint())) {

      assertThatThrownBy(() -> client.send(HttpRequest.post("/").body(body)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("6.5.1");

      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("4\r\ndata\r\n");
    }
  }

  /** A server that notes what comes behind the head until the client hangs up. */
  private static PeerServer recording(CompletableFuture<String> seen) throws IOException {
    return PeerServer.start(connection -> {
      connection.readHead();
      seen.complete(new String(connection.input().readAllBytes(), ISO_8859_1));
    });
  }

  @FunctionalInterface
  private interface Faulty {
    Body of(InputStream stream);
  }

  static Stream<Arguments> failures() {
    IOException checked = new IOException("disk");
    RuntimeException unchecked = new UncheckedIOException(checked);
    return Stream.of(checked, unchecked)
        .flatMap(failure -> Stream.of(
            arguments(
                failure, 10, (Faulty) stream -> Body.of(stream, "a/b"), "a\r\n0123456789\r\n"),
            arguments(failure, 10, (Faulty) stream -> Body.of(stream, 20, "a/b"), null),
            arguments(
                failure, 10, (Faulty) stream -> Body.of(stream, 20_000, "a/b"), "0123456789")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void thatThrowAreCutAndTheFailureIsThrownOn(
      Exception failure, int given, Faulty faulty, String partly) throws Exception {
    Source source = Source.failing("0123456789".getBytes(UTF_8), failure);
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (PeerServer server = recording(seen);
        HttpClient client = new HttpClient(server.endpoint())) {

      assertThatThrownBy(() -> client.send(HttpRequest.put("/").body(faulty.of(source))))
          .isSameAs(failure);

      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(partly == null ? "" : partly);
      assertThat(source.isClosed()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void neverLookLikeAFailureOfThisConnectionWhenTheirsIsCut() throws Exception {
    ConnectionClosedException theirs;
    try (RawServer server = RawServer.answering(Answers.ok(""), Answers.ok("kept"));
        HttpClient client = new HttpClient(server.endpoint())) {
      theirs = new ConnectionClosedException(
          server.endpoint(), new Activity(Phase.BODY, "reading from"), "cut", new byte[0], null);
      client.get("/");
      Body body = Body.of(() -> Source.failing(new byte[9], theirs), "a/b");

      IOException e = catchThrowableOfType(
          IOException.class, () -> client.send(HttpRequest.put("/").body(body)));

      assertThat(e).isExactlyInstanceOf(IOException.class).hasCause(theirs);
      assertThat(server.requests()).hasSize(1);
      assertThat(client.get("/").text()).isEqualTo("kept");
    }
  }

  static Stream<Arguments> wrongLengths() {
    return Stream.of(
        arguments(5, 4, "ended after 4 of the 5 bytes that were announced", ""),
        arguments(5, 6, "has more than the 5 bytes announced", ""),
        arguments(0, 1, "has more than the 0 bytes announced", ""),
        arguments(200_000, 131_073, "ended after 131073 of the 200000 bytes", "x".repeat(131_073)),
        arguments(200_000, 200_001, "has more than the 200000 bytes", "x".repeat(131_072)));
  }

  @ParameterizedTest
  @MethodSource("wrongLengths")
  void ofAWrongLengthNeverSendTheirLastByte(int announced, int given, String problem, String sent)
      throws Exception {
    Source source = Source.of("x".repeat(given).getBytes(UTF_8));
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (PeerServer server = recording(seen);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = HttpRequest.put("/").body(Body.of(source, announced, "a/b"));

      assertThatThrownBy(() -> client.send(request))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("the content " + problem);

      assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(sent);
      assertThat(source.isClosed()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void areBrokenOffWhenTheirFileGrows() throws Exception {
    Path file = Files.write(folder.resolve("log"), new byte[200_000]);
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (PeerServer server = recording(seen);
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpRequest request = HttpRequest.put("/").body(growing(Body.of(file, "a/b"), file));

      assertThatThrownBy(() -> client.send(request))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("the content has more than the 200000 bytes announced");
      assertThat(seen.get(20, TimeUnit.SECONDS)).hasSize(131_072);
    }
  }

  /** The body of a file that becomes longer when it is opened. */
  private static Body growing(Body body, Path file) throws IOException {
    return Body.of(
        () -> {
          InputStream in = body.content().open();
          Files.write(file, new byte[230_000]);
          return in;
        },
        body.lengthToSend(),
        "a/b");
  }

  @Test
  void ofNoFileAreToldBeforeAnythingIsSent() throws Exception {
    Body body = Body.of(folder.resolve("none"), "a/b");
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThatThrownBy(() -> client.send(HttpRequest.put("/").body(body)))
          .isInstanceOf(NoSuchFileException.class);

      assertThat(body.length()).isEqualTo(-1);
      assertThat(body).hasToString("a file of a/b");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void ofUnknownLengthAreNotForHttp10() throws Exception {
    HttpOptions old = HttpOptions.builder().version(HttpVersion.HTTP_1_0).build();
    Source source = Source.of(new byte[9]);
    try (RawServer server = RawServer.answering(Answers.ok("x"));
        HttpClient client = new HttpClient(server.endpoint(), old)) {
      HttpRequest request = HttpRequest.put("/").body(Body.of(source, "a/b"));

      assertThatThrownBy(() -> client.send(request)).isInstanceOf(IllegalArgumentException.class);

      assertThat(server.connections()).isZero();
      assertThat(source.isClosed()).isFalse();
    }
  }

  @Test
  void refuseANegativeLength() {
    assertThatThrownBy(() -> Body.of(Source.of(new byte[0]), -1, "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Body.of(() -> Source.of(new byte[0]), -1, "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void arriveOverTlsToo() throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    try (RawServer server = RawServer.builder(Answers.ok("thanks")).tls().start();
        HttpClient client = Clients.trusting(server)) {
      Body body = Body.of(() -> Source.of(content), "a/b");

      assertThat(client.send(HttpRequest.put("/").body(body)).text()).isEqualTo("thanks");
      assertThat(client.send(HttpRequest.put("/").body(Body.of(content, "a/b"))).text())
          .isEqualTo("thanks");

      assertThat(server.requests())
          .allSatisfy(request -> assertThat(request.body()).isEqualTo(content));
    }
  }
}
