package dev.wireline.line;

import static dev.wireline.line.LineEnds.ANY;
import static dev.wireline.line.LineEnds.CRLF;
import static dev.wireline.line.LineEnds.CRLF_OR_LF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw bytes and the lines that they are, however they are cut on the way. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class LineEndsTest {
  private static final String TRAILING = "REST";

  /**
   * Raw bytes.
   *
   * @param lines the lines in them
   * @param cut what stands behind the last of them, a line without its end
   */
  record Case(LineEnds ends, String raw, List<String> lines, String cut) {
    byte[] bytes() {
      return raw.getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return ends + " " + raw.replace("\r", "<CR>").replace("\n", "<LF>");
    }
  }

  private static Case lines(LineEnds ends, String raw, String... lines) {
    return new Case(ends, raw, List.of(lines), "");
  }

  private static Case cut(LineEnds ends, String raw, String cut, String... lines) {
    return new Case(ends, raw, List.of(lines), cut);
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>(sameInEach());
    all.addAll(List.of(
        lines(CRLF, "a\nb\r\n", "a\nb"),
        lines(CRLF, "\n\r\n", "\n"),
        lines(CRLF, "a\r\r\n", "a\r"),
        lines(CRLF, "a\rb\r\n", "a\rb"),
        lines(CRLF, "\r\r\n\n\r\n", "\r", "\n"),
        cut(CRLF, "a\n", "a\n"),
        cut(CRLF, "a\r\nb\n", "b\n", "a"),
        cut(CRLF, "a\r", "a\r"),
        lines(CRLF_OR_LF, "a\nb\r\nc\n", "a", "b", "c"),
        lines(CRLF_OR_LF, "\n\n\r\n", "", "", ""),
        lines(CRLF_OR_LF, "a\rb\n", "a\rb"),
        lines(CRLF_OR_LF, "a\r\r\n", "a\r"),
        lines(CRLF_OR_LF, "\r\r\r\n", "\r\r"),
        lines(CRLF_OR_LF, "a\n\rb\n", "a", "\rb"),
        cut(CRLF_OR_LF, "a\nb\r", "b\r", "a"),
        lines(ANY, "a\rb\nc\r\nd\r", "a", "b", "c", "d"),
        lines(ANY, "\r\r\n\n\r", "", "", "", ""),
        lines(ANY, "\n\r\n\r", "", "", ""),
        lines(ANY, "a\r", "a"),
        lines(ANY, "\r", ""),
        lines(ANY, "a\n\rb\n", "a", "", "b"),
        cut(ANY, "a\rb", "b", "a"),
        cut(ANY, "a\r\nb", "b", "a")));
    all.addAll(ofOnesOwn());
    return all;
  }

  private static List<Case> ofOnesOwn() {
    LineEnds cr = LineEnds.of("\r");
    LineEnds lf = LineEnds.of("\n");
    LineEnds nul = LineEnds.of("\0");
    LineEnds lfCr = LineEnds.of("\n\r");
    LineEnds fsCr = LineEnds.of("\u001c\r");
    return List.of(
        lines(cr, "a\rb\nc\r\nd\r\r", "a", "b\nc", "\nd", ""),
        cut(cr, "a\r\n", "\n", "a"),
        lines(lf, "a\r\nb\n\n", "a\r", "b", ""),
        cut(lf, "a\nb\r", "b\r", "a"),
        lines(nul, "a\0b\r\nc\0\0", "a", "b\r\nc", ""),
        cut(nul, "Grüße\0\r\n", "\r\n", "Grüße"),
        lines(LineEnds.of(";"), "a;;b\r\n;", "a", "", "b\r\n"),
        lines(lfCr, "a\n\rb\nc\rd\r\n\n\r", "a", "b\nc\rd\r\n"),
        lines(lfCr, "\n\n\r\n\r", "\n", ""),
        cut(lfCr, "a\n\r\rb\n", "\rb\n", "a"),
        lines(fsCr, "\u000bMSH|x\ry\r\u001c\r", "\u000bMSH|x\ry\r"),
        cut(fsCr, "a\u001c", "a\u001c"),
        cut(LineEnds.of(";;"), "a;b;;;;;;;", ";", "a;b", "", ""));
  }

  private static List<Case> sameInEach() {
    List<Case> all = new ArrayList<>();
    for (LineEnds ends : List.of(CRLF, CRLF_OR_LF, ANY)) {
      all.add(lines(ends, ""));
      all.add(lines(ends, "\r\n", ""));
      all.add(lines(ends, "\r\n\r\n", "", ""));
      all.add(lines(ends, "a\r\n", "a"));
      all.add(lines(
          ends, "one\r\n\r\nthree, longer than eight\r\n", "one", "", "three, longer than eight"));
      all.add(lines(ends, "Grüße 🐎\r\nkůň\r\n", "Grüße 🐎", "kůň"));
      all.add(lines(ends, " tab\tand\0nul \r\n", " tab\tand\0nul "));
      all.add(cut(ends, "a", "a"));
      all.add(cut(ends, "a\r\nhalf", "half", "a"));
    }
    return all;
  }

  private static LineClient client(PeerServer server, LineEnds ends) {
    return new LineClient(
        server.endpoint(), LineOptions.builder().lineEnds(ends).build());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameLinesWhereverTheyAreCut(Case given) throws Exception {
    Feed feed = new Feed();
    try (PeerServer server = PeerServer.start(feed)) {
      for (int position = 1; position < given.bytes().length; position++) {
        feed.cutAt(given.bytes(), position);

        assertThat(read(server, feed, given)).as("cut at %d", position).isEqualTo(outcome(given));
        assertThat(poll(server, feed, given)).as("cut at %d", position).isEqualTo(outcome(given));
      }
      feed.whole(given.bytes());

      assertThat(read(server, feed, given)).isEqualTo(outcome(given));
      assertThat(poll(server, feed, given)).isEqualTo(outcome(given));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameLinesByteByByte(Case given) throws Exception {
    Feed feed = new Feed();
    feed.byteByByte(given.bytes());
    try (PeerServer server = PeerServer.start(feed)) {
      assertThat(poll(server, feed, given)).isEqualTo(outcome(given));
    }
  }

  static List<Case> casesThatEndInALine() {
    return cases().stream().filter(each -> each.cut().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("casesThatEndInALine")
  void leavesTheBytesBehindTheLines(Case given) throws Exception {
    byte[] bytes = (given.raw() + TRAILING).getBytes(UTF_8);
    Feed feed = new Feed();
    try (PeerServer server = PeerServer.start(feed)) {
      for (int position = 1; position < bytes.length; position++) {
        feed.cutAt(bytes, position);
        try (LineClient client = client(server, given.ends())) {
          feed.next(client, 0);
          Feed.more(client);
          for (String line : given.lines()) {
            assertThat(client.readLineBytes()).isEqualTo(line.getBytes(UTF_8));
          }

          assertThat(client.read(TRAILING.length())).asString().isEqualTo(TRAILING);
        }
      }
    }
  }

  private static List<String> outcome(Case given) {
    List<String> outcome = new ArrayList<>(given.lines());
    outcome.add("end, cut: " + given.cut());
    return outcome;
  }

  /** Reads while the parts come in, and waits for the end. */
  private static List<String> read(PeerServer server, Feed feed, Case given) throws IOException {
    List<String> outcome = new ArrayList<>();
    try (LineClient client = client(server, given.ends())) {
      feed.next(client, 0);
      for (int part = 0; part < feed.size(); part++) {
        Feed.more(client);
      }
      Optional<String> line = client.readLineOrEnd();
      while (line.isPresent()) {
        outcome.add(line.get());
        line = client.readLineOrEnd();
      }
      outcome.add("end, cut: ");
    } catch (ConnectionClosedException e) {
      outcome.add("end, cut: " + new String(e.received(), UTF_8));
    }
    return outcome;
  }

  /** Looks for lines behind each part, and keeps what is half there. */
  private static List<String> poll(PeerServer server, Feed feed, Case given) throws IOException {
    List<String> outcome = new ArrayList<>();
    try (LineClient client = client(server, given.ends())) {
      for (int part = 0; part < feed.size(); part++) {
        feed.next(client, part);
        Optional<String> line = client.pollLine(Duration.ZERO);
        while (line.isPresent()) {
          outcome.add(line.get());
          line = client.pollLine(Duration.ZERO);
        }
      }
      Feed.more(client);
      client.pollLine(Duration.ofSeconds(20)).ifPresent(outcome::add);
      outcome.add("no end");
    } catch (ConnectionClosedException e) {
      outcome.add("end, cut: " + new String(e.received(), UTF_8));
    }
    return outcome;
  }
}
