package dev.wireline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.line.LineOptions;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body as lines, which come while it is still on its way. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseLinesTest {
  private static final int LONGEST = LineOptions.MAX_LINE_BYTES;

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'a', 'a'",
    "'a\n', 'a'",
    "'a\r\n', 'a'",
    "'a\nb', 'a|b'",
    "'a\r\nb\r\n', 'a|b'",
    "'\n', '|'",
    "'\n\n', '||'",
    "'a\n\nb', 'a||b'",
    "'a\rb\n', 'a\rb'",
    "'a\r', 'a'",
    "'\r\n\r\n', '||'",
    "'a\r\r\n', 'a\r'",
  })
  void endWithLfOrCrlf(String body, String lines) throws Exception {
    List<String> expected = lines.isEmpty()
        ? List.of()
        : List.of((lines.endsWith("|") ? lines.substring(0, lines.length() - 1) : lines)
            .split("\\|", -1));
    for (RawAnswer answer : framed(body)) {
      try (RawServer server = RawServer.answering(answer, Answers.ok("next"));
          HttpClient client = new HttpClient(server.endpoint());
          Stream<String> found = client.get("/").lines()) {
        assertThat(found.toList()).isEqualTo(expected);
        assertThat(client.get("/").text()).isEqualTo("next");
      }
    }
  }

  private static List<RawAnswer> framed(String body) {
    RawAnswer chunked = body.isEmpty() ? Answers.chunked() : Answers.chunked(body.split(""));
    return List.of(
        Answers.ok(body), Answers.ok(body).byteByByte(), chunked, Answers.untilClose(body));
  }

  @Test
  void comeBeforeTheBodyIsComplete() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readHead();
          connection.write(Answers.chunkedHead() + Answers.chunk("first\nsec"));
          connection.hold();
        });
        HttpClient client = new HttpClient(server.endpoint());
        Stream<String> lines = client.get("/").lines()) {
      Iterator<String> each = lines.iterator();

      assertThat(each.next()).isEqualTo("first");
    }
  }

  @Test
  void giveTheConnectionUpWhenTheyAreLeftBeforeTheEnd() throws Exception {
    try (RawServer server =
            RawServer.answering(Answers.chunked("a\nb\n", Answers.LONG), Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      try (Stream<String> lines = client.get("/").lines()) {
        assertThat(lines.findFirst()).contains("a");
      }

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void takeTheLongestLineAndNoLongerOne() throws Exception {
    String longest = "x".repeat(LONGEST);
    try (RawServer server = RawServer.answering(
            Answers.untilClose(longest + "\r\n" + longest + "\n" + longest),
            Answers.chunked("ok\n", longest + "x\nrest\n"),
            Answers.ok(longest + "x"),
            Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").lines()).containsExactly(longest, longest, longest);
      for (int i = 0; i < 2; i++) {
        Stream<String> lines = client.get("/").lines();
        UncheckedIOException e =
            catchThrowableOfType(UncheckedIOException.class, () -> lines.forEach(line -> {}));
        assertThat(e.getCause()).isInstanceOfSatisfying(LimitExceededException.class, limit -> {
          assertThat(limit.limit()).isEqualTo("maxLineBytes");
          assertThat(limit.max()).isEqualTo(LONGEST);
        });
      }

      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void holdNoMoreOfAnEndlessLineThanItsBound() throws Exception {
    RawAnswer endless = RawAnswer.of("HTTP/1.1 200 OK\r\n\r\n").repeat("x", Long.MAX_VALUE);
    try (RawServer server = RawServer.answering(endless, Answers.ok("next"));
        HttpClient client = new HttpClient(server.endpoint());
        Stream<String> lines = client.get("/").lines()) {
      assertThatThrownBy(lines::count)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(LimitExceededException.class);

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThat(client.get("/").text()).isEqualTo("next");
    }
  }

  @Test
  void endWithAnExceptionWhereTheBodyIsCut() throws Exception {
    RawAnswer cut = RawAnswer.of(Answers.head(100) + "a\nb").thenClose();
    try (RawServer server = RawServer.answering(cut);
        HttpClient client = new HttpClient(server.endpoint());
        Stream<String> lines = client.get("/").lines()) {
      Iterator<String> each = lines.iterator();

      assertThat(each.next()).isEqualTo("a");
      assertThatThrownBy(each::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(ConnectionClosedException.class);
    }
  }

  @Test
  void passOverALineThatIsNoText() throws Exception {
    try (RawServer server = RawServer.answering(Answers.chunked("a\n\u00e9\nb\n"));
        HttpClient client = new HttpClient(server.endpoint());
        Stream<String> lines = client.get("/").lines()) {
      Iterator<String> each = lines.iterator();

      assertThat(each.next()).isEqualTo("a");
      UncheckedIOException e = catchThrowableOfType(UncheckedIOException.class, each::next);
      assertThat(e.getCause()).isInstanceOfSatisfying(PeerProtocolException.class, cause -> {
        assertThat(cause.rule()).isEqualTo("a line must be text in UTF-8");
        assertThat(cause.excerpt()).isEqualTo("\"\\xe9\"");
        assertThat(cause.connectionUsable()).isTrue();
      });
      assertThat(each.next()).isEqualTo("b");
      assertThat(each.hasNext()).isFalse();
      assertThatThrownBy(each::next).isInstanceOf(NoSuchElementException.class);
      client.get("/").discard();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void areReadInTheCharsetOfTheContentType() throws Exception {
    String type = "Content-Type: text/plain; charset=iso-8859-1\r\n";
    try (RawServer server = RawServer.answering(Answers.ok("caf\u00e9\nol\u00e9", type));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").lines()).containsExactly("caf\u00e9", "ol\u00e9");
    }
  }

  @Test
  void areCutRightInACharsetWithLineEndsOfItsOwn() throws Exception {
    String body = new String("\u010a\u0a00x\r\n\n\u010d".getBytes(UTF_16), ISO_8859_1);
    String type = "Content-Type: text/plain; charset=utf-16\r\n";
    try (RawServer server = RawServer.answering(Answers.ok(body, type));
        HttpClient client = new HttpClient(server.endpoint())) {
      assertThat(client.get("/").lines()).containsExactly("\u010a\u0a00x", "", "\u010d");
    }
  }

  @Test
  void areUtf8InAnUnknownCharset() throws Exception {
    String type = "Content-Type: text/plain; charset=klingon\r\n";
    try (RawServer server = RawServer.answering(Answers.chunked("x"), Answers.ok("a\nb", type));
        HttpClient client = new HttpClient(server.endpoint())) {
      client.get("/");
      HttpResponse response = client.get("/");

      assertThat(response.lines()).containsExactly("a", "b");
    }
  }
}
