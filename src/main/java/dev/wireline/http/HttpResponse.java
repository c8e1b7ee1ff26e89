package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.header.Headers;
import dev.wireline.http.grammar.ContentDisposition;
import dev.wireline.http.grammar.ContentType;
import dev.wireline.http.grammar.FileName;
import dev.wireline.http.grammar.ResponseHead;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.internal.TurnTakenException;
import dev.wireline.line.Content;
import dev.wireline.line.ProgressListener;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.url.HttpUrl;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response: its status and header fields, and its body, which is in memory or still on the connection.
 *
 * <p>Read the body whole ({@link #text}, {@link #bytes}), as often as you like, or stream it once ({@link
 * #body}, {@link #lines}, {@link #events}, {@link #saveTo(Path)}). It is complete or it throws: a cut
 * connection never looks like a short body. Give up a body that you do not want with {@link #discard} or {@link
 * #close}.
 *
 * <p>Not thread-safe; {@link #close} may be called from any thread.
 */
public final class HttpResponse implements Closeable {
  private final ResponseHead head;
  private final HttpRequest request;
  private final Endpoint endpoint;
  private final ResponseContent content;
  private final @Nullable Headers changed;
  private List<Attempt> attempts;
  private final @Nullable Wire upgraded;
  private volatile boolean wireTaken;
  private @Nullable BodyEvents events;

  HttpResponse(ResponseHead head, HttpRequest request, Endpoint endpoint, ResponseContent content) {
    this(head, request, endpoint, content, null);
  }

  /** As the other constructor, for a connection that has become the caller's. */
  HttpResponse(
      ResponseHead head,
      HttpRequest request,
      Endpoint endpoint,
      ResponseContent content,
      @Nullable Wire upgraded) {
    this(head, request, endpoint, content, null, List.of(), upgraded);
  }

  private HttpResponse(
      ResponseHead head,
      HttpRequest request,
      Endpoint endpoint,
      ResponseContent content,
      @Nullable Headers changed,
      List<Attempt> attempts,
      @Nullable Wire upgraded) {
    this.head = head;
    this.request = request;
    this.endpoint = endpoint;
    this.content = content;
    this.changed = changed;
    this.attempts = attempts;
    this.upgraded = upgraded;
  }

  /**
   * Creates a response that did not come from a server, for a step that answers by itself and for tests. Its
   * body is empty until {@link #withBody} gives it one.
   *
   * @param request what it answers; it has a URL
   * @param status 200 to 999
   * @return a response without header fields
   * @throws IllegalArgumentException if the request has no URL, or the status is out of range
   */
  public static HttpResponse of(HttpRequest request, int status) {
    Objects.requireNonNull(request, "request");
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("the status of a response is 200 to 999, not " + status);
    }
    Endpoint endpoint = Chain.checkUrl(request).endpoint();
    ResponseContent none = ResponseContent.made(Content.of(new byte[0]), endpoint);
    return new HttpResponse(ResponseHead.of(status), request, endpoint, none);
  }

  /**
   * This response with other header fields. Both share one body.
   *
   * @param fields all fields, such as {@link #headers} with a change
   * @return a new response
   */
  public HttpResponse withHeaders(Headers fields) {
    Objects.requireNonNull(fields, "fields");
    return with(content, fields);
  }

  /**
   * This response with another body. Content-Type becomes that of the body; Content-Length and
   * Content-Encoding, which described the old one, are removed. The new body may read from the old one, by
   * {@link #body}: what is unread of the old one is given up once the new one has been read to its end, closed
   * or discarded.
   *
   * @param body the new body; if it fails, its reader gets that failure. A body that can be sent again is not
   *     opened before it is read
   * @return a new response
   */
  public HttpResponse withBody(Body body) {
    Objects.requireNonNull(body, "body");
    Headers plain = withoutCoding().replacing(Body.CONTENT_TYPE, body.contentType());
    String coding = body.contentEncoding();
    Headers fields = coding.isEmpty() ? plain : plain.with(Body.CONTENT_ENCODING, coding);
    return with(content.replaced(body.content(), endpoint), fields);
  }

  /**
   * This response with its body read through another stream, which looks at the bytes or changes them. The
   * fields stay as they are. {@link #discard} reads a small rest through that stream too.
   *
   * @param stream makes a stream around that of the body; closing it must close the other
   * @return a new response, which takes the body from this one
   * @throws IllegalStateException if the body has been streamed already
   */
  public HttpResponse withBodyThrough(UnaryOperator<InputStream> stream) {
    Objects.requireNonNull(stream, "stream");
    return with(content.through(stream, endpoint), headers());
  }

  private HttpResponse with(ResponseContent body, Headers fields) {
    return new HttpResponse(head, request, endpoint, body, fields, attempts, upgraded);
  }

  private Headers withoutCoding() {
    return headers().without(Body.CONTENT_ENCODING).without("Content-Length");
  }

  /** This response as part of a call with these attempts, the last of which it answers. */
  HttpResponse inCall(HttpRequest asked, List<Attempt> made) {
    return new HttpResponse(head, asked, endpoint, content, changed, made, upgraded);
  }

  /** The same response, which nobody has seen yet, as the end of these attempts. */
  HttpResponse endOf(List<Attempt> made) {
    attempts = made;
    return this;
  }

  /** This response with its content codings undone, and without the fields that describe them. */
  HttpResponse decoded(List<ContentCoding> codings, DecodedLimits limits) {
    return with(content.decoded(codings, endpoint, limits), withoutCoding());
  }

  /** Whether content codings are undone, so that the body differs from what the server sent. */
  boolean isDecoded() {
    return content.isDecoded();
  }

  /** How many bytes the body has, or -1 if that is not known beforehand. */
  long length() {
    return content.length();
  }

  /** What holds the connection while the body is unread, to be watched. */
  Object watched() {
    return content.held();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /**
   * The request that this responds to: after redirects the last one, whose {@link HttpRequest#url} says where
   * the document was found.
   *
   * @return the request, as it was handed to the last step of the call
   */
  public HttpRequest request() {
    return request;
  }

  /**
   * Where the response was found: the URL of {@link #request}.
   *
   * @return the URL; empty if an {@link HttpClient} was asked for a path
   */
  public Optional<HttpUrl> url() {
    return request.url();
  }

  /**
   * The requests of the call of an {@link HttpAgent}: redirects, retries and answers to challenges.
   *
   * @return the attempts in order; this is the response to the last one, unless a step made it; none for an
   *     {@link HttpClient}
   */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * The status code.
   *
   * @return 200 to 999; what is above 599 counts as 5xx (RFC 9110 section 15); 101 when the request
   *     asked for an upgrade and gets it, see {@link #wire}
   */
  public int status() {
    return head.status();
  }

  /**
   * Returns this response if its status is a success, and throws otherwise.
   *
   * @return this
   * @throws HttpStatusException if the status is not 200 to 299; it holds this response. Up to 1 MiB of body
   *     that arrives within ten seconds can be read from it; a larger one was dropped with its connection
   */
  public HttpResponse requireSuccess() throws HttpStatusException {
    if (status() / 100 != 2) {
      content.keep();
      throw new HttpStatusException(endpoint, this);
    }
    return this;
  }

  /**
   * The reason phrase, which means nothing to a program (RFC 9112 section 4).
   *
   * @return the text after the status; may be empty
   */
  public String reason() {
    return head.reason();
  }

  /**
   * The version that the server speaks.
   *
   * @return the version of the status line
   */
  public HttpVersion version() {
    return head.isHttp10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  /**
   * The header fields. If an agent has decompressed the body, Content-Encoding and Content-Length, which
   * describe the body as it was sent, are not among them.
   *
   * @return all of them, in order
   */
  public Headers headers() {
    return changed == null ? head.headers() : changed;
  }

  /**
   * The value of the first field of a name.
   *
   * @param name the name, in any case
   * @return its value, or empty if there is no such field
   */
  public Optional<String> header(String name) {
    Objects.requireNonNull(name, "name");
    return headers().first(name);
  }

  /**
   * The links of the Link fields (RFC 8288). Malformed links are ignored.
   *
   * @return the links in order, each with its resolved URL; may be empty
   */
  public List<Link> links() {
    return Link.all(headers(), base());
  }

  /**
   * The first link of a relation, such as {@code next}.
   *
   * @param relation the relation type, in any case
   * @return the link; empty if there is none
   */
  public Optional<Link> link(String relation) {
    Objects.requireNonNull(relation, "relation");
    return links().stream().filter(link -> link.is(relation)).findFirst();
  }

  private Optional<HttpUrl> base() {
    return url().isPresent() || endpoint.isUnix() ? url() : Link.base(endpoint, request);
  }

  /**
   * The file name that the server proposes (RFC 6266): {@code filename*} of Content-Disposition, else its
   * {@code filename}. It is safe in any folder: it has no path, control characters or leading dot, is not the
   * name of a device on Windows, and has at most 200 bytes in UTF-8. Characters that are reserved on Windows
   * become underscores.
   *
   * @return the name; empty if the server proposes no usable name
   */
  public Optional<String> fileName() {
    return header("Content-Disposition").flatMap(ContentDisposition::fileName);
  }

  /**
   * The trailer fields of a chunked body (RFC 9112 section 7.1.2). They are not merged into {@link
   * #headers}.
   *
   * @return the fields once the body has been read to its end; empty before, and for other bodies
   */
  public Headers trailers() {
    return content.trailers();
  }

  /**
   * The whole body. Waits at most what is left of the call timeout.
   *
   * @return the bytes, the same array each time: changing it changes what {@link #text()} returns
   * @throws dev.wireline.error.LimitExceededException if there are more than {@code maxBodyBytes}
   * @throws dev.wireline.error.ConnectionClosedException if the connection was cut before its end
   * @throws dev.wireline.error.PeerProtocolException if its framing violates the protocol
   * @throws dev.wireline.error.DeadlineExceededException at the call or the silence timeout
   * @throws IllegalStateException if the body has been streamed already
   * @throws IOException in each of these cases; the connection is closed
   */
  public byte[] bytes() throws IOException {
    return content.whole();
  }

  /**
   * The whole body as text, in the charset of its Content-Type. If that names none, or an unknown one, the
   * charset is UTF-16 if the body starts with a UTF-16 byte order mark, else UTF-8. A byte order mark is not
   * part of the text.
   *
   * @return the text
   * @throws PeerProtocolException if it is not text in that charset; the connection stays usable and {@link
   *     #bytes} returns the body
   * @throws IOException as {@link #bytes}
   */
  public String text() throws IOException {
    Charset named = BodyText.charset(header(Body.CONTENT_TYPE));
    return text(named == null ? BodyText.marked(content.whole()) : named);
  }

  /**
   * The whole body as text, in a charset that the caller chooses.
   *
   * @param charset the charset, whatever the Content-Type says; a byte order mark is not part of the text
   * @return the text
   * @throws PeerProtocolException as {@link #text()}
   * @throws IOException as {@link #bytes}
   */
  public String text(Charset charset) throws IOException {
    Objects.requireNonNull(charset, "charset");
    byte[] bytes = content.whole();
    try {
      return BodyText.unmarked(StrictText.decode(bytes, 0, bytes.length, charset));
    } catch (CharacterCodingException e) {
      String rule = "the body must be text in " + charset;
      throw new PeerProtocolException(endpoint, BodyStream.BODY, rule, "", true);
    }
  }

  /**
   * The whole body decoded to a value, as from JSON. The media type and the status do not matter; call {@link
   * #requireSuccess} first if the status should.
   *
   * @param type what the body holds
   * @param codec decodes it
   * @param <T> what the body holds
   * @return the value
   * @throws PeerProtocolException if the codec cannot decode such a value, or decodes null; the reason is
   *     suppressed inside. The connection stays usable and {@link #bytes} returns the body
   * @throws IOException as {@link #bytes}
   */
  public <T> T as(Class<T> type, BodyCodec codec) throws IOException {
    return as((Type) Objects.requireNonNull(type, "type"), codec);
  }

  /**
   * As {@link #as(Class, BodyCodec)}, for a type with parameters, such as a JSON library's type token yields.
   *
   * @param type what the body holds
   * @param codec decodes it
   * @param <T> the same type, which is not checked
   * @return the value
   * @throws PeerProtocolException as {@link #as(Class, BodyCodec)}
   * @throws IOException as {@link #bytes}
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as all these libraries have it
  public <T> T as(Type type, BodyCodec codec) throws IOException {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(codec, "codec");
    byte[] bytes = bytes();
    String rule = "the body must be a " + type.getTypeName() + " in " + codec.contentType();
    try {
      Object value = codec.decode(bytes, type);
      if (value != null) {
        return (T) value;
      }
    } catch (IOException | RuntimeException e) {
      PeerProtocolException unreadable = notText(rule, Quoted.text(String.valueOf(e.getMessage())));
      unreadable.addSuppressed(e);
      throw unreadable;
    }
    throw notText(rule, "null");
  }

  private PeerProtocolException notText(String rule, String excerpt) {
    return new PeerProtocolException(endpoint, BodyStream.BODY, rule, excerpt, true);
  }

  /**
   * The body as a stream, to be read once. Each read waits at most the silence timeout. Closing it before its
   * end closes the connection; another thread may do so too.
   *
   * @return the stream; after {@link #bytes} or {@link #text}, a new one each time over the bytes in memory
   * @throws IllegalStateException if the body has been streamed already, by this, {@link #lines}, {@link
   *     #events} or {@link #saveTo(Path)}
   */
  public InputStream body() {
    return content.streamOnce();
  }

  /**
   * The lines of the body, streamed, in the charset of its Content-Type, else UTF-8, without a byte order mark
   * before the first. A line ends with LF or CRLF and has at most 64 KiB. What {@link #bytes} would throw
   * arrives wrapped in {@link java.io.UncheckedIOException}. So does a {@link PeerProtocolException} for a line
   * that is not text in that charset; that line is skipped and the connection stays usable.
   *
   * <p>A body in a charset that encodes line ends differently, such as UTF-16, is read whole first, as by
   * {@link #text}.
   *
   * @return the lines without their ends; use the stream once, and close it if you leave it before its end
   * @throws IllegalStateException if the body has been streamed already
   * @throws IOException as {@link #text()}, for a charset that encodes line ends differently
   */
  public Stream<String> lines() throws IOException {
    Charset named = BodyText.charset(header(Body.CONTENT_TYPE));
    Charset charset = named == null ? StandardCharsets.UTF_8 : named;
    if (BodyLines.canCut(charset)) {
      return new BodyLines(content.streamOnce(), charset, endpoint).stream();
    }
    InputStream recoded = new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8));
    return new BodyLines(recoded, StandardCharsets.UTF_8, endpoint).stream();
  }

  /**
   * Writes the body to a file. The file appears under its name once the body is complete. A failure leaves no
   * partial file, and any existing file stays as it was.
   *
   * @param file the file to write; an existing one is replaced
   * @throws IllegalArgumentException if the path has no file name; the body is as before
   * @throws IllegalStateException if the body has been streamed already; no file was touched
   * @throws IOException as {@link #bytes}, but without its size limit and the call timeout; or if the file
   *     cannot be written, in which case the connection is closed
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    save(file, null);
  }

  /**
   * As {@link #saveTo(Path)}, and reports its progress.
   *
   * @param file the file to write; an existing one is replaced
   * @param listener told of the progress, in this thread
   * @throws IllegalArgumentException as {@link #saveTo(Path)}
   * @throws IllegalStateException as {@link #saveTo(Path)}
   * @throws IOException as {@link #saveTo(Path)}
   */
  public void saveTo(Path file, ProgressListener listener) throws IOException {
    Objects.requireNonNull(file, "file");
    save(file, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Writes the body to a new file in a folder, under the name that the server proposes: {@link #fileName}, else
   * one derived in the same way from the last segment of the URL, else the given one. An existing file is never
   * replaced: the new one gets a number, as in {@code report (1).pdf}. It appears once the body is complete.
   *
   * @param folder an existing folder
   * @param otherwise the name to use if neither the server nor the URL has one
   * @return the path of the new file
   * @throws IllegalArgumentException if the given name is empty or has a path; the body is as before
   * @throws IllegalStateException as {@link #saveTo(Path)}
   * @throws IOException as {@link #saveTo(Path)}; or if the name and a thousand numbered ones are taken
   */
  public Path saveInto(Path folder, String otherwise) throws IOException {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(otherwise, "otherwise");
    Download.to(Path.of(otherwise));
    if (!otherwise.equals(String.valueOf(Path.of(otherwise).getFileName()))) {
      throw new IllegalArgumentException(
          "the name of a file has no path: " + Quoted.text(otherwise));
    }
    String path = url().map(HttpUrl::path).orElseGet(() -> request.target().split("\\?", 2)[0]);
    String name = fileName().or(() -> FileName.ofPath(path)).orElse(otherwise);
    Download download = Download.to(folder.resolve(name));
    long total = content.length();
    try (InputStream in = content.streamOnce()) {
      return download.saveNew(in, total);
    }
  }

  private void save(Path file, @Nullable ProgressListener listener) throws IOException {
    Download download = Download.to(file);
    long total = content.length();
    try (InputStream in = content.streamOnce()) {
      download.save(in, total, listener);
    }
  }

  /**
   * The server-sent events (SSE) of a body of type {@code text/event-stream}, streamed as they arrive (WHATWG
   * HTML, section 9.2). A line has at most 64 KiB, an event 1 Mi characters. The stream ends with the body;
   * {@link HttpAgent#events} reconnects. What {@link #bytes} would throw arrives wrapped in {@link
   * java.io.UncheckedIOException}.
   *
   * <p>The silence timeout applies between two events; servers send comments to keep the stream alive, and you
   * can set a longer timeout in the {@link dev.wireline.net.Dialer}. As long as comments come, the stream waits
   * for the next event; an interrupt or a close ends that wait. The lines of one event have at most 8 MiB.
   *
   * @return the events; use the stream once, and close it if you leave it before its end
   * @throws PeerProtocolException if the media type is not {@code text/event-stream}; the connection stays
   *     usable and the body can still be read
   * @throws IllegalStateException if the body has been streamed already
   */
  public Stream<ServerSentEvent> events() throws PeerProtocolException {
    return readEvents("").stream();
  }

  /** The events, following others of which the last had that identifier. */
  BodyEvents readEvents(String lastEventId) throws PeerProtocolException {
    String type = header(Body.CONTENT_TYPE).orElse("");
    if (!ContentType.is(type, "text/event-stream")) {
      throw new PeerProtocolException(
          endpoint,
          BodyStream.BODY,
          "an event stream is of the type text/event-stream (WHATWG HTML section 9.2.5)",
          Quoted.text(type),
          true);
    }
    return openEvents(lastEventId);
  }

  /**
   * As {@link #events}, whatever the Content-Type: for servers that send events without one, with two, or with
   * another. A body that is not made of events yields none.
   *
   * @return the events; use the stream once, and close it if you leave it before its end
   * @throws IllegalStateException if the body has been streamed already
   */
  public Stream<ServerSentEvent> eventsOfAnyType() {
    return openEvents("").stream();
  }

  private BodyEvents openEvents(String lastEventId) {
    BodyEvents opened = new BodyEvents(content.streamOnce(), endpoint, lastEventId);
    events = opened;
    return opened;
  }

  /**
   * The last identifier set by {@link #events}, even in a block without data, which yields no event.
   *
   * @return the identifier, as far as the events have been read; empty if there is none
   */
  public String lastEventId() {
    BodyEvents read = events;
    return read == null ? "" : read.lastEventId();
  }

  /**
   * How long to wait before reconnecting, as last set by {@link #events}, even in a block without data.
   *
   * @return the wait, as far as the events have been read; empty if none was set
   */
  public Optional<Duration> eventRetry() {
    BodyEvents read = events;
    return read == null ? Optional.empty() : read.retry();
  }

  /**
   * The connection after a 101, which now speaks the protocol that the request asked for (RFC 9110, section
   * 7.8). It belongs to the caller, who closes it; the client dials another one for its next request. The
   * Upgrade field of this response names the protocol.
   *
   * @return the wire; what the server sent after the head is in its input
   * @throws IllegalStateException if the status is not 101
   */
  public Wire wire() {
    if (upgraded == null) {
      throw new IllegalStateException("the status is " + status() + " and not 101: no upgrade");
    }
    wireTaken = true;
    return upgraded;
  }

  /**
   * Gives up the unread rest of the body. A small rest is read, for at most a second, so that the connection
   * can be reused; a large one is dropped with its connection. Does nothing if everything has been read.
   *
   * @throws IllegalStateException if another thread is reading the body
   */
  public void discard() {
    settle(Deadline.NEVER);
  }

  /**
   * As {@link #discard}, for try-with-resources. What is in memory can still be read. May be called from any
   * thread: if another thread is reading the body, it gets a {@link dev.wireline.error.ClientClosedException}
   * and the connection is closed. After a 101 it closes the connection, unless {@link #wire} was called, whose
   * caller closes it.
   */
  @Override
  public void close() {
    try {
      discard();
    } catch (TurnTakenException e) {
      content.close();
    }
    if (upgraded != null && !wireTaken) {
      upgraded.close();
    }
  }

  /** Drops what is unread together with its connection, at once; from any thread. */
  void drop() {
    content.close();
  }

  /** As {@link #discard}, within the deadline of another call. */
  void settle(Deadline limit) {
    content.settle(limit);
  }

  /**
   * The status line and header fields, as text for people.
   *
   * @return the head, with the values of secret fields masked
   */
  @Override
  public String toString() {
    return version() + " " + status() + " " + Quoted.printable(reason()) + "\n" + headers();
  }
}
