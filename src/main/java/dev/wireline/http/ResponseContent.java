package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Phase;
import dev.wireline.header.Headers;
import dev.wireline.line.Content;
import dev.wireline.net.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response: read whole, repeatedly, or streamed once. Not thread-safe.
 *
 * <p>Whether it came with the head or is still on the connection makes no difference to a caller: behaviour
 * that depended on how fast a peer sends would be noticed too late.
 */
final class ResponseContent {
  /** How much of an unread body is read so that its connection can be reused. */
  private static final int MAX_DRAINED_BYTES = 64 * 1024;

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

  /** How much of a body is read into memory when its status becomes an exception. */
  private static final int MAX_KEPT_BYTES = 1024 * 1024;

  private static final Duration KEEP_TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] NONE = {};

  private final byte[] present;
  private final Headers trailers;
  private final @Nullable BodyStream stream;
  private final @Nullable OwnBody own;
  private final @Nullable DecodedBody decoded;
  private final int maxBytes;
  private final Deadline call;
  private final long callNanos;
  private byte @Nullable [] whole;
  private boolean streamed;

  private ResponseContent(
      byte[] present,
      Headers trailers,
      @Nullable BodyStream stream,
      @Nullable OwnBody own,
      @Nullable DecodedBody decoded,
      int maxBytes,
      Deadline call,
      long callNanos) {
    this.present = present;
    this.trailers = trailers;
    this.stream = stream;
    this.own = own;
    this.decoded = decoded;
    this.maxBytes = maxBytes;
    this.call = call;
    this.callNanos = callNanos;
  }

  /**
   * A body that came with the head.
   *
   * @param trailers the trailer fields that came after it
   * @param maxBytes the limit for reading it whole, once decompressed
   */
  static ResponseContent present(byte[] bytes, Headers trailers, int maxBytes) {
    return new ResponseContent(bytes, trailers, null, null, null, maxBytes, Deadline.NEVER, 0);
  }

  /**
   * A body that is still on the connection.
   *
   * @param maxBytes the limit for reading it whole
   * @param call the deadline for that; what is left of it now counts, since the caller's time does not
   */
  static ResponseContent coming(BodyStream stream, int maxBytes, Deadline call) {
    return new ResponseContent(
        NONE, Headers.empty(), stream, null, null, maxBytes, call, call.remainingNanos());
  }

  /** A body that a step gave. */
  private static ResponseContent own(OwnBody body, int maxBytes) {
    return new ResponseContent(
        NONE, Headers.empty(), null, body, null, maxBytes, Deadline.NEVER, 0);
  }

  /** A body that did not come from a connection. */
  static ResponseContent made(Content content, Endpoint endpoint) {
    return own(OwnBody.of(endpoint, content, null), HttpOptions.MAX_BODY_BYTES);
  }

  /** Another body in place of this one; the two end together. */
  ResponseContent replaced(Content content, Endpoint endpoint) {
    return own(OwnBody.of(endpoint, content, this), maxBytes);
  }

  /** This body read through another stream; it takes the place of this one. */
  ResponseContent through(UnaryOperator<InputStream> turn, Endpoint endpoint) {
    InputStream turned = Objects.requireNonNull(turn.apply(streamOnce()), "the stream of a step");
    return own(OwnBody.through(endpoint, turned, this), maxBytes);
  }

  /** The same body with its codings undone; it takes the place of this one. */
  ResponseContent decoded(List<ContentCoding> codings, Endpoint endpoint, DecodedLimits limits) {
    boolean tellsItsEnd = !(stream instanceof UntilCloseBody);
    DecodedBody body = new DecodedBody(streamOnce(), tellsItsEnd, codings, endpoint, limits);
    return new ResponseContent(present, trailers, stream, own, body, maxBytes, call, callNanos);
  }

  /** What stays reachable as long as somebody can still read the body. */
  Object held() {
    return stream == null ? this : stream;
  }

  /** All bytes, the same array each time. */
  byte[] whole() throws IOException {
    byte[] known = whole;
    if (known == null) {
      refuseWhenStreamed();
      known = read();
      whole = known;
    }
    return known;
  }

  private byte[] read() throws IOException {
    DecodedBody unpacked = decoded;
    if (unpacked != null) {
      within();
      return unpacked.all(maxBytes);
    }
    OwnBody given = own;
    if (given != null) {
      within();
      return given.all(maxBytes);
    }
    BodyStream coming = stream;
    return coming == null ? present : coming.all(maxBytes, callDeadline());
  }

  /** From now on what is still on the connection is read under the deadline of the call. */
  void within() {
    if (stream != null) {
      stream.within(callDeadline());
    }
    if (own != null) {
      own.within();
    }
  }

  private Deadline callDeadline() {
    return call.resumed(callNanos);
  }

  /** A stream for one reader: a second one would find nothing and take it for an empty body. */
  InputStream streamOnce() {
    byte[] known = whole;
    if (known != null) {
      return new ByteArrayInputStream(known);
    }
    refuseWhenStreamed();
    streamed = true;
    if (decoded != null) {
      return decoded;
    }
    if (own != null) {
      return own;
    }
    return stream == null ? new ByteArrayInputStream(present) : stream;
  }

  private void refuseWhenStreamed() {
    if (streamed) {
      throw new IllegalStateException("the body was streamed: it can be read once");
    }
  }

  /** The trailers of a body that is in memory already, whether it was read or not. */
  Headers presentTrailers() {
    return trailers;
  }

  Headers trailers() {
    if (stream != null) {
      return stream.trailers();
    }
    if (own != null) {
      return own.trailers();
    }
    return whole == null && !streamed ? Headers.empty() : trailers;
  }

  boolean isDecoded() {
    return decoded != null;
  }

  /** How many bytes the body has, or -1 if that is not known beforehand. */
  long length() {
    byte[] known = whole;
    if (known != null) {
      return known.length;
    }
    if (decoded != null) {
      return -1;
    }
    if (own != null) {
      return own.length();
    }
    return stream == null ? present.length : stream.length();
  }

  /**
   * Frees the connection for the next request: a small rest is read into memory as it comes, without
   * decompressing it needlessly; a large one is dropped.
   */
  void settle(Deadline limit) {
    settle(MAX_DRAINED_BYTES, Deadline.after(DRAIN_TIMEOUT, Phase.BODY).earlier(limit));
  }

  /** Frees the connection, and keeps the body for whoever looks into a failure. */
  void keep() {
    settle(MAX_KEPT_BYTES, Deadline.after(KEEP_TIMEOUT, Phase.BODY).earlier(callDeadline()));
  }

  private void settle(int atMost, Deadline end) {
    int max = Math.min(atMost, maxBytes);
    if (stream != null) {
      stream.settle(max, end);
    }
    if (own != null) {
      own.settle(max, end);
    }
  }

  /** Gives up what is unread, at once; from any thread. */
  void close() {
    try {
      if (decoded != null) {
        decoded.close();
      }
    } catch (IOException e) {
      // Nobody wants what it would have returned.
    }
    if (own != null) {
      own.close();
    }
    if (stream != null) {
      stream.close();
    }
  }
}
