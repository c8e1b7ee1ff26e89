package dev.wireline.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A content coding: a way to compress a body, and the means to decompress it (RFC 9110 section 8.4.1).
 *
 * <p>The library has gzip and deflate. To add another coding, such as {@code br} or {@code zstd}, wrap its
 * decoder in one of these and give it to the agent. Implementations must be thread-safe; the streams that they
 * create need not be.
 */
public interface ContentCoding {
  /** Decompresses a body: usually the constructor of a library's stream. */
  @FunctionalInterface
  interface Decoder {
    /**
     * As {@link ContentCoding#decode}.
     *
     * @param encoded the compressed body
     * @return the body
     * @throws IOException if what the stream starts with is not of this coding
     */
    InputStream decode(InputStream encoded) throws IOException;
  }

  /**
   * A coding made from a library's decoder.
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
   * Decompresses a body.
   *
   * <p>The returned stream reads from the given one as it is read itself, and holds no more of it in memory
   * than it needs. It ends only if the given stream ends where the coding may end. Anything else found there is
   * an {@link IOException}, which the agent's caller sees as a {@code PeerProtocolException}. A failure of the
   * given stream is passed on unchanged. Closing it closes the given stream.
   *
   * @param encoded the compressed body
   * @return the body; the agent limits how much comes out of it
   * @throws IOException if what the stream starts with is not of this coding
   */
  InputStream decode(InputStream encoded) throws IOException;
}
