package dev.wireline.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that shares no line of code with this library, and fails in each way it knows. */
@Timeout(60)
class ForeignFaultTest {
  private static final String TEXT = "lorem ipsum dolor sit amet\n".repeat(400);

  private static WireMockServer server;

  @TempDir
  private static Path folder;

  /** The ways to read the body of a response. */
  private enum Reading {
    TEXT,
    BYTES,
    BODY,
    LINES,
    FILE;

    void read(HttpResponse response) throws IOException {
      switch (this) {
        case TEXT -> response.text();
        case BYTES -> response.bytes();
        case BODY -> response.body().readAllBytes();
        case LINES -> response.lines().forEach(line -> {});
        case FILE -> response.saveTo(folder.resolve("saved"));
      }
    }
  }

  @BeforeAll
  static void start() {
    server = new WireMockServer(wireMockConfig().dynamicPort());
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void forget() {
    server.resetAll();
    server.stubFor(get("/good").willReturn(ok("good")));
  }

  private static HttpClient client(HttpOptions options) {
    return new HttpClient(Endpoint.tcp("localhost", server.port()), options);
  }

  static Stream<Arguments> faults() {
    return Stream.of(Fault.values())
        .flatMap(fault -> Stream.of(Reading.values()).map(reading -> arguments(fault, reading)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isAnExceptionHoweverTheBodyIsRead(Fault fault, Reading reading) throws Exception {
    Path saved = Files.writeString(folder.resolve("saved"), "before", UTF_8);
    server.stubFor(get("/").willReturn(aResponse().withFault(fault)));
    try (HttpClient client = client(HttpOptions.standard())) {
      client.get("/good").discard();

      Throwable failure = catchThrowable(() -> reading.read(client.get("/")));

      assertThat(cause(failure)).isInstanceOfSatisfying(WirelineException.class, e -> {
        assertThat(e.connectionUsable()).isFalse();
        assertThat(e.toString().chars()).noneMatch(Character::isISOControl);
      });
      assertThat(saved).hasContent("before");
      assertThat(folder.toFile().list()).containsExactly("saved");
      assertThat(client.get("/good").text()).isEqualTo("good");
    }
  }

  /** What lines() throws, which is a Stream, comes wrapped. */
  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void isNoReasonToPostTwice(Fault fault) throws Exception {
    server.stubFor(any(urlEqualTo("/items")).willReturn(aResponse().withFault(fault)));
    HttpRequest post = HttpRequest.post("/items").body(Body.of("a", "text/plain"));
    try (HttpClient client = client(HttpOptions.standard())) {
      client.get("/good").discard();

      assertThatThrownBy(() -> client.send(post).bytes()).isInstanceOf(WirelineException.class);

      server.verify(1, postRequestedFor(anyUrl()));
    }
  }

  @Test
  void endsACallWhoseBodyDribbles() throws Exception {
    server.stubFor(get("/").willReturn(ok(TEXT).withChunkedDribbleDelay(400, 120_000)));
    HttpOptions hurried =
        HttpOptions.builder().callTimeout(Duration.ofSeconds(1)).build();
    try (HttpClient client = client(hurried)) {
      assertThatThrownBy(() -> client.get("/").text())
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.phase()).isEqualTo(Phase.CALL));

      assertThat(client.get("/good").text()).isEqualTo("good");
    }
  }

  @Test
  void waitsForAnswersThatAreLateAtRandom() throws Exception {
    server.stubFor(get("/").willReturn(ok(TEXT).withUniformRandomDelay(1, 60)));
    try (HttpClient client = client(HttpOptions.standard())) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.get("/").text()).isEqualTo(TEXT);
      }
    }
  }
}
