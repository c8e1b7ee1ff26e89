package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.ProxyException;
import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transcript shows of HTTP: heads with secrets masked, and how long the bodies were. */
@Timeout(60)
class HttpTranscriptTest {
  private static final String SECRET = "open-sesame";

  private static Body stream(String text) {
    return Body.of(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), "text/plain");
  }

  /** The lines, with the port of the server left out. */
  private static List<String> lines(Transcript said, RawServer server) {
    String authority = server.endpoint().authority();
    return said.lines().stream().map(line -> line.replace(authority, "HOST")).toList();
  }

  @Test
  void showsTheHeadsAndCountsTheBodiesOfAClient() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("hello, world!"));
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript said = Transcript.of(client);

      client
          .send(HttpRequest.post("/notes").body(Body.of("twelve bytes", "text/plain")))
          .text();

      assertThat(lines(said, server))
          .containsExactly(
              "C: POST /notes HTTP/1.1",
              "C: Host: HOST",
              "C: User-Agent: Wireline",
              "C: Content-Type: text/plain",
              "C: Content-Length: 12",
              "# C: a body of 12 bytes",
              "S: HTTP/1.1 200 OK",
              "S: Content-Length: 13",
              "# S: a body of 13 bytes");
    }
  }

  @Test
  void countsChunkedBodiesWithoutTheirFraming() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked("hello, ", Answers.LONG));
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript said = Transcript.of(client);

      client.send(HttpRequest.post("/").body(stream("in chunks"))).bytes();

      assertThat(said.lines())
          .contains(
              "C: Transfer-Encoding: chunked",
              "# C: a body of 9 bytes",
              "S: Transfer-Encoding: chunked",
              "# S: a body of 20007 bytes")
          .noneMatch(line -> line.contains("hello"));
    }
  }

  @Test
  void saysWhatOfABodyWasDropped() throws Exception {
    try (RawServer server =
            RawServer.answering(RawAnswer.of(Answers.head(100) + "half").thenStall());
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript said = Transcript.of(client);

      try (InputStream body = client.get("/").body()) {
        body.readNBytes(4);
      }

      assertThat(said.lines()).endsWith("# S: 4 bytes of a body, the rest was dropped");
    }
  }

  @Test
  void showsInterimResponsesAndNoBodyWhereThereIsNone() throws Exception {
    RawAnswer answer =
        RawAnswer.of("HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
    try (RawServer server = RawServer.answering(answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript said = Transcript.of(client);

      client.get("/").discard();

      assertThat(said.lines())
          .endsWith("S: HTTP/1.1 103 Early Hints", "S: X: 1", "S: HTTP/1.1 204 No Content");
    }
  }

  @Test
  void showsNoSecret() throws Exception {
    String fields = "Set-Cookie: id=" + SECRET + "\r\nX-Key: " + SECRET + "\r\nLocation: /next?t="
        + SECRET + "\r\nContent-Location: http://joe:" + SECRET + "@example.org/\r\n";
    try (RawServer server = RawServer.answering(Answers.ok("body", fields));
        HttpClient client = new HttpClient(server.endpoint())) {
      List<String> live = Collections.synchronizedList(new ArrayList<>());
      Transcript said = Transcript.of(client).tell(live::add);
      HttpRequest request = HttpRequest.get("/a?token=" + SECRET)
          .header("Authorization", "Bearer " + SECRET)
          .header("Proxy-Authorization", "Basic " + SECRET)
          .header("Cookie", "id=" + SECRET)
          .header("Referer", "http://example.org/?t=" + SECRET)
          .secretHeader("X-Key", SECRET);

      client.send(request).discard();

      assertThat(said.lines())
          .contains(
              "C: GET /a?*** HTTP/1.1",
              "C: Authorization: ***",
              "C: Proxy-Authorization: ***",
              "C: Cookie: ***",
              "C: X-Key: ***",
              "S: Set-Cookie: ***",
              "S: X-Key: ***",
              "S: Location: \"/next?***\"");
      assertThat(said.toString() + live).doesNotContain(SECRET);
      assertThat(server.requests().get(0).head()).contains("Bearer " + SECRET);
    }
  }

  @Test
  void escapesWhatTheServerSays() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok("body", "X: \u009b2J\r\n"));
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript said = Transcript.of(client);

      client.get("/").discard();

      assertThat(said.lines())
          .anyMatch(line -> line.startsWith("S: X: "))
          .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }
  }

  @Test
  void givesAFailureOfAClientItsLastLines() throws Exception {
    try (RawServer server = RawServer.answering(RawAnswer.of("HTTP/1.1 2x0 OK\r\n\r\n"));
        HttpClient client = new HttpClient(server.endpoint())) {
      Transcript.of(client);

      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, () -> client.get("/"));

      assertThat(thrown.transcript()).startsWith("C: GET / HTTP/1.1");
    }
  }

  @Test
  void showsBothRequestsAndTheAnswersOfARedirectedCall() throws Exception {
    Transcript said = Transcript.create();
    try (RawServer server = RawServer.answering(Agents.redirect(302, "/next"), Answers.ok("here"));
        HttpAgent agent =
            HttpAgent.builder().transcript(said).cookies(new MemoryCookieJar()).build()) {

      agent.get(Agents.origin(server) + "/first").text();

      assertThat(said.lines())
          .filteredOn(line -> !line.startsWith("C: Host") && !line.startsWith("C: Accept"))
          .containsExactly(
              "C: GET /first HTTP/1.1",
              "C: User-Agent: Wireline",
              "S: HTTP/1.1 302 X",
              "S: Content-Length: 4",
              "S: Location: /next",
              "# S: a body of 4 bytes",
              "C: GET /next HTTP/1.1",
              "C: User-Agent: Wireline",
              "S: HTTP/1.1 200 OK",
              "S: Content-Length: 4",
              "# S: a body of 4 bytes");
    }
  }

  @Test
  void masksTheCredentialsAndCookiesThatAnAgentAdds() throws Exception {
    Transcript said = Transcript.create();
    RawAnswer first = Agents.redirect(302, "/next?t=" + SECRET + "\r\nSet-Cookie: id=" + SECRET);
    try (RawServer server = RawServer.answering(first, Answers.chunked("here"));
        HttpAgent agent = HttpAgent.builder()
            .transcript(said)
            .cookies(new MemoryCookieJar())
            .credentials("http://" + server.endpoint().authority(), Credentials.bearer(SECRET))
            .build()) {

      agent.get(Agents.origin(server) + "/").text();

      assertThat(server.requests().get(1).head()).contains("Cookie: id=" + SECRET);
      assertThat(said.lines())
          .contains("C: Authorization: ***", "C: Cookie: ***", "C: GET /next?*** HTTP/1.1");
      assertThat(said.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void masksWhatAForwardingProxyIsTold() throws Exception {
    Transcript said = Transcript.create();
    try (RawServer proxy = RawServer.answering(Answers.ok("passed on"));
        HttpAgent agent = HttpAgent.builder()
            .transcript(said)
            .proxies(Proxies.of(HttpProxy.of(proxy.endpoint(), "joe", SECRET)))
            .build()) {

      agent.get("http://example.test/a?t=" + SECRET).text();

      assertThat(said.lines())
          .contains("C: GET http://example.test/a?*** HTTP/1.1", "C: Proxy-Authorization: ***");
    }
  }

  private static final List<String> REFUSED_TUNNEL = List.of(
      "C: CONNECT example.test:443 HTTP/1.1",
      "C: Host: example.test:443",
      "C: Proxy-Authorization: ***",
      "S: HTTP/1.1 403 X",
      "S: Content-Length: 4",
      "S: X-Why: the rules");

  @Test
  void showsWhatAProxyIsToldToOpenATunnel() throws Exception {
    Transcript said = Transcript.create();
    try (RawServer proxy = RawServer.answering(Agents.status(403, "X-Why: the rules\r\n"));
        HttpAgent agent = HttpAgent.builder()
            .transcript(said)
            .proxies(Proxies.of(HttpProxy.of(proxy.endpoint(), "joe", SECRET)))
            .build()) {

      ProxyException refused =
          catchThrowableOfType(ProxyException.class, () -> agent.get("https://example.test/"));

      assertThat(refused.transcript()).isEqualTo(said.lines());
      assertThat(said.lines()).isEqualTo(REFUSED_TUNNEL);
    }
  }

  @Test
  void showsWhatAClientsProxyIsToldToOpenATunnel() throws Exception {
    try (RawServer proxy = RawServer.answering(Agents.status(403, "X-Why: the rules\r\n"))) {
      Dialer through = Dialer.builder()
          .connector(HttpProxy.of(proxy.endpoint(), "joe", SECRET))
          .build();
      HttpOptions options = HttpOptions.builder().dialer(through).build();
      LineOptions lines = LineOptions.builder().dialer(through).build();
      Endpoint target = Endpoint.tls("example.test", 443);
      try (HttpClient client = new HttpClient(target, options);
          LineClient other = new LineClient(target, lines)) {
        for (LineClient either : List.of(client, other)) {
          Transcript said = Transcript.of(either);

          ProxyException refused = catchThrowableOfType(ProxyException.class, either::connect);

          assertThat(refused.transcript()).isEqualTo(said.lines());
          assertThat(said.lines()).isEqualTo(REFUSED_TUNNEL);
        }
      }
    }
  }

  @Test
  void showsTheFieldsBehindABody() throws Exception {
    RawAnswer answer = RawAnswer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "2\r\nok\r\n0\r\nX-Sum: 2\r\nSet-Cookie: a=" + SECRET + "\r\n\r\n");
    for (RawAnswer coming : List.of(answer, answer.byteByByte())) {
      try (RawServer server = RawServer.answering(coming);
          HttpClient client = new HttpClient(server.endpoint())) {
        Transcript said = Transcript.of(client);
        Body body = stream("in chunks").withTrailers(() -> Headers.of("X-Sum", "9"));

        client.send(HttpRequest.post("/").body(body)).text();

        assertThat(said.lines())
            .containsSubsequence("# C: a body of 9 bytes", "C: X-Sum: 9", "S: HTTP/1.1 200 OK")
            .endsWith("# S: a body of 2 bytes", "S: X-Sum: 2", "S: Set-Cookie: ***");
      }
    }
  }

  @Test
  void givesAFailureOfAnAgentItsLastLines() throws Exception {
    Transcript said = Transcript.create();
    RawAnswer cut = RawAnswer.of(Answers.head(100) + "half").thenClose();
    try (RawServer server = RawServer.answering(RawAnswer.of("").thenClose(), cut);
        HttpAgent agent = HttpAgent.builder().transcript(said).build()) {
      String url = Agents.origin(server) + "/";

      WirelineException head = catchThrowableOfType(WirelineException.class, () -> agent.get(url));
      HttpResponse response = agent.get(url);
      ConnectionClosedException body =
          catchThrowableOfType(ConnectionClosedException.class, response::text);

      assertThat(head.transcript()).startsWith("C: GET / HTTP/1.1");
      assertThat(body.transcript())
          .contains("S: HTTP/1.1 200 OK")
          .endsWith("# S: 4 bytes of a body, the rest was dropped");
    }
  }

  @Test
  void givesABodyThatIsTooLargeItsLastLines() throws Exception {
    try (RawServer server = RawServer.answering(Answers.ok(Answers.LONG));
        HttpAgent agent = HttpAgent.builder()
            .transcript(Transcript.create())
            .options(HttpOptions.builder().maxBodyBytes(10).build())
            .build()) {
      HttpResponse response = agent.get(Agents.origin(server) + "/");

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, response::bytes);

      assertThat(thrown.transcript()).contains("S: HTTP/1.1 200 OK");
    }
  }

  @Test
  void saysThatABodyWasNotSentToItsEnd() throws Exception {
    Transcript said = Transcript.create();
    Body failing = Body.of(
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("no more");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        },
        "text/plain");
    try (RawServer server = RawServer.answering(Answers.ok("never"));
        HttpAgent agent = HttpAgent.builder().transcript(said).build()) {
      HttpRequest request = HttpRequest.post(Agents.origin(server) + "/").body(failing);

      assertThat(catchThrowableOfType(IOException.class, () -> agent.send(request)))
          .hasMessageContaining("no more");

      assertThat(said.lines()).endsWith("# C: a body that was not sent to its end");
    }
  }

  @Test
  void keepsTheLinesOfAHeadTogetherAndTellsEachThatIsKept() {
    List<String> live = new ArrayList<>();
    Transcript said = Transcript.create(2).tell(live::add);

    said.sent(List.of("one", "two", "three"));
    said.received(List.of());

    assertThat(said.lines()).containsExactly("C: two", "C: three");
    assertThat(live).containsExactly("C: one", "C: two", "C: three");
  }

  @Test
  void mixesNoHeadsOfCallsAtTheSameTime() throws Exception {
    Transcript said = Transcript.create(10_000);
    try (RawServer server = RawServer.answering(Answers.ok("body", "X: 1\r\nY: 2\r\n"));
        HttpAgent agent = HttpAgent.builder().transcript(said).build()) {
      String url = Agents.origin(server) + "/";
      List<Caller<String>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(Caller.start(() -> agent.get(url).text()));
      }
      for (Caller<String> call : calls) {
        call.result();
      }

      List<String> lines = said.lines();
      assertThat(lines).filteredOn(line -> line.equals("S: Y: 2")).hasSize(8);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("S: HTTP/1.1")) {
          assertThat(lines.subList(i + 1, i + 4))
              .containsExactly("S: Content-Length: 4", "S: X: 1", "S: Y: 2");
        }
      }
    }
  }

  @Test
  void isKeptOnceForAClient() throws Exception {
    try (HttpClient client = new HttpClient(Endpoint.tcp("localhost", 1))) {
      Transcript.of(client);

      assertThatIllegalStateException().isThrownBy(() -> Transcript.of(client));
    }
  }
}
