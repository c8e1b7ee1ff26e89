package dev.wireline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The bytes that a {@link RawServer} sends for a request, and what it does afterwards.
 *
 * <p>Immutable: each method returns a new answer. Text is ISO-8859-1, one byte per character; line ends are
 * neither added nor changed.
 *
 * <pre>{@code
 * RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
 * RawAnswer.of("HTTP/1.1 200 OK\r\n\r\n").repeat("spam".getBytes(US_ASCII), 1_000_000).thenReset();
 * }</pre>
 */
public final class RawAnswer {

  /** What a server does after an answer. */
  public enum Ending {
    /** It reads the next request on the same connection. */
    KEEP_OPEN,
    /** It closes the connection, over TLS with a close_notify. */
    CLOSE,
    /** It cuts the connection below TLS, without a close_notify; without TLS it closes. */
    CUT,
    /** It resets the connection; a Unix-domain socket has no reset and is closed. */
    RESET,
    /** It shuts its output down, and reads until the client hangs up. */
    HALF_CLOSE,
    /** It neither sends nor reads until the server is closed. */
    STALL
  }

  /** How many bytes of a repeated part are gathered for one write. */
  private static final int WRITE_BYTES = 16 * 1024;

  /** An answer is a value: it is split the same way each time. */
  private static final long SEED = 1;

  private static final class Part {
    final byte[] bytes;
    final long times;

    Part(byte[] bytes, long times) {
      this.bytes = bytes;
      this.times = times;
    }
  }

  private final List<Part> parts;
  private final Delivery delivery;
  private final Ending ending;

  private RawAnswer(List<Part> parts, Delivery delivery, Ending ending) {
    this.parts = parts;
    this.delivery = delivery;
    this.ending = ending;
  }

  /**
   * Creates an answer from text, which is sent whole and keeps the connection open.
   *
   * @param text what to send; may be empty
   * @return the answer
   * @throws IllegalArgumentException if a character is not in ISO-8859-1
   */
  public static RawAnswer of(String text) {
    return of(Latin1.bytes(text));
  }

  /**
   * Creates an answer from bytes, which is sent whole and keeps the connection open.
   *
   * @param bytes what to send; may be empty
   * @return the answer
   */
  public static RawAnswer of(byte[] bytes) {
    return new RawAnswer(List.of(), Delivery.WHOLE, Ending.KEEP_OPEN).repeat(bytes, 1);
  }

  /**
   * Adds text.
   *
   * @param text what to send after the rest
   * @return the longer answer
   * @throws IllegalArgumentException if a character is not in ISO-8859-1
   */
  public RawAnswer and(String text) {
    return repeat(Latin1.bytes(text), 1);
  }

  /**
   * Adds bytes.
   *
   * @param bytes what to send after the rest
   * @return the longer answer
   */
  public RawAnswer and(byte[] bytes) {
    return repeat(bytes, 1);
  }

  /**
   * Adds repeated text, which is never built in memory as a whole.
   *
   * @param text what is repeated
   * @param times how often, 0 or more
   * @return the longer answer
   * @throws IllegalArgumentException if a character is not in ISO-8859-1, or the number is
   *     negative
   */
  public RawAnswer repeat(String text, long times) {
    return repeat(Latin1.bytes(text), times);
  }

  /**
   * Adds repeated bytes, which are never built in memory as a whole.
   *
   * @param bytes what is repeated
   * @param times how often, 0 or more
   * @return the longer answer
   * @throws IllegalArgumentException if the number is negative
   */
  public RawAnswer repeat(byte[] bytes, long times) {
    if (times < 0) {
      throw new IllegalArgumentException("the number of times must not be negative: " + times);
    }
    List<Part> longer = new ArrayList<>(parts);
    longer.add(new Part(Objects.requireNonNull(bytes, "bytes").clone(), times));
    return new RawAnswer(List.copyOf(longer), delivery, ending);
  }

  /**
   * Sends each byte in a separate write.
   *
   * @return the same answer with this delivery
   */
  public RawAnswer byteByByte() {
    return delivered(Delivery.BYTE_BY_BYTE);
  }

  /**
   * Chooses how the bytes are sent.
   *
   * @param how whole, byte by byte, or split at random but always in the same way
   * @return the same answer with this delivery
   */
  public RawAnswer delivered(Delivery how) {
    return new RawAnswer(parts, Objects.requireNonNull(how, "how"), ending);
  }

  /**
   * Chooses what the server does after the answer.
   *
   * @param what what it does
   * @return the same answer with this ending
   */
  public RawAnswer then(Ending what) {
    return new RawAnswer(parts, delivery, Objects.requireNonNull(what, "what"));
  }

  /**
   * Closes the connection after the answer.
   *
   * @return the same answer with this ending
   */
  public RawAnswer thenClose() {
    return then(Ending.CLOSE);
  }

  /**
   * Resets the connection after the answer; what the client has not read by then may be lost.
   *
   * @return the same answer with this ending
   */
  public RawAnswer thenReset() {
    return then(Ending.RESET);
  }

  /**
   * Leaves the connection open after the answer but goes silent.
   *
   * @return the same answer with this ending
   */
  public RawAnswer thenStall() {
    return then(Ending.STALL);
  }

  Ending ending() {
    return ending;
  }

  void sendTo(PeerConnection connection) throws IOException {
    Sending sending = delivery.sending(SEED);
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    for (Part part : parts) {
      for (long i = 0; i < part.times; i++) {
        gathered.writeBytes(part.bytes);
        if (gathered.size() >= WRITE_BYTES && part.times > 1) {
          sending.send(connection, gathered.toByteArray());
          gathered.reset();
        }
      }
    }
    sending.send(connection, gathered.toByteArray());
  }
}
