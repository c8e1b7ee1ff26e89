package dev.wireline.http;

import dev.wireline.internal.StrictText;
import dev.wireline.line.Content;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A form with parts, such as files to upload: {@code multipart/form-data} (RFC 7578).
 *
 * <p>Each method returns a new form. {@link #body} turns it into a request body, whose length is known if those
 * of all parts are; files are read while they are being sent. Names and file names are sent in UTF-8, with
 * quotation marks, CR and LF percent-encoded (WHATWG HTML, section 4.10.22.8).
 *
 * <pre>{@code
 * Body form = MultipartForm.empty()
 *     .part("title", "Harbour")
 *     .file("photo", Path.of("harbour.png"), "image/png")
 *     .body();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class MultipartForm {
  private static final MultipartForm EMPTY = new MultipartForm(List.of());

  /** 144 bits, so that no content can have been crafted to contain the boundary. */
  private static final int BOUNDARY_BYTES = 18;

  private final List<Part> parts;

  /** The header of a part, from Content-Disposition to the empty line, and its content. */
  private record Part(String head, Content content) {}

  private MultipartForm(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * A form without parts.
   *
   * @return the form, the same one each time
   */
  public static MultipartForm empty() {
    return EMPTY;
  }

  /**
   * This form with a text field added at its end, sent in UTF-8 without a media type.
   *
   * @param name the name of the field
   * @param value the text, sent as it is
   * @return a new form
   * @throws IllegalArgumentException if the name or value has a lone surrogate, or the name has a NUL
   */
  public MultipartForm part(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Content content = Content.of(StrictText.utf8("value of the form", value));
    return with(disposition(name), "", content);
  }

  /**
   * This form with a part added at its end that has a media type.
   *
   * @param name the name of the field
   * @param content the content and its type
   * @return a new form
   * @throws IllegalArgumentException if the name is refused by {@link #part(String, String)}, or the
   *     content has trailers
   */
  public MultipartForm part(String name, Body content) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(content, "content");
    return with(disposition(name), content.contentType(), contentOf(content));
  }

  /**
   * This form with a file to upload added at its end, under the last name of its path.
   *
   * @param name the name of the field
   * @param file the file, which is read when the form is sent
   * @param contentType the media type; it is sent as given
   * @return a new form
   * @throws IllegalArgumentException if the name is refused by {@link #part(String, String)}, the
   *     media type by {@link Body#of(Path, String)}, or the path has no name
   */
  public MultipartForm file(String name, Path file, String contentType) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(contentType, "contentType");
    Path last = file.getFileName();
    if (last == null || last.toString().isEmpty()) {
      throw new IllegalArgumentException("a file to send needs a name");
    }
    return file(name, last.toString(), Body.of(file, contentType));
  }

  /**
   * This form with a file added at its end that is made from any content.
   *
   * @param name the name of the field
   * @param fileName the name of the file; it is sent whole, including any slashes
   * @param content the content and its type
   * @return a new form
   * @throws IllegalArgumentException if a name is refused by {@link #part(String, String)}, or the
   *     content has trailers
   */
  public MultipartForm file(String name, String fileName, Body content) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(fileName, "fileName");
    Objects.requireNonNull(content, "content");
    String disposition = disposition(name) + "; filename=\"" + quoted(fileName) + '"';
    return with(disposition, content.contentType(), contentOf(content));
  }

  private static Content contentOf(Body body) {
    if (body.hasTrailers()) {
      throw new IllegalArgumentException("a part of a form has no trailers");
    }
    return body.content();
  }

  private MultipartForm with(String disposition, String contentType, Content content) {
    String type = contentType.isEmpty() ? "" : "\r\nContent-Type: " + contentType;
    String head = disposition + type + "\r\n\r\n";
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(head, content));
    return new MultipartForm(List.copyOf(more));
  }

  private static String disposition(String name) {
    return "Content-Disposition: form-data; name=\"" + quoted(withCrLf(name)) + '"';
  }

  /** Every line end as CRLF, which the standard requires for the names of fields only. */
  private static String withCrLf(String name) {
    return name.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
  }

  private static String quoted(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a name in a form has a NUL at index " + text.indexOf('\0'));
    }
    StrictText.utf8("name in the form", text);
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  /**
   * Builds the request body: all parts, separated by an unpredictable boundary created for this body.
   *
   * @return a new body; it can be sent again if the contents of all parts can
   * @throws IllegalStateException if the form has no parts, which the format does not allow
   */
  public Body body() {
    if (parts.isEmpty()) {
      throw new IllegalStateException("a form has one part at least (RFC 2046, section 5.1)");
    }
    byte[] random = new byte[BOUNDARY_BYTES];
    new SecureRandom().nextBytes(random);
    String boundary = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    List<Content> links = new ArrayList<>();
    String delimiter = "--" + boundary + "\r\n";
    for (Part part : parts) {
      links.add(bytes(delimiter + part.head()));
      links.add(part.content());
      delimiter = "\r\n--" + boundary + "\r\n";
    }
    links.add(bytes("\r\n--" + boundary + "--\r\n"));
    String name = parts.size() == 1 ? "a form of 1 part" : "a form of " + parts.size() + " parts";
    return Body.of(Content.ofAll(links), name, "multipart/form-data; boundary=" + boundary);
  }

  private static Content bytes(String text) {
    return Content.of(text);
  }

  /**
   * The number of parts, but nothing of what is in them.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "a form of " + parts.size() + " parts";
  }
}
