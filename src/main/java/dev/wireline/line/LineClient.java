package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Quoted;
import dev.wireline.net.Acceptor;
import dev.wireline.net.Connection;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Deadline;
import dev.wireline.net.Layer;
import dev.wireline.net.Wire;
import dev.wireline.stability.NotFrozen;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks in lines; the class to extend for a protocol of one's own.
 *
 * <pre>{@code
 * public final class Clock extends LineClient {
 *   public Clock(String endpoint) {
 *     super(endpoint, 4711); // the port where the endpoint names none
 *   }
 *
 *   public String time() throws IOException {
 *     return exchange(() -> {
 *       writeLine("TIME");
 *       return readLine();
 *     });
 *   }
 * }
 * }</pre>
 *
 * <p>A constructor does no I/O: the first call dials, or {@link #connect()}. A line goes out with CRLF,
 * unless the options name another end, and at once; it comes in without its end. A read is complete or it throws.
 *
 * <p>Close every client: one that is dropped keeps its socket until the collector has found it and
 * another connection is made, which closes the socket and logs a warning.
 *
 * <p>A client is {@link ConnectionState} NEW, OPEN, BROKEN or CLOSED. A
 * {@link WirelineException} breaks it, unless its {@code connectionUsable()} says otherwise: the
 * connection is closed and every further call throws {@link ClientClosedException} with the first
 * failure as its cause, so that a late answer is never read as the next one. A dial that failed leaves
 * it NEW. It never dials again by itself, because a dialogue has a past.
 *
 * <p><b>To extend:</b> write the protocol's commands on the public methods, each inside {@link
 * #exchange}, so that an answer that makes no sense breaks the connection; report it with {@link
 * #malformed}, one that is too large with {@link #exceeded}, and one that properly says no with {@link
 * #refused}. Override {@link #greet()} for what the protocol says right after dialling, and {@link
 * #speaksLines()} so that nobody else speaks in between. No other method is there to be overridden except
 * {@link #beforeUse()}. A subclass may also use {@link #wire()}, {@link #hangUp()} and
 * {@link #redial}.
 *
 * <p>What a protocol needs besides lines are objects that it holds: {@link Command} and {@link Message}
 * for what leaves, {@link Replies}, {@link StatusReplies}, {@link Words}, {@link Expect} and {@link
 * Blocks} for what comes, {@link DotBlocks} for both, {@link Pipeline} for many commands at once, {@link
 * Multiplexer} for many callers at once, {@link Dialogue} for one deadline over several, {@link Transcript} to
 * see what was said. What comes in bulk is an {@link Incoming}, and what goes out in bulk is made of a {@link
 * Content} or written to an {@link Outgoing}. A text of {@code DotBlocks} or a block that is being written has
 * the output to itself: any other write is an {@link
 * IllegalStateException}. A text or a block that is being read is closed by the next read of anything
 * else, unless it belongs to an exchange that stays open: {@link #openIncoming}.
 *
 * <p>One thread may read while another writes. A second thread in the same direction gets an {@link
 * IllegalStateException} and nothing is interleaved. {@link #close()} may be called from any thread.
 */
public class LineClient implements Closeable {
  private static final Activity ANSWER = new Activity(Phase.READ, "reading an answer from");
  private static final Activity LOGGING_IN = new Activity(Phase.TLS, "logging in to");

  // No lambda: the first one of a JVM costs more than a dial.
  private final Connection.Greeting greeting = new Connection.Greeting() {
    @Override
    public void run() throws IOException {
      writer.holder = Connection.caller();
      try {
        greet();
      } finally {
        writer.holder = null;
      }
    }
  };
  private volatile LineOptions options;
  private final Connection connection;
  private final Witness witness = new Witness();
  private final LineReader reader;
  private final LineWriter writer;
  private final Exchanges exchanges;
  private final Admission admission;
  private long otherCalls;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host:port}, {@code tls://host:port} or {@code unix:/path}
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")), LineOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint {@code host:port}, {@code tls://host:port} or {@code unix:/path}
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint, LineOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")), options);
  }

  /**
   * A client of a protocol with a port of its own, with the default options.
   *
   * @param endpoint as above; a host may stand without a port
   * @param defaultPort the port where none is written, 1 to 65535
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint, int defaultPort) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), defaultPort),
        LineOptions.standard());
  }

  /**
   * A client of a protocol with two ports of its own, with the default options.
   *
   * @param endpoint as above; {@code tls://host} without a port gets the port for TLS
   * @param protocol the names and the ports
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint, Protocol protocol) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), protocol),
        LineOptions.standard());
  }

  /**
   * A client of a protocol with two ports of its own.
   *
   * @param endpoint as above; {@code tls://host} without a port gets the port for TLS
   * @param protocol the names and the ports
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint, Protocol protocol, LineOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), protocol), options);
  }

  /**
   * A client of a protocol with a port of its own.
   *
   * @param endpoint as above; a host may stand without a port
   * @param defaultPort the port where none is written, 1 to 65535
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if the endpoint is none
   */
  public LineClient(String endpoint, int defaultPort, LineOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), defaultPort), options);
  }

  /**
   * A client with the default options.
   *
   * @param endpoint the peer
   */
  public LineClient(Endpoint endpoint) {
    this(endpoint, LineOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint the peer
   * @param options the dialer, the charset, the line ends and the bounds
   */
  @SuppressWarnings("this-escape") // It is kept for later, and not used before the client is whole.
  public LineClient(Endpoint endpoint, LineOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.connection = new Connection(endpoint, options.dialer());
    this.reader = new LineReader(options, witness);
    this.writer = new LineWriter(options, witness);
    this.admission = new Admission(this, connection);
    this.exchanges = new Exchanges(this, connection, reader.reading(), writer);
  }

  /**
   * Dials and greets, unless that is done already. Another thread that comes meanwhile waits for it.
   *
   * @throws ClientClosedException if the client is BROKEN or CLOSED
   * @throws WirelineException as {@link Wire#connect()}; the client stays NEW
   * @throws IOException what {@link #greet()} threw; the client is BROKEN
   */
  public final void connect() throws IOException {
    open(Deadline.NEVER);
  }

  /**
   * What the protocol says right after dialling: reads a greeting, logs in. Does nothing unless
   * overridden. It runs in the thread that dials, which may use all methods; other threads wait, and so
   * it must not wait for a lock that one of them may hold. When it throws, the connection is closed and
   * the client is BROKEN.
   *
   * @throws IOException if the greeting failed
   */
  protected void greet() throws IOException {}

  /**
   * Whether everybody may use the lines and the streams: true. A client of a protocol overrides it with
   * false, since a line from outside leaves an answer that the next command takes for its own. Then
   * {@link #writeLine(String)}, {@link #readLine()}, {@link #startTls()}, {@link #input()} and their kin,
   * and the collaborators that use them, work inside {@link #exchange} and {@link #greet()} alone;
   * elsewhere they are an {@link IllegalStateException}, and nothing was dialled, written or read. {@link
   * Dialogue} and {@link Transcript} are for everybody, and so are {@link #connect()}, {@link #close()} and
   * {@link #state()}.
   *
   * @return whether they are not for this client's own exchanges alone; always the same
   */
  protected boolean speaksLines() {
    return true;
  }

  /**
   * Runs before every public call that reads or writes, except those of {@link #greet()}, and may
   * throw an {@link IllegalStateException} to refuse it. Does nothing unless overridden, by a protocol
   * that has times when its lines must not be touched.
   */
  protected void beforeUse() {}

  /**
   * Writes one line and its end, in one write. It leaves at once.
   *
   * @param line the line without its end; may be empty
   * @throws IllegalArgumentException if it holds CR, LF or NUL, the client's {@code lineEnd}, or a
   *     character that the charset does not know; nothing was written or dialled
   * @throws DeadlineExceededException if the peer does not take it in the transfer timeout, or for
   *     the silence timeout not a byte of it; the client is BROKEN
   * @throws ConnectionClosedException if the peer has closed; the client is BROKEN. Where something that it
   *     had said is unread, this is thrown by the write after that alone, and what it said can be read first;
   *     within an {@link #exchange} it is the answer.
   * @throws dev.wireline.error.TlsException if the peer has closed TLS by an alert; BROKEN
   * @throws CallInterruptedException if the thread was interrupted while waiting; BROKEN
   * @throws ClientClosedException if the client is BROKEN or CLOSED
   * @throws IOException if the first use dialled and that failed, as {@link #connect()}
   */
  public final void writeLine(String line) throws IOException {
    Objects.requireNonNull(line, "line");
    checkBeforeDialling(List.of(line));
    writer.line(ready(), line);
  }

  /**
   * Writes one line of bytes and its end, in one write.
   *
   * @param line the line without its end, in whatever charset
   * @throws IllegalArgumentException if it holds CR, LF, NUL or the client's {@code lineEnd}; nothing was
   *     written or dialled
   * @throws IOException as {@link #writeLine(String)}
   */
  public final void writeLine(byte[] line) throws IOException {
    Objects.requireNonNull(line, "line");
    if (state() == ConnectionState.NEW) {
      new LineBytes(options).line(line);
    }
    writer.line(ready(), line);
  }

  /**
   * Writes several lines, each with its end, in one write.
   *
   * @param lines the lines without their ends
   * @throws IllegalArgumentException as {@link #writeLine(String)}; not one of them was written
   * @throws IOException as {@link #writeLine(String)}
   */
  public final void writeLines(String... lines) throws IOException {
    Objects.requireNonNull(lines, "lines");
    writeLines(Arrays.asList(lines));
  }

  /**
   * Writes several lines, each with its end, in one write.
   *
   * @param lines the lines without their ends
   * @throws IllegalArgumentException as {@link #writeLine(String)}; not one of them was written
   * @throws IOException as {@link #writeLine(String)}
   */
  public final void writeLines(List<String> lines) throws IOException {
    Objects.requireNonNull(lines, "lines");
    checkBeforeDialling(lines);
    writer.lines(ready(), lines);
  }

  /**
   * Reads one line. Waits for its first byte at most the silence timeout, and from there for its last
   * byte at most the transfer timeout.
   *
   * @return the line without its end
   * @throws ConnectionClosedException if the peer has hung up, before a line or within one, in which
   *     case it holds what came; the client is BROKEN
   * @throws DeadlineExceededException at one of these timeouts; the client is BROKEN
   * @throws LimitExceededException if it is longer than {@code maxLineBytes}; BROKEN
   * @throws PeerProtocolException if its bytes are not text in the charset; the line is consumed and
   *     the client stays usable
   * @throws CallInterruptedException if the thread was interrupted while waiting; BROKEN
   * @throws ClientClosedException if the client is BROKEN or CLOSED, or closed meanwhile
   * @throws IOException if the first use dialled and that failed, as {@link #connect()}
   */
  public final String readLine() throws IOException {
    return reader.line(ready());
  }

  /**
   * Reads one line that may be longer, or shorter, than others.
   *
   * @param maxBytes the longest line that is taken, in bytes, its end not counted, 1 or more; in place of
   *     {@code maxLineBytes}
   * @return the line without its end
   * @throws IllegalArgumentException if the bound is less than 1; nothing was read
   * @throws LimitExceededException if it is longer; the client is BROKEN
   * @throws IOException as {@link #readLine()}
   */
  public final String readLine(int maxBytes) throws IOException {
    Bounds.check("maxLineBytes", maxBytes);
    return reader.line(ready(), maxBytes);
  }

  /**
   * Reads one line, or finds that the peer has ended its sending direction cleanly between two lines.
   *
   * @return the line without its end, or empty at the clean end
   * @throws IOException as {@link #readLine()}; for a line that was cut {@link
   *     ConnectionClosedException}
   */
  public final Optional<String> readLineOrEnd() throws IOException {
    return reader.lineOrEnd(ready());
  }

  /**
   * Waits a while for a line and breaks nothing if none comes: how an idle chat waits. What was read
   * of a half line stays for the next call. The silence and transfer timeouts do not apply.
   *
   * @param time how long to wait; zero or less only looks
   * @return the line without its end, or empty if none was complete in time
   * @throws IOException as {@link #readLine()}, without its timeouts
   */
  public final Optional<String> pollLine(Duration time) throws IOException {
    Objects.requireNonNull(time, "time");
    return reader.poll(ready(), time);
  }

  /**
   * Has a {@link #pollLine} that waits in another thread return empty now; where none waits, the next one
   * that would. It breaks nothing, and a half-read line stays. No other call ends by it. From any thread.
   */
  public final void wakeup() {
    reader.wakeup();
    connection.wakeup();
  }

  /**
   * Reads one line as bytes.
   *
   * @return the line without its end
   * @throws IOException as {@link #readLine()}
   */
  public final byte[] readLineBytes() throws IOException {
    return reader.lineBytes(ready());
  }

  /**
   * Reads exactly so many bytes. The memory grows with what arrives, not with what is asked for. Waits
   * for the first byte at most the silence timeout, and from there for the last at most the transfer
   * timeout.
   *
   * @param count how many, 0 or more
   * @return the bytes
   * @throws IllegalArgumentException if the count is negative
   * @throws LimitExceededException if it is more than {@code maxReadBytes}; the client is BROKEN,
   *     since the bytes would be read as lines
   * @throws ConnectionClosedException if the peer hung up before; it holds what came; BROKEN
   * @throws IOException as {@link #readLine()}
   */
  public final byte[] read(int count) throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("a count of bytes must not be negative, not " + count);
    }
    return reader.block(ready(), count);
  }

  /**
   * Reads until the peer ends its sending direction. Waits for the first byte at most the silence
   * timeout, and from there for the end at most the transfer timeout.
   *
   * @return all bytes to the clean end; may be empty
   * @throws LimitExceededException if there are more than {@code maxReadBytes}; BROKEN
   * @throws ConnectionClosedException if the connection was reset, or its TLS ended without close_notify; it
   *     holds what came; BROKEN
   * @throws IOException as {@link #readLine()}
   */
  public final byte[] readToEnd() throws IOException {
    return reader.rest(ready());
  }

  /**
   * Begins to read until the peer ends its sending direction, for what is too large for the memory, or is
   * to be read line by line. Waits for nothing yet.
   *
   * @return the stream, which ends at the clean end of the connection alone. Its {@code close()} closes the
   *     connection; so does the client when it reads something else before the end.
   * @throws IOException if the client is BROKEN or CLOSED, or its first use dialled and that failed
   */
  public final Incoming openToEnd() throws IOException {
    return reader.lend(ready(), source -> Incoming.toTheEnd(source, options));
  }

  /**
   * The input as a stream, for {@code DataInputStream} and its kin. It can be mixed with the line
   * calls, for neither buffers anything beside the wire. Each read waits at most the silence timeout.
   * Closing it closes the connection. With {@link LineEnds#ANY} the LF of a CRLF that came in two parts
   * may be its first byte.
   *
   * @return the stream
   * @throws IOException if the first use dialled and that failed, as {@link #connect()}
   */
  public final InputStream input() throws IOException {
    Wire wire = ready(Activity.READING);
    reader.settle(wire);
    return wire.input();
  }

  /**
   * The output as a stream, for {@code DataOutputStream} and its kin. Every write leaves at once.
   * Closing it closes the connection.
   *
   * @return the stream
   * @throws IOException if the first use dialled and that failed, as {@link #connect()}
   */
  public final OutputStream output() throws IOException {
    Wire wire = ready(Activity.WRITING);
    writer.checkNotLent();
    return wire.output();
  }

  /**
   * Ends the sending direction and keeps the other one: a half close, for peers that answer when they
   * have read all.
   *
   * @throws IOException if the connection is gone already; the client is BROKEN
   */
  public final void shutdownOutput() throws IOException {
    Wire wire = ready(Activity.WRITING);
    writer.checkNotLent();
    wire.output().shutdown();
  }

  /**
   * Upgrades the connection to TLS, after the peer has said that it is ready for that. Host name and
   * certificate are checked as for {@code tls://}. Waits at most the dialer's TLS timeout.
   *
   * @throws PeerProtocolException if bytes have come behind the peer's go-ahead: they might be
   *     somebody else's; the client is BROKEN
   * @throws IllegalStateException if the connection is a TLS one already, or a layer is on
   * @throws IOException if the handshake failed; the client is BROKEN
   */
  public final void startTls() throws IOException {
    Wire wire = ready(Activity.SECURING);
    writer.checkNotLent();
    reader.settle(wire);
    wire.startTls();
    witness.note("<STARTTLS>");
  }

  /**
   * The TLS session with the peer, of the connection as it is now: the version, the cipher suite and the
   * peer's certificates. Dials nothing and waits for nothing. From any thread.
   *
   * @return the session; empty in plaintext, also through a TLS proxy, and when NEW. A client that is BROKEN or
   *     CLOSED gives the session of its last connection.
   */
  public final Optional<SSLSession> tlsSession() {
    return connection.tlsSession();
  }

  /**
   * The peer.
   *
   * @return the endpoint
   */
  public final Endpoint endpoint() {
    return connection.endpoint();
  }

  /**
   * Where the client is in its life. That the peer has hung up shows at the next read or write.
   *
   * @return the state now
   */
  public final ConnectionState state() {
    ConnectionState now = connection.state();
    boolean left = exchanges.isLeft() || reader.reading().turn.leftBy() != null || writer.isLeft();
    return left && now == ConnectionState.OPEN ? ConnectionState.BROKEN : now;
  }

  /**
   * Whether an idle connection is as it was left: OPEN, nothing has come since the last read, and the
   * peer has not hung up. Does not wait, dials nothing and breaks nothing; what has come stays unread.
   *
   * <p>Ask before a write that nobody answers: a peer or a balancer that closed an idle connection is seen
   * here, while a write into it would seem to leave. When it is false, what the peer said last can still be
   * read. True is no promise: a peer that is gone without a word (no power, a balancer that forgot the
   * connection and sends nothing) is found by a timeout alone, and one may hang up the moment after.
   *
   * @return true if the next exchange can begin; false also when NEW, BROKEN or CLOSED
   * @throws IllegalStateException if another thread reads, or has it in an exchange or a multiplexer
   */
  public final boolean isQuiet() {
    admission.checkNotShared();
    Optional<Wire> present = connection.wireNow();
    try {
      return state() == ConnectionState.OPEN
          && present.isPresent()
          && reader.isQuiet(present.get());
    } catch (WirelineException e) {
      return false;
    }
  }

  /**
   * The peer and the state.
   *
   * @return a text for a reader
   */
  @Override
  public String toString() {
    return "client of " + endpoint() + ", " + state();
  }

  /**
   * Closes the connection at once and for good, and wakes every thread that waits on it; they get a
   * {@link ClientClosedException}. Says no farewell. May be called from any thread, and again.
   */
  @Override
  public final void close() {
    connection.close();
  }

  /**
   * Runs one exchange, a command and its answer, so that it ends whole or breaks the connection. Dials and
   * greets first, where that is not done yet. What the steps throw is thrown on. The client becomes BROKEN, unless it is a {@link WirelineException}
   * whose {@code connectionUsable()} is true, such as the peer's proper no, or nothing was read or
   * written yet: no line and no block,
   * and {@link #input()}, {@link #output()} and {@link #wire()} were not asked for. What another thread
   * writes meanwhile counts too, and none can read from the first read or write of the steps on: the
   * answer is theirs. So a chat of two threads writes its lines without this.
   * A line that is not text in the charset is half an answer, and breaks the client here.
   *
   * @param steps the exchange
   * @param <T> what it gives
   * @return what the steps gave
   * @throws IllegalStateException if another thread is in an exchange, before anything was run; or
   *     reads, at the first read or write of the steps, and before anything was read or written. That
   *     one goes on, and the client is as before.
   * @throws IOException what the steps threw; or as {@link #connect()}, before anything was run
   */
  protected final <T extends @Nullable Object> T exchange(Steps<T> steps) throws IOException {
    Objects.requireNonNull(steps, "steps");
    return exchanges.run(steps, true);
  }

  /** An exchange of a collaborator, which anybody may hold: it may do what the lines may. */
  final <T extends @Nullable Object> T collaborate(Steps<T> steps) throws IOException {
    if (!connection.isOpeningHere()) {
      admission.checkSpeaks(exchanges);
    }
    return exchanges.run(steps, false);
  }

  /** An exchange around calls of the client's user, who may speak no more lines in it than outside. */
  final <T extends @Nullable Object> T surround(Steps<T> steps) throws IOException {
    return exchanges.run(
        () -> {
          // Now, and not at its first read: nothing of one that is refused must be seen.
          if (connection.state() == ConnectionState.OPEN) {
            reader.reading().checkFree(connection.wire(greeting, Deadline.NEVER));
          }
          return steps.run();
        },
        false);
  }

  /**
   * Begins an exchange that stays open for a stream that comes in, so that a method can return the stream:
   * a message, or a file on a connection of its own. From then on the stream has the client to itself: any
   * other command, line or exchange is refused with an {@link IllegalStateException}, in every thread, and
   * nothing leaves. The exchange ends with its last step, which whoever reads to the end of the stream, or
   * closes it, runs and gets the failure of.
   *
   * <pre>{@code
   * Incoming retrieve(int number) throws IOException {
   *   return openIncoming(() -> {
   *     Command.of("RETR").number(number).writeTo(this);
   *     replies.expectOk();
   *     return texts.read();
   *   }, whole -> {});
   * }
   * }</pre>
   *
   * <p>A stream that nobody reads to its end or closes leaves the client refusing. {@link #close()} may be
   * called meanwhile, from any thread, and {@link #hangUp()}; the stream then fails.
   *
   * @param begin the steps up to the stream, which gives it: of {@link DotBlocks}, {@link Blocks} or {@link
   *     #openToEnd()}, or one {@link Incoming#of(InputStream, Endpoint, LineOptions) of another connection}.
   *     They fail as those of {@link #exchange}
   * @param last the last step. What it throws decides about the client as it does in {@link #exchange}. It
   *     is left out if the connection is gone
   * @return the stream
   * @throws IllegalStateException as {@link #exchange}, or if another stream is open
   * @throws IOException what the steps threw
   */
  protected final Incoming openIncoming(Steps<Incoming> begin, LastStep last) throws IOException {
    Objects.requireNonNull(begin, "begin");
    return exchanges.openIncoming(begin, Objects.requireNonNull(last, "last"));
  }

  /**
   * Begins an exchange that stays open for a stream that goes out, as {@link #openIncoming} does for one
   * that comes in. {@link Outgoing#finish()} runs the last step. A stream that fails or is closed before
   * gives its connection up. If that is the client's own, the client is BROKEN, and there is no last step.
   * If it is another one, the last step runs all the same, to hear what the peer says of it; what it throws
   * comes before what went wrong.
   *
   * @param begin the steps up to the stream, which gives it: of {@link DotBlocks} or {@link Blocks}, or one
   *     {@link Outgoing#of of another connection}
   * @param last the last step, which reads what the peer says
   * @return the stream
   * @throws IllegalStateException as {@link #openIncoming}
   * @throws IOException what the steps threw
   */
  protected final Outgoing openOutgoing(Steps<Outgoing> begin, LastStep last) throws IOException {
    Objects.requireNonNull(begin, "begin");
    return exchanges.openOutgoing(begin, Objects.requireNonNull(last, "last"));
  }

  /**
   * Runs steps on the client's own connection beside a stream of another one that is open, such as a sign of life
   * during a long transfer. For the thread that reads or writes the stream; the stream stays open. Does nothing if
   * none is open, or if the connection is gone.
   *
   * @param steps what to say; its answer is for the last step of the stream to read
   * @throws IOException what the steps threw; the client is BROKEN
   */
  @NotFrozen
  protected final void besideOpen(Steps<?> steps) throws IOException {
    exchanges.beside(Objects.requireNonNull(steps, "steps"));
  }

  /**
   * Whether nobody between both ends can read along: over TLS, or with {@linkplain Endpoint#isLocal() this host}. To
   * be asked inside {@link #exchange}.
   *
   * @return true if so
   */
  protected final boolean isConfidential() {
    return endpoint().isLocal() || tlsSession().isPresent();
  }

  /**
   * Finds that a password may leave: where it {@linkplain #isConfidential() is confidential}, or because the
   * options allow it by name. To be called inside {@link #exchange}, before the password is written.
   *
   * @param allowed what is allowed
   * @throws TlsException if it would leave in the clear; nothing was written, and the client is as before
   */
  protected final void checkPasswordMayLeave(ProtocolOptions allowed) throws TlsException {
    Objects.requireNonNull(allowed, "allowed");
    if (!allowed.clearPasswords() && !isConfidential()) {
      throw new TlsException(
          endpoint(),
          LOGGING_IN,
          "the connection has no TLS, and clearPasswords is not set: the password stays here");
    }
  }

  /**
   * Says goodbye, if connected, and closes for good, whatever comes of it.
   *
   * @param goodbye the last exchange; left out if the client is NEW, BROKEN or CLOSED
   * @throws IOException what the exchange threw; the client is CLOSED all the same
   */
  protected final void closeAfter(Steps<?> goodbye) throws IOException {
    Objects.requireNonNull(goodbye, "goodbye");
    try {
      if (state() == ConnectionState.OPEN) {
        exchange(goodbye);
      }
    } finally {
      close();
    }
  }

  /** How many reads and writes were begun so far. */
  long calls() {
    return reader.reading().calls() + writer.calls() + otherCalls;
  }

  /**
   * An exception for an answer that breaks the protocol's rules; to be thrown inside {@link
   * #exchange}, which then breaks the connection.
   *
   * @param rule the rule, as the end of a sentence: {@code "a value starts with VALUE"}
   * @param line what came instead; it is quoted and cut
   * @return the exception, not thrown yet
   */
  protected final PeerProtocolException malformed(String rule, String line) {
    return malformed(rule, Quoted.text(line), ANSWER);
  }

  /**
   * As {@link #malformed(String, String)}, for an answer that is not text.
   *
   * @param rule the rule, as the end of a sentence
   * @param bytes what came instead; they are quoted and cut
   * @return the exception, not thrown yet
   */
  protected final PeerProtocolException malformed(String rule, byte[] bytes) {
    return malformed(rule, Quoted.bytes(bytes), ANSWER);
  }

  /**
   * An exception for an answer that properly says no; to be thrown inside {@link #exchange} when the
   * whole answer was read, for the connection stays open. A protocol that knows more of such an answer
   * throws a {@link ReplyException} of its own.
   *
   * @param reply the answer, without its line end; the message shows it quoted and cut
   * @return the exception, not thrown yet
   */
  protected final ReplyException refused(String reply) {
    return new ReplyException(endpoint(), ANSWER, reply);
  }

  /**
   * What an exception of a protocol's own is made of, for a proper no that no collaborator read; the exception is
   * to be thrown as that of {@link #refused}.
   *
   * @param reply the answer; its {@code toString()} is what the message shows, quoted and cut
   * @param command the command, its secrets masked
   * @param closing whether the peer closes the connection after it, so that the client is BROKEN
   * @param <R> the answer's type
   * @return the refusal
   */
  protected final <R> Refusal<R> refusal(R reply, String command, boolean closing) {
    Objects.requireNonNull(command, "command");
    return new Refusal<>(endpoint(), ANSWER, reply, command, closing);
  }

  /**
   * An exception for an answer that is more than a bound of the protocol's own allows; to be thrown inside
   * {@link #exchange}, which then breaks the connection.
   *
   * @param limit the name of the bound
   * @param max how much it allows
   * @return the exception, not thrown yet
   */
  protected final LimitExceededException exceeded(String limit, long max) {
    otherCalls++;
    return new LimitExceededException(endpoint(), ANSWER, limit, max);
  }

  private PeerProtocolException malformed(String rule, String excerpt, Activity activity) {
    otherCalls++;
    return new PeerProtocolException(endpoint(), activity, rule, excerpt);
  }

  /**
   * The connected wire, for what lines cannot express. Dials and greets at the first use. {@link
   * #beforeUse()} is not called.
   *
   * @return the wire of the connection
   * @throws ClientClosedException if the client is BROKEN or CLOSED
   * @throws IOException as {@link #connect()}
   */
  protected final Wire wire() throws IOException {
    return wire(Deadline.NEVER);
  }

  /**
   * As {@link #wire()}, with a deadline for the dial.
   *
   * @param deadline the end of the dial, beside the dialer's timeouts
   * @return the wire of the connection
   * @throws IOException as {@link #wire()}
   */
  protected final Wire wire(Deadline deadline) throws IOException {
    admission.checkNotShared();
    exchanges.endLeft();
    Wire wire = open(deadline);
    hold(wire);
    otherCalls++;
    return wire;
  }

  /** A mistake in the first call is told before anybody is dialled for it. */
  private void checkBeforeDialling(List<String> lines) {
    if (state() == ConnectionState.NEW) {
      LineBytes bytes = new LineBytes(options);
      for (String line : lines) {
        bytes.line(line);
      }
    }
  }

  /** As above, for what a collaborator made. */
  final void checkBeforeDialling(Message message) {
    if (state() == ConnectionState.NEW) {
      message.appendTo(new LineBytes(options));
    }
  }

  /** Writes what a collaborator made. */
  final void write(Message message) throws IOException {
    checkBeforeDialling(message);
    writer.message(ready(), message);
  }

  /** Dials and greets, unless that is done. */
  final Wire dialled() throws IOException {
    return connection.wire(greeting, Deadline.NEVER);
  }

  private Wire open(Deadline deadline) throws IOException {
    Wire wire = connection.wire(greeting, deadline);
    wire.checkOpen(Activity.CONNECTING);
    return wire;
  }

  /**
   * Closes the connection on purpose, between two exchanges; the client is NEW and the next call
   * dials. Does nothing if CLOSED.
   *
   * @throws IllegalStateException if the client is BROKEN; it stays that. See {@link #startOver()}.
   */
  protected final void hangUp() {
    if (state() == ConnectionState.BROKEN) {
      throw new IllegalStateException(
          "a BROKEN client stays BROKEN: startOver() is for exchanges that depend on no earlier one");
    }
    startOver();
  }

  /**
   * Closes the connection, whatever became of it; the client is NEW and the next call dials, a BROKEN one
   * too. For protocols whose exchanges do not depend on each other, so that nothing of what was broken can
   * be missed or taken for an answer. Does nothing if CLOSED.
   */
  protected final void startOver() {
    exchanges.endLeft();
    exchanges.forget();
    reader.forget();
    writer.forget();
    connection.hangUp();
  }

  /**
   * Puts a layer on the connection, in the middle of a session: what is written from now on goes through it,
   * and so does what is read, also where it has come already. Lines, bounds, deadlines and transcripts work
   * above it. Does not wait.
   *
   * @param layer what turns the bytes, as Telnet's commands and compression do
   * @throws IllegalStateException if a text is being written, or another thread uses the connection
   * @throws IOException if the first use dialled and that failed, as {@link #connect()}
   */
  @NotFrozen
  protected final void layer(Layer layer) throws IOException {
    Objects.requireNonNull(layer, "layer");
    Wire wire = ready(Activity.WRITING);
    writer.checkNotLent();
    reader.settle(wire);
    wire.layer(layer);
    witness.note("# from here on through a layer");
  }

  /**
   * Opens a second connection of the same dialogue, as FTP does for data, to another port of the same host: by
   * the same address and proxies, under the same {@link Dialogue}, closed with this client. It begins in
   * plaintext, and its {@link Wire#startTls()} resumes the TLS session of this one.
   *
   * @param port the port, 1 to 65535
   * @return the second connection; close it when it is done
   * @throws IllegalArgumentException if it is not a port
   * @throws IllegalStateException if the endpoint is a Unix-domain socket
   * @throws IOException as {@link Wire#companion}; the client is as before. When the first use dialled and
   *     that failed, as {@link #connect()}
   */
  @NotFrozen
  protected final Wire companion(int port) throws IOException {
    Wire made = ready(Activity.CONNECTING).companion(port);
    witness.note("# a second connection to " + made.endpoint());
    return made;
  }

  /**
   * Listens for a second connection of the same dialogue, as in active FTP: at the local address of this one,
   * for its peer alone. Closed with this client.
   *
   * @return where the peer can connect; close it when it is done
   * @throws IllegalStateException if the endpoint is a Unix-domain socket, or is reached through a proxy
   * @throws IOException as {@link Wire#listen}; the client is as before. When the first use dialled and that
   *     failed, as {@link #connect()}
   */
  @NotFrozen
  protected final Acceptor listen() throws IOException {
    Acceptor made = ready(Activity.CONNECTING).listen();
    witness.note("# listening for a second connection at port " + made.address().getPort());
    return made;
  }

  /**
   * Closes the connection if there is one and dials again, with waits that grow from one try to the next.
   * For protocols whose exchanges do not depend on each other, between two exchanges: what was said on the
   * connection before, a login of {@link #greet()} apart, is forgotten. It is tried again after a dial or
   * a greeting that failed because of the connection: {@code ConnectFailedException}, {@link
   * ConnectionClosedException}, {@link DeadlineExceededException}. Ends at once by an interrupt and by
   * {@link #close()}.
   *
   * @param backoff the waits, and the end of all tries
   * @throws CallInterruptedException if the thread was interrupted; the client is NEW
   * @throws ClientClosedException if the client is CLOSED
   * @throws IOException what the last try ended by if the time of the backoff is over, or what no wait
   *     mends, such as a certificate or a login that was refused; the client is NEW, or BROKEN by its greeting
   */
  protected final void redial(Backoff backoff) throws IOException {
    new Redial(this, Objects.requireNonNull(backoff, "backoff")).run();
  }

  /**
   * Lets go of the connection without closing it, between two exchanges: its {@link #wire()} belongs to
   * who has it; the client is NEW and the next call dials. For protocols in which a connection can turn
   * into something else. Does nothing if CLOSED.
   */
  protected final void letGo() {
    exchanges.forget();
    reader.forget();
    writer.forget();
    connection.letGo();
  }

  /**
   * Changes the charset of all that is read and written from now on, by the collaborators too; what is being
   * read or written keeps its own. For protocols that agree on one, between two commands: FTP is in another
   * charset until {@code OPTS UTF8 ON}. It stays for connections that are dialled later, until {@link
   * #greet()} sets another.
   *
   * @param value a charset that keeps ASCII as it is
   * @throws IllegalArgumentException if it does not
   * @throws IllegalStateException if another thread is writing
   */
  protected final void useCharset(Charset value) {
    Objects.requireNonNull(value, "value");
    LineOptions changed = options.toBuilder().charset(value).build();
    writer.use(changed);
    reader.use(changed);
    options = changed;
  }

  /**
   * The client's settings.
   *
   * @return the options, with the charset of now
   */
  protected final LineOptions options() {
    return options;
  }

  /** The way in, for the collaborators that a client holds: they read in its turn. */
  final LineReader reader() {
    return reader;
  }

  /** The way out, for the collaborators that a client holds: they write in its turn. */
  final LineWriter writer() {
    return writer;
  }

  /** Gives the connection up because of what a collaborator found. */
  final <E extends WirelineException> E broken(E failure) {
    connection.breakOff(failure);
    return told(failure);
  }

  /**
   * The transcript of this client, for a protocol that speaks through {@link #wire()} and shows there what it
   * says.
   *
   * @return the transcript; empty unless somebody keeps one
   */
  @NotFrozen
  protected final Optional<Transcript> transcript() {
    return witness.transcript();
  }

  /** Shows what is said to a transcript from now on. */
  final void keep(Transcript kept) {
    witness.keep(kept);
    connection.onFailure(kept::attachTo);
  }

  /** A failure with what was said before it. */
  final <E extends WirelineException> E told(E failure) {
    return witness.told(failure);
  }

  /** How long the peer may be silent from now on; the time before. */
  final Duration silence(Duration value) {
    return connection.silence(value);
  }

  /** The deadline for all that is done now. */
  final Deadline limit() {
    return connection.limit();
  }

  /** A deadline for all that is done from now on. */
  final void limit(Deadline value) {
    connection.limit(value);
  }

  /** Who may use the lines. */
  final Admission admission() {
    return admission;
  }

  /** The wire for a multiplexer, whose threads write and wait for input beside its exchanges. */
  final Wire shared(Deadline deadline) throws IOException {
    if (!connection.isOpeningHere()) {
      exchanges.endLeft();
      beforeUse();
    }
    return open(deadline);
  }

  /** Waits between two dials; an interrupt and a close end it. */
  final void pause(Duration time) throws WirelineException {
    connection.pause(time);
  }

  /** The wire for a call that looks itself whether it is open. */
  final Wire ready() throws IOException {
    // The calls of a greeting belong to the dial, and are no use of their own.
    boolean opening = connection.isOpeningHere();
    if (!opening) {
      admission.checkNotShared();
      exchanges.endLeft();
      exchanges.checkFree();
      admission.checkSpeaks(exchanges);
      beforeUse();
    }
    Wire wire = connection.wire(greeting, Deadline.NEVER);
    hold(wire);
    return wire;
  }

  /** An exchange has the reading turn before it writes: its answer is nobody else's. */
  private void hold(Wire wire) throws IOException {
    if (exchanges.isHere() && !connection.isOpeningHere()) {
      reader.reading().hold(wire);
      writer.holder = Connection.caller();
    }
  }

  private Wire ready(Activity activity) throws IOException {
    Wire wire = ready();
    wire.checkOpen(activity);
    otherCalls++;
    return wire;
  }
}
