package dev.wireline.line;

import dev.wireline.error.ClientClosedException;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bulk data being sent: a text that ends in a dot, a block of an announced length, or everything up to the end
 * of a connection.
 *
 * <p>{@link #finish()} completes it. {@link #close()} without that gives the connection up, so that the peer
 * never takes a part for the whole:
 *
 * <pre>{@code
 * try (Outgoing text = texts.write()) {
 *   report.printTo(text);           // where this throws, the peer has no message
 *   text.finish();
 * }
 * }</pre>
 *
 * <p>Bytes are gathered and sent 16 KiB at first, then 64 KiB at a time. In a text every line that starts with
 * a dot gets another one, and every line ends in CRLF: a bare CR or LF becomes CRLF, since what one server takes
 * for part of a line is the end of a message for another. The last line gets its CRLF if it has none. Everything
 * else is sent as it is.
 *
 * <p>If it belongs to an exchange that stays open ({@link LineClient#openOutgoing}), {@code finish()} ends the
 * exchange, and throws what the exchange's last step throws.
 *
 * <p>Not thread-safe.
 */
public final class Outgoing extends OutputStream {
  private final LineWriter writer;
  private final Wire wire;
  private final BulkKind kind;
  private final Gathering gathering;
  private final Packing packing;
  private boolean finished;
  private boolean givenUp;

  /** What ended a write half way: a part is missing from then on. */
  private @Nullable Throwable left;

  private @Nullable OpenExchange exchange;

  private Outgoing(LineWriter writer, Wire wire, BulkKind kind, long announced) {
    this.writer = writer;
    this.wire = wire;
    this.kind = kind;
    this.gathering = new Gathering(
        (bytes, offset, length) -> writer.block(wire, bytes, offset, length, kind.writing()));
    this.packing =
        kind == BulkKind.TEXT ? new DotStuffing(gathering) : new CountedBytes(gathering, announced);
    wire.sending(true);
  }

  static Outgoing text(LineWriter writer, Wire wire) {
    return new Outgoing(writer, wire, BulkKind.TEXT, Content.UNKNOWN);
  }

  static Outgoing block(LineWriter writer, Wire wire, long length) {
    return new Outgoing(writer, wire, BulkKind.BLOCK, length);
  }

  static Outgoing toTheEnd(LineWriter writer, Wire wire) {
    return new Outgoing(writer, wire, BulkKind.STREAM, Content.UNKNOWN);
  }

  /**
   * Everything that a wire sends up to the end of its output. {@link #finish()} shuts the output down; the
   * input stays open, and the caller still has to close the wire. Nothing is sent yet.
   *
   * @param wire the connection
   * @param options the charset and the transfer timeout
   * @return the stream
   * @throws IOException if the wire is not open
   */
  public static Outgoing of(Wire wire, LineOptions options) throws IOException {
    Objects.requireNonNull(wire, "wire");
    return new LineWriter(Objects.requireNonNull(options, "options"), new Witness())
        .lend(wire, Outgoing::toTheEnd);
  }

  /** Makes this part of an exchange, which its end ends. */
  void belongsTo(OpenExchange opened) {
    exchange = opened;
  }

  /**
   * Writes a part. Parts may be split anywhere, even within a CRLF. Each write of what was gathered waits as
   * {@link LineClient#writeLine(String)} does.
   *
   * @param bytes where they are
   * @param offset the first of them
   * @param length how many
   * @throws IllegalStateException if it was finished or given up, or another thread is writing
   * @throws IOException as {@link LineClient#writeLine(String)}, or if a block gets more bytes than announced;
   *     the client is BROKEN
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.requireNonNull(bytes, "bytes");
    Objects.checkFromIndexSize(offset, length, bytes.length);
    checkThere();
    try {
      packing.put(bytes, offset, length);
    } catch (Throwable e) {
      left = e;
      fail(e);
      throw e;
    }
  }

  /**
   * Writes one byte.
   *
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * Writes a line and its end.
   *
   * @param line the line without its end, in the charset of the client; may be empty
   * @throws IllegalArgumentException if it contains CR, LF or NUL, or a character that the charset cannot
   *     encode; nothing of it was written
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  public void writeLine(String line) throws IOException {
    Objects.requireNonNull(line, "line");
    LineBytes encoded = LineBytes.ofText(writer.charset());
    encoded.line(line);
    write(encoded.array(), 0, encoded.size());
  }

  /**
   * Sends what was gathered, except the last byte of a complete block, which waits for {@link #finish()}.
   *
   * @throws IOException as {@link #write(byte[], int, int)}
   */
  @Override
  public void flush() throws IOException {
    endLeft();
    if (!finished && !givenUp) {
      try {
        gathering.send(packing.held());
      } catch (Throwable e) {
        left = e;
        fail(e);
        throw e;
      }
    }
  }

  /**
   * Completes it: sends what was gathered, then what tells the peer that this is the end. The client can write
   * again. Does nothing if it was finished before.
   *
   * @throws IllegalStateException if it was given up before
   * @throws IOException as {@link #write(byte[], int, int)}, or if a block has fewer bytes than announced, in
   *     which case the client is BROKEN; or whatever the last step of an exchange threw
   */
  public void finish() throws IOException {
    if (!finished) {
      checkThere();
      try {
        end();
      } catch (Throwable e) {
        left = e;
        fail(e);
        throw e;
      }
      writer.witness().note("# C: " + packing.whole(gathering.sent()));
    }
    OpenExchange of = exchange;
    if (of != null) {
      of.end(true);
    }
  }

  private void end() throws IOException {
    packing.end();
    gathering.send(0);
    if (kind == BulkKind.STREAM) {
      wire.output().shutdown();
    }
    finished = true;
    wire.sending(false);
    writer.takeBack(this);
  }

  /**
   * Does nothing after {@link #finish()}. Before that, resets the connection, so that the peer does not take a
   * part for the whole, even if the end of the connection would mark its end. The client is BROKEN, which its
   * next use reports. A Unix-domain socket has no reset and simply ends.
   *
   * @throws IOException only what the last step threw, of an exchange that writes on another connection than
   *     the client's
   */
  @Override
  public void close() throws IOException {
    endLeft();
    giveUp(null);
    OpenExchange of = exchange;
    if (of != null) {
      of.close(finished);
    }
  }

  /** Sends a whole content. */
  void sendAll(InputStream content) throws IOException {
    try {
      content.transferTo(this);
      finish();
    } catch (Throwable e) {
      giveUp(e);
      throw e;
    }
  }

  /** What the peer says about it on another connection takes precedence over what went wrong on this one. */
  private void fail(Throwable why) throws IOException {
    giveUp(why);
    OpenExchange of = exchange;
    if (of != null && why instanceof Error) {
      of.giveUp(why);
    } else if (of != null) {
      try {
        of.close(false);
      } catch (IOException e) {
        e.addSuppressed(why);
        throw e;
      }
    }
  }

  private void giveUp(@Nullable Throwable why) {
    if (!finished && !givenUp) {
      wire.fail(new ClientClosedException(
          wire.endpoint(), kind.writing(), "the " + kind.noun() + " was given up half way", why));
      givenUp = true;
      writer.takeBack(this);
    }
  }

  /** Gives it up if a part was lost and there was no room to do so before. */
  private void endLeft() {
    Throwable halfWay = left;
    if (halfWay != null) {
      giveUp(halfWay);
    }
  }

  private void checkThere() {
    endLeft();
    if (finished || givenUp) {
      throw new IllegalStateException("this " + kind.noun() + " was ended or given up");
    }
  }

  /**
   * What it is and how much of it was sent.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "a " + kind.noun() + " of which " + gathering.sent() + " bytes have left";
  }
}
