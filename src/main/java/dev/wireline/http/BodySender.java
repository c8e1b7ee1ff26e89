package dev.wireline.http;

import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.line.Content;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body that is not sent with its head: piece by piece, and no further once the server has answered (RFC
 * 9112, section 9.5).
 *
 * <p>A body is complete on the wire or visibly cut: if its source fails or does not keep to its length, its
 * last piece is not sent.
 */
final class BodySender implements WireOutput.Watch, Content.Sink {
  /** The most bytes of a chunk. */
  private static final int CHUNK_BYTES = 16 * 1024;

  /** Room for the size line of such a chunk: {@code 4000 CR LF}. */
  private static final int SIZE_LINE = 6;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final Wire wire;
  private final HttpExchange exchange;
  private final Deadline deadline;
  private @Nullable ResponseHead response;
  private @Nullable WirelineException refusal;
  private long sent;
  private boolean done;
  private Headers trailers = Headers.empty();

  BodySender(Wire wire, HttpExchange exchange, Deadline deadline) {
    this.wire = wire;
    this.exchange = exchange;
    this.deadline = deadline;
  }

  /** The final response that came before everything was sent, or null. */
  @Nullable
  ResponseHead response() {
    return response;
  }

  /** What to throw if the peer took no more and had not answered, or null. */
  @Nullable
  WirelineException refusal() {
    return refusal;
  }

  /** Whether all was sent. */
  boolean isDone() {
    return done;
  }

  /** How many bytes of the body were sent, counting whole pieces only. */
  long sent() {
    return sent;
  }

  /**
   * Waits until the server asks for the body, or has said nothing for that long (RFC 9110, section 10.1.1).
   *
   * @return false if it has answered instead
   */
  boolean awaitContinue(Duration atMost) throws WirelineException {
    Deadline end = Deadline.after(atMost, Phase.HEAD).earlier(deadline);
    ResponseHead head = exchange.poll(end);
    while (head != null && !isAnswer(head) && head.status() != 100) {
      head = exchange.poll(end);
    }
    return response == null;
  }

  /** Sends the body in chunks, or as so many bytes. */
  void send(Body body, long length) throws IOException {
    if (length == Content.UNKNOWN) {
      try (InputStream input = body.content().open()) {
        done = chunks(input) && lastChunk(body.trailers());
      }
    } else {
      done = body.content().sendTo(length, this);
    }
  }

  @Override
  public boolean take(byte[] bytes, int offset, int length) throws IOException {
    boolean all = write(bytes, offset, length);
    sent += all ? length : 0;
    return all;
  }

  private boolean chunks(InputStream input) throws IOException {
    byte[] chunk = new byte[SIZE_LINE + CHUNK_BYTES + CRLF.length];
    while (true) {
      int count = input.read(chunk, SIZE_LINE, CHUNK_BYTES);
      if (count < 0) {
        return true;
      }
      int start = sizeLine(chunk, count);
      chunk[SIZE_LINE + count] = '\r';
      chunk[SIZE_LINE + count + 1] = '\n';
      if (!write(chunk, start, SIZE_LINE + count + CRLF.length - start)) {
        return false;
      }
      sent += count;
    }
  }

  /** Puts a size right before the data; where it starts. */
  private static int sizeLine(byte[] chunk, int size) {
    int at = SIZE_LINE;
    chunk[--at] = '\n';
    chunk[--at] = '\r';
    for (int rest = size; rest > 0; rest >>= 4) {
      chunk[--at] = (byte) HEX[rest & 0xF];
    }
    return at;
  }

  /** The fields that were sent after the body. */
  Headers trailers() {
    return trailers;
  }

  private boolean lastChunk(Headers fields) throws IOException {
    trailers = fields;
    byte[] start = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] last = new byte[start.length + fields.encodedLength() + CRLF.length];
    System.arraycopy(start, 0, last, 0, start.length);
    int end = fields.encode(last, start.length);
    System.arraycopy(CRLF, 0, last, end, CRLF.length);
    return write(last, 0, last.length);
  }

  private boolean write(byte[] bytes, int offset, int length) throws WirelineException {
    return wire.output().write(bytes, offset, length, deadline, HttpExchange.REQUEST, this);
  }

  @Override
  public boolean goesOn(int sent) throws WirelineException {
    ResponseHead head = exchange.pollNow();
    while (head != null && !isAnswer(head)) {
      head = exchange.pollNow();
    }
    return head == null;
  }

  /** Whether this is the final response, which is then kept. */
  private boolean isAnswer(ResponseHead head) throws WirelineException {
    if (!exchange.isFinal(head)) {
      return false;
    }
    if (head.status() == 101) {
      throw exchange.early(head);
    }
    response = head;
    return true;
  }

  @Override
  public void refused(WirelineException failure) {
    refusal = failure;
  }
}
