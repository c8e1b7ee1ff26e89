package dev.wireline.gemini;

import dev.wireline.error.WirelineException;
import dev.wireline.line.Incoming;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer of a Gemini server: a status, its text, and after a success the page.
 *
 * <p>The caller closes it, and with it its connection. Not thread-safe.
 */
public final class GeminiResponse implements Closeable {
  private static final String CHARSET = "charset=";

  private final String url;
  private final int status;
  private final String meta;
  private final Incoming body;

  GeminiResponse(String url, int status, String meta, Incoming body) {
    this.url = url;
    this.status = status;
    this.meta = meta;
    this.body = body;
  }

  /**
   * The URL that was answered, after redirects.
   *
   * @return the URL that was requested last
   */
  public String url() {
    return url;
  }

  /**
   * The status: 1x asks for input, 2x is a success, 3x a redirect, 4x a temporary and 5x a permanent failure,
   * 6x asks for a client certificate.
   *
   * @return 10 to 69
   */
  public int status() {
    return status;
  }

  /**
   * The text that belongs to the status: for 1x what to ask the user, for 2x the media type, for 3x the URL,
   * else what went wrong.
   *
   * @return text from the server; may be empty
   */
  public String meta() {
    return meta;
  }

  /**
   * Whether the server asks for a line of input, to send with {@link Gemini#withInput}.
   *
   * @return true for 1x; 11 is for sensitive input
   */
  public boolean wantsInput() {
    return status / 10 == 1;
  }

  /**
   * Whether there is a page.
   *
   * @return true for 2x
   */
  public boolean isSuccess() {
    return status / 10 == 2;
  }

  /**
   * The page as a stream.
   *
   * @return the bytes to the end of the connection; none after any status but 2x
   */
  public Incoming body() {
    return body;
  }

  /**
   * The page as text, in the charset that its media type names, else in UTF-8.
   *
   * @return the unread rest
   * @throws IllegalArgumentException if this platform does not know the charset; nothing was read
   * @throws WirelineException as {@link Incoming#text(Charset)}
   * @throws IOException as {@link Incoming#text(Charset)}
   */
  public String text() throws IOException {
    return body.text(charset());
  }

  /**
   * The page parsed as {@code text/gemini}, line by line.
   *
   * @return the lines
   * @throws IllegalArgumentException as {@link #text()}
   * @throws IOException as {@link #text()}
   */
  public List<GeminiLine> lines() throws IOException {
    return GeminiLine.parse(text());
  }

  /** The charset of the media type; an unknown one is an {@link IllegalArgumentException} of the platform. */
  private Charset charset() {
    for (String parameter : meta.split(";", -1)) {
      String text = parameter.strip();
      if (text.toLowerCase(Locale.ROOT).startsWith(CHARSET)) {
        return Charset.forName(text.substring(CHARSET.length()).replace("\"", ""));
      }
    }
    return StandardCharsets.UTF_8;
  }

  /**
   * The media type of the page.
   *
   * @return the type without its parameters, in lower case, {@code text/gemini} if the server names none; empty
   *     after any status but 2x
   */
  public Optional<String> type() {
    if (!isSuccess()) {
      return Optional.empty();
    }
    int semicolon = meta.indexOf(';');
    String type = (semicolon < 0 ? meta : meta.substring(0, semicolon)).strip();
    return Optional.of(type.isEmpty() ? "text/gemini" : type.toLowerCase(Locale.ROOT));
  }

  /**
   * Closes its connection.
   *
   * @throws IOException never
   */
  @Override
  public void close() throws IOException {
    body.close();
  }

  /**
   * The status and the URL.
   *
   * @return text for people to read
   */
  @Override
  public String toString() {
    return status + " of " + url;
  }
}
