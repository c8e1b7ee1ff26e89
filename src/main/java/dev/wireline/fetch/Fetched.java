package dev.wireline.fetch;

import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ContentType;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Incoming;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The resource at a URL of any scheme: its metadata, and its content, which can be read once: whole, line by
 * line, as a stream or into a file. The content is complete or it throws, as {@link Incoming} does.
 *
 * <p>It owns its connection. {@link #close} gives up what is unread and hangs up at once; your own {@link
 * dev.wireline.http.HttpAgent} may keep the connection alive, and reads a small rest for at most a second. Not
 * thread-safe; {@code close} may be called from any thread.
 */
public final class Fetched implements Closeable {
  private final String url;
  private final Headers info;
  private final Incoming content;
  private final Closeable owned;

  private Fetched(String url, Headers info, Incoming content, Closeable owned) {
    this.url = url;
    this.info = info;
    this.content = content;
    this.owned = owned;
  }

  /**
   * Creates the result of your own scheme.
   *
   * @param url the URL, without user info
   * @param info the metadata, of which this class reads Content-Type, Content-Length and Last-Modified
   * @param content the content
   * @param owned what to close before it: a client, or an empty action
   * @return the resource
   */
  public static Fetched of(String url, Headers info, Incoming content, Closeable owned) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(content, "content");
    return new Fetched(url, info, content, Objects.requireNonNull(owned, "owned"));
  }

  /**
   * The URL where it was found.
   *
   * @return the URL after redirects, without user info
   */
  public String url() {
    return url;
  }

  /**
   * Its metadata: for HTTP the header fields; for others Content-Type, Content-Length and Last-Modified, as far
   * as the protocol has them.
   *
   * @return the fields; text from the peer
   */
  public Headers info() {
    return info;
  }

  /**
   * How long it is.
   *
   * @return the announced number of bytes, 0 or more; empty if it is not known
   */
  public OptionalLong length() {
    long length = Ascii.decimal(info.first("Content-Length").orElse(""), Long.MAX_VALUE);
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /**
   * Its media type.
   *
   * @return the media type with its parameters; empty if it is not known
   */
  public Optional<String> type() {
    return info.first("Content-Type");
  }

  /**
   * When it was last modified.
   *
   * @return the time, to the second; empty if it is not known
   */
  public Optional<Instant> time() {
    return info.date("Last-Modified");
  }

  /**
   * The content as a stream.
   *
   * @return the unread rest, the same stream each time
   */
  public InputStream body() {
    return content;
  }

  /**
   * Reads the rest.
   *
   * @return the bytes
   * @throws dev.wireline.error.LimitExceededException if there are more than the limit of its protocol
   * @throws IOException as {@link Incoming#bytes}
   */
  public byte[] bytes() throws IOException {
    return content.bytes();
  }

  /**
   * Reads the rest as text, in the charset of its type. If that names none, or one that this Java does not
   * know, it is UTF-8. A byte order mark at the start is not part of the text.
   *
   * @return the text
   * @throws dev.wireline.error.PeerProtocolException if it is not text in that charset
   * @throws IOException as {@link #bytes}
   */
  public String text() throws IOException {
    return text(charset(info));
  }

  /**
   * Reads the rest as text.
   *
   * @param charset its charset, whatever its type says
   * @return the text
   * @throws IOException as {@link #text()}
   */
  public String text(Charset charset) throws IOException {
    String text = content.text(Objects.requireNonNull(charset, "charset"));
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The remaining lines, read on demand, in the charset of {@link #text()}. In a charset that encodes line ends
   * differently, such as UTF-16, the content is read whole first. What a read throws arrives wrapped in {@link
   * java.io.UncheckedIOException}.
   *
   * @return the lines without their ends; use the stream once
   * @throws IOException as {@link #text()}, for such a charset
   */
  public Stream<String> lines() throws IOException {
    Charset charset = charset(info);
    boolean ascii = charset.canEncode() && "\n".getBytes(charset).length == 1;
    return ascii ? content.lines() : text(charset).lines();
  }

  /**
   * Saves the rest to a file, which appears under its name once it is complete.
   *
   * @param file its path; an existing file is replaced at the end
   * @throws IllegalArgumentException if the path has no name; nothing was read
   * @throws IOException as {@link Incoming#saveTo}
   */
  public void saveTo(Path file) throws IOException {
    content.saveTo(Objects.requireNonNull(file, "file"));
  }

  /**
   * Gives up what is unread and closes its connection, without waiting for the peer, unless the connection
   * belongs to your own agent. Does nothing if called again.
   */
  @Override
  public void close() {
    // The owner first: once its connection is gone, nothing waits for the rest.
    closeQuietly(owned);
    closeQuietly(content);
  }

  private static void closeQuietly(Closeable part) {
    try {
      part.close();
    } catch (IOException | IllegalStateException e) {
      // Reading it whole has thrown already, and nobody waits for the rest.
    }
  }

  /** The charset of a type; UTF-8 if it is unknown. */
  static Charset charset(Headers info) {
    String named = info.first("Content-Type")
        .flatMap(type -> ContentType.parameter(type, "charset"))
        .orElse("");
    try {
      return Charset.forName(named);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /**
   * The URL where it was found.
   *
   * @return text for people to read, without the query
   */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    int end = query >= 0 ? query : Math.min(url.length(), 80);
    return "what is at " + Quoted.text(url.substring(0, end));
  }
}
