package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.Bounds;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Reads and writes data whose length stands in the line before them, as the values of memcached, the bulk strings of
 * Redis and the literals of IMAP (RFC 9051, section 4.3), through a client that holds it.
 *
 * <pre>{@code
 * // S: VALUE greeting 0 5        (memcached)
 * byte[] value = blocks.readLine(blocks.parseLength("5"));
 * // S: * 1 FETCH (BODY[] {2000000}
 * try (Incoming literal = blocks.open(blocks.parseLength("2000000"))) {
 *   literal.transferTo(out);
 * }
 * client.readLine();              // S: )
 * }</pre>
 *
 * <p>A length is what the peer says: it is checked against a bound before a byte is read, and no memory is
 * taken for it before the bytes are there.
 *
 * <p>The settings are immutable: {@link #withMaxBytes} gives another object for the same client.
 */
public final class Blocks {
  /** The most bytes of one block unless set: 64 MiB. */
  public static final long MAX_BYTES = 64L << 20;

  private static final int MAX_DIGITS = 18;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final LineClient client;
  private final long maxBytes;

  private Blocks(LineClient client, long maxBytes) {
    this.client = client;
    this.maxBytes = maxBytes;
  }

  /**
   * The blocks that come to a client. Does no I/O.
   *
   * @param client who reads
   * @return a reader with the standard bound
   */
  public static Blocks of(LineClient client) {
    return new Blocks(Objects.requireNonNull(client, "client"), MAX_BYTES);
  }

  /**
   * The same with another bound.
   *
   * @param value the most bytes of one block, 1 or more
   * @return a reader with that bound
   * @throws IllegalArgumentException if it is less than 1
   */
  public Blocks withMaxBytes(long value) {
    return new Blocks(client, Bounds.check("maxBlockBytes", value));
  }

  /**
   * The length that a peer announced. Reads nothing. <b>Lenient:</b> zeros may lead it, as in the blocks of
   * IEEE 488.2.
   *
   * @param digits what the peer wrote for it
   * @return 0 or more, and not more than the bound
   * @throws PeerProtocolException if it is not 1 to 18 decimal digits; the client is BROKEN
   * @throws LimitExceededException if it is more than the bound; BROKEN, since the bytes would be read as
   *     lines
   */
  public long parseLength(String digits) throws PeerProtocolException, LimitExceededException {
    Objects.requireNonNull(digits, "digits");
    boolean number = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
    for (int i = 0; i < digits.length() && number; i++) {
      number = Ascii.isDigit(digits.charAt(i));
    }
    if (!number) {
      throw client.broken(
          client.malformed("a length is 1 to " + MAX_DIGITS + " decimal digits", digits));
    }
    return length(Long.parseLong(digits));
  }

  /**
   * The length that a peer announced as a number, such as one that was read from {@link
   * LineClient#input()}. Reads nothing.
   *
   * @param announced the number
   * @return the same, 0 or more, and not more than the bound
   * @throws PeerProtocolException if it is negative; the client is BROKEN
   * @throws LimitExceededException if it is more than the bound; BROKEN
   */
  public long length(long announced) throws PeerProtocolException, LimitExceededException {
    if (announced < 0) {
      throw client.broken(client.malformed("a length is not negative", String.valueOf(announced)));
    }
    if (announced > maxBytes) {
      throw client.broken(limit(maxBytes));
    }
    return announced;
  }

  /**
   * The length that a peer announced in hexadecimal digits. Reads nothing. <b>Lenient:</b> zeros may lead
   * it, and letters may be in upper or lower case.
   *
   * @param digits what the peer wrote for it
   * @return 0 or more, and not more than the bound
   * @throws PeerProtocolException if it is not 1 to 15 hexadecimal digits; the client is BROKEN
   * @throws LimitExceededException if it is more than the bound; BROKEN
   */
  public long parseHexLength(String digits) throws PeerProtocolException, LimitExceededException {
    long length = AnnouncedNumber.ofHex(Objects.requireNonNull(digits, "digits"));
    if (length < 0) {
      throw client.broken(client.malformed(
          "a length is 1 to " + AnnouncedNumber.MAX_HEX_DIGITS + " hexadecimal digits", digits));
    }
    return bounded(length);
  }

  /**
   * Reads a length in binary, without a sign. Waits as {@link LineClient#read(int)}.
   *
   * <pre>{@code
   * byte[] message = blocks.read(blocks.readLength(2, ByteOrder.BIG_ENDIAN));  // DNS over TCP, RFC 1035
   * }</pre>
   *
   * @param width how many bytes it has: 1, 2, 4 or 8
   * @param order which of them comes first
   * @return 0 or more, and not more than the bound
   * @throws IllegalArgumentException if the width is another one; nothing was read
   * @throws LimitExceededException if it is more than the bound; the client is BROKEN
   * @throws ConnectionClosedException if the peer hung up before its last byte; BROKEN
   * @throws IOException as {@link LineClient#read(int)}
   */
  public long readLength(int width, ByteOrder order) throws IOException {
    Objects.requireNonNull(order, "order");
    byte[] announced = readNumber(width);
    long length = AnnouncedNumber.of(announced, order, false);
    // Of eight bytes the highest bit counts too: what is negative in a long is more than any bound.
    return bounded(length < 0 ? Long.MAX_VALUE : length);
  }

  /**
   * Reads a length in binary, whose first bit is a sign. Waits as {@link LineClient#read(int)}.
   *
   * @param width as {@link #readLength}
   * @param order as {@link #readLength}
   * @return 0 or more, and not more than the bound
   * @throws PeerProtocolException if it is negative; the client is BROKEN
   * @throws IllegalArgumentException as {@link #readLength}
   * @throws IOException as {@link #readLength}
   */
  public long readSignedLength(int width, ByteOrder order) throws IOException {
    Objects.requireNonNull(order, "order");
    byte[] announced = readNumber(width);
    long length = AnnouncedNumber.of(announced, order, true);
    if (length < 0) {
      throw client.broken(client.malformed("a length is not negative", String.valueOf(length)));
    }
    return bounded(length);
  }

  private byte[] readNumber(int width) throws IOException {
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw new IllegalArgumentException("a length has 1, 2, 4 or 8 bytes, not " + width);
    }
    return client.reader().data(client.ready(), width);
  }

  private long bounded(long length) throws LimitExceededException {
    if (length > maxBytes) {
      throw client.broken(limit(maxBytes));
    }
    return length;
  }

  /**
   * Reads a block.
   *
   * @param length how many bytes, 0 or more
   * @return exactly these bytes
   * @throws PeerProtocolException if the length is negative: it is the peer's; the client is BROKEN
   * @throws LimitExceededException if it is more than the bound, or than an array can hold; BROKEN
   * @throws ConnectionClosedException if the peer hung up before the last of them; it holds what came;
   *     BROKEN
   * @throws IOException as {@link LineClient#read(int)}
   */
  public byte[] read(long length) throws IOException {
    length(length);
    if (length > MAX_ARRAY) {
      throw client.broken(limit(MAX_ARRAY));
    }
    return client.reader().data(client.ready(), (int) length);
  }

  /**
   * Reads a block and the line end behind it, which does not count.
   *
   * @param length how many bytes, 0 or more
   * @return exactly these bytes
   * @throws PeerProtocolException if something else stands behind them; the client is BROKEN
   * @throws IOException as {@link #read}
   */
  public byte[] readLine(long length) throws IOException {
    return client.collaborate(() -> {
      byte[] data = read(length);
      byte[] rest = client.readLineBytes();
      if (rest.length > 0) {
        throw client.malformed("behind " + length + " bytes of data their line ends", rest);
      }
      return data;
    });
  }

  /**
   * Begins to read a block that is too large for the memory. Waits for nothing yet.
   *
   * @param length how many bytes, 0 or more
   * @return the block, which ends with its last byte and not before. Until its end, or until it is closed,
   *     it has the client's input; if the client reads something else meanwhile, it is closed first.
   * @throws PeerProtocolException if the length is negative; BROKEN
   * @throws LimitExceededException if it is more than the bound; BROKEN
   * @throws IOException if the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public Incoming open(long length) throws IOException {
    length(length);
    LineOptions options = client.options();
    return client.reader().lend(client.ready(), source -> {
      PlainBytes block = new PlainBytes(source.unread(), length, options.lineEnds());
      return new Incoming(source, block, BulkKind.BLOCK, options, maxBytes);
    });
  }

  /**
   * Begins to write a block, right behind the line that announced its length. Nothing leaves yet.
   *
   * @param length how many bytes were announced, 0 or more
   * @return the block; until {@link Outgoing#finish()} the client writes nothing else. Its last byte leaves
   *     with that; closed before, or with another number of bytes, it breaks the connection.
   * @throws IllegalArgumentException if the length is negative
   * @throws IllegalStateException if an earlier block is not finished
   * @throws IOException if the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public Outgoing write(long length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("a length must not be negative, not " + length);
    }
    Wire wire = client.ready();
    wire.checkOpen(Activity.WRITING);
    return client.writer().lend(wire, (writer, to) -> Outgoing.block(writer, to, length));
  }

  /**
   * Writes a whole block, right behind the line that announced its length. If its content fails, or has not
   * that length, the connection is broken off before the last byte, so that the peer never takes a part of
   * it, or something else, for the whole.
   *
   * <pre>{@code
   * long length = message.length();
   * client.writeLine("A1 APPEND notes {" + length + "}");
   * client.readLine();                       // S: + go on
   * blocks.write(length, message);
   * client.writeLine("");
   * }</pre>
   *
   * @param length how many bytes were announced, 0 or more
   * @param content the bytes
   * @throws IllegalArgumentException if the length is negative
   * @throws IllegalStateException as {@link #write(long)}, or if the content was sent and cannot be sent
   *     again
   * @throws IOException as {@link Outgoing#write(byte[], int, int)}, and what the content threw; the client
   *     is BROKEN, also where the content could not be opened: the block was announced
   */
  public void write(long length, Content content) throws IOException {
    Objects.requireNonNull(content, "content");
    try (Outgoing out = write(length);
        InputStream in = content.open(length)) {
      out.sendAll(in);
    }
  }

  private LimitExceededException limit(long max) {
    return new LimitExceededException(
        client.endpoint(), BulkKind.BLOCK.reading(), "maxBlockBytes", max);
  }
}
