package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of framing that is odd, what is not, and what is read only where it is allowed by name. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class FramingServersSendTest {
  private static String text(HttpOptions options, String raw) throws IOException {
    try (RawServer server = RawServer.answering(RawAnswer.of(raw).thenClose());
        HttpClient client = new HttpClient(server.endpoint(), options)) {
      return client.get("/").text();
    }
  }

  private static String faulty(Leniency fault) {
    return switch (fault) {
      case BLANK_BEFORE_COLON -> "HTTP/1.1 200 OK\r\nContent-Length \t : 5\r\nX:y\r\n\r\nhello";
      case CHUNKED_TWICE -> """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            Transfer-Encoding: Chunked\r
            \r
            5\r
            hello\r
            0\r
            \r
            """;
      case ICY_STATUS_LINE -> "ICY 200 OK\r\nicy-name: radio\r\n\r\nhello";
    };
  }

  @ParameterizedTest
  @EnumSource(Leniency.class)
  void aFaultIsReadWhereItIsAllowedByItsName(Leniency fault) throws Exception {
    HttpOptions options = HttpOptions.builder().allow(fault).build();

    assertThat(text(options, faulty(fault))).isEqualTo("hello");
    assertThat(text(options, "HTTP/1.1 200 OK\r\nX: a : b\r\n\r\nplain")).isEqualTo("plain");
    assertThat(options.toBuilder().build().leniencies()).containsExactly(fault);
  }

  @ParameterizedTest
  @EnumSource(Leniency.class)
  void aFaultIsRefusedUnlessItIsAllowedItself(Leniency fault) {
    HttpOptions.Builder others = HttpOptions.builder();
    EnumSet.complementOf(EnumSet.of(fault)).forEach(others::allow);

    assertThat(catchThrowableOfType(
            PeerProtocolException.class, () -> text(others.build(), faulty(fault))))
        .isNotNull();
    assertThat(HttpOptions.standard().leniencies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n",
        "Transfer-Encoding: chunked, chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
      })
  void chunkedTwiceAllowsNothingElse(String fields) {
    HttpOptions options = HttpOptions.builder().allow(Leniency.CHUNKED_TWICE).build();
    String raw = "HTTP/1.1 200 OK\r\n" + fields + "\r\n0\r\n\r\n";

    assertThat(catchThrowableOfType(PeerProtocolException.class, () -> text(options, raw)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {" : b\r\n", "a b: c\r\n", "\t: b\r\n", "X : y\u0001\r\n"})
  void aBlankBeforeTheColonAllowsNothingElse(String line) {
    HttpOptions options =
        HttpOptions.builder().allow(Leniency.BLANK_BEFORE_COLON).build();
    String raw = "HTTP/1.1 200 OK\r\n" + line + "\r\nhello";

    assertThat(catchThrowableOfType(PeerProtocolException.class, () -> text(options, raw)))
        .isNotNull();
  }

  @Test
  void identityIsReadToTheClose() throws Exception {
    String raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nhello";

    assertThat(text(HttpOptions.standard(), raw)).isEqualTo("hello");
  }

  @Test
  void blanksAfterAChunkSizeAreRead() throws Exception {
    String raw = Answers.chunkedHead() + "5   \r\nhello\r\n0 \r\n\r\n";

    assertThat(text(HttpOptions.standard(), raw)).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10_000})
  void zerosAfterGzipArePadding(int zeros) throws Exception {
    byte[] packed = Packed.joined(Packed.gzip("hello".getBytes(ISO_8859_1)), new byte[zeros]);

    assertThat(unpacked(packed)).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0x", "x", "\0\u001f\u008b\b"})
  void anythingElseAfterGzipIsAnError(String behind) {
    byte[] packed =
        Packed.joined(Packed.gzip("hello".getBytes(ISO_8859_1)), behind.getBytes(ISO_8859_1));

    assertThat(catchThrowableOfType(PeerProtocolException.class, () -> unpacked(packed)))
        .isNotNull();
  }

  private static String unpacked(byte[] packed) throws IOException {
    String body = new String(packed, ISO_8859_1);
    try (RawServer server = RawServer.answering(Answers.ok(body, "Content-Encoding: gzip\r\n"));
        HttpAgent agent = HttpAgent.create()) {
      return agent.get(Agents.origin(server)).text();
    }
  }
}
