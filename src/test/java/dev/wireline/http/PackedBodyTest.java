package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.line.Content;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are sent in gzip. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class PackedBodyTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 300_000})
  void areReadByAnotherImplementation(int size) throws IOException {
    byte[] plain = Packed.content(size, size);
    Body body = Body.of(plain, "text/plain").gzip();

    for (int i = 0; i < 2; i++) {
      try (InputStream packed = body.content().open()) {
        assertThat(new GZIPInputStream(packed).readAllBytes()).isEqualTo(plain);
        assertThat(packed.read()).isEqualTo(-1);
      }
    }
    assertThat(body.isRepeatable()).isTrue();
    assertThat(body.length()).isEqualTo(-1);
    assertThat(body.toString()).isEqualTo(size + " bytes in gzip of text/plain");
  }

  @Test
  void areReadByteByByte() throws IOException {
    byte[] plain = Packed.content(5000, 1);
    byte[] packed = Body.of(plain, "text/plain").gzip().content().open().readAllBytes();

    try (InputStream single = Body.of(plain, "text/plain").gzip().content().open()) {
      for (byte octet : packed) {
        assertThat(single.read()).isEqualTo(octet & 0xFF);
      }
      assertThat(single.read()).isEqualTo(-1);
      assertThat(single.read(new byte[0])).isZero();
    }
  }

  @Test
  void areSentWithTheirCodingAndAgainAfterARedirect() throws IOException {
    byte[] plain = Packed.content(100_000, 2);
    try (RawServer server = RawServer.answering(Agents.redirect(307, "/b"), Answers.ok("done"));
        HttpAgent agent = HttpAgent.create()) {
      HttpRequest request = HttpRequest.put(Agents.origin(server) + "/a")
          .body(Body.of(plain, "x/y").gzip());

      assertThat(agent.send(request).text()).isEqualTo("done");
      assertThat(server.requests()).hasSize(2).allSatisfy(sent -> {
        assertThat(sent.head())
            .contains("Content-Encoding: gzip\r\n", "Content-Type: x/y\r\n", "chunked");
        assertThat(sent.body()).hasSizeLessThan(plain.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(sent.body())).readAllBytes())
            .isEqualTo(plain);
      });
    }
  }

  @Test
  void leaveAContentEncodingOfTheRequest() throws IOException {
    try (RawServer server = RawServer.answering(Answers.ok(""));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.send(HttpRequest.post("/")
          .header("Content-Encoding", "x-gzip")
          .body(Body.of("x", "x/y").gzip()));

      assertThat(server.requests().get(0).head())
          .contains("Content-Encoding: x-gzip\r\n")
          .doesNotContain("Content-Encoding: gzip");
    }
  }

  @Test
  void canBeSentOnceIfTheirStreamCan() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream once = new ByteArrayInputStream("once".getBytes(UTF_8)) {
      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
    Body body = Body.of(once, "text/plain").gzip();
    Content content = body.content();

    assertThat(body.isRepeatable()).isFalse();
    try (InputStream packed = content.open()) {
      assertThat(new GZIPInputStream(packed).readAllBytes()).asString(UTF_8).isEqualTo("once");
    }
    assertThat(closed).hasValue(1);
    assertThatThrownBy(content::open).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closeAStreamThatWasGivenUpUnread() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream unread = new ByteArrayInputStream(new byte[10]) {
      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };

    Body.of(unread, "text/plain").gzip().content().open().close();

    assertThat(closed).hasValue(1);
  }

  @Test
  void areNotPackedTwice() {
    Body packed = Body.of("x", "text/plain").gzip();

    assertThat(packed.contentEncoding()).isEqualTo("gzip");
    assertThatThrownBy(packed::gzip).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void areAnswersOfSteps() throws IOException {
    Step stub = (request, chain) ->
        HttpResponse.of(request, 200).withBody(Body.of("packed", "text/plain").gzip());
    try (HttpAgent agent = HttpAgent.builder().connectionStep(stub).build()) {
      assertThat(agent.get("http://peer.test/").text()).isEqualTo("packed");
    }
  }
}
