package dev.wireline.chaos;

import dev.wireline.http.Body;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to use an answer of HTTP; each gives its content. */
enum HttpCall {
  TEXT,
  BYTES,
  STREAM,
  LINES,
  FILE,
  EVENTS,
  PART,
  DISCARD;

  private static final String[] VERBS = {"LENGTH", "CHUNKED", "CLOSE", "INTERIM"};
  private static final String[] METHODS = {"GET", "GET", "GET", "PUT", "POST"};

  /** A request, and what was asked with it. */
  record Question(Ask ask, HttpRequest request, String expected) {}

  /**
   * A question that this use fits.
   *
   * @param packed whether the client unpacks bodies
   */
  Question question(Stage stage, String origin, List<Carrier> redirects, boolean packed) {
    Ask ask = stage.ask(verb(stage, packed));
    if (!ask.isWhole() && ask.verb().equals("CLOSE")) {
      ask = new Ask("LENGTH", ask.token(), ask.count(), ask.ending(), ask.cut());
    }
    String method = this == EVENTS ? "GET" : METHODS[stage.upTo(METHODS.length)];
    byte[] content = Item.bytes(ask.text());
    if (method.equals("GET")) {
      return new Question(
          ask, request(stage, method, origin + path(stage, redirects, ask)), ask.text());
    }
    Body body = body(stage, content);
    // A body that leaves once cannot follow a redirect.
    String path = path(stage, body.isRepeatable() ? redirects : List.of(), ask);
    String receipt = Item.receipt(ask.token(), content);
    return new Question(
        ask,
        request(stage, method, origin + path).body(body),
        this == LINES ? receipt + "\n" : receipt);
  }

  private static String path(Stage stage, List<Carrier> redirects, Ask ask) {
    return redirects.isEmpty() || !stage.once(4)
        ? HttpPeer.path(ask)
        : HttpPeer.elsewhere(stage.oneOf(redirects), ask);
  }

  private static HttpRequest request(Stage stage, String method, String url) {
    HttpRequest request = HttpRequest.of(method, url);
    return stage.once(2) ? request.secretHeader("X-Secret", Stage.SECRET) : request;
  }

  private String verb(Stage stage, boolean packed) {
    if (this == EVENTS) {
      return "EVENTS";
    }
    return packed && stage.once(2)
        ? stage.oneOf(List.of("GZIP", "HOOKED"))
        : VERBS[stage.upTo(VERBS.length)];
  }

  private static Body body(Stage stage, byte[] content) {
    Hook hook = stage.hook();
    String type = "text/plain";
    return switch (stage.upTo(4)) {
      case 0 -> Body.of(content, type);
      case 1 -> Body.of(new HookedStream(new ByteArrayInputStream(content), hook), type);
      case 2 -> Body.of(() -> opened(content, hook), type);
      default -> Body.of(() -> opened(content, hook), content.length, type);
    };
  }

  private static InputStream opened(byte[] content, Hook hook) throws IOException {
    hook.passIo();
    return new HookedStream(new ByteArrayInputStream(content), hook);
  }

  /** Whether it gives all of the content. */
  boolean isWhole() {
    return this != PART && this != DISCARD;
  }

  /** Whether it may be called again where it failed; a stream has given its bytes away. */
  boolean isRepeatable() {
    return this == TEXT || this == BYTES || this == FILE;
  }

  String use(HttpResponse response, Stage stage) throws IOException {
    return switch (this) {
      case TEXT -> response.text();
      case BYTES -> Item.text(response.bytes());
      case STREAM -> streamed(response, stage);
      case LINES -> lines(response, stage);
      case FILE -> saved(response, stage);
      case EVENTS -> events(response, stage);
      case PART -> part(response);
      case DISCARD -> {
        response.discard();
        yield "";
      }
    };
  }

  private static String streamed(HttpResponse response, Stage stage) throws IOException {
    try (InputStream body = new HookedStream(response.body(), stage.hook())) {
      return Item.text(body.readAllBytes());
    }
  }

  private static String lines(HttpResponse response, Stage stage) throws IOException {
    try (Stream<String> lines = response.lines()) {
      return lines
          .peek(line -> stage.hook().pass())
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }
  }

  private static String events(HttpResponse response, Stage stage) throws IOException {
    try (var events = response.events()) {
      return events
          .peek(event -> stage.hook().pass())
          .map(event -> event.data() + "\n")
          .collect(Collectors.joining());
    }
  }

  private static String part(HttpResponse response) throws IOException {
    try (InputStream body = response.body()) {
      return Item.text(body.readNBytes(1));
    }
  }

  private static String saved(HttpResponse response, Stage stage) throws IOException {
    Path folder = Files.createTempDirectory("chaos");
    Path file = folder.resolve("body");
    try {
      response.saveTo(file, (bytes, of) -> stage.hook().pass());
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      // Fails when a part of a file was left.
      Files.delete(folder);
    }
  }
}
