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
 * A response: its status and fields, and its body, which is in memory or still on the connection.
 *
 * <p>A body is read whole ({@link #text}, {@link #bytes}), which can be done again and gives the same,
 * or streamed once ({@link #body}, {@link #lines}, {@link #events}, {@link #saveTo(Path)}). It is complete or it throws: a cut
 * connection never looks like a short body. A body that is not wanted is given up with {@link
 * #discard}, or with {@link #close}.
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

  /** As the other, where the connection has become the caller's. */
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
   * A response that did not come from a server, for a step that answers by itself and for tests. Its body is
   * empty until {@link #withBody} gives it one.
   *
   * @param request what it answers; it has a URL
   * @param status 200 to 999
   * @return a response without fields
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
   * This response with another body. Content-Type becomes that of the body, and Content-Length and
   * Content-Encoding, which described the old one, go. The old body may be a part of the new one, by {@link
   * #body}: what is unread of it is given up when the new one was read to its end, closed or discarded.
   *
   * @param body the new body; what it fails with is what its reader gets. Of a body that can be sent again
   *     nothing is opened before it is read
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
   * @throws IllegalStateException if the body was streamed before
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

  /** This response as a part of a call that made some attempts, the last of which it answers. */
  HttpResponse inCall(HttpRequest asked, List<Attempt> made) {
    return new HttpResponse(head, asked, endpoint, content, changed, made, upgraded);
  }

  /** The same response, which nobody has seen yet, as the end of some attempts. */
  HttpResponse endOf(List<Attempt> made) {
    attempts = made;
    return this;
  }

  /** This response with its content codings undone, and without the fields that tell of them. */
  HttpResponse decoded(List<ContentCoding> codings, DecodedLimits limits) {
    return with(content.decoded(codings, endpoint, limits), withoutCoding());
  }

  /** Whether content codings of the body are undone, so that it is another one than the server sent. */
  boolean isDecoded() {
    return content.isDecoded();
  }

  /** How many bytes the body has, or -1 when that is not known beforehand. */
  long length() {
    return content.length();
  }

  /** What holds the connection as long as the body is unread, to be watched. */
  Object watched() {
    return content.held();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /**
   * The request that this is the response to: after redirects the last one, whose {@link
   * HttpRequest#url} tells where the document was found.
   *
   * @return the request, as it was handed to the last step of the call
   */
  public HttpRequest request() {
    return request;
  }

  /**
   * Where the response was found: the URL of {@link #request}.
   *
   * @return the URL; empty where an {@link HttpClient} was asked for a path
   */
  public Optional<HttpUrl> url() {
    return request.url();
  }

  /**
   * The requests of the call of an {@link HttpAgent}: redirects, retries and answers to challenges.
   *
   * @return the attempts in order, the last of which this is the response to, unless a step made it; none
   *     for an {@link HttpClient}
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
   * This response where its status is a success, for callers to whom another one is a failure.
   *
   * @return this
   * @throws HttpStatusException when the status is not 200 to 299; it holds this response. Up to 1 MiB of
   *     body that comes within ten seconds can be read there; a larger one was dropped with its connection
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
   * @return the text behind the status; may be empty
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
   * The header fields. Where an agent has undone content codings, Content-Encoding and Content-Length,
   * which tell of the body as it came, are not among them.
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
   * @return its value, or empty when there is no such field
   */
  public Optional<String> header(String name) {
    Objects.requireNonNull(name, "name");
    return headers().first(name);
  }

  /**
   * The links of the Link fields (RFC 8288). What is no link in them is passed over.
   *
   * @return the links in order, each with the URL that it means here; may be none
   */
  public List<Link> links() {
    return Link.all(headers(), base());
  }

  /**
   * The first link of a relation, such as {@code next}.
   *
   * @param relation the relation type, in any case
   * @return the link; empty where there is none
   */
  public Optional<Link> link(String relation) {
    Objects.requireNonNull(relation, "relation");
    return links().stream().filter(link -> link.is(relation)).findFirst();
  }

  private Optional<HttpUrl> base() {
    return url().isPresent() || endpoint.isUnix() ? url() : Link.base(endpoint, request);
  }

  /**
   * The name that the server proposes for a file (RFC 6266): {@code filename*} of Content-Disposition, else
   * its {@code filename}. It is safe in any folder: without a path, control characters and a leading dot,
   * not the name of a device on Windows, and at most 200 bytes in UTF-8. What is reserved on Windows is an
   * underscore in it.
   *
   * @return the name; empty where the server proposes none that can be one
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
   * The whole body. Waits for it at most what is left of the call timeout.
   *
   * @return the bytes, the same array each time: whoever changes it changes what {@link #text()} gives
   * @throws dev.wireline.error.LimitExceededException when there are more than {@code maxBodyBytes}
   * @throws dev.wireline.error.ConnectionClosedException when the connection was cut before its end
   * @throws dev.wireline.error.PeerProtocolException when its framing breaks the rules
   * @throws dev.wireline.error.DeadlineExceededException at the call or the silence timeout
   * @throws IllegalStateException when it was streamed before
   * @throws IOException for each of these; the connection is closed
   */
  public byte[] bytes() throws IOException {
    return content.whole();
  }

  /**
   * The whole body as text, in the charset of its Content-Type. Without one, or with one that nobody
   * knows, it is UTF-8, or UTF-16 where it starts with the byte order mark of that. A byte order mark is
   * no part of the text.
   *
   * @return the text
   * @throws PeerProtocolException when it is not text in that charset; the connection stays usable and
   *     {@link #bytes} gives the body
   * @throws IOException as {@link #bytes}
   */
  public String text() throws IOException {
    Charset named = BodyText.charset(header(Body.CONTENT_TYPE));
    return text(named == null ? BodyText.marked(content.whole()) : named);
  }

  /**
   * The whole body as text, in a charset that the caller knows better than the server.
   *
   * @param charset the charset, whatever the Content-Type says; a byte order mark is no part of the text
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
   * The whole body as a value, such as one in JSON. The media type and the status do not matter: {@link
   * #requireSuccess} comes before it where they should.
   *
   * @param type what the body holds
   * @param codec reads it
   * @param <T> what the body holds
   * @return the value
   * @throws PeerProtocolException if the codec cannot read such a value, or reads a null; why is suppressed
   *     inside. The connection stays usable and {@link #bytes} gives the body
   * @throws IOException as {@link #bytes}
   */
  public <T> T as(Class<T> type, BodyCodec codec) throws IOException {
    return as((Type) Objects.requireNonNull(type, "type"), codec);
  }

  /**
   * As the other, for a type with parameters, which its library has a way to write.
   *
   * @param type what the body holds
   * @param codec reads it
   * @param <T> the same type, which nobody checks
   * @return the value
   * @throws PeerProtocolException as the other
   * @throws IOException as the other
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
   * The body as a stream, to be read once. Each read waits at most the silence timeout. Closing it
   * before its end gives the connection up, also from another thread.
   *
   * @return the stream; after {@link #bytes} or {@link #text} a new one each time, of the bytes in memory
   * @throws IllegalStateException if the body was streamed before, by this or by {@link #lines}, {@link
   *     #events} or {@link #saveTo(Path)}
   */
  public InputStream body() {
    return content.streamOnce();
  }

  /**
   * The lines of the body, streamed, in the charset of its Content-Type, else UTF-8, without a byte
   * order mark before the first. A line ends with
   * LF or CRLF and has at most 64 KiB. What {@link #bytes} would throw comes as {@link
   * java.io.UncheckedIOException}; so does a {@link PeerProtocolException} for a line that is not text
   * in that charset, which is passed over while the connection stays usable.
   *
   * <p>A body in a charset that has line ends of its own, such as UTF-16, is read whole first, as by
   * {@link #text}.
   *
   * @return the lines without their ends; to be used once, and closed when left before its end
   * @throws IllegalStateException when the body was streamed before
   * @throws IOException as {@link #text()}, for a charset with line ends of its own
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
   * Writes the body to a file. The file appears under its name when the body is complete; a failure
   * leaves no half of it, and what stood there before stays.
   *
   * @param file the file to write; one that exists is replaced
   * @throws IllegalArgumentException when the path has no file name; the body is as before
   * @throws IllegalStateException when the body was streamed before; no file was touched
   * @throws IOException as {@link #bytes}, without its bound and the call timeout; or when the file
   *     cannot be written, after which the connection is given up
   */
  public void saveTo(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    save(file, null);
  }

  /**
   * As {@link #saveTo(Path)}, and tells how far it is.
   *
   * @param file the file to write; one that exists is replaced
   * @param listener hears of the progress, in this thread
   * @throws IllegalArgumentException as {@link #saveTo(Path)}
   * @throws IllegalStateException as {@link #saveTo(Path)}
   * @throws IOException as {@link #saveTo(Path)}
   */
  public void saveTo(Path file, ProgressListener listener) throws IOException {
    Objects.requireNonNull(file, "file");
    save(file, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Writes the body to a new file in a folder, under the name that the server proposes: {@link #fileName},
   * else one made in the same way from the last segment of the URL, else the given one. A file that is there
   * is never replaced: the new one gets a number then, as in {@code report (1).pdf}. It appears when the
   * body is complete.
   *
   * @param folder the folder, which exists
   * @param otherwise the name where nobody proposes one
   * @return the path of the new file
   * @throws IllegalArgumentException when the given name is empty or has a path; the body is as before
   * @throws IllegalStateException as {@link #saveTo(Path)}
   * @throws IOException as {@link #saveTo(Path)}; or when the name and a thousand with numbers are taken
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
   * The events of a body of the type {@code text/event-stream}, streamed as they come (WHATWG HTML,
   * section 9.2). A line has at most 64 KiB, an event 1 Mi characters. The stream ends with the body;
   * {@link HttpAgent#events} connects again. What
   * {@link #bytes} would throw comes as {@link java.io.UncheckedIOException}.
   *
   * <p>Between two events the silence timeout counts: servers send comments against that. A longer one
   * is set in the {@link dev.wireline.net.Dialer}. The stream waits for the next event while comments
   * come, for as long as they do; an interrupt and a close end that, and the lines of one event have at
   * most 8 MiB.
   *
   * @return the events; to be used once, and closed when left before its end
   * @throws PeerProtocolException when the media type is another one; the connection stays usable and
   *     the body can still be read
   * @throws IllegalStateException when the body was streamed before
   */
  public Stream<ServerSentEvent> events() throws PeerProtocolException {
    return readEvents("").stream();
  }

  /** The events, behind others the last of which had that identifier. */
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
   * As {@link #events}, whatever the Content-Type: for servers that send events without one, with two, or
   * under another. Bytes that are no events give none.
   *
   * @return the events; to be used once, and closed when left before its end
   * @throws IllegalStateException when the body was streamed before
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
   * The identifier that {@link #events} have set last, also in a block without data, which makes no event.
   *
   * @return the identifier as far as the events were read; empty where there is none
   */
  public String lastEventId() {
    BodyEvents read = events;
    return read == null ? "" : read.lastEventId();
  }

  /**
   * How long to wait before connecting again, as {@link #events} have set it last, also in a block without data.
   *
   * @return the wait as far as the events were read; empty where none was set
   */
  public Optional<Duration> eventRetry() {
    BodyEvents read = events;
    return read == null ? Optional.empty() : read.retry();
  }

  /**
   * The connection after a 101, which speaks the protocol that the request had asked for (RFC 9110,
   * section 7.8). It belongs to the caller, who closes it; the client dials another one for its next
   * request. Which protocol it is stands in the Upgrade field of this response.
   *
   * @return the wire; what the server sent behind the head is in its input
   * @throws IllegalStateException when the status is not 101
   */
  public Wire wire() {
    if (upgraded == null) {
      throw new IllegalStateException("the status is " + status() + " and not 101: no upgrade");
    }
    wireTaken = true;
    return upgraded;
  }

  /**
   * Gives up what is unread of the body. A small rest is read, for at most a second, so that the
   * connection can be used again; a large one is dropped with its connection. Does nothing when all has
   * been read.
   *
   * @throws IllegalStateException when another thread is reading the body
   */
  public void discard() {
    settle(Deadline.NEVER);
  }

  /**
   * As {@link #discard}, for a block of {@code try}. What is in memory can still be read. May be called from
   * any thread: if another one is reading the body, that one gets a {@link
   * dev.wireline.error.ClientClosedException} and the connection is closed. After a 101 it closes the
   * connection, unless {@link #wire} was called, whose caller closes it.
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

  /** Drops what is unread with its connection, at once; from any thread. */
  void drop() {
    content.close();
  }

  /** As {@link #discard}, within the time of another call. */
  void settle(Deadline limit) {
    content.settle(limit);
  }

  /**
   * Status line and fields, for a reader.
   *
   * @return the head, with the values of secret fields masked
   */
  @Override
  public String toString() {
    return version() + " " + status() + " " + Quoted.printable(reason()) + "\n" + headers();
  }
}
