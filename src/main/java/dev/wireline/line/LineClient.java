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
 * A client for a line-based protocol; the class to extend for your own.
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
 * <p>Constructors do no I/O: {@link #connect()} dials, or else the first call that reads or writes. A line is
 * sent at once, with CRLF unless the options name another line end, and is returned without its line end. A
 * read is complete or it throws.
 *
 * <p>Close every client. The socket of one that is merely dropped stays open until the client has been garbage
 * collected and another connection is made, which then closes it and logs a warning.
 *
 * <p>A client is {@link ConnectionState} NEW, OPEN, BROKEN or CLOSED. A {@link WirelineException} breaks it,
 * unless its {@code connectionUsable()} says otherwise: the connection is closed and every further call throws
 * {@link ClientClosedException} with the first failure as its cause, so that a late answer is never read as the
 * next one. A failed dial leaves it NEW. A client never redials by itself, because a conversation has state.
 *
 * <p><b>To extend:</b> write the protocol's commands with the public methods, each inside {@link #exchange}, so
 * that an answer that makes no sense breaks the connection. Report such an answer with {@link #malformed}, one
 * that is too large with {@link #exceeded}, and a proper refusal with {@link #refused}. Override {@link
 * #greet()} for what the protocol says right after dialling, and {@link #speaksLines()} to keep callers from
 * sending lines of their own in between. The only other method meant to be overridden is {@link #beforeUse()}.
 * A subclass may also use {@link #wire()}, {@link #hangUp()} and {@link #redial}.
 *
 * <p>Whatever else a protocol needs is an object that the client holds: {@link Command} and {@link Message} to
 * send; {@link Replies}, {@link StatusReplies}, {@link Words}, {@link Expect} and {@link Blocks} to receive;
 * {@link DotBlocks} for both; {@link Pipeline} for many commands at once; {@link Multiplexer} for many callers
 * at once; {@link Dialogue} for one deadline over several calls; {@link Transcript} to see what was said. Bulk
 * data arrives as an {@link Incoming}, and is sent from a {@link Content} or written to an {@link Outgoing}.
 * While a {@code DotBlocks} text or a block is being written, any other write throws an {@link
 * IllegalStateException}. A text or block that is being read is closed by the next read of anything else,
 * unless it belongs to an exchange that stays open: see {@link #openIncoming}.
 *
 * <p>One thread may read while another writes. A second thread in the same direction gets an {@link
 * IllegalStateException}, so nothing is ever interleaved. {@link #close()} may be called from any thread.
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
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public LineClient(String endpoint) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")), LineOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint {@code host:port}, {@code tls://host:port} or {@code unix:/path}
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public LineClient(String endpoint, LineOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")), options);
  }

  /**
   * A client of a protocol with a default port, with the default options.
   *
   * @param endpoint as above; the port may be omitted
   * @param defaultPort the port to use if the endpoint names none, 1 to 65535
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public LineClient(String endpoint, int defaultPort) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), defaultPort),
        LineOptions.standard());
  }

  /**
   * A client of a protocol with default ports for plaintext and TLS, with the default options.
   *
   * @param endpoint as above; {@code tls://host} without a port gets the port for TLS
   * @param protocol the names and the ports
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public LineClient(String endpoint, Protocol protocol) {
    this(
        Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), protocol),
        LineOptions.standard());
  }

  /**
   * A client of a protocol with default ports for plaintext and TLS.
   *
   * @param endpoint as above; {@code tls://host} without a port gets the port for TLS
   * @param protocol the names and the ports
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public LineClient(String endpoint, Protocol protocol, LineOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), protocol), options);
  }

  /**
   * A client of a protocol with a default port.
   *
   * @param endpoint as above; the port may be omitted
   * @param defaultPort the port to use if the endpoint names none, 1 to 65535
   * @param options the dialer, the charset, the line ends and the bounds
   * @throws IllegalArgumentException if it is not a valid endpoint
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
   * Dials and runs {@link #greet()}, unless the client is connected already. A second thread that calls this in
   * the meantime waits for the first.
   *
   * @throws ClientClosedException if the client is BROKEN or CLOSED
   * @throws WirelineException as {@link Wire#connect()}; the client stays NEW
   * @throws IOException whatever {@link #greet()} threw; the client is BROKEN
   */
  public final void connect() throws IOException {
    open(Deadline.NEVER);
  }

  /**
   * Does what the protocol requires right after dialling, such as reading a greeting or logging in. Does
   * nothing unless overridden. It runs in the thread that dials, which may use all methods. Other threads wait
   * for it, so it must not wait for a lock that one of them may hold. If it throws, the connection is closed
   * and the client is BROKEN.
   *
   * @throws IOException if the greeting failed
   */
  protected void greet() throws IOException {}

  /**
   * Whether callers may use the lines and streams themselves; true unless overridden. A protocol client returns
   * false, because a caller's line would leave an answer that the next command takes for its own. Then {@link
   * #writeLine(String)}, {@link #readLine()}, {@link #startTls()}, {@link #input()} and the like, and the
   * collaborators that use them, work only inside {@link #exchange} and {@link #greet()}. Elsewhere they throw
   * an {@link IllegalStateException}, and nothing is dialled, written or read. {@link Dialogue}, {@link
   * Transcript}, {@link #connect()}, {@link #close()} and {@link #state()} are open to every caller.
   *
   * @return false to reserve them for this client's own exchanges; always the same value
   */
  protected boolean speaksLines() {
    return true;
  }

  /**
   * Runs before every public call that reads or writes, except those of {@link #greet()}, and may throw an
   * {@link IllegalStateException} to refuse it. Does nothing unless overridden. Override it for a protocol with
   * periods during which its lines must not be touched.
   */
  protected void beforeUse() {}

  /**
   * Writes one line and its line end, in one write. It is sent at once.
   *
   * @param line the line without its end; may be empty
   * @throws IllegalArgumentException if it holds CR, LF or NUL, the client's {@code lineEnd}, or a
   *     character that the charset does not know; nothing was written or dialled
   * @throws DeadlineExceededException if the peer does not take all of it within the transfer timeout, or takes
   *     none of it for the silence timeout; the client is BROKEN
   * @throws ConnectionClosedException if the peer has closed the connection; the client is BROKEN. If something
   *     that the peer said before is still unread, this write returns normally and only the next one throws, so
   *     that it can be read first; within an {@link #exchange} it is the answer.
   * @throws dev.wireline.error.TlsException if the peer has ended TLS with an alert; the client is BROKEN
   * @throws CallInterruptedException if the thread was interrupted while waiting; the client is BROKEN
   * @throws ClientClosedException if the client is BROKEN or CLOSED
   * @throws IOException if this call had to dial and that failed, as in {@link #connect()}
   */
  public final void writeLine(String line) throws IOException {
    Objects.requireNonNull(line, "line");
    checkBeforeDialling(List.of(line));
    writer.line(ready(), line);
  }

  /**
   * Writes one line of bytes and its end, in one write.
   *
   * @param line the line without its end, in any charset
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
   * @throws IllegalArgumentException as {@link #writeLine(String)}; none of them was written
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
   * @throws IllegalArgumentException as {@link #writeLine(String)}; none of them was written
   * @throws IOException as {@link #writeLine(String)}
   */
  public final void writeLines(List<String> lines) throws IOException {
    Objects.requireNonNull(lines, "lines");
    checkBeforeDialling(lines);
    writer.lines(ready(), lines);
  }

  /**
   * Reads one line. Waits at most the silence timeout for its first byte, and then at most the transfer timeout
   * for its last.
   *
   * @return the line without its end
   * @throws ConnectionClosedException if the peer hung up, before a line or within one; it holds the bytes that
   *     came; the client is BROKEN
   * @throws DeadlineExceededException at one of these timeouts; the client is BROKEN
   * @throws LimitExceededException if it is longer than {@code maxLineBytes}; the client is BROKEN
   * @throws PeerProtocolException if its bytes are not text in the charset; the line is consumed and
   *     the client stays usable
   * @throws CallInterruptedException if the thread was interrupted while waiting; the client is BROKEN
   * @throws ClientClosedException if the client is BROKEN or CLOSED, or is closed meanwhile
   * @throws IOException if this call had to dial and that failed, as in {@link #connect()}
   */
  public final String readLine() throws IOException {
    return reader.line(ready());
  }

  /**
   * Reads one line with a length limit of its own.
   *
   * @param maxBytes the longest line accepted, in bytes without the line end, 1 or more; replaces {@code
   *     maxLineBytes}
   * @return the line without its end
   * @throws IllegalArgumentException if the limit is less than 1; nothing was read
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
   * Waits for a line for a given time, and breaks nothing if none comes: the way to wait on an idle connection.
   * Half a line that was read stays for the next call. The silence and transfer timeouts do not apply.
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
   * Makes a {@link #pollLine} that is waiting in another thread return empty now; if none is waiting, the next
   * one that would wait does so. Nothing breaks, and a half-read line stays. No other call is affected. May be
   * called from any thread.
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
   * Reads exactly {@code count} bytes. Memory grows with what arrives, not with what is asked for. Waits at
   * most the silence timeout for the first byte, and then at most the transfer timeout for the last.
   *
   * @param count how many, 0 or more
   * @return the bytes
   * @throws IllegalArgumentException if the count is negative
   * @throws LimitExceededException if the count is more than {@code maxReadBytes}; the client is BROKEN, since
   *     the bytes would otherwise be read as lines
   * @throws ConnectionClosedException if the peer hung up before the last byte; it holds the bytes that came;
   *     the client is BROKEN
   * @throws IOException as {@link #readLine()}
   */
  public final byte[] read(int count) throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("a count of bytes must not be negative, not " + count);
    }
    return reader.block(ready(), count);
  }

  /**
   * Reads until the peer stops sending. Waits at most the silence timeout for the first byte, and then at most
   * the transfer timeout for the end.
   *
   * @return all bytes to the clean end; may be empty
   * @throws LimitExceededException if there are more than {@code maxReadBytes}; the client is BROKEN
   * @throws ConnectionClosedException if the connection was reset, or TLS ended without close_notify; it holds
   *     the bytes that came; the client is BROKEN
   * @throws IOException as {@link #readLine()}
   */
  public final byte[] readToEnd() throws IOException {
    return reader.rest(ready());
  }

  /**
   * Opens a stream of everything up to the end of the connection, for what is too large for memory or should be
   * read line by line. Does not wait yet.
   *
   * @return the stream, which ends only at the clean end of the connection. Its {@code close()} closes the
   *     connection, and so does reading anything else from the client before the end.
   * @throws IOException if the client is BROKEN or CLOSED, or this call had to dial and that failed
   */
  public final Incoming openToEnd() throws IOException {
    return reader.lend(ready(), source -> Incoming.toTheEnd(source, options));
  }

  /**
   * The input as a stream, for {@code DataInputStream} and the like. It can be mixed with the line calls,
   * because neither keeps a buffer of its own. Each read waits at most the silence timeout. Closing it closes
   * the connection. With {@link LineEnds#ANY}, its first byte may be the LF of a CRLF that arrived in two
   * parts.
   *
   * @return the stream
   * @throws IOException if this call had to dial and that failed, as in {@link #connect()}
   */
  public final InputStream input() throws IOException {
    Wire wire = ready(Activity.READING);
    reader.settle(wire);
    return wire.input();
  }

  /**
   * The output as a stream, for {@code DataOutputStream} and the like. Every write is sent at once. Closing it
   * closes the connection.
   *
   * @return the stream
   * @throws IOException if this call had to dial and that failed, as in {@link #connect()}
   */
  public final OutputStream output() throws IOException {
    Wire wire = ready(Activity.WRITING);
    writer.checkNotLent();
    return wire.output();
  }

  /**
   * Stops sending but keeps receiving: a half-close, for peers that answer once they have read everything.
   *
   * @throws IOException if the connection is gone already; the client is BROKEN
   */
  public final void shutdownOutput() throws IOException {
    Wire wire = ready(Activity.WRITING);
    writer.checkNotLent();
    wire.output().shutdown();
  }

  /**
   * Upgrades the connection to TLS, after the peer has said that it is ready. Host name and certificate are
   * checked as for {@code tls://}. Waits at most the dialer's TLS timeout.
   *
   * @throws PeerProtocolException if bytes followed the peer's go-ahead, since somebody else may have injected
   *     them; the client is BROKEN
   * @throws IllegalStateException if the connection uses TLS already, or has a layer on it
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
   * The TLS session with the peer, of the connection as it is now: the version, the cipher suite and the peer's
   * certificates. Neither dials nor waits. May be called from any thread.
   *
   * @return the session; empty if the client is NEW or the connection is plaintext, even through a TLS proxy. A
   *     client that is BROKEN or CLOSED returns the session of its last connection.
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
   * The state of the client. That the peer has hung up shows only at the next read or write.
   *
   * @return the state now
   */
  public final ConnectionState state() {
    ConnectionState now = connection.state();
    boolean left = exchanges.isLeft() || reader.reading().turn.leftBy() != null || writer.isLeft();
    return left && now == ConnectionState.OPEN ? ConnectionState.BROKEN : now;
  }

  /**
   * Whether an idle connection is still as it was left: OPEN, with nothing received since the last read, and
   * not closed by the peer. Neither waits, dials nor breaks anything; what has come stays unread.
   *
   * <p>Ask before a write that gets no answer: this notices that a peer or load balancer has closed an idle
   * connection, whereas a write into it would seem to succeed. If it is false, what the peer said last can
   * still be read. True is no guarantee: a peer that vanished without a word (lost power, or a load balancer
   * that silently forgot the connection) shows only by a timeout, and any peer may hang up a moment later.
   *
   * @return true if the next exchange can begin; false also when NEW, BROKEN or CLOSED
   * @throws IllegalStateException if another thread is reading, or is using the client in an exchange or a
   *     multiplexer
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
   * @return text for people to read
   */
  @Override
  public String toString() {
    return "client of " + endpoint() + ", " + state();
  }

  /**
   * Closes the connection at once and for good, and wakes every thread that waits on it; they get a {@link
   * ClientClosedException}. Sends nothing to the peer first. May be called from any thread, more than once.
   */
  @Override
  public final void close() {
    connection.close();
  }

  /**
   * Runs one exchange, a command and its answer, which completes or breaks the connection. Dials and greets
   * first if necessary. Whatever the steps throw is rethrown, and the client becomes BROKEN, with two
   * exceptions: a {@link WirelineException} whose {@code connectionUsable()} is true, such as a proper refusal
   * by the peer; and a failure before anything was read or written, that is, no line, no block, and no call to
   * {@link #input()}, {@link #output()} or {@link #wire()}. What another thread writes meanwhile counts too.
   * From the first read or write of the steps no other thread can read, because the answer belongs to the
   * steps; so a chat between two threads writes its lines without this. A line that is not text in the charset
   * is half an answer, and breaks the client here.
   *
   * @param steps the exchange
   * @param <T> the type of its result
   * @return what the steps returned
   * @throws IllegalStateException if another thread is in an exchange, in which case nothing was run; or if
   *     another thread is reading at the first read or write of the steps, in which case nothing was read or
   *     written. The other thread goes on, and the client is as before.
   * @throws IOException whatever the steps threw; or as {@link #connect()}, in which case nothing was run
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
   * Begins an exchange that stays open while a stream is being read, so that a method can return the stream: a
   * message, or a file on a connection of its own. Until the exchange ends, any other command, line or exchange
   * is refused with an {@link IllegalStateException}, in every thread, and nothing is sent. The exchange ends
   * with its last step, which runs in the thread that reads to the end of the stream or closes it; that thread
   * gets its failure.
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
   * <p>As long as the stream is neither read to its end nor closed, the client goes on refusing. {@link
   * #close()} may be called meanwhile, from any thread, and so may {@link #hangUp()}; the stream then fails.
   *
   * @param begin the steps up to the stream, which return it: one from {@link DotBlocks}, {@link Blocks} or
   *     {@link #openToEnd()}, or one {@link Incoming#of(InputStream, Endpoint, LineOptions) of another
   *     connection}. They fail as those of {@link #exchange} do
   * @param last the last step. If it throws, the client becomes BROKEN as in {@link #exchange}. It is skipped
   *     if the connection is gone
   * @return the stream
   * @throws IllegalStateException as {@link #exchange}, or if another stream is open
   * @throws IOException whatever the steps threw
   */
  protected final Incoming openIncoming(Steps<Incoming> begin, LastStep last) throws IOException {
    Objects.requireNonNull(begin, "begin");
    return exchanges.openIncoming(begin, Objects.requireNonNull(last, "last"));
  }

  /**
   * Begins an exchange that stays open while a stream is being written, as {@link #openIncoming} does for
   * reading. {@link Outgoing#finish()} runs the last step. A stream that fails, or is closed before that, gives
   * its connection up. If that is the client's own, the client is BROKEN and there is no last step. If it is
   * another one, the last step runs all the same, to hear what the peer says about it; if the step throws, that
   * is reported rather than the original failure.
   *
   * @param begin the steps up to the stream, which return it: one from {@link DotBlocks} or {@link Blocks}, or
   *     one {@link Outgoing#of of another connection}
   * @param last the last step, which reads what the peer says
   * @return the stream
   * @throws IllegalStateException as {@link #openIncoming}
   * @throws IOException whatever the steps threw
   */
  protected final Outgoing openOutgoing(Steps<Outgoing> begin, LastStep last) throws IOException {
    Objects.requireNonNull(begin, "begin");
    return exchanges.openOutgoing(begin, Objects.requireNonNull(last, "last"));
  }

  /**
   * Runs steps on the client's own connection while a stream on another connection is open, such as a
   * keep-alive during a long transfer. Call it from the thread that reads or writes the stream; the stream
   * stays open. Does nothing if no stream is open or the connection is gone.
   *
   * @param steps what to say; the answer is left for the last step of the stream to read
   * @throws IOException whatever the steps threw; the client is BROKEN
   */
  @NotFrozen
  protected final void besideOpen(Steps<?> steps) throws IOException {
    exchanges.beside(Objects.requireNonNull(steps, "steps"));
  }

  /**
   * Whether nobody on the way can eavesdrop: the connection uses TLS, or stays on {@linkplain
   * Endpoint#isLocal() this host}. Call it inside {@link #exchange}.
   *
   * @return true if nobody can
   */
  protected final boolean isConfidential() {
    return endpoint().isLocal() || tlsSession().isPresent();
  }

  /**
   * Checks that a password may be sent: because the connection {@linkplain #isConfidential() is confidential},
   * or because the options allow it explicitly. Call it inside {@link #exchange}, before the password is
   * written.
   *
   * @param allowed the options, which may allow it
   * @throws TlsException if it would be sent in the clear; nothing was written, and the client is as before
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
   * Says goodbye if connected, then closes for good, whatever the result.
   *
   * @param goodbye the last exchange; skipped if the client is NEW, BROKEN or CLOSED
   * @throws IOException whatever the exchange threw; the client is CLOSED all the same
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
   * Creates the exception for an answer that breaks the protocol's rules. Throw it inside {@link #exchange},
   * which then breaks the connection.
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
   * Creates the exception for a proper refusal. Throw it inside {@link #exchange} once the whole answer has
   * been read, because the connection stays open. A protocol whose refusals say more throws its own {@link
   * ReplyException}.
   *
   * @param reply the answer, without its line end; the message shows it quoted and cut
   * @return the exception, not thrown yet
   */
  protected final ReplyException refused(String reply) {
    return new ReplyException(endpoint(), ANSWER, reply);
  }

  /**
   * Creates what a protocol's own exception is built from, for a proper refusal that no collaborator read.
   * Throw that exception as you would the one of {@link #refused}.
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
   * Creates the exception for an answer that goes past a limit of the protocol's own. Throw it inside {@link
   * #exchange}, which then breaks the connection.
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
   * The connected wire, for what lines cannot express. Dials and greets first if necessary. {@link
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
   * @param deadline when to give up dialling, in addition to the dialer's timeouts
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
   * Closes the connection on purpose, between two exchanges. The client is then NEW and the next call dials.
   * Does nothing if the client is CLOSED.
   *
   * @throws IllegalStateException if the client is BROKEN, and stays so. See {@link #startOver()}.
   */
  protected final void hangUp() {
    if (state() == ConnectionState.BROKEN) {
      throw new IllegalStateException(
          "a BROKEN client stays BROKEN: startOver() is for exchanges that depend on no earlier one");
    }
    startOver();
  }

  /**
   * Closes the connection, whatever its state. The client is then NEW, even if it was BROKEN, and the next call
   * dials. This is for protocols whose exchanges do not depend on each other, so that nothing lost with the old
   * connection can be missed or taken for an answer. Does nothing if the client is CLOSED.
   */
  protected final void startOver() {
    exchanges.endLeft();
    exchanges.forget();
    reader.forget();
    writer.forget();
    connection.hangUp();
  }

  /**
   * Puts a layer on the connection in the middle of a session. What is written from now on goes through it, and
   * so does what is read, even if it has already arrived. Lines, limits, deadlines and transcripts work above
   * it. Does not wait.
   *
   * @param layer transforms the bytes, as Telnet's commands and compression do
   * @throws IllegalStateException if a text is being written, or another thread is using the connection
   * @throws IOException if this call had to dial and that failed, as in {@link #connect()}
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
   * Opens a second connection of the same session, as FTP does for data, to another port of the same host. It
   * uses the same address and proxies, obeys the same {@link Dialogue}, and is closed with this client. It
   * begins in plaintext, and its {@link Wire#startTls()} resumes the TLS session of this one.
   *
   * @param port the port, 1 to 65535
   * @return the second connection, which the caller closes
   * @throws IllegalArgumentException if it is not a port
   * @throws IllegalStateException if the endpoint is a Unix-domain socket
   * @throws IOException as {@link Wire#companion}, in which case the client is as before; or if this call had
   *     to dial and that failed, as in {@link #connect()}
   */
  @NotFrozen
  protected final Wire companion(int port) throws IOException {
    Wire made = ready(Activity.CONNECTING).companion(port);
    witness.note("# a second connection to " + made.endpoint());
    return made;
  }

  /**
   * Listens for a second connection of the same session, as in active FTP: on the local address of this one,
   * and for its peer only. It is closed with this client.
   *
   * @return where the peer can connect; the caller closes it
   * @throws IllegalStateException if the endpoint is a Unix-domain socket, or is reached through a proxy
   * @throws IOException as {@link Wire#listen}, in which case the client is as before; or if this call had to
   *     dial and that failed, as in {@link #connect()}
   */
  @NotFrozen
  protected final Acceptor listen() throws IOException {
    Acceptor made = ready(Activity.CONNECTING).listen();
    witness.note("# listening for a second connection at port " + made.address().getPort());
    return made;
  }

  /**
   * Closes the connection if there is one and dials again, waiting longer from one attempt to the next. Call it
   * between two exchanges, for protocols whose exchanges do not depend on each other: what was said on the old
   * connection is forgotten, except what {@link #greet()} repeats, such as a login. It tries again if the dial
   * or the greeting failed because of the connection: {@code ConnectFailedException}, {@link
   * ConnectionClosedException}, {@link DeadlineExceededException}. An interrupt or {@link #close()} ends it at
   * once.
   *
   * @param backoff the waits, and when to give up
   * @throws CallInterruptedException if the thread was interrupted; the client is NEW
   * @throws ClientClosedException if the client is CLOSED
   * @throws IOException the failure of the last attempt once the backoff's time is over, or a failure that
   *     waiting cannot cure, such as a refused certificate or login; the client is NEW, or BROKEN if its
   *     greeting failed
   */
  protected final void redial(Backoff backoff) throws IOException {
    new Redial(this, Objects.requireNonNull(backoff, "backoff")).run();
  }

  /**
   * Lets go of the connection without closing it, between two exchanges. Its {@link #wire()} now belongs to
   * whoever holds it; the client is NEW and the next call dials. This is for protocols in which a connection
   * can turn into something else. Does nothing if the client is CLOSED.
   */
  protected final void letGo() {
    exchanges.forget();
    reader.forget();
    writer.forget();
    connection.letGo();
  }

  /**
   * Changes the charset of everything that is read and written from now on, by the collaborators too; what is
   * being read or written keeps its charset. Call it between two commands, for protocols that negotiate a
   * charset, as FTP does with {@code OPTS UTF8 ON}. It also applies to later connections, until {@link
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
   * @return the options, with the current charset
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
   * The transcript of this client, for a protocol that speaks through {@link #wire()} and records there what it
   * says.
   *
   * @return the transcript; empty if none is kept
   */
  @NotFrozen
  protected final Optional<Transcript> transcript() {
    return witness.transcript();
  }

  /** Shows what is said to a transcript from now on. */
  final void keep(Transcript kept) {
    witness.keep(kept);
    connection.onFailure(kept::attachTo);
    connection.onProxy(kept);
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
      Object here = Connection.caller();
      if (writer.holder != here) {
        writer.holder = here;
      }
    }
  }

  private Wire ready(Activity activity) throws IOException {
    Wire wire = ready();
    wire.checkOpen(activity);
    otherCalls++;
    return wire;
  }
}
