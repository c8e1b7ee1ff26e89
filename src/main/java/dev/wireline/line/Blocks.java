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
 * Reads and writes data whose length is announced in the line before, such as memcached values, Redis bulk
 * strings and IMAP literals (RFC 9051, section 4.3). Held by the client that it works for.
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
 * <p>A length comes from the peer, so it is checked against a limit before a byte is read, and no memory is
 * allocated for bytes that have not arrived.
 *
 * <p>The settings are immutable: {@link #withMaxBytes} gives another object for the same client.
 */
public final class Blocks {
  /** The default limit of bytes in one block: 64 MiB. */
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
   * Creates an object that reads and writes the blocks of a client. Does no I/O.
   *
   * @param client who reads
   * @return a reader with the default limit
   */
  public static Blocks of(LineClient client) {
    return new Blocks(Objects.requireNonNull(client, "client"), MAX_BYTES);
  }

  /**
   * This object with another limit.
   *
   * @param value the most bytes of one block, 1 or more
   * @return a reader with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Blocks withMaxBytes(long value) {
    return new Blocks(client, Bounds.check("maxBlockBytes", value));
  }

  /**
   * Parses a length that the peer announced. Reads nothing. <b>Lenient:</b> leading zeros are allowed, as in
   * the blocks of IEEE 488.2.
   *
   * @param digits the length as the peer wrote it
   * @return 0 or more, and not more than the limit
   * @throws PeerProtocolException if it is not 1 to 18 decimal digits; the client is BROKEN
   * @throws LimitExceededException if it is more than the limit; the client is BROKEN, since the bytes would
   *     otherwise be read as lines
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
   * Checks a length that the peer announced as a number, such as one read from {@link LineClient#input()}.
   * Reads nothing.
   *
   * @param announced the number
   * @return the same, 0 or more, and not more than the limit
   * @throws PeerProtocolException if it is negative; the client is BROKEN
   * @throws LimitExceededException if it is more than the limit; the client is BROKEN
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
   * Parses a length that the peer announced in hexadecimal digits. Reads nothing. <b>Lenient:</b> leading zeros
   * are allowed, and letters in upper or lower case.
   *
   * @param digits the length as the peer wrote it
   * @return 0 or more, and not more than the limit
   * @throws PeerProtocolException if it is not 1 to 15 hexadecimal digits; the client is BROKEN
   * @throws LimitExceededException if it is more than the limit; the client is BROKEN
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
   * Reads an unsigned binary length. Waits as {@link LineClient#read(int)}.
   *
   * <pre>{@code
   * byte[] message = blocks.read(blocks.readLength(2, ByteOrder.BIG_ENDIAN));  // DNS over TCP, RFC 1035
   * }</pre>
   *
   * @param width how many bytes it has: 1, 2, 4 or 8
   * @param order which of them comes first
   * @return 0 or more, and not more than the limit
   * @throws IllegalArgumentException if the width is not one of these; nothing was read
   * @throws LimitExceededException if it is more than the limit; the client is BROKEN
   * @throws ConnectionClosedException if the peer hung up before its last byte; the client is BROKEN
   * @throws IOException as {@link LineClient#read(int)}
   */
  public long readLength(int width, ByteOrder order) throws IOException {
    Objects.requireNonNull(order, "order");
    byte[] announced = readNumber(width);
    long length = AnnouncedNumber.of(announced, order, false);
    // With eight bytes the highest bit counts too: what is negative in a long is more than any
    // limit.
    return bounded(length < 0 ? Long.MAX_VALUE : length);
  }

  /**
   * Reads a signed binary length. Waits as {@link LineClient#read(int)}.
   *
   * @param width as {@link #readLength}
   * @param order as {@link #readLength}
   * @return 0 or more, and not more than the limit
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
   * @throws PeerProtocolException if the length, which comes from the peer, is negative; the client is BROKEN
   * @throws LimitExceededException if it is more than the limit, or than an array can hold; the client is
   *     BROKEN
   * @throws ConnectionClosedException if the peer hung up before the last of them; it holds the bytes that
   *     came; the client is BROKEN
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
   * Reads a block and the line end after it, which does not count.
   *
   * @param length how many bytes, 0 or more
   * @return exactly these bytes
   * @throws PeerProtocolException if something else follows them; the client is BROKEN
   * @throws IOException as {@link #read}
   */
  public byte[] readLine(long length) throws IOException {
    return client.collaborate(() -> {
      byte[] data = read(length);
      byte[] rest = client.readLineBytes();
      if (rest.length > 0) {
        throw client.malformed("after " + length + " bytes of data their line ends", rest);
      }
      return data;
    });
  }

  /**
   * Opens a block that is too large for memory. Does not wait yet.
   *
   * @param length how many bytes, 0 or more
   * @return the block, which ends only with its last byte. Until it ends or is closed it owns the client's
   *     input; if the client reads something else meanwhile, the block is closed first.
   * @throws PeerProtocolException if the length is negative; the client is BROKEN
   * @throws LimitExceededException if it is more than the limit; the client is BROKEN
   * @throws IOException if the client is BROKEN or CLOSED, or this call had to dial and that failed
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
   * Begins to write a block, right after the line that announced its length. Nothing is sent yet.
   *
   * @param length how many bytes were announced, 0 or more
   * @return the block; until {@link Outgoing#finish()}, which sends its last byte, the client writes nothing
   *     else. Closing it earlier, or with another number of bytes, breaks the connection.
   * @throws IllegalArgumentException if the length is negative
   * @throws IllegalStateException if an earlier block is not finished
   * @throws IOException if the client is BROKEN or CLOSED, or this call had to dial and that failed
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
   * Writes a whole block, right after the line that announced its length. If its content fails, or does not
   * have that length, the connection is broken before the last byte, so that the peer never takes a part, or
   * something else, for the whole.
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
   * @throws IllegalStateException as {@link #write(long)}, or if the content was sent before and cannot be sent
   *     again
   * @throws IOException as {@link Outgoing#write(byte[], int, int)}, or whatever the content threw; the client
   *     is BROKEN, even if the content could not be opened, since the block had been announced
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
