package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.LimitExceededException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/http/compression.md. */
@Timeout(60)
class HttpGuideCompressionTest {
  @RegisterExtension
  final Printed printed = new Printed();

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static RawAnswer packed(String coding, byte[] bytes) {
    return RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: "
            + bytes.length + "\r\n\r\n")
        .and(bytes);
  }

  @Test
  void unpacksBodies() throws IOException {
    byte[] plain = "hello".getBytes(StandardCharsets.US_ASCII);
    try (var server = RawServer.answering(packed("gzip", gzip(plain)));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-gzip
      HttpResponse page = agent.get(url);
      System.out.println(page.text());
      System.out.println(page.header("Content-Encoding").isPresent());
      // end: http-gzip

      assertThat(printed.lines()).containsExactly("hello", "false");
      assertThat(Answers.fields(server, "Accept-Encoding")).containsExactly("gzip, deflate");
    }
  }

  @Test
  void givesBodiesAsTheyCome() throws IOException {
    byte[] packed = gzip("hello".getBytes(StandardCharsets.US_ASCII));
    try (var server = RawServer.answering(packed("gzip", packed));
        var agent = HttpAgent.create()) {
      String url = Answers.origin(server);

      // docs: http-packed
      HttpAgent raw = HttpAgent.builder().decompression(false).build();
      HttpRequest request = HttpRequest.get(url).header("Accept-Encoding", "gzip");
      byte[] bytes = agent.send(request).bytes();
      // end: http-packed

      try (raw) {
        assertThat(bytes).isEqualTo(packed);
        assertThat(raw.get(url).bytes()).isEqualTo(packed);
      }
      assertThat(Answers.fields(server, "Accept-Encoding")).containsExactly("gzip", "");
    }
  }

  @Test
  void boundsWhatComesOut() throws IOException {
    try (var server = RawServer.answering(packed("gzip", gzip(new byte[8 << 20])))) {
      String url = Answers.origin(server);

      // docs: http-decoded-limits
      HttpAgent agent = HttpAgent.builder()
          .maxDecodedBytes(100L * 1024 * 1024)
          .maxDecodedRatio(50)
          .build();
      // end: http-decoded-limits

      try (agent) {
        HttpResponse bomb = agent.get(url);
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(bomb::bytes)
            .satisfies(e -> assertThat(e.limit()).isEqualTo("maxDecodedRatio"));
      }
    }
  }

  @Test
  void learnsAnotherCoding() throws IOException {
    byte[] inverted = {~'h', ~'i'};
    try (var server = RawServer.answering(packed("x-inverted", inverted))) {
      String url = Answers.origin(server);

      // docs: http-coding
      try (HttpAgent agent =
          HttpAgent.builder().contentCoding(new InvertedCoding()).build()) {
        System.out.println(agent.get(url).text());
      }
      // end: http-coding

      assertThat(printed.lines()).containsExactly("hi");
      assertThat(Answers.fields(server, "Accept-Encoding"))
          .containsExactly("x-inverted, gzip, deflate");
    }
  }
}
