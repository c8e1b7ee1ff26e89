package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.Turn;
import dev.wireline.net.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of something that comes in bulk, in the turn of its source: as bytes, as lines, or
 * whole, within its bounds.
 *
 * <p>It has two states that no later read may be blind to: its rest was dropped, and a part was lost by an
 * error. Each use looks at both first.
 */
final class BulkReader {
  /** What a line in a list counts besides its bytes, for what it takes in memory. */
  private static final int LINE_BYTES = 64;

  private static final int PIECE_BYTES = 16 * 1024;

  /** From this size on a read goes past the buffer. */
  private static final int LARGE_READ = 8 * 1024;

  private final BulkSource source;
  private final Turn turn;
  private final Framing framing;
  private final BulkKind kind;
  private final LineOptions options;
  private final long maxBytes;
  private Activity activity;
  private Deadline deadline = Deadline.NEVER;
  private boolean dropped;
  private boolean takenBack;

  /** What was gathered by a read of all that goes on, for the facts of a failure. */
  private @Nullable ByteArrayOutputStream gathered;

  /** What a read of all ended by half way, whose bytes nobody has. */
  private @Nullable Throwable lost;

  BulkReader(
      BulkSource source, Framing framing, BulkKind kind, LineOptions options, long maxBytes) {
    this.source = source;
    this.turn = source.turn;
    this.framing = framing;
    this.kind = kind;
    this.options = options;
    this.maxBytes = maxBytes;
    this.activity = kind.reading();
  }

  LineOptions options() {
    return options;
  }

  BulkKind kind() {
    return kind;
  }

  boolean isEnded() {
    return framing.isEnded();
  }

  /** Whether all was read, and nothing of it dropped or lost. */
  boolean isWhole() {
    return framing.isEnded() && !dropped && lost == null;
  }

  /** How many bytes were read. */
  long count() {
    return framing.count();
  }

  /** Whether its connection is there still. */
  boolean isOpen() {
    return source.isOpen();
  }

  int available() {
    return source.isOpen() ? framing.buffered() : 0;
  }

  /** Some bytes, at least one; -1 at the end. */
  int read(byte[] into, int offset, int length) throws IOException {
    source.take(activity);
    // As inTurn, and without an object for each piece.
    try {
      int count = some(into, offset, length);
      turn.give();
      return count;
    } catch (Throwable e) {
      turn.left = e;
      source.leave(e);
      throw e;
    }
  }

  /** What is read in the turn of the source. */
  private interface Read<T> {
    @Nullable
    T from(BulkReader reader) throws IOException;
  }

  private <T> @Nullable T inTurn(Read<T> read) throws IOException {
    source.take(activity);
    try {
      T found = read.from(this);
      turn.give();
      return found;
    } catch (Throwable e) {
      turn.left = e;
      source.leave(e);
      throw e;
    }
  }

  /** What was read and given to nobody is lost, and what follows is not the whole. */
  void loseSince(long before, Throwable by) {
    if (framing.count() != before) {
      lost = by;
      source.fail(by);
    }
  }

  /** A line, or null at the end. */
  @Nullable
  String line() throws IOException {
    return inTurn(BulkReader::nextLine);
  }

  /** All bytes that are left. */
  byte[] bytes() throws IOException {
    return whole(BulkReader::gather);
  }

  /** All lines that are left. */
  List<String> lines() throws IOException {
    return whole(BulkReader::allLines);
  }

  /** Drops the rest, or the connection. */
  void dropRest() {
    endLost();
    if (kind == BulkKind.STREAM) {
      dropped = !framing.isEnded();
      source.takeBack(this);
      source.close();
    } else if (!framing.isEnded() && !dropped && source.takeToClose(kind.dropping())) {
      drain();
    }
  }

  private void drain() {
    try {
      dropped = true;
      activity = kind.dropping();
      deadline = Deadline.after(Incoming.DRAIN_TIMEOUT, Phase.READ);
      dropAll();
      source.takeBack(this);
      turn.give();
    } catch (Throwable e) {
      turn.left = e;
      source.leave(e);
      throw e;
    }
  }

  private void dropAll() {
    try {
      long before = framing.count();
      while (source.isOpen() && advance()) {
        if (framing.count() - before + framing.buffered() > Incoming.MAX_DRAINED_BYTES) {
          throw new LimitExceededException(
              source.endpoint(), activity, "maxDrainedBytes", Incoming.MAX_DRAINED_BYTES);
        }
        framing.consume(framing.buffered());
      }
    } catch (IOException e) {
      // Nobody asked for these bytes. The wire is closed by it, and names it at the next use.
      source.fail(e);
    }
  }

  /** Reads all that is left, by a deadline. */
  private <T> T whole(Read<T> all) throws IOException {
    return Objects.requireNonNull(
        framing.isEnded() ? all.from(this) : inTurn(reader -> reader.inTime(all)));
  }

  private <T> @Nullable T inTime(Read<T> all) throws IOException {
    try {
      deadline = transferDeadline();
      return all.from(this);
    } finally {
      deadline = Deadline.NEVER;
    }
  }

  private Deadline transferDeadline() {
    return options.dialer().deadline(options.transferTimeout(), Phase.READ, "transferTimeout");
  }

  private byte[] gather() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    gathered = all;
    try {
      byte[] piece = new byte[PIECE_BYTES];
      for (int some = 0; some >= 0; some = some(piece, 0, piece.length)) {
        checkBound(all.size() + (long) some);
        all.write(piece, 0, some);
      }
      return all.toByteArray();
    } finally {
      gathered = null;
    }
  }

  private List<String> allLines() throws IOException {
    List<String> lines = new ArrayList<>();
    long before = framing.count();
    long weight = 0;
    for (String line = nextLine(); line != null; line = nextLine()) {
      lines.add(line);
      weight += LINE_BYTES;
      checkBound(framing.count() - before + weight);
    }
    return lines;
  }

  private int some(byte[] into, int offset, int length) throws IOException {
    int past = Math.min(length, (int) Math.min(Integer.MAX_VALUE, framing.room()));
    boolean large = past >= LARGE_READ && framing.count() > 0 && source.unread().buffered() == 0;
    int some =
        large && !framing.isEnded() ? readPast(into, offset, past) : readHere(into, offset, length);
    finishAtEnd();
    return some;
  }

  private int readPast(byte[] into, int offset, int length) throws IOException {
    int some = source.read(into, offset, length, deadline, activity);
    if (some < 0) {
      endOfInput();
    } else {
      framing.passed(some);
    }
    return some;
  }

  private int readHere(byte[] into, int offset, int length) throws IOException {
    if (!advance()) {
      return -1;
    }
    int some = Math.min(framing.buffered(), length);
    checkText(some);
    framing.copy(0, into, offset, some);
    framing.consume(some);
    return some;
  }

  /** Finds out what comes next, content or the end; false at the end. */
  private boolean advance() throws IOException {
    while (!framing.look()) {
      more();
    }
    return !framing.isEnded();
  }

  private void more() throws IOException {
    if (!source.fill(deadline, activity)) {
      endOfInput();
    }
  }

  private void endOfInput() throws WirelineException {
    if (!framing.endsHere()) {
      throw cut();
    }
  }

  /** The input is free for what comes next as soon as the last byte was read. */
  private void finishAtEnd() {
    if (framing.isEnded() && !takenBack) {
      takenBack = true;
      source.takeBack(this);
      source.tell(framing.whole());
    }
  }

  private @Nullable String nextLine() throws IOException {
    boolean more = advance();
    int end = more ? awaitLineEnd() : Framing.NONE;
    if (!more || (end == Framing.NONE && framing.buffered() == 0)) {
      finishAtEnd();
      return null;
    }
    int length = framing.lineLength(end);
    checkText(end == Framing.NONE ? framing.buffered() : end + 1L);
    try {
      String line = length == 0 ? "" : LineReader.decode(framing, length, options, false);
      framing.skipLine(end);
      finishAtEnd();
      return line;
    } catch (CharacterCodingException e) {
      byte[] line = framing.front(length);
      framing.skipLine(end);
      throw notText("a line must be text in " + options.charset(), line);
    }
  }

  /** As {@link #findLineEnd()}, at most for the transfer timeout: its first byte is there. */
  private int awaitLineEnd() throws IOException {
    Deadline outer = deadline;
    try {
      return findLineEnd();
    } finally {
      deadline = outer;
    }
  }

  /** The position of the last byte of the line, or NONE if the end of all is its end. */
  private int findLineEnd() throws IOException {
    int scanned = 0;
    while (true) {
      int end = framing.lineEnd(scanned);
      if (framing.lineLength(end) > options.maxLineBytes()) {
        throw limit("maxLineBytes", options.maxLineBytes());
      }
      if (end != Framing.NONE || framing.isLast()) {
        return end;
      }
      if (scanned == 0) {
        deadline = transferDeadline().earlier(deadline);
      }
      scanned = framing.buffered();
      more();
      framing.look();
    }
  }

  /** A text is bounded however it is read: nobody knows how long it will be. */
  private void checkText(long more) throws WirelineException {
    if (kind == BulkKind.TEXT) {
      checkBound(framing.count() + more);
    }
  }

  private void checkBound(long size) throws WirelineException {
    if (size > maxBytes) {
      throw limit(kind.bound(), maxBytes);
    }
  }

  /** What has come of it is in memory: that its connection is gone is not for a read to find. */
  void checkThere() throws WirelineException {
    endLost();
    if (!framing.isEnded()) {
      source.checkOpen(activity);
    }
    if (dropped) {
      throw new IllegalStateException("this " + kind.noun() + " was closed before its end");
    }
  }

  private void endLost() {
    Throwable by = lost;
    if (by != null) {
      source.fail(by);
    }
  }

  PeerProtocolException notText(String rule, byte[] bytes) {
    return source.told(
        new PeerProtocolException(source.endpoint(), activity, rule, Quoted.bytes(bytes), true));
  }

  private WirelineException limit(String name, long max) {
    return broken(new LimitExceededException(source.endpoint(), activity, name, max));
  }

  private WirelineException cut() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteArrayOutputStream before = gathered;
    if (before != null) {
      received.writeBytes(before.toByteArray());
    }
    received.writeBytes(source.unread().front(source.unread().buffered()));
    return broken(new ConnectionClosedException(
        source.endpoint(), activity, framing.cut(), received.toByteArray(), null));
  }

  private WirelineException broken(WirelineException failure) {
    source.fail(failure);
    return failure;
  }
}
