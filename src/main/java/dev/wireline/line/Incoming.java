package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Copying;
import dev.wireline.internal.StrictText;
import dev.wireline.internal.WholeFile;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
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
 * Received bulk data: a text that ends in a dot, a block of an announced length, or everything up to the end of
 * a connection.
 *
 * <p>Read it as a stream of bytes, line by line, whole, or into a file; you can mix these. At its end, reads
 * return -1 or no more lines. It is complete or it throws: a connection cut earlier is an exception. Each wait
 * ends at the silence timeout; reading it whole is also subject to the transfer timeout.
 *
 * <p>{@link #close()} before the end reads and drops a small rest, so that the connection stays usable; a long
 * or slow rest breaks the connection instead, which the client reports at its next use. Closing one that
 * extends to the end of its connection hangs up.
 *
 * <p>If it belongs to an exchange that stays open ({@link LineClient#openIncoming}), reaching its end or
 * closing it ends the exchange, and throws what the exchange's last step throws. A read that fails on another
 * connection than the client's ends it too; what the peer says about it takes precedence over what went wrong.
 *
 * <p>Not thread-safe; a second reading thread gets an {@link IllegalStateException}.
 */
public final class Incoming extends InputStream {
  /** The most of an unread rest that {@link #close()} reads to keep the connection usable: 64 KiB. */
  public static final int MAX_DRAINED_BYTES = 64 * 1024;

  /** How long {@link #close()} waits for that rest: 1 s. */
  public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

  private final BulkReader reader;
  private @Nullable OpenExchange exchange;

  Incoming(BulkSource source, Framing framing, BulkKind kind, LineOptions options, long maxBytes) {
    this.reader = new BulkReader(source, framing, kind, options, maxBytes);
  }

  /**
   * Everything that a stream yields, with the limits and the charset of a client, such as a listing on a
   * connection of its own. Reads nothing yet.
   *
   * @param in the bytes; it is closed at its end, at {@link #close()} and after a failure
   * @param from the sender, for messages
   * @param options the charset, the line ends, and the limits {@code maxLineBytes} and {@code maxReadBytes};
   *     the transfer timeout is checked between two reads of the stream
   * @return the stream
   */
  public static Incoming of(InputStream in, Endpoint from, LineOptions options) {
    Objects.requireNonNull(in, "in");
    StreamSource source = new StreamSource(in, Objects.requireNonNull(from, "from"));
    return toTheEnd(source, Objects.requireNonNull(options, "options"));
  }

  /**
   * Everything that a wire receives up to the end of its connection, with the limits and the charset of a
   * client. Reads nothing yet.
   *
   * @param wire the connection; {@link #close()} closes it
   * @param options the charset, the line ends, {@code maxLineBytes}, {@code maxReadBytes} and the transfer
   *     timeout
   * @return the stream
   */
  public static Incoming of(Wire wire, LineOptions options) {
    Objects.requireNonNull(wire, "wire");
    LineReader reader = new LineReader(Objects.requireNonNull(options, "options"), new Witness());
    return toTheEnd(new WireSource(reader, wire), options);
  }

  static Incoming toTheEnd(BulkSource source, LineOptions options) {
    Framing all = new PlainBytes(source.unread(), PlainBytes.TO_THE_END, options.lineEnds());
    return new Incoming(source, all, BulkKind.STREAM, options, options.maxReadBytes());
  }

  /** Makes this part of an exchange, which its end or its close ends. */
  void belongsTo(OpenExchange opened) {
    exchange = opened;
  }

  BulkReader reader() {
    return reader;
  }

  /**
   * Reads what is there, at least one byte.
   *
   * @param into where they go
   * @param offset the first place there
   * @param length the most to read
   * @return how many were read; -1 at the end
   * @throws ConnectionClosedException if the peer hung up before the end; the client is BROKEN
   * @throws LimitExceededException if a text is longer than its limit; the client is BROKEN
   * @throws IllegalStateException if it was closed before its end, or another thread is reading
   * @throws IOException as {@link LineClient#readLine()}, and at the end whatever the last step of an exchange
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
    int some;
    try {
      some = reader.isEnded() ? -1 : reader.read(into, offset, length);
    } catch (IOException e) {
      throw answered(e);
    }
    if (some < 0) {
      endExchange();
    }
    return some;
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
   * Reads the given number of bytes, or all up to the end.
   *
   * @param length the most to read
   * @return the bytes, fewer only at the end
   * @throws IOException as {@link #read(byte[], int, int)}; the client is also BROKEN if an error ends this
   *     half way
   */
  @Override
  public byte[] readNBytes(int length) throws IOException {
    long before = reader.count();
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      reader.loseSince(before, e);
      throw e;
    }
  }

  /**
   * Writes all that is left to a stream, in pieces of up to 64 KiB.
   *
   * @param out where it goes; not closed
   * @return how many bytes there were
   * @throws IOException as {@link #read(byte[], int, int)}, and what the stream threw
   */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    return Copying.all(this, Objects.requireNonNull(out, "out"));
  }

  /**
   * How many bytes can be read without waiting.
   *
   * @return 0 or more, never too many
   */
  @Override
  public int available() {
    return reader.available();
  }

  /**
   * Reads the rest, waiting at most the transfer timeout.
   *
   * @return the bytes; empty at the end
   * @throws LimitExceededException if there are more than the limit: that of {@link DotBlocks} or {@link
   *     Blocks}, else {@code maxReadBytes}; the client is BROKEN
   * @throws ConnectionClosedException if the peer hung up before the end; it holds the bytes that came; the
   *     client is BROKEN
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  public byte[] bytes() throws IOException {
    checkThere();
    byte[] bytes;
    try {
      bytes = reader.bytes();
    } catch (IOException e) {
      throw answered(e);
    }
    endExchange();
    return bytes;
  }

  /**
   * Reads the rest as text, in the charset of the client.
   *
   * @return the text, with its line ends
   * @throws PeerProtocolException if it is not text in that charset; it is consumed, and the client stays
   *     usable
   * @throws IOException as {@link #bytes()}
   */
  public String text() throws IOException {
    return text(reader.options().charset());
  }

  /**
   * Reads the rest as text.
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
      throw reader.notText("what comes must be text in " + charset, bytes);
    }
  }

  /**
   * Reads one line, or the rest of one if a part was read as bytes. The last line of a block or of a connection
   * needs no line end. Waits at most the silence timeout for its first byte, and then at most the transfer
   * timeout for its last.
   *
   * @return the line without its end, or empty at the end
   * @throws PeerProtocolException if its bytes are not text in the client's charset or its {@code
   *     fallbackCharset}; the line is consumed, and the next lines can be read
   * @throws LimitExceededException if it is longer than {@code maxLineBytes}, or a text is longer than its
   *     limit; the client is BROKEN
   * @throws IOException as {@link #read(byte[], int, int)}
   */
  public Optional<String> readLineOrEnd() throws IOException {
    checkThere();
    String line;
    try {
      line = reader.isEnded() ? null : reader.line();
    } catch (IOException e) {
      throw answered(e);
    }
    if (line == null) {
      endExchange();
    }
    return Optional.ofNullable(line);
  }

  /**
   * Reads all remaining lines, waiting at most the transfer timeout.
   *
   * @return the lines without their ends
   * @throws LimitExceededException as {@link #bytes()} and {@link #readLineOrEnd()}, where each line counts as
   *     64 bytes more, for its overhead in memory; the client is BROKEN
   * @throws IOException as {@link #readLineOrEnd()}
   */
  public List<String> readLines() throws IOException {
    checkThere();
    List<String> lines;
    try {
      lines = reader.lines();
    } catch (IOException e) {
      throw answered(e);
    }
    endExchange();
    return lines;
  }

  /**
   * The remaining lines, read on demand. What {@link #readLineOrEnd()} throws arrives wrapped in {@link
   * UncheckedIOException}.
   *
   * @return the lines without their ends; use the stream once, and close it if you leave it before its end,
   *     which closes this
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
   * Saves the rest to a file, which appears under its name only once it is complete.
   *
   * @param file its path; an existing file is replaced at the end
   * @throws IllegalArgumentException if the path has no name; nothing was read
   * @throws IOException as {@link #read(byte[], int, int)}, or if the file system failed; an existing file is
   *     as before. The client is BROKEN or, if nothing was read, everything is still unread
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    WholeFile whole = WholeFile.at(file);
    long before = reader.count();
    try {
      whole.write(this::transferTo);
    } catch (Throwable e) {
      OpenExchange of = exchange;
      if (of == null || !of.isFailedBy(e)) {
        // The next time, what follows would be saved as if it were everything.
        reader.loseSince(before, e);
      }
      throw e;
    }
  }

  /**
   * Does nothing at the end. Before the end, reads and drops the rest, at most {@link #MAX_DRAINED_BYTES}
   * within {@link #DRAIN_TIMEOUT}; if there is more, or it does not come in that time, the connection is closed
   * and the client is BROKEN, which its next use reports. If this extends to the end of a connection, that is
   * closed in any case.
   *
   * @throws IllegalStateException if another thread reads
   * @throws IOException only what the last step of an exchange threw
   */
  @Override
  public void close() throws IOException {
    boolean whole = reader.isWhole();
    reader.dropRest();
    OpenExchange of = exchange;
    if (of != null) {
      of.close(whole);
    }
  }

  private void checkThere() throws IOException {
    try {
      reader.checkThere();
    } catch (WirelineException e) {
      throw answered(e);
    }
    OpenExchange of = exchange;
    if (of != null) {
      of.checkOpen(reader.kind().reading());
    }
  }

  /** What the peer says on another connection about a failure on this one takes precedence over the failure. */
  private IOException answered(IOException failure) {
    OpenExchange of = exchange;
    if (of != null && !reader.isOpen()) {
      try {
        of.close(false);
      } catch (IOException answer) {
        if (answer != failure) {
          answer.addSuppressed(failure);
        }
        return answer;
      }
    }
    return failure;
  }

  private void endExchange() throws IOException {
    OpenExchange of = exchange;
    if (of != null) {
      of.end(true);
    }
  }

  /**
   * What it is and how far it has been read.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "a " + reader.kind().noun() + " of which " + reader.count() + " bytes were read";
  }
}
