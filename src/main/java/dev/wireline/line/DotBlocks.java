package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.internal.Bounds;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
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
   * @throws IllegalArgumentException if it is less than 1
   */
  public DotBlocks withMaxBytes(long value) {
    return new DotBlocks(client, bareLf, Bounds.check("maxTextBytes", value));
  }

  /**
   * Begins to read a text, right behind the line that announced it. Waits for nothing yet.
   *
   * @return the text; until its end is read, or it is closed, it has the client's input. If the client
   *     reads something else meanwhile, it is closed first.
   * @throws IOException if the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public Incoming read() throws IOException {
    LineOptions options = client.options();
    return client.reader().lend(client.ready(), source -> {
      DotText text = new DotText(source.unread(), bareLf);
      return new Incoming(source, text, BulkKind.TEXT, options, maxBytes);
    });
  }

  /**
   * Begins to write a text, after the peer has said that it wants it. Nothing leaves yet.
   *
   * @return the text; until {@link Outgoing#finish()} the client writes nothing else. Closed before, it
   *     breaks the connection, so that the peer does not take what there is for all of it.
   * @throws IllegalStateException if an earlier text is not finished
   * @throws IOException if the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public Outgoing write() throws IOException {
    Wire wire = client.ready();
    wire.checkOpen(Activity.WRITING);
    return client.writer().lend(wire, Outgoing::text);
  }

  /**
   * Writes a whole text. If its content fails, the connection is broken off before the end of the text, so
   * that the peer never takes a part of it for the whole.
   *
   * @param content what it is to hold; its length does not matter to the peer
   * @throws IllegalStateException as {@link #write()}, or if the content was sent and cannot be sent again;
   *     nothing left then
   * @throws IOException as {@link Outgoing#write(byte[], int, int)}, and what the content threw: the client
   *     is BROKEN, unless the content could not even be opened
   */
  public void write(Content content) throws IOException {
    Objects.requireNonNull(content, "content");
    try (InputStream in = content.open();
        Outgoing out = write()) {
      out.sendAll(in);
    }
  }
}
