package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.Turn;
import dev.wireline.internal.Unread;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a wire's input into lines, and holds the reading turn while it does.
 *
 * <p>A line is part of the wire's buffer until it is turned into text or bytes. An incomplete line stays in
 * that buffer.
 */
final class LineReader {
  /*
   * A read goes in this order, and the order matters:
   *
   * 1. checkOpen: a connection that is gone says so, even if the line is in memory already.
   * 2. Whatever borrowed the input is closed: the rest of it is not a line. That may break the connection, so
   *    1 again.
   * 3. The turn is taken.
   * 4. The LF of a CRLF that was cut in two is dropped before anything is looked at, be it a line, a block or
   *    a byte at a prompt.
   * 5. The search continues after what it has scanned. The transfer timeout starts with the first byte of a
   *    line: before it the peer owes nothing.
   * 6. The line is consumed whether or not it is text in the charset, so the next one is read from its start.
   * 7. turn.give; a failure before that marks the turn and breaks the connection (leave), unless it concerns
   *    a line that was read whole.
   *
   * ReadingTurn has 3 and 7, and what an exchange does about them.
   */

  static final Activity LINE = new Activity(Phase.READ, "reading a line from");
  private static final Activity BLOCK = BulkKind.BLOCK.reading();
  private static final Activity REST = new Activity(Phase.READ, "reading to the end from");
  private static final int NONE = LineSearch.NONE;

  private volatile LineOptions options;
  private final ReadingTurn reading = new ReadingTurn();
  private final Turn turn = reading.turn;
  private final LineSearch ends;
  private int lastLength;
  private @Nullable BulkReader lent;

  private final Witness witness;

  /** Whether the waiting poll, or the next one, must end. */
  private volatile boolean woken;

  private final BooleanSupplier stops = new BooleanSupplier() {
    @Override
    public boolean getAsBoolean() {
      return woken;
    }
  };

  LineReader(LineOptions options, Witness witness) {
    this.options = options;
    this.witness = witness;
    this.ends = new LineSearch(options.lineEnds());
  }

  /** Reads with other settings from now on; the line ends are the same. */
  void use(LineOptions changed) {
    options = changed;
  }

  /** A read in the reading turn. The one used for each line holds no state, so it is created only once. */
  private interface Read<T, X extends IOException> {
    T run(LineReader reader, Wire wire, Deadline limit, int bound) throws X;
  }

  /** Runs a read from its first step to its last. */
  private <T, X extends IOException> T next(
      Wire wire, Activity activity, Deadline limit, int bound, Read<T, X> read)
      throws WirelineException, X {
    begin(wire, activity);
    return inTurn(wire, activity, limit, bound, read);
  }

  /** Runs a read from its third step to its last. */
  private <T, X extends IOException> T inTurn(
      Wire wire, Activity activity, Deadline limit, int bound, Read<T, X> read)
      throws WirelineException, X {
    reading.take(wire, activity);
    try {
      T found = read.run(this, wire, limit, bound);
      turn.give();
      return found;
    } catch (Throwable e) {
      turn.left = e;
      reading.leave(wire, e);
      throw e;
    }
  }

  String line(Wire wire) throws WirelineException {
    return line(wire, Deadline.NEVER);
  }

  /** A line that is one of several that must all come by a deadline. */
  String line(Wire wire, Deadline limit) throws WirelineException {
    return next(wire, LINE, limit, options.maxLineBytes(), TEXT_LINE);
  }

  /** A line with its own length limit. */
  String line(Wire wire, int maxBytes) throws WirelineException {
    return next(wire, LINE, Deadline.NEVER, maxBytes, TEXT_LINE);
  }

  /** A line of which only the start is grammar: the rest is for people, whatever bytes it has. */
  String reply(Wire wire, Deadline limit) throws WirelineException {
    return next(wire, LINE, limit, options.maxLineBytes(), LineReader::replyLine);
  }

  Optional<String> lineOrEnd(Wire wire) throws WirelineException {
    return next(wire, LINE, Deadline.NEVER, options.maxLineBytes(), LineReader::textOrEnd);
  }

  byte[] lineBytes(Wire wire) throws WirelineException {
    return next(wire, LINE, Deadline.NEVER, options.maxLineBytes(), LineReader::byteLine);
  }

  /** A line that comes in time, or empty; a half-read one stays for the next call. */
  Optional<String> poll(Wire wire, Duration time) throws WirelineException {
    Deadline deadline = Deadline.after(time, Phase.READ);
    return next(wire, LINE, deadline, options.maxLineBytes(), LineReader::textInTime);
  }

  /** Not a lambda: the first one of a JVM costs more than the first answer. */
  private static final Read<String, WirelineException> TEXT_LINE = new Read<>() {
    @Override
    public String run(LineReader reader, Wire wire, Deadline limit, int maxBytes)
        throws WirelineException {
      return reader.takeText(wire, reader.wholeLine(wire, limit, maxBytes), false);
    }
  };

  private String replyLine(Wire wire, Deadline limit, int maxBytes) throws WirelineException {
    return takeText(wire, wholeLine(wire, limit, maxBytes), true);
  }

  private byte[] byteLine(Wire wire, Deadline limit, int maxBytes) throws WirelineException {
    return takeBytes(wire.input(), wholeLine(wire, limit, maxBytes));
  }

  private Optional<String> textOrEnd(Wire wire, Deadline limit, int maxBytes)
      throws WirelineException {
    int end = awaitLine(wire, limit, maxBytes);
    return end == NONE ? Optional.empty() : Optional.of(takeText(wire, end, false));
  }

  private Optional<String> textInTime(Wire wire, Deadline deadline, int maxBytes)
      throws WirelineException {
    int end = pollEnd(wire, deadline, maxBytes);
    return end == NONE ? Optional.empty() : Optional.of(takeText(wire, end, false));
  }

  /** The position of the last byte of the next line; the end of input is a failure. */
  private int wholeLine(Wire wire, Deadline limit, int maxBytes) throws WirelineException {
    int end = awaitLine(wire, limit, maxBytes);
    if (end == NONE) {
      throw Broken.hungUp(wire, LINE, "the peer hung up");
    }
    return end;
  }

  private int pollEnd(Wire wire, Deadline deadline, int maxBytes) throws WirelineException {
    WireInput input = wire.input();
    boolean onlyLooks = deadline.isExpired();
    int end = find(wire, 0, maxBytes);
    while (end == NONE) {
      // A peer that always has bytes ready must not outrun the deadline.
      if (!onlyLooks && deadline.isExpired()) {
        return NONE;
      }
      int scanned = input.buffered();
      int count = input.poll(Integer.MAX_VALUE, deadline, LINE, stops);
      if (count == 0) {
        woken = false;
        return NONE;
      }
      if (count < 0) {
        throw atEnd(wire);
      }
      end = find(wire, scanned, maxBytes);
    }
    return end;
  }

  /** Ends a poll that waits in another thread, or else the next one. */
  void wakeup() {
    woken = true;
  }

  /**
   * Waits for a byte that is not the end of an earlier line, and breaks nothing if none comes.
   *
   * @return false at the deadline or if it was stopped; true for input, or for an end that a read will report
   */
  boolean awaitInput(Wire wire, Deadline deadline, BooleanSupplier stopped)
      throws WirelineException {
    return next(
        wire,
        LINE,
        deadline,
        0,
        (reader, from, limit, bound) -> reader.comes(from.input(), limit, stopped));
  }

  private boolean comes(WireInput input, Deadline deadline, BooleanSupplier stopped)
      throws WirelineException {
    ends.dropPendingLf(input);
    int count = 1;
    while (count > 0 && input.buffered() == 0) {
      count = input.poll(Integer.MAX_VALUE, deadline, LINE, stopped);
      ends.dropPendingLf(input);
    }
    return count != 0;
  }

  /** Whether nothing has come since the last read, and the peer has not hung up. Does not wait. */
  boolean isQuiet(Wire wire) throws WirelineException {
    return inTurn(wire, LINE, Deadline.NEVER, 0, LineReader::isQuietNow);
  }

  private boolean isQuietNow(Wire wire, Deadline limit, int bound) throws WirelineException {
    if (lent != null) {
      return false;
    }
    boolean quiet = wire.isQuiet();
    if (!quiet) {
      ends.dropPendingLf(wire.input());
      quiet = wire.isQuiet();
    }
    return quiet;
  }

  byte[] block(Wire wire, int count) throws WirelineException {
    return next(wire, BLOCK, Deadline.NEVER, count, LineReader::boundedBlock);
  }

  /** A block whose length was checked against its own limit. */
  byte[] data(Wire wire, int count) throws WirelineException {
    return next(wire, BLOCK, Deadline.NEVER, count, LineReader::wholeBlock);
  }

  private byte[] boundedBlock(Wire wire, Deadline limit, int count) throws WirelineException {
    if (count > options.maxReadBytes()) {
      throw Broken.limit(wire, BLOCK, "maxReadBytes", options.maxReadBytes());
    }
    return wholeBlock(wire, limit, count);
  }

  private byte[] wholeBlock(Wire wire, Deadline limit, int count) throws WirelineException {
    if (count > 0 && !awaitFirst(wire, limit, BLOCK)) {
      throw Broken.hungUp(wire, BLOCK, "the peer hung up before the first of " + count + " bytes");
    }
    WireInput input = wire.input();
    // What is there already needs no deadline.
    byte[] block = input.buffered() >= count
        ? takeFront(input, count)
        : input.read(count, transferDeadline(), BLOCK);
    return witness.received(block);
  }

  private static byte[] takeFront(WireInput input, int count) {
    byte[] front = input.front(count);
    input.consume(count);
    return front;
  }

  byte[] rest(Wire wire) throws WirelineException {
    return next(wire, REST, Deadline.NEVER, options.maxReadBytes(), LineReader::allToEnd);
  }

  private byte[] allToEnd(Wire wire, Deadline limit, int max) throws WirelineException {
    if (!awaitFirst(wire, limit, REST)) {
      return new byte[0];
    }
    return witness.received(wire.input().readToEnd(max, "maxReadBytes", transferDeadline(), REST));
  }

  /** The first two steps: a connection that is gone says so, even if what was asked for has come. */
  private void begin(Wire wire, Activity activity) throws WirelineException {
    wire.checkOpen(activity);
    if (lent != null) {
      closeLent();
      wire.checkOpen(activity);
    }
  }

  /** Runs a read of a collaborator in the reading turn. */
  <T> T read(Wire wire, Activity activity, Steps<T> steps) throws IOException {
    return next(wire, activity, Deadline.NEVER, 0, (reader, from, limit, bound) -> {
      reader.ends.dropPendingLf(from.input());
      return steps.run();
    });
  }

  /** Creates what the input is lent to. */
  interface Lending {
    Incoming of(BulkSource source);
  }

  /** Lends the input to bulk data, up to its end. */
  Incoming lend(Wire wire, Lending lending) throws WirelineException {
    Read<Incoming, WirelineException> read = (reader, from, limit, bound) -> {
      Incoming made = lending.of(new WireSource(reader, from));
      reader.lent = made.reader().isEnded() ? null : made.reader();
      return made;
    };
    return next(wire, BLOCK, Deadline.NEVER, 0, read);
  }

  /** An abandoned text must not be taken for the next answer: its rest is dropped, or the connection is. */
  private void closeLent() {
    BulkReader content = lent;
    if (content != null) {
      content.dropRest();
    }
  }

  void takeBack(BulkReader content) {
    if (lent == content) {
      lent = null;
    }
  }

  /** Drops the other half of the last line end, as soon as a byte shows whether it was one. */
  void dropPendingLf(Wire wire) {
    ends.dropPendingLf(wire.input());
  }

  /** The search for line ends, with the other half of the last one. */
  LineSearch ends() {
    return ends;
  }

  /** Who sees what is read. */
  Witness witness() {
    return witness;
  }

  /** The turn, also for an exchange and for whatever was lent the input. */
  ReadingTurn reading() {
    return reading;
  }

  /** The length of the last line of text in bytes, without its end. */
  int lastLength() {
    return lastLength;
  }

  /** Ends a text that was lent the input, and drops the other half of the last line end if it is there. */
  void settle(Wire wire) {
    closeLent();
    ends.dropPendingLf(wire.input());
  }

  /** Forgets what was seen of a connection that is gone. */
  void forget() {
    woken = false;
    ends.forget();
    lent = null;
    reading.forget();
  }

  /** Waits for a byte that is not the end of an earlier line; false at a clean end. */
  boolean awaitFirst(Wire wire, Deadline deadline, Activity activity) throws WirelineException {
    WireInput input = wire.input();
    ends.dropPendingLf(input);
    while (input.buffered() == 0) {
      if (!input.fill(1, deadline, activity)) {
        return false;
      }
      ends.dropPendingLf(input);
    }
    return true;
  }

  private Deadline transferDeadline() {
    return options.dialer().deadline(options.transferTimeout(), Phase.READ, "transferTimeout");
  }

  /** Waits for a whole line: the position of its last byte, or NONE at a clean end. */
  private int awaitLine(Wire wire, Deadline limit, int maxBytes) throws WirelineException {
    WireInput input = wire.input();
    Deadline deadline = limit;
    int scanned = 0;
    int end;
    while ((end = find(wire, scanned, maxBytes)) == NONE) {
      scanned = input.buffered();
      if (scanned > 0 && deadline == limit) {
        deadline = transferDeadline().earlier(limit);
      }
      if (!input.fill(Integer.MAX_VALUE, deadline, LINE)) {
        if (input.buffered() > 0) {
          throw atEnd(wire);
        }
        return NONE;
      }
    }
    return end;
  }

  /** The position of the last byte of a complete line; scanned bytes hold no end. */
  private int find(Wire wire, int scanned, int maxBytes) throws WirelineException {
    WireInput input = wire.input();
    int end = ends.find(input, scanned);
    if (ends.contentLength(input, end) > maxBytes) {
      throw Broken.limit(wire, LINE, "maxLineBytes", maxBytes);
    }
    return end;
  }

  private String takeText(Wire wire, int end, boolean anyBytes) throws WirelineException {
    WireInput input = wire.input();
    int length = ends.contentLength(input, end);
    lastLength = length;
    try {
      String text = decode(input, length, options, anyBytes);
      ends.consume(input, end);
      witness.received(text);
      return text;
    } catch (CharacterCodingException e) {
      throw unknownText(wire, takeBytes(input, end));
    }
  }

  /** The first bytes as text: in the charset, else in the fallback. */
  static String decode(Unread input, int length, LineOptions options, boolean anyBytes)
      throws CharacterCodingException {
    try {
      return input.text(0, length, options.charset());
    } catch (CharacterCodingException e) {
      return decodeOtherwise(input, length, options, anyBytes, e);
    }
  }

  private static String decodeOtherwise(
      Unread input, int length, LineOptions options, boolean anyBytes, CharacterCodingException why)
      throws CharacterCodingException {
    Charset fallback = options.fallbackCharset().orElse(null);
    if (fallback != null) {
      try {
        return input.text(0, length, fallback);
      } catch (CharacterCodingException e) {
        why.addSuppressed(e);
      }
    }
    if (anyBytes) {
      return input.text(0, length, StandardCharsets.ISO_8859_1);
    }
    throw why;
  }

  /** In a transcript it is shown with its end, as data and not as a line. */
  private byte[] takeBytes(WireInput input, int end) {
    byte[] line = input.front(ends.contentLength(input, end));
    if (witness.transcript().isPresent()) {
      witness.received(input.front(end + 1));
    }
    ends.consume(input, end);
    return line;
  }

  private WirelineException unknownText(Wire wire, byte[] line) {
    String rule = "a line must be text in " + options.charset();
    return witness.told(
        new PeerProtocolException(wire.endpoint(), LINE, rule, Quoted.bytes(line), true));
  }

  private static WirelineException atEnd(Wire wire) {
    int cut = wire.input().buffered();
    String where = cut == 0 ? "" : " in the middle of a line, after " + cut + " bytes of it";
    return Broken.hungUp(wire, LINE, "the peer hung up" + where);
  }
}
