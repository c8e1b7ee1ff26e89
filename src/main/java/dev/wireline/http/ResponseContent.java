package dev.wireline.http;

import dev.wireline.error.Phase;
import dev.wireline.header.Headers;
import dev.wireline.net.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response: read whole, which can be done again, or streamed, once. Not thread-safe.
 *
 * <p>Whether it came with the head or is still on the connection makes no difference to a caller:
 * what depends on how fast a peer sends is found out too late.
 */
final class ResponseContent {
  /** How much of an unread body is read so that its connection can be used again. */
  private static final int MAX_DRAINED_BYTES = 64 * 1024;

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);
  private static final byte[] NONE = {};

  private final byte[] present;
  private final Headers trailers;
  private final @Nullable BodyStream stream;
  private final int maxBytes;
  private final long callNanos;
  private byte @Nullable [] whole;
  private @Nullable InputStream handedOut;
  private boolean streamed;

  private ResponseContent(
      byte[] present, Headers trailers, @Nullable BodyStream stream, int maxBytes, long callNanos) {
    this.present = present;
    this.trailers = trailers;
    this.stream = stream;
    this.maxBytes = maxBytes;
    this.callNanos = callNanos;
  }

  /** A body that came with the head. */
  static ResponseContent present(byte[] bytes) {
    return present(bytes, Headers.empty());
  }

  /** As the other, with the trailer fields that came behind the body. */
  static ResponseContent present(byte[] bytes, Headers trailers) {
    return new ResponseContent(bytes, trailers, null, bytes.length, 0);
  }

  /**
   * A body that is still on the connection.
   *
   * @param maxBytes how much of it is read whole
   * @param callNanos how long that may take: what is left of the call's time
   */
  static ResponseContent coming(BodyStream stream, int maxBytes, long callNanos) {
    return new ResponseContent(NONE, Headers.empty(), stream, maxBytes, callNanos);
  }

  /** All bytes, the same array each time. */
  byte[] whole() throws IOException {
    byte[] known = whole;
    if (known == null) {
      refuseWhenStreamed();
      known = stream == null ? present : stream.all(maxBytes, callDeadline());
      whole = known;
    }
    return known;
  }

  private Deadline callDeadline() {
    return Deadline.after(Duration.ofNanos(callNanos), Phase.CALL);
  }

  /** A stream for the caller, the same one each time. */
  InputStream stream() {
    InputStream known = handedOut;
    if (known == null) {
      known = streamOnce();
      handedOut = known;
    }
    return known;
  }

  /** A stream for one reader: a second one would find nothing and take it for an empty body. */
  InputStream streamOnce() {
    byte[] known = whole;
    if (known != null) {
      return new ByteArrayInputStream(known);
    }
    refuseWhenStreamed();
    streamed = true;
    return stream == null ? new ByteArrayInputStream(present) : stream;
  }

  private void refuseWhenStreamed() {
    if (streamed) {
      throw new IllegalStateException("the body was streamed: it can be read once");
    }
  }

  Headers trailers() {
    if (stream != null) {
      return stream.trailers();
    }
    return whole == null && !streamed ? Headers.empty() : trailers;
  }

  /** How many bytes the body has, or -1 when that is not known beforehand. */
  long length() {
    byte[] known = whole;
    if (known != null) {
      return known.length;
    }
    return stream == null ? present.length : stream.length();
  }

  /** Frees the connection for the next request: a small rest is read into memory, else dropped. */
  void settle(Deadline limit) {
    if (stream != null) {
      int max = Math.min(MAX_DRAINED_BYTES, maxBytes);
      stream.settle(max, Deadline.after(DRAIN_TIMEOUT, Phase.BODY).earlier(limit));
    }
  }
}
