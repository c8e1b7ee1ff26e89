package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A way in which a body is packed for its journey, and how it is unpacked (RFC 9110 section 8.4.1).
 *
 * <p>The library has gzip and deflate. Who has a decoder of another coding, such as {@code br} or
 * {@code zstd}, gives it to the agent as one of these; an implementation is thread-safe, and the
 * streams that it makes need not be.
 */
public interface ContentCoding {
  /** Unpacks a body: mostly the constructor of a library's stream. */
  @FunctionalInterface
  interface Decoder {
    /**
     * As {@link ContentCoding#decode}.
     *
     * @param encoded the packed body
     * @return the body
     * @throws IOException if what the stream starts with is not of this coding
     */
    InputStream decode(InputStream encoded) throws IOException;
  }

  /**
   * A coding of a decoder that a library has.
   *
   * @param name the name, such as {@code br}
   * @param decoder such as {@code BrotliInputStream::new}
   * @return the coding
   */
  static ContentCoding of(String name, Decoder decoder) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(decoder, "decoder");
    return new ContentCoding() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public InputStream decode(InputStream encoded) throws IOException {
        return decoder.decode(encoded);
      }
    };
  }

  /**
   * The name under which Accept-Encoding offers the coding.
   *
   * @return a token, in lower case
   */
  String name();

  /**
   * Unpacks a body.
   *
   * <p>The stream that comes back reads from the given one as it is read itself, and holds no more of
   * it in memory than it needs. It ends only when the given stream has ended at a place where the
   * coding may end; whatever else is found is an {@link IOException}, which the caller of the agent
   * sees as a {@code PeerProtocolException}. A failure of the given stream is passed on as it is.
   * Closing it closes the given stream.
   *
   * @param encoded the packed body
   * @return the body; how much comes out of it is watched by the agent
   * @throws IOException if what the stream starts with is not of this coding
   */
  InputStream decode(InputStream encoded) throws IOException;
}
