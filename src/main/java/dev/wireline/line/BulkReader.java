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
 * Reads bulk data in the turn of its source: as bytes, as lines, or whole, within its limits.
 *
 * <p>Two states must not be overlooked by a later read: its rest was dropped, or a part was lost to an error.
 * Each use checks both first.
 */
final class BulkReader {
  /** What a line in a list counts in addition to its bytes, for its overhead in memory. */
  private static final int LINE_BYTES = 64;

  private static final int PIECE_BYTES = 16 * 1024;

  /** From this size on a read bypasses the buffer. */
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

  /** What an unfinished read of everything has gathered so far, for the facts of a failure. */
  private @Nullable ByteArrayOutputStream gathered;

  /** What ended a read of everything half way; nobody has its bytes. */
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

  /** Whether everything was read, and nothing of it dropped or lost. */
  boolean isWhole() {
    return framing.isEnded() && !dropped && lost == null;
  }

  /** How many bytes were read. */
  long count() {
    return framing.count();
  }

  /** Whether its connection is still there. */
  boolean isOpen() {
    return source.isOpen();
  }

  int available() {
    return source.isOpen() ? framing.buffered() : 0;
  }

  /** Reads some bytes, at least one; -1 at the end. */
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

  /** A read in the turn of the source. */
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

  /** Records that bytes that were read but not returned are lost, so that what follows is not the whole. */
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

  /** All remaining bytes. */
  byte[] bytes() throws IOException {
    return whole(BulkReader::gather);
  }

  /** All remaining lines. */
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
      // Nobody asked for these bytes. The failure closes the wire, which reports it at the next
      // use.
      source.fail(e);
    }
  }

  /** Reads the rest, by a deadline. */
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

  /** Frees the input for what comes next as soon as the last byte has been read. */
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

  /** As {@link #findLineEnd()}, waiting at most the transfer timeout, since the first byte of the line is there. */
  private int awaitLineEnd() throws IOException {
    Deadline outer = deadline;
    try {
      return findLineEnd();
    } finally {
      deadline = outer;
    }
  }

  /** The position of the last byte of the line, or NONE if the line ends with the content. */
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

  /** A text is limited however it is read, since its length is unknown. */
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

  /** A read of what is in memory would not notice that the connection is gone. */
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
