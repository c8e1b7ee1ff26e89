package dev.wireline.http.cache;

import dev.wireline.header.HttpDate;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawRequest;
import dev.wireline.testing.RawServer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A server, a cache, an agent, and a clock that a test turns. */
final class CacheRig implements Closeable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RawServer server;
  private final HttpAgent agent;
  private Instant now = START;

  private CacheRig(boolean outside, CacheStore store, RawAnswer... answers) throws IOException {
    server = RawServer.answering(answers);
    HttpCache cache =
        HttpCache.builder(store).clock(() -> now).maxEntryBytes(100_000).build();
    HttpAgent.Builder builder = HttpAgent.builder();
    agent = (outside ? builder.step(cache) : builder.connectionStep(cache)).build();
  }

  CacheRig(CacheStore store, RawAnswer... answers) throws IOException {
    this(false, store, answers);
  }

  /** A cache outside of the redirects, where it does not belong. */
  static CacheRig outside(RawAnswer... answers) throws IOException {
    return new CacheRig(true, new MemoryCacheStore(), answers);
  }

  CacheRig(RawAnswer... answers) throws IOException {
    this(new MemoryCacheStore(), answers);
  }

  /** A response with a Date that is right at the start; fields with {@code |} between them. */
  static RawAnswer answer(int status, String fields, String body) {
    return RawAnswer.of("HTTP/1.1 " + status + " X\r\n" + lines("Date: " + date(Duration.ZERO))
        + (fields.contains("Content-Length") || status == 304
            ? ""
            : "Content-Length: " + body.length() + "\r\n")
        + lines(fields) + "\r\n" + body);
  }

  static RawAnswer ok(String fields, String body) {
    return answer(200, fields, body);
  }

  private static String lines(String fields) {
    return fields.isEmpty() ? "" : fields.replace("|", "\r\n") + "\r\n";
  }

  /** The date so long after the start. */
  static String date(Duration after) {
    return HttpDate.format(START.plus(after));
  }

  void later(long seconds) {
    now = now.plusSeconds(seconds);
  }

  String url(String path) {
    return "http://" + server.endpoint().authority() + path;
  }

  HttpResponse send(String method, String path, String... fields) throws IOException {
    HttpRequest request = HttpRequest.of(method, url(path));
    for (int i = 0; i < fields.length; i += 2) {
      request = request.header(fields[i], fields[i + 1]);
    }
    return agent.send(request);
  }

  /** A GET with a field that is marked secret, but for Host. */
  HttpResponse sendOwn(String name, String value) throws IOException {
    HttpRequest request = HttpRequest.get(url("/"));
    return agent.send(
        name.equals("Host") ? request.header(name, value) : request.secretHeader(name, value));
  }

  /** Status and body of a GET. */
  String get(String... fields) throws IOException {
    return get("/", fields);
  }

  private String get(String path, String[] fields) throws IOException {
    HttpResponse response = send("GET", path, fields);
    return response.status() + " " + response.text();
  }

  String getPath(String path, String... fields) throws IOException {
    return get(path, fields);
  }

  /** How many requests the server has seen. */
  int asked() {
    return server.requests().size();
  }

  /** The last request's field, or empty text. */
  String lastField(String name) {
    List<RawRequest> requests = server.requests();
    return Arrays.stream(requests.get(requests.size() - 1).head().split("\r\n", -1))
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    agent.close();
    server.close();
  }
}
