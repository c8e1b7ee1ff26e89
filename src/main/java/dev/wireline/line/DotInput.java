package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.Turn;
import dev.wireline.internal.WholeFile;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that comes in and ends in a line with a dot alone; {@link DotBlocks#read()} gives it.
 *
 * <p>It is read as a stream of bytes with the line ends that it has on the wire, line by line, or into a
 * file; the ways can be mixed. The dots that were added for the wire are gone. Its end is -1, or no more
 * lines; a connection that is cut before is an exception. Each wait ends at the silence timeout; a text
 * that is read whole has the transfer timeout besides.
 *
 * <p>{@link #close()} before the end reads the rest and drops it, so that the connection can go on; a
 * long or a slow rest breaks the connection instead, and the client says so at its next use.
 *
 * <p>Not thread-safe; a second thread that reads gets an {@link IllegalStateException}.
 */
public final class DotInput extends InputStream implements LentInput {
  private static final Activity TEXT = new Activity(Phase.READ, "reading a text from");
  private static final Activity REST =
      new Activity(Phase.READ, "dropping the rest of an unread text from");

  /** What a line in a list counts besides its bytes, for what it takes in memory. */
  private static final int LINE_BYTES = 64;

  private final LineReader reader;
  private final Turn turn;
  private final Wire wire;
  private final WireInput input;
  private final LineOptions options;
  private final boolean bareLf;
  private final long maxBytes;

  /** How many of the next bytes are known to be content: no dot begins a line among them. */
  private int run;

  private LinePlace place = LinePlace.START;
  private long count;
  private Deadline deadline = Deadline.NEVER;
  private boolean ended;
  private boolean dropped;

  /** What a read of all ended by half way, whose bytes nobody has. */
  private @Nullable Throwable lost;

  DotInput(LineReader reader, Wire wire, LineOptions options, boolean bareLf, long maxBytes) {
    this.reader = reader;
    this.turn = reader.turn();
    this.wire = wire;
    this.input = wire.input();
    this.options = options;
    this.bareLf = bareLf;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads some bytes: what is there, and at least one.
   *
   * @param into where they go
   * @param offset the first place there
   * @param length the most to read
   * @return how many were read; -1 at the end of the text, which has been read whole then
   * @throws ConnectionClosedException when the peer hung up before the end; the client is BROKEN
   * @throws LimitExceededException when the text is longer than its bound; BROKEN
   * @throws IllegalStateException when it was closed before its end, or another thread reads
   * @throws IOException as {@link LineClient#readLine()}
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.requireNonNull(into, "into");
    Objects.checkFromIndexSize(offset, length, into.length);
    checkThere();
    if (length == 0 || ended) {
      return length == 0 ? 0 : -1;
    }
    reader.take(wire, TEXT);
    try {
      int some = readSome(into, offset, length);
      turn.give();
      return some;
    } catch (Throwable e) {
      turn.left = e;
      reader.leave(wire, e);
      throw e;
    }
  }

  /**
   * Reads one byte.
   *
   * @return 0 to 255, or -1 at the end of the text
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * Reads some bytes, or all to the end.
   *
   * @param length the most to read
   * @return the bytes, fewer only at the end
   * @throws IOException as {@link #read(byte[], int, int)}; the client is BROKEN too where an error ends
   *     this half way
   */
  @Override
  public byte[] readNBytes(int length) throws IOException {
    long before = count;
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      if (count != before) {
        // What was read is lost, and what follows is not the whole.
        lost = e;
        wire.fail(e);
      }
      throw e;
    }
  }

  private void endLost() {
    Throwable by = lost;
    if (by != null) {
      wire.fail(by);
    }
  }

  /**
   * How many bytes can be read without waiting.
   *
   * @return 0 or more, not more than there are
   */
  @Override
  public int available() {
    return wire.isOpen() ? run : 0;
  }

  /**
   * Reads one line; what is left of it, where a part was read as bytes.
   *
   * @return the line without its end, or empty at the end of the text
   * @throws PeerProtocolException when its bytes are not text in the client's charset; the line is
   *     consumed, and the lines behind it can be read
   * @throws LimitExceededException when it is longer than {@code maxLineBytes}, or the text is longer
   *     than its bound; the client is BROKEN
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  public Optional<String> readLineOrEnd() throws IOException {
    checkThere();
    reader.take(wire, TEXT);
    try {
      Optional<String> line = nextLine();
      turn.give();
      return line;
    } catch (Throwable e) {
      turn.left = e;
      reader.leave(wire, e);
      throw e;
    }
  }

  /**
   * Reads all lines that are left, at most for the transfer timeout.
   *
   * @return the lines without their ends
   * @throws LimitExceededException as {@link #readLineOrEnd()}, where each line counts 64 bytes more
   *     towards the text's bound, for what it takes in memory; the client is BROKEN
   * @throws IOException as {@link #readLineOrEnd()}
   */
  public List<String> readLines() throws IOException {
    checkThere();
    reader.take(wire, TEXT);
    try {
      deadline = transferDeadline();
      List<String> lines = lines();
      deadline = Deadline.NEVER;
      turn.give();
      return lines;
    } catch (Throwable e) {
      turn.left = e;
      deadline = Deadline.NEVER;
      reader.leave(wire, e);
      throw e;
    }
  }

  private List<String> lines() throws WirelineException {
    List<String> lines = new ArrayList<>();
    long weight = 0;
    for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
      lines.add(line.get());
      weight += LINE_BYTES;
      checkCount(weight);
    }
    return lines;
  }

  /**
   * Saves what is left in a file, which appears under its name only when it is whole.
   *
   * @param file its path; a file that is there is replaced at the end
   * @throws IllegalArgumentException when the path has no name; nothing was read
   * @throws IOException as {@link #read(byte[], int, int)}, or when the file system failed: what was
   *     there is as before. The client is BROKEN, or the text unread where nothing of it was read
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    WholeFile whole = WholeFile.at(file);
    long before = count;
    try {
      whole.write(this::transferTo);
    } catch (Throwable e) {
      if (count != before) {
        // What follows would be saved for all of it, the next time.
        lost = e;
        wire.fail(e);
      }
      throw e;
    }
  }

  /**
   * Ends the exchange: does nothing behind the end of the text. Before it, reads and drops the rest,
   * which takes at most a second; when it is more than 64 KiB or does not come in that time, the
   * connection is closed and the client is BROKEN, which its next use tells.
   *
   * @throws IllegalStateException when another thread reads
   */
  @Override
  public void close() {
    endLost();
    if (ended || dropped || !reader.takeToClose(wire, REST)) {
      return;
    }
    try {
      dropped = true;
      deadline = LentInput.drainDeadline();
      drop();
      reader.takeBack(this);
      turn.give();
    } catch (Throwable e) {
      turn.left = e;
      reader.leave(wire, e);
      throw e;
    }
  }

  private void drop() {
    try {
      drain();
    } catch (WirelineException e) {
      // Nobody asked for these bytes. The wire is closed by it, and names it at the next use.
      wire.fail(e);
    }
  }

  private void drain() throws WirelineException {
    long drained = 0;
    while (wire.isOpen() && advance()) {
      drained += run;
      count += run;
      if (drained > MAX_DRAINED_BYTES) {
        throw new LimitExceededException(
            wire.endpoint(), REST, "maxDrainedBytes", MAX_DRAINED_BYTES);
      }
      consume(run);
    }
  }

  private int readSome(byte[] into, int offset, int length) throws WirelineException {
    while (run == 0) {
      if (!advance()) {
        return -1;
      }
    }
    int some = Math.min(run, length);
    count(some);
    input.copy(0, into, offset, some);
    consume(some);
    return some;
  }

  /** What has come of a text is in memory: that its connection is gone is not for a read to find. */
  private void checkThere() throws WirelineException {
    endLost();
    if (!ended) {
      wire.checkOpen(TEXT);
    }
    if (dropped) {
      throw new IllegalStateException("this text was closed before its end");
    }
  }

  /** Finds out what comes next, content or the end; false at the end. */
  private boolean advance() throws WirelineException {
    if (run > 0) {
      return true;
    }
    await(1);
    if (place == LinePlace.START && input.at(0) == '.') {
      int end = endLength();
      if (end > 0) {
        input.consume(end);
        ended = true;
        reader.takeBack(this);
        reader.read("a text of " + count + " bytes");
        return false;
      }
      input.consume(1);
      place = LinePlace.WITHIN;
    }
    run = findRun();
    return true;
  }

  /** The length of the end of the text, or 0 where the line that starts with a dot has more to it. */
  private int endLength() throws WirelineException {
    await(2);
    if (bareLf && input.at(1) == '\n') {
      return 2;
    }
    if (input.at(1) != '\r') {
      return 0;
    }
    await(3);
    return input.at(2) == '\n' ? 3 : 0;
  }

  /** Up to the next dot that begins a line: what lies before is copied in one piece. */
  private int findRun() {
    int at = input.indexOf((byte) '\n', (byte) '.', 0);
    while (at >= 0 && !endsLine(at)) {
      at = input.indexOf((byte) '\n', (byte) '.', at + 1);
    }
    return at < 0 ? input.buffered() : at + 1;
  }

  /** Whether the LF there is the end of a line. */
  private boolean endsLine(int at) {
    return bareLf || (at == 0 ? place == LinePlace.AFTER_CR : input.at(at - 1) == '\r');
  }

  private void consume(int some) {
    if (some > 0) {
      byte last = input.at(some - 1);
      if (last == '\n') {
        place = endsLine(some - 1) ? LinePlace.START : LinePlace.WITHIN;
      } else {
        place = last == '\r' ? LinePlace.AFTER_CR : LinePlace.WITHIN;
      }
      input.consume(some);
      run = Math.max(0, run - some);
    }
  }

  private Optional<String> nextLine() throws WirelineException {
    if (ended || !advance()) {
      return Optional.empty();
    }
    int end = awaitLineEnd();
    int length = lengthOf(end);
    count(end + 1L);
    try {
      String line = length == 0 ? "" : input.text(0, length, options.charset());
      consume(end + 1);
      return Optional.of(line);
    } catch (CharacterCodingException e) {
      throw unknownText(length, end);
    }
  }

  private PeerProtocolException unknownText(int length, int end) {
    byte[] line = new byte[length];
    input.copy(0, line, 0, length);
    consume(end + 1);
    String rule = "a line must be text in " + options.charset();
    return reader.told(
        new PeerProtocolException(wire.endpoint(), TEXT, rule, Quoted.bytes(line), true));
  }

  /** The position of the LF that ends the line. */
  private int awaitLineEnd() throws WirelineException {
    int scanned = 0;
    while (true) {
      int at = input.indexOf((byte) '\n', scanned);
      while (at >= 0 && !endsLine(at)) {
        at = input.indexOf((byte) '\n', at + 1);
      }
      scanned = input.buffered();
      if (lengthOf(at < 0 ? scanned : at) > options.maxLineBytes()) {
        throw limit("maxLineBytes", options.maxLineBytes());
      }
      if (at >= 0) {
        return at;
      }
      await(scanned + 1);
    }
  }

  /** The length of what stands before an end, without the CR that belongs to it. */
  private int lengthOf(int end) {
    return end > 0 && input.at(end - 1) == '\r' ? end - 1 : end;
  }

  private void await(int wanted) throws WirelineException {
    reader.ends().dropPendingLf(input);
    while (input.buffered() < wanted) {
      if (!input.fill(Integer.MAX_VALUE, deadline, TEXT)) {
        throw cut();
      }
      reader.ends().dropPendingLf(input);
    }
  }

  private Deadline transferDeadline() {
    return Deadline.after(options.transferTimeout(), Phase.READ, "transferTimeout");
  }

  private void count(long more) throws WirelineException {
    count += more;
    checkCount(0);
  }

  private void checkCount(long weight) throws WirelineException {
    if (count + weight > maxBytes) {
      throw limit("maxTextBytes", maxBytes);
    }
  }

  private WirelineException limit(String name, long max) {
    return broken(new LimitExceededException(wire.endpoint(), TEXT, name, max));
  }

  private WirelineException cut() {
    byte[] unread = new byte[input.buffered()];
    input.copy(0, unread, 0, unread.length);
    String happened = "the peer hung up before the end of the text, after " + count + " bytes";
    return broken(new ConnectionClosedException(wire.endpoint(), TEXT, happened, unread, null));
  }

  private WirelineException broken(WirelineException failure) {
    wire.fail(failure);
    return failure;
  }
}
