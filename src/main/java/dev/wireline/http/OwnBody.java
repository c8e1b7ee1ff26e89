package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.header.Headers;
import dev.wireline.line.Content;
import dev.wireline.net.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A body that a step gave a response in place of the one that came. The two end together: the connection is
 * free once this has been read to its end, closed or settled.
 *
 * <p>One thread reads at a time; {@link #close} may be called from any thread.
 */
final class OwnBody extends BodySource {
  private final Endpoint endpoint;
  private final @Nullable Content content;
  private final @Nullable ResponseContent replaced;
  private volatile @Nullable InputStream in;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;
  private volatile boolean closed;

  private OwnBody(
      Endpoint endpoint,
      @Nullable Content content,
      @Nullable InputStream in,
      @Nullable ResponseContent replaced) {
    this.endpoint = endpoint;
    this.content = content;
    this.in = in;
    this.replaced = replaced;
  }

  /** A body from content, which is opened at the first read. */
  static OwnBody of(Endpoint endpoint, Content content, @Nullable ResponseContent replaced) {
    return new OwnBody(endpoint, content, null, replaced);
  }

  /** The body that came, read through another stream. */
  static OwnBody through(Endpoint endpoint, InputStream turned, ResponseContent source) {
    return new OwnBody(endpoint, null, turned, source);
  }

  /** How many bytes it has, or -1 if that is not known beforehand. */
  long length() {
    try {
      return content == null ? Content.UNKNOWN : content.length();
    } catch (IOException | IllegalStateException e) {
      return Content.UNKNOWN;
    }
  }

  /** The trailers of the body that came, if this is that body. */
  Headers trailers() {
    return content == null && replaced != null ? replaced.trailers() : Headers.empty();
  }

  /** From now on the body that came is read under the deadline of its call. */
  void within() {
    if (replaced != null) {
      replaced.within();
    }
  }

  @Override
  int next(byte[] into, int offset, int length) throws IOException {
    checkReadable();
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    try {
      int count = opened().read(into, offset, length);
      if (count < 0) {
        end();
      }
      return count;
    } catch (IOException | RuntimeException | Error e) {
      checkReadable();
      failure = e;
      lose(e);
      throw e;
    }
  }

  /** All bytes to the end; more than {@code max} are a LimitExceededException, and give the rest up. */
  byte[] all(int max) throws IOException {
    byte[] bytes = atMost(max);
    if (bytes == null) {
      close();
      throw new LimitExceededException(endpoint, BodyStream.BODY, "maxBodyBytes", max);
    }
    return bytes;
  }

  private InputStream opened() throws IOException {
    InputStream known = in;
    if (known == null) {
      known = Objects.requireNonNull(content).open();
      in = known;
    }
    return known;
  }

  private void end() {
    ended = true;
    closeIn();
    if (replaced != null) {
      replaced.settle(Deadline.NEVER);
    }
  }

  private void closeIn() {
    InputStream known = in;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        // All that anybody wants of it has been read.
      }
    }
  }

  @Override
  void checkReadable() throws ClientClosedException {
    if (closed && !ended) {
      throw new ClientClosedException(
          endpoint, BodyStream.BODY, "the rest of this body was dropped", failure);
    }
  }

  @Override
  void lose(@Nullable Throwable by) {
    ended = false;
    close();
  }

  /** Frees what is below: a small rest is read into memory, a larger one dropped. */
  void settle(int max, Deadline limit) {
    if (replaced != null) {
      replaced.settle(limit);
    }
    boolean untouched = in == null && content != null && content.isRepeatable();
    if (!untouched && !ended && !closed) {
      keep(max);
    }
  }

  private void keep(int max) {
    try {
      byte[] rest = opened().readNBytes(max + 1);
      if (rest.length <= max) {
        closeIn();
        in = new ByteArrayInputStream(rest);
        return;
      }
    } catch (IOException e) {
      // Nobody asked for these bytes yet; whoever does will be told that they were dropped.
      failure = e;
    }
    close();
  }

  @Override
  public void close() {
    closed = true;
    closeIn();
    if (replaced != null) {
      replaced.close();
    }
  }
}
