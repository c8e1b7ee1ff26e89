package dev.wireline.http.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.internal.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFramingTest {
  /** Version and status, the method, the fields with | between, and what comes of them. */
  @ParameterizedTest
  @CsvSource({
    // No body, whatever the fields say.
    "1.1 200, HEAD, Content-Length: 5000, NONE, 0, true",
    "1.1 200, HEAD, Transfer-Encoding: chunked, NONE, 0, true",
    "1.1 200, HEAD, '', NONE, 0, true",
    "1.1 200, HEAD, Content-Length: x, NONE, 0, true",
    "1.1 200, HEAD, Connection: close, NONE, 0, false",
    "1.1 200, HEAD, Transfer-Encoding: chunked|Content-Length: 5, NONE, 0, false",
    "1.0 200, HEAD, Transfer-Encoding: chunked|Connection: keep-alive, NONE, 0, false",
    "1.0 200, HEAD, Content-Length: 5, NONE, 0, false",
    "1.0 200, HEAD, Connection: keep-alive, NONE, 0, true",
    "1.1 304, GET, Content-Length: 5, NONE, 0, true",
    "1.1 304, GET, '', NONE, 0, true",
    "1.1 204, GET, '', NONE, 0, true",
    "1.1 204, GET, Content-Length: 0, NONE, 0, true",
    "1.1 204, GET, Content-Length: 5, NONE, 0, false",
    "1.1 204, GET, Transfer-Encoding: chunked, NONE, 0, false",
    "1.1 100, POST, '', NONE, 0, true",
    "1.1 103, GET, Content-Length: 5, NONE, 0, true",
    "1.1 101, GET, Upgrade: x, NONE, 0, false",
    // Tunnels.
    "1.1 200, CONNECT, Content-Length: 5, TUNNEL, 0, false",
    "1.1 299, CONNECT, Transfer-Encoding: x, TUNNEL, 0, false",
    "1.0 200, CONNECT, '', TUNNEL, 0, false",
    "1.1 407, CONNECT, Content-Length: 5, LENGTH, 5, true",
    // Chunked.
    "1.1 200, GET, Transfer-Encoding: chunked, CHUNKED, 0, true",
    "1.1 200, GET, transfer-encoding: CHUNKED, CHUNKED, 0, true",
    "1.1 200, GET, 'Transfer-Encoding: ,chunked ,', CHUNKED, 0, true",
    "1.1 200, GET, 'Transfer-Encoding:|Transfer-Encoding: chunked', CHUNKED, 0, true",
    "1.1 200, GET, Transfer-Encoding: chunked|Connection: close, CHUNKED, 0, false",
    "1.1 200, GET, Transfer-Encoding: chunked|Content-Length: 3, CHUNKED, 0, false",
    "1.1 200, GET, Content-Length: x|Transfer-Encoding: chunked, CHUNKED, 0, false",
    "1.1 500, GET, Transfer-Encoding: chunked, CHUNKED, 0, true",
    // A length.
    "1.1 200, GET, Content-Length: 5, LENGTH, 5, true",
    "1.1 200, GET, Content-Length: 0, LENGTH, 0, true",
    "1.1 200, GET, Content-Length: 0005, LENGTH, 5, true",
    "1.1 200, GET, 'Content-Length: 5, 5', LENGTH, 5, true",
    "1.1 200, GET, 'Content-Length: 5\t,5,05', LENGTH, 5, true",
    "1.1 200, GET, Content-Length: 5|content-length: 5, LENGTH, 5, true",
    "1.1 200, GET, Content-Length: 9223372036854775807, LENGTH, 9223372036854775807, true",
    "1.1 200, POST, Content-Length: 5, LENGTH, 5, true",
    "1.1 599, GET, Content-Length: 5, LENGTH, 5, true",
    // To the end.
    "1.1 200, GET, '', UNTIL_CLOSE, 0, false",
    "1.1 200, GET, Connection: keep-alive, UNTIL_CLOSE, 0, false",
    "1.0 200, GET, '', UNTIL_CLOSE, 0, false",
    // Whether it persists.
    "1.1 200, GET, 'Content-Length: 5|Connection: keep-alive, close', LENGTH, 5, false",
    "1.1 200, GET, 'Content-Length: 5|Connection: a|Connection: Close', LENGTH, 5, false",
    "1.1 200, GET, 'Content-Length: 5|Connection: closed', LENGTH, 5, true",
    "1.0 200, GET, Content-Length: 5, LENGTH, 5, false",
    "1.0 200, GET, Content-Length: 5|Connection: Keep-Alive, LENGTH, 5, true",
    "1.0 200, GET, 'Content-Length: 5|Connection: close, keep-alive', LENGTH, 5, false",
    "1.9 200, GET, Content-Length: 5, LENGTH, 5, true",
  })
  void judgesAResponse(
      String start, String method, String fields, String kind, long length, boolean persistent)
      throws Exception {
    BodyFraming framing = BodyFraming.of(method, head(start, fields));

    assertThat(framing)
        .isEqualTo(new BodyFraming(BodyFraming.Kind.valueOf(kind), length, persistent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5|Content-Length: 3",
        "Content-Length: 5, 3",
        "Content-Length: 5,",
        "Content-Length: ,5",
        "Content-Length: 5,,5",
        "Content-Length: ",
        "Content-Length: 5|Content-Length:",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: -0",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length: 5;a",
        "Content-Length: 5.0",
        "Content-Length: \"5\"",
        "Content-Length: 1_000",
        "Content-Length: 9223372036854775808",
        "Content-Length: 92233720368547758070",
        "Content-Length: \u00e2\u0080\u00835",
        "Content-Length: \u00d9\u00a5",
        "Content-Length: 5\u00a0",
        "Transfer-Encoding: xchunked|Content-Length: 3",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: identity|Content-Length: 5",
        "Transfer-Encoding: identity, identity",
        "Transfer-Encoding: identity|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked chunked",
        "Transfer-Encoding: \u000bchunked",
        "Transfer-Encoding: chun\u00e2\u0084\u00aaed",
        "Transfer-Encoding: \u00e2\u0080\u0083chunked",
        "Transfer-Encoding: x=\"a,chunked,b\"",
        "Transfer-Encoding: ",
        "Transfer-Encoding: ,",
        "Transfer-Encoding:|Content-Length: 5",
      })
  void refusesABodyWhoseEndCannotBeKnown(String fields) {
    assertThatThrownBy(() -> BodyFraming.of("GET", head("1.1 200", fields)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("RFC 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Transfer-Encoding: x|Content-Length: 5"})
  void refusesATransferCodingInHttp10(String fields) {
    assertThatThrownBy(() -> BodyFraming.of("GET", head("1.0 200", fields)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("RFC 9112, section 6.1");
  }

  private static ResponseHead head(String start, String fields) throws Exception {
    String lines = fields.isEmpty() ? "" : fields.replace("|", "\r\n") + "\r\n";
    return ResponseHeadTest.parse("HTTP/" + start + " x\r\n" + lines + "\r\n");
  }
}
