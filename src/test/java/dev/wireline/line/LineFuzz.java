package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.internal.InputBuffer;
import dev.wireline.internal.Received;
import java.util.Arrays;
import java.util.List;

/**
 * Lines, found to be the same whole, byte by byte and in pieces, and none of them longer than allowed.
 *
 * <p>The first byte of an input chooses the line ends, the second the size of the pieces; the lines
 * follow.
 */
public final class LineFuzz {
  private static final int MAX_LINE_BYTES = 30;

  private final LineEnds lineEnds;
  private static final List<LineEnds> ALL = List.of(
      LineEnds.CRLF,
      LineEnds.CRLF_OR_LF,
      LineEnds.ANY,
      LineEnds.of("\r"),
      LineEnds.of(";"),
      LineEnds.of("\n\r"));

  private final LineSearch search;
  private final InputBuffer input = new InputBuffer();
  private final StringBuilder outcome = new StringBuilder();

  private LineFuzz(LineEnds lineEnds) {
    this.lineEnds = lineEnds;
    this.search = new LineSearch(lineEnds);
  }

  public static void check(byte[] input) {
    if (input.length < 2) {
      return;
    }
    LineEnds lineEnds = ALL.get((input[0] & 0xFF) % ALL.size());
    byte[] wire = Arrays.copyOfRange(input, 2, input.length);
    String whole = new LineFuzz(lineEnds).read(wire, wire.length + 1);
    Holds.same(whole, new LineFuzz(lineEnds).read(wire, 1), "read whole and byte by byte");
    String pieces = new LineFuzz(lineEnds).read(wire, 1 + (input[1] & 0x3F));
    Holds.same(whole, pieces, "read whole and in pieces");
  }

  private String read(byte[] wire, int step) {
    int there = 0;
    boolean good = true;
    while (good && there < wire.length) {
      int next = Math.min(wire.length, there + step);
      int scanned = input.buffered();
      Received.add(input, wire, there, next);
      there = next;
      good = takeLines(scanned);
    }
    search.dropPendingLf(input);
    return outcome.append(good ? text(input.buffered()) : "too long").toString();
  }

  /** Takes the lines that are there whole; gives false at one that is too long. */
  private boolean takeLines(int scanned) {
    int end = search.find(input, Math.min(scanned, input.buffered()));
    while (isInBounds(end) && end != LineSearch.NONE) {
      int before = input.buffered();
      line(text(search.contentLength(input, end)));
      search.consume(input, end);
      Holds.that(input.buffered() < before, "each line takes a byte at least");
      end = search.find(input, 0);
    }
    return isInBounds(end);
  }

  private boolean isInBounds(int end) {
    return search.contentLength(input, end) <= MAX_LINE_BYTES;
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    input.copy(0, bytes, 0, length);
    return new String(bytes, ISO_8859_1);
  }

  private void line(String line) {
    String end = lineEnds.equals(LineEnds.CRLF_OR_LF) || lineEnds.equals(LineEnds.ANY)
        ? "\n"
        : new String(lineEnds.bytes(), ISO_8859_1);
    Holds.that(!line.contains(end), "no line end stands in a line");
    Holds.that(!lineEnds.equals(LineEnds.ANY) || !line.contains("\r"), "no CR stands in a line");
    outcome.append(line.length()).append(' ').append(line).append(';');
  }
}
