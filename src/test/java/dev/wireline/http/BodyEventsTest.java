package dev.wireline.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyEventsTest {
  private static final Endpoint PEER = Endpoint.tcp("peer.test", 80);

  /** A stream, with {@code |} for a line end, and its events. */
  static List<Arguments> streams() {
    return List.of(
        Arguments.of("", List.of()),
        Arguments.of("||", List.of()),
        Arguments.of("data: a||", List.of(event("message", "a", ""))),
        Arguments.of(
            "data:a||data:  b||", List.of(event("message", "a", ""), event("message", " b", ""))),
        Arguments.of(
            "data: YHOO|data: +2|data: 10||", List.of(event("message", "YHOO\n+2\n10", ""))),
        Arguments.of(
            ": test stream||data: first event|id: 1||data:second event|id||data:  third||",
            List.of(
                event("message", "first event", "1"),
                event("message", "second event", ""),
                event("message", " third", ""))),
        Arguments.of(
            "data||data|data||data:",
            List.of(event("message", "", ""), event("message", "\n", ""))),
        Arguments.of(
            "data:test||data: test||",
            List.of(event("message", "test", ""), event("message", "test", ""))),
        Arguments.of(
            "event: add|data: 1||event: remove|data: 2||data: 3||",
            List.of(event("add", "1", ""), event("remove", "2", ""), event("message", "3", ""))),
        Arguments.of("event: add||data: 1||", List.of(event("message", "1", ""))),
        Arguments.of("event: a|event: b|event:|data: 1||", List.of(event("message", "1", ""))),
        Arguments.of(
            "id: 7||data: 1||data: 2||",
            List.of(event("message", "1", "7"), event("message", "2", "7"))),
        Arguments.of("id: a\0b|data: 1||", List.of(event("message", "1", ""))),
        Arguments.of("data: a\0b||", List.of(event("message", "a\0b", ""))),
        Arguments.of("Data: 1|DATA: 2|data : 3|dat: 4| data: 5|comment||", List.of()),
        Arguments.of("data: a: b|:data: c|::||", List.of(event("message", "a: b", ""))),
        Arguments.of("\uFEFFdata: 1||\uFEFFdata: 2||", List.of(event("message", "1", ""))),
        Arguments.of("\uFEFF|data: \uFEFF1||", List.of(event("message", "\uFEFF1", ""))),
        Arguments.of(
            "data: \u20ac \ud83d\ude00 \uFFFD||",
            List.of(event("message", "\u20ac \ud83d\ude00 \uFFFD", ""))),
        Arguments.of("data: a||data: b|", List.of(event("message", "a", ""))),
        Arguments.of("data: a||data: b|id: 2", List.of(event("message", "a", ""))),
        Arguments.of(
            "data: a||||:||data: b||",
            List.of(event("message", "a", ""), event("message", "b", ""))));
  }

  private static ServerSentEvent event(String type, String data, String id) {
    return new ServerSentEvent(type, data, id, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsEventsWithEachOfTheLineEnds(String text, List<ServerSentEvent> events) {
    for (String end : List.of("\n", "\r", "\r\n")) {
      byte[] bytes = text.replace("|", end).getBytes(UTF_8);

      assertThat(read(new ByteArrayInputStream(bytes))).isEqualTo(events);
      assertThat(read(Packed.dripping(bytes, 1))).isEqualTo(events);
      assertThat(read(Packed.dripping(bytes, 3))).isEqualTo(events);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsTheSameWithALineEndOfEachKindInTurn(String text, List<ServerSentEvent> events) {
    StringBuilder mixed = new StringBuilder();
    int turn = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // CR before LF would be one line end.
      mixed.append(c == '|' ? List.of("\r\n", "\n", "\r\n", "\r").get(turn++ % 4) : c);
    }

    assertThat(read(new ByteArrayInputStream(mixed.toString().getBytes(UTF_8)))).isEqualTo(events);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void givesTheStartOfTheEventsWhereverTheStreamEnds(String text, List<ServerSentEvent> events) {
    byte[] bytes = text.replace('|', '\n').getBytes(UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      List<ServerSentEvent> seen = read(new ByteArrayInputStream(bytes, 0, length));

      assertThat(seen).isEqualTo(events.subList(0, seen.size()));
    }
  }

  @Test
  void tellsTheWaitThatWasSetLast() {
    String text = "data: 1||retry: 3000||data: 2||retry: x|retry: -1|retry:|retry: 1.5|retry: 4 |"
        + "retry: 99999999999999999999|data: 3||retry: 0|data: 4||";

    List<ServerSentEvent> events = read(bytes(text.replace('|', '\n')));

    assertThat(events.stream().map(ServerSentEvent::retry).toList())
        .containsExactly(
            Optional.empty(),
            Optional.of(Duration.ofSeconds(3)),
            Optional.of(Duration.ofSeconds(3)),
            Optional.of(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void givesAnEventAsSoonAsItsEmptyLineBegins(String end) {
    byte[] there = ("data: 1" + end + end.charAt(0)).getBytes(UTF_8);
    InputStream dry = new InputStream() {
      private int next;

      @Override
      public int read() throws IOException {
        if (next == there.length) {
          throw new IOException("nothing more is there yet");
        }
        return there[next++];
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        into[offset] = (byte) read();
        return 1;
      }
    };

    assertThat(new BodyEvents(dry, PEER).next().data()).isEqualTo("1");
  }

  @Test
  void boundsALine() {
    String longest = "data:" + "x".repeat(BodyEvents.MAX_LINE_BYTES - 5);

    assertThat(read(new ByteArrayInputStream((longest + "\n\n").getBytes(UTF_8))))
        .hasSize(1);
    for (String line : List.of(longest + "x", ":" + longest, "x" + longest + "\n\n")) {
      refuses(line, "bytes of a line");
    }
  }

  @Test
  void boundsAnEvent() {
    String line = "data:" + "x".repeat(1023) + "\n";
    int lines = BodyEvents.MAX_EVENT_CHARS / 1024;

    assertThat(read(bytes(line.repeat(lines) + "\n" + line.repeat(lines) + "\n")))
        .hasSize(2);
    refuses(line.repeat(lines) + "data\n", "characters of an event");
    refuses("data\n".repeat(BodyEvents.MAX_EVENT_CHARS + 1), "characters of an event");
  }

  private static void refuses(String text, String limit) {
    assertThatThrownBy(() -> read(bytes(text)))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isInstanceOfSatisfying(
            LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo(limit));
  }

  @Test
  void refusesALineThatIsNotUtf8() {
    for (byte[] wrong : new byte[][] {{(byte) 0xFF}, {(byte) 0xC3}, {(byte) 0xED, (byte) 0xA0}}) {
      byte[] line = Packed.joined("data: ".getBytes(UTF_8), wrong, "\n\n".getBytes(UTF_8));

      assertThatThrownBy(() -> read(new ByteArrayInputStream(line)))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(PeerProtocolException.class);
    }
  }

  @Test
  void passesOnAFailureOfTheConnection() {
    IOException cut = new IOException("cut");
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw cut;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        throw cut;
      }
    };

    assertThatThrownBy(() -> new BodyEvents(failing, PEER).hasNext())
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(cut);
  }

  @Test
  void hasNothingBehindTheLastEvent() {
    BodyEvents events = new BodyEvents(bytes("data: 1\n\n"), PEER);

    assertThat(events.hasNext()).isTrue();
    assertThat(events.next().data()).isEqualTo("1");
    assertThat(events.hasNext()).isFalse();
    assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void closesTheBodyWithTheStream() {
    boolean[] closed = {false};
    InputStream body = new ByteArrayInputStream("data: 1\n\ndata: 2\n\n".getBytes(UTF_8)) {
      @Override
      public void close() {
        closed[0] = true;
      }
    };

    try (Stream<ServerSentEvent> events = new BodyEvents(body, PEER).stream()) {
      assertThat(events.findFirst()).map(ServerSentEvent::data).contains("1");
    }

    assertThat(closed[0]).isTrue();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<ServerSentEvent> read(InputStream body) {
    List<ServerSentEvent> events = new ArrayList<>();
    new BodyEvents(body, PEER).forEachRemaining(events::add);
    return events;
  }
}
