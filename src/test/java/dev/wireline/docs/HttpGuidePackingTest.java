package dev.wireline.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.WirelineException;
import dev.wireline.http.Body;
import dev.wireline.http.ContentCoding;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/guide/http/compression.md that pack, and that unpack with libraries. */
@Timeout(60)
class HttpGuidePackingTest {
  /** "hello world", stored: eleven bytes between a head of three and an end of one (RFC 7932). */
  private static final byte[] BROTLI = HexFormat.of().parseHex("0b058068656c6c6f20776f726c6403");

  private static HttpAgent.Builder withCodings() {
    // docs: http-br-zstd
    HttpAgent.Builder builder = HttpAgent.builder()
        .contentCoding(ContentCoding.of("zstd", ZstdInputStream::new))
        .contentCoding(ContentCoding.of("br", BrotliInputStream::new));
    // end: http-br-zstd
    return builder;
  }

  private static RawAnswer packed(String coding, byte[] bytes) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: "
            + bytes.length + "\r\n\r\n")
        .and(bytes);
  }

  @Test
  void unpacksBrAndZstd() throws IOException {
    byte[] large = "tide and wind ".repeat(20_000).getBytes(UTF_8);
    try (var server = RawServer.answering(
            packed("br", BROTLI),
            packed("zstd", Zstd.compress(large)),
            packed("br, zstd", both()));
        var agent = withCodings().build()) {
      String url = Answers.origin(server);

      assertThat(agent.get(url).text()).isEqualTo("hello world");
      assertThat(agent.get(url).bytes()).isEqualTo(large);
      assertThat(agent.get(url).text()).isEqualTo("hello world");
      assertThat(server.connections()).isOne();
      assertThat(Answers.fields(server, "Accept-Encoding")).containsOnly("br, zstd, gzip, deflate");
    }
  }

  private static byte[] both() {
    return Zstd.compress(BROTLI);
  }

  /** Answers without a server: what matters is what comes out of the codings. */
  private static HttpResponse answer(String coding, byte[] bytes) throws IOException {
    Step stub = (request, chain) -> {
      HttpResponse bare = HttpResponse.of(request, 200).withBody(Body.of(bytes, "text/plain"));
      return bare.withHeaders(bare.headers().with("Content-Encoding", coding));
    };
    try (HttpAgent agent =
        withCodings().maxDecodedBytes(1 << 20).connectionStep(stub).build()) {
      return agent.get("http://peer.test/");
    }
  }

  @Test
  void noticesEachCutAndWhatFollows() throws IOException {
    byte[] zstd = Zstd.compress("hello world".getBytes(UTF_8));
    assertNoticesCuts("br", BROTLI);
    assertNoticesCuts("zstd", zstd);
  }

  private static void assertNoticesCuts(String coding, byte[] whole) throws IOException {
    assertThat(answer(coding, whole).text()).isEqualTo("hello world");
    for (int length = 1; length < whole.length; length++) {
      HttpResponse cut = answer(coding, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(WirelineException.class)
          .as(coding + " cut at " + length)
          .isThrownBy(cut::text);
    }
  }

  @Test
  void boundsWhatTheyUnpack() throws IOException {
    HttpResponse bomb = answer("zstd", Zstd.compress(new byte[8 << 20]));

    assertThatExceptionOfType(LimitExceededException.class).isThrownBy(bomb::bytes);
  }

  @Test
  void packsWhatItSends() throws IOException {
    try (var server = RawServer.answering(Answers.ok(""));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);
      String report = "calm ".repeat(10_000);

      // docs: http-gzip-body
      Body body = Body.of(report, "text/plain").gzip();
      agent.send(HttpRequest.put(url).body(body)).requireSuccess();
      // end: http-gzip-body

      byte[] sent = server.requests().get(0).body();
      assertThat(new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes())
          .asString(UTF_8)
          .isEqualTo(report);
      assertThat(Answers.fields(server, "Content-Encoding")).containsExactly("gzip");
    }
  }
}
