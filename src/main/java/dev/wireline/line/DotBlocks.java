package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.internal.Bounds;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads and writes multi-line texts that end with a line consisting of a dot (RFC 5321, section 4.5.2; RFC
 * 1939, section 3; RFC 3977, section 3.1.1). Held by the client that it works for.
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
 * <p>A line of the text that starts with a dot gets a second one on the wire. The settings are immutable: each
 * {@code with} method returns another object for the same client.
 *
 * <p><b>Strict:</b> a text ends at CRLF, dot, CRLF and nowhere else, and a bare LF or CR is part of a line. A
 * reader that accepts LF, dot, LF as an end can be tricked into seeing a command in the middle of a message.
 * <b>Lenient:</b> with {@link #withBareLf()} a bare LF also ends a line, for servers that send nothing else.
 */
public final class DotBlocks {
  /** The default limit of bytes in one received text: 64 MiB. */
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
   * Creates an object that reads and writes the texts of a client, with strict line ends. Does no I/O.
   *
   * @param client the client that reads and writes
   * @return a reader and writer with the standard bound
   */
  public static DotBlocks of(LineClient client) {
    return new DotBlocks(Objects.requireNonNull(client, "client"), false, MAX_BYTES);
  }

  /**
   * This object, accepting a bare LF as the end of a received line too.
   *
   * @return a lenient reader
   */
  public DotBlocks withBareLf() {
    return new DotBlocks(client, true, maxBytes);
  }

  /**
   * This object with another limit.
   *
   * @param value the most bytes of one received text, including line ends, 1 or more
   * @return a reader with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public DotBlocks withMaxBytes(long value) {
    return new DotBlocks(client, bareLf, Bounds.check("maxTextBytes", value));
  }

  /**
   * Opens a text, right after the line that announced it. Does not wait yet.
   *
   * @return the text; until its end is read or it is closed, it owns the client's input. If the client reads
   *     something else meanwhile, the text is closed first.
   * @throws IOException if the client is BROKEN or CLOSED, or this call had to dial and that failed
   */
  public Incoming read() throws IOException {
    LineOptions options = client.options();
    return client.reader().lend(client.ready(), source -> {
      DotText text = new DotText(source.unread(), bareLf);
      return new Incoming(source, text, BulkKind.TEXT, options, maxBytes);
    });
  }

  /**
   * Begins to write a text, after the peer has given its go-ahead. Nothing is sent yet.
   *
   * @return the text; until {@link Outgoing#finish()} the client writes nothing else. Closing it earlier breaks
   *     the connection, so that the peer does not take a part for the whole.
   * @throws IllegalStateException if an earlier text is not finished
   * @throws IOException if the client is BROKEN or CLOSED, or this call had to dial and that failed
   */
  public Outgoing write() throws IOException {
    Wire wire = client.ready();
    wire.checkOpen(Activity.WRITING);
    return client.writer().lend(wire, Outgoing::text);
  }

  /**
   * Writes a whole text. If its content fails, the connection is broken before the end of the text, so that the
   * peer never takes a part for the whole.
   *
   * @param content its content, whose length the peer need not know
   * @throws IllegalStateException as {@link #write()}, or if the content was sent before and cannot be sent
   *     again; nothing was sent now
   * @throws IOException as {@link Outgoing#write(byte[], int, int)}, or whatever the content threw; the client
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
