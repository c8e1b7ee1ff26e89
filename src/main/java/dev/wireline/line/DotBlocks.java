package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.internal.Bounds;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Texts of many lines that end in a line with a dot alone, read and written through a client that holds
 * it (RFC 5321, section 4.5.2; RFC 1939, section 3; RFC 3977, section 3.1.1).
 *
 * <pre>
 * C: RETR 1
 * S: +OK
 * S: Subject: dots
 * S:
 * S: ..this line starts with a dot
 * S: .
 * </pre>
 *
 * <p>A line of the text that starts with a dot has one more on the wire. The settings are immutable: each
 * {@code with} gives another object for the same client.
 *
 * <p><b>Strict:</b> a text ends at CRLF, dot, CRLF and nowhere else, and a bare LF or CR is a part of a
 * line. A reader that takes LF, dot, LF for an end can be made to see a command in the middle of a
 * message. <b>Lenient:</b> with {@link #withBareLf()} a bare LF ends a line too, for servers that send
 * nothing else.
 */
public final class DotBlocks {
  /** The most bytes of one text that comes in, unless set: 64 MiB. */
  public static final long MAX_BYTES = 64L << 20;

  private final LineClient client;
  private final boolean bareLf;
  private final long maxBytes;

  private DotBlocks(LineClient client, boolean bareLf, long maxBytes) {
    this.client = client;
    this.bareLf = bareLf;
    this.maxBytes = maxBytes;
  }

  /** What a text is to hold, for {@link #write}. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the text, as it is and without the dots of the wire.
     *
     * @param out where it goes
     * @throws IOException when it could not be had or written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The texts that a client reads and writes, with strict ends. Does no I/O.
   *
   * @param client who reads and writes
   * @return a reader and writer with the standard bound
   */
  public static DotBlocks of(LineClient client) {
    return new DotBlocks(Objects.requireNonNull(client, "client"), false, MAX_BYTES);
  }

  /**
   * The same, where a bare LF ends a line that comes in too.
   *
   * @return a lenient reader
   */
  public DotBlocks withBareLf() {
    return new DotBlocks(client, true, maxBytes);
  }

  /**
   * The same with another bound.
   *
   * @param value the most bytes of one text that comes in, its line ends counted, 1 or more
   * @return a reader with that bound
   * @throws IllegalArgumentException when it is less than 1
   */
  public DotBlocks withMaxBytes(long value) {
    return new DotBlocks(client, bareLf, Bounds.check("maxTextBytes", value));
  }

  /**
   * Begins to read a text, right behind the line that announced it. Waits for nothing yet.
   *
   * @return the text; until its end is read, or it is closed, it has the client's input. When the client
   *     reads something else meanwhile, it is closed first.
   * @throws IOException when the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public DotInput read() throws IOException {
    Wire wire = client.ready();
    return client.reader().lend(wire, client.options(), bareLf, maxBytes);
  }

  /**
   * Begins to write a text, after the peer has said that it wants it. Nothing leaves yet.
   *
   * @return the text; until it is closed, the client writes nothing else. When something fails while it
   *     is made, {@link DotOutput#abort()} keeps the peer from taking what there is for all of it;
   *     {@link #write(Content)} sees to that.
   * @throws IllegalStateException when an earlier text is not closed
   * @throws IOException when the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public DotOutput write() throws IOException {
    Wire wire = client.ready();
    wire.checkOpen(Activity.WRITING);
    return client.writer().lend(wire);
  }

  /**
   * Writes a whole text. When its content throws, the connection is broken off before the end of the
   * text, so that the peer never takes a part of it for the whole.
   *
   * @param content what it is to hold; of a stream or a file {@code source::transferTo}
   * @throws IllegalStateException as {@link #write()}
   * @throws IOException as {@link DotOutput#write(byte[], int, int)}, and what the content threw; the
   *     client is BROKEN
   */
  public void write(Content content) throws IOException {
    Objects.requireNonNull(content, "content");
    DotOutput out = write();
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      out.abort(e);
      throw e;
    }
    out.close();
  }
}
