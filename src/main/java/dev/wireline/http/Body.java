package dev.wireline.http;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.TrailerFields;
import dev.wireline.line.Content;
import dev.wireline.url.FormText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, with its media type: text, bytes, a file to upload, a form, or a stream.
 *
 * <p>A body whose length is known is sent with that length, any other in chunks (RFC 9112, section 7.1), which
 * HTTP/1.0 does not have. A small body is read whole and sent in one write with the head. A larger one is read
 * piece by piece while it is being sent, in the calling thread, and is never held in memory as a whole.
 *
 * <p>A body never has a wrong length on the wire: if its source throws, or yields fewer or more bytes than
 * announced, the connection is broken before the last byte is sent, so that no server takes a part for the
 * whole. What the source throws is rethrown, except that a {@link dev.wireline.error.WirelineException} of the
 * source's own connection is wrapped in a plain {@link IOException}.
 *
 * <p>Immutable, and thread-safe as far as its sources are.
 */
public final class Body {
  static final String CONTENT_TYPE = "Content-Type";
  static final String CONTENT_ENCODING = "Content-Encoding";

  private final Content content;
  private final String name;
  private final String contentType;
  private final String contentEncoding;
  private final @Nullable Supplier<Headers> trailers;

  private Body(Content content, String contentType) {
    this(content, content.toString(), checked(contentType), "", null);
  }

  private Body(
      Content content,
      String name,
      String contentType,
      String contentEncoding,
      @Nullable Supplier<Headers> trailers) {
    this.content = content;
    this.name = name;
    this.contentType = contentType;
    this.contentEncoding = contentEncoding;
    this.trailers = trailers;
  }

  /**
   * A body of any content, sent with its length if that is known, else in chunks.
   *
   * @param content the bytes
   * @param contentType the media type (RFC 9110, section 8.3.1); it is sent as given
   * @return the body, which can be sent again if the content can
   * @throws IllegalArgumentException if the media type is refused by {@link #of(String, String)}
   */
  public static Body of(Content content, String contentType) {
    Objects.requireNonNull(content, "content");
    return new Body(content, Objects.requireNonNull(contentType, "contentType"));
  }

  /**
   * A body of text in UTF-8.
   *
   * @param text the text; a lone surrogate in it is refused, as UTF-8 has no bytes for it
   * @param contentType the media type (RFC 9110, section 8.3.1), such as {@code application/json}; it is sent
   *     as given; no charset is added
   * @return the body
   * @throws IllegalArgumentException if the text cannot be encoded, or the media type is empty or has a control
   *     or non-ASCII character
   */
  public static Body of(String text, String contentType) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(contentType, "contentType");
    return new Body(Content.of(text), contentType);
  }

  /**
   * A body of bytes.
   *
   * @param bytes the bytes; they are not copied, and must not change while the body is in use
   * @param contentType the media type (RFC 9110, section 8.3.1); it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the media type is empty or has a control or non-ASCII character
   */
  public static Body of(byte[] bytes, String contentType) {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(contentType, "contentType");
    return new Body(Content.of(bytes), contentType);
  }

  /**
   * A file to upload, with the content that it has when it is sent. Its length is looked up then; a file that
   * becomes shorter or longer while it is being sent causes an {@link IOException} and breaks the connection.
   * Anything but a regular file, such as a named pipe, is sent in chunks.
   *
   * @param file the file; it need not exist yet
   * @param contentType the media type; it is sent as given
   * @return the body, which can be sent again
   * @throws IllegalArgumentException if the media type is refused by {@link #of(String, String)}
   */
  public static Body of(Path file, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    return new Body(Content.of(Objects.requireNonNull(file, "file")), contentType);
  }

  /**
   * A body of everything that a stream yields, sent in chunks. It can be sent once. The stream is closed when
   * it has been sent, or when sending fails; as long as nothing of it was sent, closing it is up to the caller.
   *
   * @param stream the bytes; each chunk is what one read of the stream yields, at most 16 KiB
   * @param contentType the media type; it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the media type is refused by {@link #of(String, String)}
   */
  public static Body of(InputStream stream, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(stream, "stream");
    return new Body(Content.of(stream), contentType);
  }

  /**
   * A body of a stream whose length is known. It can be sent once; the stream is closed as by {@link
   * #of(InputStream, String)}.
   *
   * @param stream the bytes; the stream must end right after them, which is checked before the last of them are
   *     sent
   * @param length how many they are, 0 or more
   * @param contentType the media type; it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the length is negative, or the media type is refused by {@link
   *     #of(String, String)}
   */
  public static Body of(InputStream stream, long length, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(stream, "stream");
    return new Body(Content.of(stream, length), contentType);
  }

  /**
   * A body of everything that a stream yields, sent in chunks. It can be sent again.
   *
   * @param source opens the stream, each time the body is sent
   * @param contentType the media type; it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the media type is refused by {@link #of(String, String)}
   */
  public static Body of(Content.Source source, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(source, "source");
    return new Body(Content.of(source), contentType);
  }

  /**
   * A body of streams whose length is known. It can be sent again.
   *
   * @param source opens the stream, each time the body is sent
   * @param length how many bytes each of them has, 0 or more
   * @param contentType the media type; it is sent as given
   * @return the body
   * @throws IllegalArgumentException if the length is negative, or the media type is refused by {@link
   *     #of(String, String)}
   */
  public static Body of(Content.Source source, long length, String contentType) {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(source, "source");
    return new Body(Content.of(source, length), contentType);
  }

  /**
   * A body of a value encoded at once, such as JSON.
   *
   * @param value the value
   * @param codec encodes it; its media type becomes that of the body
   * @return the body
   * @throws IllegalArgumentException if the codec cannot encode the value; the cause says why
   */
  public static Body of(Object value, BodyCodec codec) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(codec, "codec");
    return new Body(Content.of(codec.encode(value)), codec.contentType());
  }

  /**
   * A form, as a browser sends it: {@code application/x-www-form-urlencoded} in UTF-8, in which a space is a
   * plus sign (WHATWG URL, section 5.2). For a form with files to upload, use {@link MultipartForm}.
   *
   * @param namesAndValues names and values, alternating, not encoded
   * @return the body
   * @throws IllegalArgumentException if their number is odd, or one has a lone surrogate
   */
  public static Body form(String... namesAndValues) {
    Objects.requireNonNull(namesAndValues, "namesAndValues");
    return new Body(Content.of(FormText.of(namesAndValues)), "application/x-www-form-urlencoded");
  }

  /** A body with a name for messages. */
  static Body of(Content content, String name, String contentType) {
    return new Body(content, name, contentType, "", null);
  }

  /**
   * This body in gzip (RFC 1952), compressed while it is being sent, in chunks. It is sent with
   * Content-Encoding, unless the request has such a field of its own. A server need not support the coding: one
   * that does not answers 415 (RFC 9110, section 15.5.16).
   *
   * @return a new body of the same media type and trailers, which can be sent again if this one can
   * @throws IllegalStateException if it is in gzip already
   */
  public Body gzip() {
    if (!contentEncoding.isEmpty()) {
      throw new IllegalStateException("the body is in " + contentEncoding + " already");
    }
    Content packed = isRepeatable()
        ? Content.of(() -> new GzipStream(content))
        : Content.of(new GzipStream(content));
    return new Body(packed, name + " in gzip", contentType, "gzip", trailers);
  }

  /**
   * This body with trailer fields, which are known only once it has been sent, such as a digest of it (RFC
   * 9110, section 6.5). It is therefore sent in chunks. Servers may drop trailers; the caller can set a Trailer
   * field in the request to announce them.
   *
   * @param fields returns the fields; called once after the last byte each time the body is sent. What it
   *     throws is rethrown and breaks the connection. A name that section 6.5.1 keeps out of trailers, such as
   *     Content-Length, Host or Authorization, causes an {@link IllegalArgumentException} then
   * @return a new body of the same bytes
   */
  public Body withTrailers(Supplier<Headers> fields) {
    Objects.requireNonNull(fields, "fields");
    return new Body(content, name, contentType, contentEncoding, fields);
  }

  static String checked(String contentType) {
    String value = Headers.of(CONTENT_TYPE, contentType).first(CONTENT_TYPE).orElse("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the media type of a body is empty");
    }
    return value;
  }

  /**
   * How long the body is.
   *
   * @return the number of bytes, 0 or more; for a file, its current length; -1 if that is not known before it
   *     is sent, or the body is sent in chunks for its trailers
   */
  public long length() {
    if (trailers != null) {
      return Content.UNKNOWN;
    }
    try {
      return content.length();
    } catch (IOException | IllegalStateException e) {
      return Content.UNKNOWN;
    }
  }

  /**
   * Whether the body can be sent more than once, as for a redirect, or after a reused connection turned out to
   * be dead.
   *
   * @return false for a body of one stream
   */
  public boolean isRepeatable() {
    return content.isRepeatable();
  }

  /**
   * The media type of the body.
   *
   * @return the media type, without surrounding spaces
   */
  public String contentType() {
    return contentType;
  }

  /**
   * The content coding of the body.
   *
   * @return {@code gzip}, or an empty string
   */
  public String contentEncoding() {
    return contentEncoding;
  }

  /**
   * The bytes of the body as they are sent, for a step that signs or hashes them. The step may open the content
   * of a body that {@link #isRepeatable}; any other can be opened only once, to be sent.
   *
   * @return the content, without the trailers
   */
  public Content content() {
    return content;
  }

  /**
   * The length for the head of a request, or {@link Content#UNKNOWN} for a body in chunks.
   *
   * @throws IllegalStateException if the body was sent before and cannot be sent again
   * @throws IOException if its file cannot be examined
   */
  long lengthToSend() throws IOException {
    long length = content.length();
    return trailers == null ? length : Content.UNKNOWN;
  }

  boolean hasTrailers() {
    return trailers != null;
  }

  /** The trailer fields, requested once everything else has been sent. */
  Headers trailers() {
    return trailers == null ? Headers.empty() : TrailerFields.checked(trailers.get());
  }

  /**
   * The size and type of the body, but nothing of its content.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return name + " of " + contentType;
  }
}
