package dev.wireline.http;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to bodies and back: where to plug in a JSON library.
 *
 * <p>Immutable, and thread-safe as far as its two functions are.
 */
public final class BodyCodec {
  private final String contentType;
  private final Encoder encoder;
  private final Decoder decoder;

  private BodyCodec(String contentType, Encoder encoder, Decoder decoder) {
    this.contentType = contentType;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /** Writes values. */
  @FunctionalInterface
  public interface Encoder {
    /**
     * Writes a value.
     *
     * @param value the value
     * @return its bytes
     * @throws IOException if it cannot be written; a RuntimeException has the same effect
     */
    byte[] encode(Object value) throws IOException;
  }

  /** Reads values. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * Reads a value.
     *
     * @param bytes all its bytes
     * @param type what to read: a class, or a type with parameters
     * @return the value; null if the bytes encode a null
     * @throws IOException if the bytes are not such a value; a RuntimeException has the same effect
     */
    @Nullable
    Object decode(byte[] bytes, Type type) throws IOException;
  }

  /**
   * Creates a codec from two functions.
   *
   * @param contentType the media type of what it writes, such as {@code application/json}
   * @param encoder writes values
   * @param decoder reads values, whatever the media type of a response says
   * @return the codec
   * @throws IllegalArgumentException if the media type is refused by {@link Body#of(String, String)}
   */
  public static BodyCodec of(String contentType, Encoder encoder, Decoder decoder) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(decoder, "decoder");
    return new BodyCodec(Body.checked(contentType), encoder, decoder);
  }

  /**
   * The media type of what it writes.
   *
   * @return such as {@code application/json}
   */
  public String contentType() {
    return contentType;
  }

  byte[] encode(Object value) {
    try {
      return encoder.encode(value);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the codec of " + contentType + " cannot write a " + value.getClass().getName(), e);
    }
  }

  @Nullable
  Object decode(byte[] bytes, Type type) throws IOException {
    return decoder.decode(bytes, type);
  }
}
