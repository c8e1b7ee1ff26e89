package dev.wireline.http.grammar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.header.Headers;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.Received;
import dev.wireline.internal.TooLargeException;
import java.io.ByteArrayOutputStream;
import java.text.ParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random bytes, and good messages with a few bytes changed: success, or one of two exceptions. */
class GarbageTest {
  private static final String HEAD = String.join(
      "\r\n",
      "HTTP/1.1 200 OK",
      "Content-Length: 5, 5",
      "Transfer-Encoding: chunked",
      "Connection: \"a\\\"\", close",
      "Set-Cookie: a=b",
      "X-F: a",
      "  b",
      "",
      "");
  private static final String BODY =
      "5;a=b\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nA: b\r\nC: d\r\n\r\n";
  private static final String LIKELY =
      "\r\n\r\n\r\n \t:;,\"\\0159afAFHTP/.\u0000\u007f\u0080\u00ff";
  private static final int ROUNDS = 30_000;

  private final Random random = new Random(20_250_103);

  @Test
  void readsAnyHeadToAnEnd() {
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      good += readHead(next(HEAD)) ? 1 : 0;
    }

    assertThat(good).isPositive();
  }

  @Test
  void readsAnyChunkedBodyToAnEnd() {
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      good += readBody(next(BODY), 1 + random.nextInt(40)) ? 1 : 0;
    }

    assertThat(good).isPositive();
  }

  private boolean readHead(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    try {
      int end = new HeadSearch(1000).find(Received.of(bytes));
      ResponseHead head = ResponseHead.parse(bytes, end == 0 ? bytes.length : end, 5);
      assertThat(head.status()).isBetween(100, 999);
      assertThat(head.reason()).doesNotContain("\r", "\n", "\u0000");
      look(head.headers());
      return BodyFraming.of(random.nextBoolean() ? "GET" : "HEAD", head).length() >= 0;
    } catch (ParseException e) {
      assertIsOneOfTwo(e);
    }
    return false;
  }

  private static void look(Headers headers) {
    headers.forEach((name, value) -> assertThat(value).doesNotContain("\r", "\n", "\u0000"));
    for (String name : headers.names()) {
      assertThat(headers.all(name)).isNotEmpty();
      headers.hasToken(name, "close");
    }
    byte[] wire = new byte[headers.encodedLength()];
    assertThat(headers.encode(wire, 0)).isEqualTo(wire.length);
    assertPrintable(headers.toString().replace("\n", ""));
  }

  private static boolean readBody(String text, int step) {
    ChunkedDecoder decoder = new ChunkedDecoder(40, 3);
    try {
      ChunkedDecoderTest.feed(decoder, text, step, new ByteArrayOutputStream());
      return decoder.isDone();
    } catch (ParseException e) {
      assertIsOneOfTwo(e);
    }
    return false;
  }

  private static void assertIsOneOfTwo(ParseException e) {
    assertThat(e).isInstanceOfAny(MalformedException.class, TooLargeException.class);
    assertPrintable(e.toString());
  }

  private static void assertPrintable(String text) {
    assertThat(text.chars().noneMatch(Character::isISOControl)).as(text).isTrue();
  }

  private String next(String good) {
    StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : good);
    for (int changes = random.nextInt(text.isEmpty() ? 200 : 4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      char c = LIKELY.charAt(random.nextInt(LIKELY.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, c);
        case 1 -> text.insert(at, (char) random.nextInt(256));
        case 2 -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
        default -> text.delete(at, Math.min(at + 1 + random.nextInt(6), text.length()));
      }
    }
    return text.toString();
  }
}
