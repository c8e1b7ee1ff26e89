package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body with its codings undone, limited so that a few bytes never become very many.
 *
 * <p><b>Lenient:</b> a body without a byte is an empty one, whatever its declared coding, if its framing says
 * that it is empty; servers do label such bodies. <b>Strict:</b> a body that ends with the connection (RFC 9112
 * section 6.3) says no such thing: without a byte it was cut.
 *
 * <p>Every layer of a chain is measured against the bytes that came from the connection: a bomb inside a bomb
 * is caught at its first layer. Each layer is also measured against the one below it: input that never yields
 * output, such as an endless file name, is stopped. Nothing is read or decoded before the first read. A failure
 * gives the connection up and is rethrown by every later read.
 */
final class DecodedBody extends BodySource {
  private final InputStream body;
  private final Layer encoded;
  private final boolean tellsItsEnd;
  /** The error that lost a part. */
  private @Nullable Throwable lostBy;

  private final List<ContentCoding> codings;
  private final Endpoint endpoint;
  private final DecodedLimits limits;
  /** The compressed body, and the output of each coding; the last is what is read. */
  private final List<Layer> layers = new ArrayList<>();

  private @Nullable IOException failure;
  private boolean ended;
  private boolean decodersClosed;
  private volatile boolean closed;

  /**
   * A body to be decoded.
   *
   * @param body the body as it arrives
   * @param tellsItsEnd whether its framing does, and not the end of the connection
   * @param codings what to undo, in that order: as {@link ContentCodings#toUndo} returns it
   */
  DecodedBody(
      InputStream body,
      boolean tellsItsEnd,
      List<ContentCoding> codings,
      Endpoint endpoint,
      DecodedLimits limits) {
    this.body = body;
    this.encoded = new Layer(body, 0);
    this.tellsItsEnd = tellsItsEnd;
    this.codings = codings;
    this.endpoint = endpoint;
    this.limits = limits;
    layers.add(encoded);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, length);
    } finally {
      if (closed) {
        closeDecoders();
      }
    }
  }

  @Override
  int next(byte[] into, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    checkThere();
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    try {
      if (body instanceof BodySource source) {
        source.checkReadable();
      }
      int read = readSome(into, offset, length);
      checkThere();
      return read;
    } catch (IOException e) {
      throw failed(named(e));
    } catch (RuntimeException e) {
      failed(new IOException("the decoder failed", e));
      throw e;
    }
  }

  private void checkThere() throws ClientClosedException {
    if (closed && !ended) {
      throw new ClientClosedException(
          endpoint, BodyStream.BODY, "the rest of this body was dropped", lostBy);
    }
  }

  @Override
  void lose(@Nullable Throwable by) {
    lostBy = by;
    ended = false;
    closed = true;
    try {
      body.close();
    } catch (IOException e) {
      // The reason for giving it up is known.
    }
  }

  @Override
  void checkReadable() throws ClientClosedException {
    checkThere();
    if (!ended && body instanceof BodySource source) {
      source.checkReadable();
    }
  }

  /** All bytes to the end; more than {@code max} are a LimitExceededException, and give the rest up. */
  byte[] all(int max) throws IOException {
    try {
      byte[] bytes = atMost(max);
      if (bytes == null) {
        throw failed(limit("maxBodyBytes", max));
      }
      return bytes;
    } catch (Error e) {
      lose(e);
      throw e;
    }
  }

  private int readSome(byte[] into, int offset, int length) throws IOException {
    if (layers.size() == 1 && isEmpty()) {
      if (!tellsItsEnd) {
        throw CodingException.cut();
      }
      ended = true;
      return -1;
    }
    for (int i = layers.size() - 1; i < codings.size(); i++) {
      layers.add(new Layer(codings.get(i).decode(layers.get(i)), i + 1));
    }
    int read = layers.get(codings.size()).read(into, offset, length);
    if (read < 0) {
      checkEnd();
      ended = true;
    }
    return read;
  }

  /** Looks at the first byte, and puts it back. */
  private boolean isEmpty() throws IOException {
    int first = encoded.read();
    if (first >= 0) {
      encoded.unread(first);
    }
    return first < 0;
  }

  /** The connection is free, and the checksum checked, only if each layer was read to its end. */
  private void checkEnd() throws IOException {
    for (int i = codings.size() - 1; i >= 0; i--) {
      if (layers.get(i).read() >= 0) {
        throw new CodingException("nothing follows a packed body (RFC 9110 section 8.4)");
      }
    }
  }

  /** A failure of the connection is its own; what a decoder finds is the peer's fault. */
  private IOException named(IOException e) {
    if (e instanceof WirelineException) {
      return e;
    }
    if (e.getCause() instanceof WirelineException wrapped) {
      return wrapped;
    }
    if (!tellsItsEnd && isCut(e)) {
      // Nothing but the coding could tell that the connection ended too early.
      String happened = "the peer hung up before the end of the packed body";
      return new ConnectionClosedException(endpoint, BodyStream.BODY, happened, new byte[0], e);
    }
    if (e instanceof CodingException found) {
      return new PeerProtocolException(endpoint, BodyStream.BODY, found.rule(), "");
    }
    String excerpt = e.getMessage() == null ? "" : Quoted.text(e.getMessage());
    PeerProtocolException named = new PeerProtocolException(
        endpoint,
        BodyStream.BODY,
        "the body is well formed in its coding (RFC 9110 section 8.4)",
        excerpt);
    named.addSuppressed(e);
    return named;
  }

  /** As this library's codings say it, or as those of others do. */
  private static boolean isCut(IOException e) {
    return e instanceof EOFException || (e instanceof CodingException found && found.isCut());
  }

  private IOException failed(IOException e) {
    failure = e;
    closed = true;
    try {
      encoded.close();
    } catch (IOException | RuntimeException alsoFailed) {
      if (alsoFailed != e) {
        e.addSuppressed(alsoFailed);
      }
    }
    return e;
  }

  /**
   * Gives up what is unread, as the body below does; from any thread. A reader in the middle of a read finds
   * the connection gone but its decoders intact, and closes them when it returns.
   */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      encoded.close();
    } finally {
      closeDecoders();
    }
  }

  /** Closes the decoders once, unless a reader is using them and will do it. */
  private void closeDecoders() throws IOException {
    if (!turn.tryTake()) {
      return;
    }
    try {
      if (!decodersClosed) {
        decodersClosed = true;
        layers.get(layers.size() - 1).close();
      }
    } catch (IOException | RuntimeException e) {
      IOException first = failure;
      if (first == null) {
        throw e;
      }
      if (first != e) {
        first.addSuppressed(e);
      }
    } finally {
      turn.give();
    }
  }

  /** The compressed body, or the output of one coding. */
  private final class Layer extends CountedStream {
    private final int index;

    /** How many of the bytes had been taken when the layer above last yielded something. */
    private long fruitful;

    Layer(InputStream in, int index) {
      super(in);
      this.index = index;
    }

    @Override
    void counted() throws LimitExceededException {
      if (index > 0) {
        checkGrowth();
        Layer below = layers.get(index - 1);
        below.fruitful = below.count();
      }
      if (index < codings.size() && count() - fruitful > DecodedLimits.MAX_FRUITLESS_BYTES) {
        throw limit("maxFruitlessBytes", DecodedLimits.MAX_FRUITLESS_BYTES);
      }
    }

    private void checkGrowth() throws LimitExceededException {
      if (count() > limits.maxBytes()) {
        throw limit("maxDecodedBytes", limits.maxBytes());
      }
      if (!limits.allowsRatio(count(), encoded.count())) {
        throw limit("maxDecodedRatio", limits.maxRatio());
      }
    }
  }

  private LimitExceededException limit(String name, long max) {
    return new LimitExceededException(endpoint, BodyStream.BODY, name, max);
  }
}
