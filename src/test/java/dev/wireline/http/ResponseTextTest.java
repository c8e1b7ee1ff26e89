package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body as text: the charset that its Content-Type names, else UTF-8, and never a guess. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseTextTest {
  private static final String TEXT = "\u017elut\u00fd k\u016f\u0148";

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=utf-8, UTF-8",
    "text/plain; charset=\"utf-8\", UTF-8",
    "text/plain;charset=UTF-8;format=flowed, UTF-8",
    "text/plain, UTF-8",
    "text/plain; charset=, UTF-8",
    "text/plain; charset, UTF-8",
    "text/plain; charset=\"\", UTF-8",
    "text/plain; format=\"a;charset=iso-8859-2\", UTF-8",
    "'', UTF-8",
    "text/plain; Charset=ISO-8859-2, ISO-8859-2",
    "text/plain; a=\"b\\\"c;\"; charset=\"iso-8859\\-2\", ISO-8859-2",
    "text/plain; charset=iso-8859-2; charset=utf-8, ISO-8859-2",
    "text/plain; charset=windows-1250, windows-1250",
    "text/plain; charset=utf-16, UTF-16",
    "text/plain; charset=utf-16le, UTF-16LE",
  })
  void isReadInTheCharsetOfItsContentType(String type, String charset) throws Exception {
    byte[] body = TEXT.getBytes(Charset.forName(charset));
    try (RawServer server = RawServer.answering(typed(type, body));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"klingon", "none", "\"\u00e4\"", "'utf-8'", "'UTF-8", "\"a b\"", "''", "x-\r\n y"})
  void isReadAsUtf8WhereNobodyKnowsItsCharset(String charset) throws Exception {
    byte[] body = TEXT.getBytes(StandardCharsets.UTF_8);
    RawAnswer answer = typed("text/plain; charset=" + charset, body);
    try (RawServer server = RawServer.answering(answer, answer);
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo(TEXT);
      assertThat(client.get("/").lines()).containsExactly(TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, UTF-8",
    "text/plain; charset='utf-8', UTF-8",
    "text/plain; charset=utf-16le, UTF-16LE",
    "text/plain; charset=utf-16, UTF-16BE",
    "text/plain; charset=none, UTF-16LE",
    "text/plain, UTF-16BE",
  })
  void isReadWithoutAByteOrderMark(String type, String charset) throws Exception {
    byte[] body = ("\ufeff" + TEXT + "\ufeff").getBytes(Charset.forName(charset));
    try (RawServer server = RawServer.answering(typed(type, body));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      assertThat(response.text()).isEqualTo(TEXT + "\ufeff");
      assertThat(response.text(Charset.forName(charset))).isEqualTo(TEXT + "\ufeff");
    }
  }

  @Test
  void isReadInLinesWithoutAByteOrderMark() throws Exception {
    byte[] body = ("\ufeff" + TEXT + "\n\ufeffb").getBytes(StandardCharsets.UTF_8);
    try (RawServer server = RawServer.answering(typed("text/plain", body));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").lines()).containsExactly(TEXT, "\ufeffb");
    }
  }

  @Test
  void isReadInTheCharsetThatTheCallerKnows() throws Exception {
    byte[] body = TEXT.getBytes(Charset.forName("windows-1250"));
    try (RawServer server = RawServer.answering(typed("text/plain; charset=utf-8", body));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text(Charset.forName("windows-1250"))).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, UTF-8, '\u00e9'",
    "text/plain, UTF-8, 'a\u00c3'",
    "text/plain; charset=utf-8, UTF-8, '\u00ed\u00a0\u0080'",
    "text/plain; charset=us-ascii, US-ASCII, '\u00c3\u00a9'",
    "text/plain; charset=utf-16be, UTF-16BE, '\u00d8'",
  })
  void saysSoWhenItIsNoTextInThatCharsetAndKeepsTheBytes(String type, String charset, String body)
      throws Exception {
    byte[] bytes = body.getBytes(ISO_8859_1);
    try (RawServer server = RawServer.answering(typed(type, bytes));
        HttpClient client = new HttpClient(server.endpoint())) {
      HttpResponse response = client.get("/");

      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, response::text);

      assertThat(e.rule()).isEqualTo("the body must be text in " + charset);
      assertThat(e.connectionUsable()).isTrue();
      assertThat(response.bytes()).isEqualTo(bytes);
      assertThat(client.get("/").bytes()).isEqualTo(bytes);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void keepsAReplacementCharacterThatIsSpeltOut() throws Exception {
    byte[] bytes = "a\ufffdb".getBytes(StandardCharsets.UTF_8);
    try (RawServer server = RawServer.answering(typed("text/plain", bytes));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").text()).isEqualTo("a\ufffdb");
    }
  }

  private static RawAnswer typed(String type, byte[] body) {
    String field = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    return RawAnswer.of(
            "HTTP/1.1 200 OK\r\n" + field + "Content-Length: " + body.length + "\r\n\r\n")
        .and(body);
  }
}
