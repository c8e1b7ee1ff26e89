package dev.wireline.http.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
  private static final boolean V10 = true;
  private static final boolean V11 = false;

  static List<Arguments> heads() {
    return List.of(
        Arguments.of("HTTP/1.1 200 OK\r\n\r\n", V11, 200, "OK", 0),
        Arguments.of("HTTP/1.1 404 Not Found\r\nA: b\r\nC: d\r\n\r\n", V11, 404, "Not Found", 2),
        Arguments.of("HTTP/1.0 200 OK\r\n\r\n", V10, 200, "OK", 0),
        Arguments.of("HTTP/1.2 200 OK\r\n\r\n", V11, 200, "OK", 0),
        Arguments.of("HTTP/1.9 200 OK\r\n\r\n", V11, 200, "OK", 0),
        Arguments.of("HTTP/1.1 100 Continue\r\n\r\n", V11, 100, "Continue", 0),
        Arguments.of("HTTP/1.1 599 \r\n\r\n", V11, 599, "", 0),
        Arguments.of("HTTP/1.1 999 x\r\n\r\n", V11, 999, "x", 0),
        Arguments.of("HTTP/1.1 200\r\n\r\n", V11, 200, "", 0),
        Arguments.of("HTTP/1.1 200\n\n", V11, 200, "", 0),
        Arguments.of("HTTP/1.1 200 OK\nA: b\n\n", V11, 200, "OK", 1),
        Arguments.of("HTTP/1.1 200 OK\r\nA: b\n\r\n", V11, 200, "OK", 1),
        Arguments.of("HTTP/1.1 200  two\tblanks \r\n\r\n", V11, 200, " two\tblanks ", 0),
        Arguments.of("HTTP/1.1 200 Tr\u00e8s bien\r\n\r\n", V11, 200, "Tr\u00e8s bien", 0),
        Arguments.of("HTTP/1.1 200 OK\r\nA: b\r\n \r\n\r\n", V11, 200, "OK", 1));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void readsAHead(String text, boolean http10, int status, String reason, int fields)
      throws Exception {
    ResponseHead head = parse(text);

    assertThat(head.isHttp10()).isEqualTo(http10);
    assertThat(head.status()).isEqualTo(status);
    assertThat(head.reason()).isEqualTo(reason);
    assertThat(head.headers().size()).isEqualTo(fields);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void refusesAHeadThatIsCutOrGoesOn(String text) {
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);

      assertThatThrownBy(() -> parse(cut)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> parse(text + "x")).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello, no status line at all, just a body\n",
        "",
        "\r\nHTTP/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "http/1.1 200 OK",
        "HTTP/2.0 200 OK",
        "HTTP/0.9 200 OK",
        "HTTP/3 200 OK",
        "HTTP/1 200 OK",
        "HTTP/11 200 OK",
        "HTTP/1.10 200 OK",
        "HTTP/1.x 200 OK",
        "HTTP/1,1 200 OK",
        "HTTP/1.1  200 OK",
        "HTTP/1.1\t200 OK",
        "HTTP/1.1200 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 099 OK",
        "HTTP/1.1 000 OK",
        "HTTP/1.1 +20 OK",
        "HTTP/1.1 2OO OK",
        "HTTP/1.1 200OK",
        "HTTP/1.1 200\tOK",
        "HTTP/1.1 200 O\u0000K",
        "HTTP/1.1 200 O\u001bK",
        "HTTP/1.1 200 O\u007fK",
        "HTTP/1.1 200 O\rK",
        "HTTP/1.1 200 OK\r",
        "HTTP/1.1 200\rX: y",
        "HTTP/1.1 \u0662\u0660\u0660 OK",
        "ICY 200 OK",
      })
  void refusesAStatusLineThatIsNone(String line) {
    assertThatThrownBy(() -> parse(line + "\r\nA: b\r\n\r\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("RFC 9112, section 4");
  }

  @Test
  void refusesAFieldInTheHead() {
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\n A: b\r\n\r\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("section 2.2");
  }

  @Test
  void quotesTheStatusLineAlone() {
    MalformedException e = catchThrowableOfType(
        MalformedException.class, () -> parse("HTTP/2.0 200 OK\r\nSet-Cookie: s3cret\r\n\r\n"));

    assertThat(e.rule()).isEqualTo("the version is HTTP/1.1 or HTTP/1.0 (RFC 9112, section 4)");
    assertThat(e.excerpt()).isEqualTo("\"HTTP/2.0 200 OK\\r\"");
  }

  @Test
  void passesTheLimitOfFieldsOn() {
    assertThatThrownBy(() -> ResponseHead.parse(bytes("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), 25, 0))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void readsAReasonInUtf8() throws Exception {
    byte[] bytes = "HTTP/1.1 200 v po\u0159\u00e1dku\r\n\r\n".getBytes(UTF_8);

    assertThat(ResponseHead.parse(bytes, bytes.length, 0).reason())
        .isEqualTo("v po\u0159\u00e1dku");
  }

  static ResponseHead parse(String head) throws ParseException {
    return ResponseHead.parse(bytes(head), head.length(), 100);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
