package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.internal.Turn;
import dev.wireline.internal.WholeFile;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What comes in bulk: a text that ends in a dot, a block of an announced length, or all that a connection
 * brings to its end.
 *
 * <p>It is read as a stream of bytes, line by line, whole, or into a file; the ways can be mixed. Its end is
 * -1, or no more lines. It ends whole or throws: a connection that is cut before is an exception. Each wait
 * ends at the silence timeout; what is read whole has the transfer timeout besides.
 *
 * <p>{@link #close()} before the end reads and drops a small rest, so that the connection can go on; a long
 * or a slow rest breaks the connection instead, and the client says so at its next use. One that goes to
 * the end of its connection hangs up.
 *
 * <p>Where it belongs to an exchange that stays open ({@link LineClient#openIncoming}), its end or its
 * {@code close()} ends the exchange, and throws what the last step of that throws.
 *
 * <p>Not thread-safe; a second thread that reads gets an {@link IllegalStateException}.
 */
public final class Incoming extends InputStream {
  /** The most of an unread rest that {@link #close()} reads so that the connection can go on: 64 KiB. */
  public static final int MAX_DRAINED_BYTES = 64 * 1024;

  /** How long {@link #close()} waits for that rest: 1 s. */
  public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

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
  private Deadline deadline = Deadline.NEVER;
  private boolean dropped;
  private boolean takenBack;

  /** What was gathered by a read of all that goes on, for the facts of a failure. */
  private @Nullable ByteArrayOutputStream gathered;

  /** What a read of all ended by half way, whose bytes nobody has. */
  private @Nullable Throwable lost;

  private @Nullable OpenExchange exchange;

  Incoming(BulkSource source, Framing framing, BulkKind kind, LineOptions options, long maxBytes) {
    this.source = source;
    this.turn = source.turn;
    this.framing = framing;
    this.kind = kind;
    this.options = options;
    this.maxBytes = maxBytes;
  }

  /**
   * All that a stream gives, with the bounds and the charset of a client: a listing on a connection of its
   * own, for example. Reads nothing yet.
   *
   * @param in the bytes; it is closed at its end, at {@link #close()} and after a failure
   * @param from who sends them, for messages
   * @param options the charset, the line ends, and the bounds {@code maxLineBytes} and {@code maxReadBytes};
   *     the transfer timeout is looked at between two reads of the stream
   * @return the stream
   */
  public static Incoming of(InputStream in, Endpoint from, LineOptions options) {
    Objects.requireNonNull(in, "in");
    StreamSource source = new StreamSource(in, Objects.requireNonNull(from, "from"));
    return toTheEnd(source, Objects.requireNonNull(options, "options"));
  }

  /**
   * All that a wire receives to the end of its connection, with the bounds and the charset of a client.
   * Reads nothing yet.
   *
   * @param wire the connection; {@link #close()} closes it
   * @param options the charset, the line ends, {@code maxLineBytes}, {@code maxReadBytes} and the transfer
   *     timeout
   * @return the stream
   */
  public static Incoming of(Wire wire, LineOptions options) {
    Objects.requireNonNull(wire, "wire");
    LineReader reader = new LineReader(Objects.requireNonNull(options, "options"));
    return toTheEnd(new WireSource(reader, wire), options);
  }

  static Incoming toTheEnd(BulkSource source, LineOptions options) {
    Framing all = new PlainBytes(source.unread(), PlainBytes.TO_THE_END, options.lineEnds());
    return new Incoming(source, all, BulkKind.STREAM, options, options.maxReadBytes());
  }

  /** Makes this a part of an exchange, which its end or its close ends. */
  void belongsTo(OpenExchange opened) {
    exchange = opened;
  }

  boolean isEnded() {
    return framing.isEnded();
  }

  /**
   * Reads some bytes: what is there, and at least one.
   *
   * @param into where they go
   * @param offset the first place there
   * @param length the most to read
   * @return how many were read; -1 at the end, when all has been read
   * @throws ConnectionClosedException if the peer hung up before the end; the client is BROKEN
   * @throws LimitExceededException if a text is longer than its bound; BROKEN
   * @throws IllegalStateException if it was closed before its end, or another thread reads
   * @throws IOException as {@link LineClient#readLine()}, and at the end what the last step of an exchange
   *     threw
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.requireNonNull(into, "into");
    Objects.checkFromIndexSize(offset, length, into.length);
    checkThere();
    if (length == 0) {
      return 0;
    }
    int some = framing.isEnded() ? -1 : readSome(into, offset, length);
    if (some < 0) {
      endExchange();
    }
    return some;
  }

  private int readSome(byte[] into, int offset, int length) throws IOException {
    source.take(kind.reading());
    try {
      int some = some(into, offset, length);
      turn.give();
      return some;
    } catch (Throwable e) {
      turn.left = e;
      source.leave(e);
      throw e;
    }
  }

  /**
   * Reads one byte.
   *
   * @return 0 to 255, or -1 at the end
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
   * @throws IOException as {@link #read(byte[], int, int)}; the client is BROKEN too if an error ends this
   *     half way
   */
  @Override
  public byte[] readNBytes(int length) throws IOException {
    long before = framing.count();
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      loseSince(before, e);
      throw e;
    }
  }

  /** What was read and given to nobody is lost, and what follows is not the whole. */
  private void loseSince(long before, Throwable by) {
    if (framing.count() != before) {
      lost = by;
      source.fail(by);
    }
  }

  /**
   * How many bytes can be read without waiting.
   *
   * @return 0 or more, not more than there are
   */
  @Override
  public int available() {
    return source.isOpen() ? framing.size() : 0;
  }

  /**
   * Reads all that is left, at most for the transfer timeout.
   *
   * @return the bytes; none behind the end
   * @throws LimitExceededException if there are more than the bound: that of {@link DotBlocks} or {@link
   *     Blocks}, else {@code maxReadBytes}; the client is BROKEN
   * @throws ConnectionClosedException if the peer hung up before the end; it holds what came; BROKEN
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  public byte[] bytes() throws IOException {
    return whole(this::gather);
  }

  /**
   * Reads all that is left as text, in the charset of the client.
   *
   * @return the text, with its line ends
   * @throws PeerProtocolException if it is not text in that charset; it is consumed, and the client stays
   *     usable
   * @throws IOException as {@link #bytes()}
   */
  public String text() throws IOException {
    return text(options.charset());
  }

  /**
   * Reads all that is left as text.
   *
   * @param charset its charset
   * @return the text, with its line ends
   * @throws IOException as {@link #text()}
   */
  public String text(Charset charset) throws IOException {
    Objects.requireNonNull(charset, "charset");
    byte[] bytes = bytes();
    try {
      return StrictText.decode(bytes, 0, bytes.length, charset);
    } catch (CharacterCodingException e) {
      throw notText("what comes must be text in " + charset, bytes);
    }
  }

  /**
   * Reads one line; what is left of it if a part was read as bytes. The last line of a block or of a
   * connection needs no end.
   *
   * @return the line without its end, or empty at the end
   * @throws PeerProtocolException if its bytes are not text in the client's charset; the line is consumed,
   *     and the lines behind it can be read
   * @throws LimitExceededException if it is longer than {@code maxLineBytes}, or a text is longer than its
   *     bound; the client is BROKEN
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  public Optional<String> readLineOrEnd() throws IOException {
    checkThere();
    Optional<String> line = framing.isEnded() ? Optional.empty() : oneLine();
    if (line.isEmpty()) {
      endExchange();
    }
    return line;
  }

  private Optional<String> oneLine() throws IOException {
    source.take(kind.reading());
    try {
      Optional<String> line = Optional.ofNullable(nextLine());
      turn.give();
      return line;
    } catch (Throwable e) {
      turn.left = e;
      source.leave(e);
      throw e;
    }
  }

  /**
   * Reads all lines that are left, at most for the transfer timeout.
   *
   * @return the lines without their ends
   * @throws LimitExceededException as {@link #bytes()} and {@link #readLineOrEnd()}, where each line counts
   *     64 bytes more, for what it takes in memory; the client is BROKEN
   * @throws IOException as {@link #readLineOrEnd()}
   */
  public List<String> readLines() throws IOException {
    return whole(this::allLines);
  }

  /**
   * The lines that are left, read as they are asked for. What {@link #readLineOrEnd()} throws comes as
   * {@link UncheckedIOException}.
   *
   * @return the lines without their ends; to be used once, and closed if left before its end, which closes
   *     this
   */
  public Stream<String> lines() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    Spliterator<String> lines = new AbstractSpliterator<>(Long.MAX_VALUE, traits) {
      @Override
      public boolean tryAdvance(Consumer<? super String> action) {
        try {
          Optional<String> line = readLineOrEnd();
          line.ifPresent(action);
          return line.isPresent();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
    return StreamSupport.stream(lines, false).onClose(() -> {
      try {
        close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /**
   * Saves what is left in a file, which appears under its name only when it is whole.
   *
   * @param file its path; a file that is there is replaced at the end
   * @throws IllegalArgumentException if the path has no name; nothing was read
   * @throws IOException as {@link #read(byte[], int, int)}, or if the file system failed: what was there is
   *     as before. The client is BROKEN, or all is still unread if nothing was read
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    WholeFile whole = WholeFile.at(file);
    long before = framing.count();
    try {
      whole.write(this::transferTo);
    } catch (Throwable e) {
      OpenExchange of = exchange;
      if (of == null || !of.isFailedBy(e)) {
        // What follows would be saved for all of it, the next time.
        loseSince(before, e);
      }
      throw e;
    }
  }

  /**
   * Ends it: does nothing behind the end. Before it, reads and drops the rest, at most {@link
   * #MAX_DRAINED_BYTES} in {@link #DRAIN_TIMEOUT}; if there is more, or it does not come in that time, the
   * connection is closed and the client is BROKEN, which its next use tells. One that goes to the end of a
   * connection closes that in any case.
   *
   * @throws IllegalStateException if another thread reads
   * @throws IOException what the last step of an exchange threw; nothing else
   */
  @Override
  public void close() throws IOException {
    boolean whole = framing.isEnded() && !dropped && lost == null;
    dropRest();
    OpenExchange of = exchange;
    if (of != null) {
      of.close(whole);
    }
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
      deadline = Deadline.after(DRAIN_TIMEOUT, Phase.READ);
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
        if (framing.count() - before + framing.size() > MAX_DRAINED_BYTES) {
          throw new LimitExceededException(
              source.endpoint(), kind.dropping(), "maxDrainedBytes", MAX_DRAINED_BYTES);
        }
        framing.skip(framing.size());
      }
    } catch (IOException e) {
      // Nobody asked for these bytes. The wire is closed by it, and names it at the next use.
      source.fail(e);
    }
  }

  private interface Whole<T> {
    T read() throws IOException;
  }

  /** Reads all that is left by a deadline, and ends the exchange. */
  private <T> T whole(Whole<T> all) throws IOException {
    checkThere();
    T result = framing.isEnded() ? all.read() : inTime(all);
    endExchange();
    return result;
  }

  private <T> T inTime(Whole<T> all) throws IOException {
    source.take(kind.reading());
    try {
      deadline = Deadline.after(options.transferTimeout(), Phase.READ, "transferTimeout");
      T result = all.read();
      deadline = Deadline.NEVER;
      turn.give();
      return result;
    } catch (Throwable e) {
      turn.left = e;
      deadline = Deadline.NEVER;
      gathered = null;
      source.leave(e);
      throw e;
    }
  }

  private byte[] gather() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    gathered = all;
    byte[] piece = new byte[PIECE_BYTES];
    for (int some = 0; some >= 0; some = some(piece, 0, piece.length)) {
      checkBound(all.size() + (long) some);
      all.write(piece, 0, some);
    }
    gathered = null;
    return all.toByteArray();
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
    boolean large = past >= LARGE_READ && framing.count() > 0 && source.unread().size() == 0;
    int some =
        large && !framing.isEnded() ? readPast(into, offset, past) : readHere(into, offset, length);
    finishAtEnd();
    return some;
  }

  private int readPast(byte[] into, int offset, int length) throws IOException {
    int some = source.read(into, offset, length, deadline, kind.reading());
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
    int some = Math.min(framing.size(), length);
    checkText(some);
    framing.copy(0, into, offset, some);
    framing.skip(some);
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
    if (!source.fill(deadline, kind.reading())) {
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
    if (!more || (end == Framing.NONE && framing.size() == 0)) {
      finishAtEnd();
      return null;
    }
    int length = framing.lineLength(end);
    checkText(end == Framing.NONE ? framing.size() : end + 1L);
    try {
      String line = length == 0 ? "" : framing.text(0, length, options.charset());
      framing.skipLine(end);
      finishAtEnd();
      return line;
    } catch (CharacterCodingException e) {
      byte[] line = framing.front(length);
      framing.skipLine(end);
      throw notText("a line must be text in " + options.charset(), line);
    }
  }

  /** The position of the last byte of the line, or NONE if the end of all is its end. */
  private int awaitLineEnd() throws IOException {
    int scanned = 0;
    while (true) {
      int end = framing.lineEnd(scanned);
      if (framing.lineLength(end) > options.maxLineBytes()) {
        throw limit("maxLineBytes", options.maxLineBytes());
      }
      if (end != Framing.NONE || framing.isLast()) {
        return end;
      }
      scanned = framing.size();
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
  private void checkThere() throws WirelineException {
    endLost();
    if (!framing.isEnded()) {
      source.checkOpen(kind.reading());
    }
    if (dropped) {
      throw new IllegalStateException("this " + kind.noun() + " was closed before its end");
    }
    OpenExchange of = exchange;
    if (of != null) {
      of.checkOpen(kind.reading());
    }
  }

  private void endLost() {
    Throwable by = lost;
    if (by != null) {
      source.fail(by);
    }
  }

  private void endExchange() throws IOException {
    OpenExchange of = exchange;
    if (of != null) {
      of.end(true);
    }
  }

  private PeerProtocolException notText(String rule, byte[] bytes) {
    return source.told(new PeerProtocolException(
        source.endpoint(), kind.reading(), rule, Quoted.bytes(bytes), true));
  }

  private WirelineException limit(String name, long max) {
    return broken(new LimitExceededException(source.endpoint(), kind.reading(), name, max));
  }

  private WirelineException cut() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteArrayOutputStream before = gathered;
    if (before != null) {
      received.writeBytes(before.toByteArray());
    }
    received.writeBytes(source.unread().front(source.unread().size()));
    return broken(new ConnectionClosedException(
        source.endpoint(), kind.reading(), framing.cut(), received.toByteArray(), null));
  }

  private WirelineException broken(WirelineException failure) {
    source.fail(failure);
    return failure;
  }

  /**
   * What it is and how far it was read.
   *
   * @return a text for a reader
   */
  @Override
  public String toString() {
    return "a " + kind.noun() + " of which " + framing.count() + " bytes were read";
  }
}
