package dev.wireline.http;

import dev.wireline.header.Headers;
import java.nio.charset.StandardCharsets;

/** The body of a request and its media type. Immutable. */
public final class Body {
  static final String CONTENT_TYPE = "Content-Type";

  private final byte[] bytes;
  private final String contentType;

  private Body(byte[] bytes, String contentType) {
    this.bytes = bytes;
    this.contentType = checked(contentType);
  }

  /**
   * A body of text in UTF-8.
   *
   * @param text the text; a lone surrogate in it is refused, as UTF-8 has no bytes for it
   * @param contentType the media type (RFC 9110, section 8.3.1), such as {@code application/json};
   *     it is sent as given, and no charset is added
   * @return the body
   * @throws IllegalArgumentException if the text cannot be encoded, or the media type is empty, has
   *     a control character or one beyond ASCII
   */
  public static Body of(String text, String contentType) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int point = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(point)) {
          throw new IllegalArgumentException("the text has a lone surrogate at index " + i);
        }
        i++;
      }
    }
    return new Body(text.getBytes(StandardCharsets.UTF_8), contentType);
  }

  /**
   * A body of bytes.
   *
   * @param bytes the bytes; they are copied
   * @param contentType the media type (RFC 9110, section 8.3.1); it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the media type is empty, has a control character or one
   *     beyond ASCII
   */
  public static Body of(byte[] bytes, String contentType) {
    return new Body(bytes.clone(), contentType);
  }

  private static String checked(String contentType) {
    String value = Headers.of(CONTENT_TYPE, contentType).first(CONTENT_TYPE).orElse("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the media type of a body is empty");
    }
    return value;
  }

  /**
   * How long the body is.
   *
   * @return the number of bytes, 0 or more
   */
  public long length() {
    return bytes.length;
  }

  /**
   * What the body is.
   *
   * @return the media type, without blanks around it
   */
  public String contentType() {
    return contentType;
  }

  /** The bytes themselves: not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The size and type of the body, and nothing of what is in it.
   *
   * @return a text for a reader
   */
  @Override
  public String toString() {
    return bytes.length + " bytes of " + contentType;
  }
}
