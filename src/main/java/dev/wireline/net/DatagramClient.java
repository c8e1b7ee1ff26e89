package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.Turn;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client for request and answer over UDP (RFC 768): one datagram out, one or several back.
 *
 * <pre>{@code
 * try (var client = new DatagramClient(endpoint)) { // such as "echo.example:7"
 *   byte[] answer = client.ask("hello".getBytes(StandardCharsets.UTF_8));
 *   System.out.println(answer.length);
 * }
 * }</pre>
 *
 * <p>UDP loses, duplicates and reorders datagrams. A call sends the request, waits, and sends it again with
 * waits that double, until an answer comes or time is up (RFC 8085, section 3.1.1). So the peer may get a
 * request several times: it must be repeatable, or {@code maxTries} must be 1. The constructors do no I/O;
 * nothing is open between two calls.
 *
 * <p>Each call has its own channel, and so its own source port. A late answer arrives at a port that nobody
 * uses any more, and is not taken for the answer to the next call, unless the system happens to assign the same
 * port again. If even that must not happen, or if the answers to a first and a second attempt differ, use
 * {@link #ask(byte[], Predicate)} to examine the datagrams. A channel is connected to one address (RFC 1122,
 * section 4.1.3.5), so the system drops what comes from any other address or port; the system chooses the port,
 * which is hard to guess (RFC 8085, section 5.1).
 *
 * <p>If a name has several addresses, each attempt goes to the next one, alternating between IPv6 and IPv4. An
 * answer to an earlier attempt of the same call is accepted too. An address that refuses, or that cannot be
 * reached from here, is dropped, and the next one is tried at once; when all have failed, the call fails
 * without further attempts.
 *
 * <p>There is no connection that a failure could break: after any exception except {@link
 * ClientClosedException} the client can be used again. {@code connectionUsable()} is false in all of them,
 * since the channel of the call is gone.
 *
 * <p>Not suitable for broadcast and multicast, where answers come from other addresses. Not thread-safe: one
 * call at a time; {@link #close()} may be called from any thread.
 */
public final class DatagramClient implements Closeable {
  private final Endpoint endpoint;
  private final DatagramOptions options;
  private final Turn turn = new Turn("asking");
  private final LatePorts latePorts = new LatePorts();
  private volatile @Nullable Asking running;
  private volatile boolean closed;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint, or has TLS, or is a Unix-domain socket
   */
  public DatagramClient(String endpoint) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")));
  }

  /**
   * A client.
   *
   * @param endpoint {@code host:port}
   * @param options the settings
   * @throws IllegalArgumentException if it is not a valid endpoint, or has TLS, or is a Unix-domain socket
   */
  public DatagramClient(String endpoint, DatagramOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint")), options);
  }

  /**
   * A client with the default options, for a protocol with a default port.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param defaultPort the port to use if the endpoint names none, 1 to 65535
   * @throws IllegalArgumentException if it is not a valid endpoint, or has TLS, or is a Unix-domain socket, or
   *     the port is out of range
   */
  public DatagramClient(String endpoint, int defaultPort) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), defaultPort));
  }

  /**
   * A client for a protocol with a default port.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param defaultPort the port to use if the endpoint names none, 1 to 65535
   * @param options the settings
   * @throws IllegalArgumentException if it is not a valid endpoint, or has TLS, or is a Unix-domain socket, or
   *     the port is out of range
   */
  public DatagramClient(String endpoint, int defaultPort, DatagramOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), defaultPort), options);
  }

  /**
   * A client with the default options.
   *
   * @param endpoint a host and a port
   * @throws IllegalArgumentException if the endpoint has TLS or is a Unix-domain socket
   */
  public DatagramClient(Endpoint endpoint) {
    this(endpoint, DatagramOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint a host and a port
   * @param options the settings
   * @throws IllegalArgumentException if the endpoint has TLS or is a Unix-domain socket
   */
  public DatagramClient(Endpoint endpoint, DatagramOptions options) {
    Objects.requireNonNull(endpoint, "endpoint");
    if (endpoint.isTls() || endpoint.isUnix()) {
      throw new IllegalArgumentException("datagrams go to a host and a port, not to " + endpoint);
    }
    this.endpoint = endpoint;
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * The peer.
   *
   * @return the endpoint
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Sends a request and returns the first datagram that comes back.
   *
   * <p>Waits for the name look-up and the answer, until the call timeout, {@link #close()} from another thread,
   * or {@link Thread#interrupt()}.
   *
   * @param request 1 to 65507 bytes. <b>Strict:</b> the platform cannot send an empty datagram from a connected
   *     channel
   * @return the answer, which may be empty
   * @throws IllegalArgumentException if the request is empty or too large; nothing was sent
   * @throws IllegalStateException if another call of this client is under way; that one goes on
   * @throws dev.wireline.error.UnresolvedHostException if the name has no address; nothing was sent
   * @throws dev.wireline.error.ConnectionRefusedException if every address refused: its host says that nobody
   *     listens on the port (RFC 1122, section 4.1.3.3)
   * @throws dev.wireline.error.ConnectFailedException if no address could be sent to, and not all refused; the
   *     failure of each is suppressed inside
   * @throws dev.wireline.error.DeadlineExceededException if no answer came within the call timeout; the message
   *     says how often it tried, and failures of addresses are suppressed inside. The peer may have acted on
   *     the request
   * @throws dev.wireline.error.LimitExceededException if the answer has more than {@code
   *     maxAnswerBytes}; it is lost
   * @throws dev.wireline.error.CallInterruptedException if the thread was interrupted; its flag stays
   *     set
   * @throws ClientClosedException if the client was closed, before or meanwhile; it stays closed
   * @throws WirelineException one of these; except after the last, the client can be used again
   */
  public byte[] ask(byte[] request) throws WirelineException {
    Objects.requireNonNull(request, "request");
    return call(request, asking(request, null, 1, callDeadline()), Asking::run).get(0);
  }

  /**
   * Sends a request and returns the first datagram that is an answer to it; others are ignored.
   *
   * <p>Waits as {@link #ask(byte[])} does. An ignored datagram starts neither a new attempt nor a new wait.
   *
   * @param request 1 to 65507 bytes
   * @param isAnswer decides whether a datagram of the peer is the answer, for example by an identifier in both;
   *     it runs in the calling thread, and what it throws ends the call and is rethrown
   * @return the answer
   * @throws IllegalArgumentException if the request is empty or too large; nothing was sent
   * @throws IllegalStateException if another call of this client is under way; that one goes on
   * @throws dev.wireline.error.LimitExceededException if a datagram has more than {@code maxAnswerBytes}, or
   *     more than 100 were ignored
   * @throws WirelineException as {@link #ask(byte[])}
   */
  public byte[] ask(byte[] request, Predicate<byte[]> isAnswer) throws WirelineException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(isAnswer, "isAnswer");
    return call(request, asking(request, isAnswer, 1, callDeadline()), Asking::run)
        .get(0);
  }

  /**
   * Sends one datagram without waiting for an answer: it may be lost unnoticed.
   *
   * <p>It goes to the first address of the name that accepts it. Waits only for the name look-up, as {@link
   * #ask(byte[])} does.
   *
   * @param message 1 to 65507 bytes
   * @throws IllegalArgumentException if the message is empty or too large; nothing was sent
   * @throws IllegalStateException if another call of this client is under way; that one goes on
   * @throws dev.wireline.error.UnresolvedHostException if the name has no address; nothing was sent
   * @throws dev.wireline.error.ConnectFailedException if it could be sent to no address
   * @throws WirelineException as {@link #ask(byte[])} for the look-up, an interrupt and a close
   */
  public void send(byte[] message) throws WirelineException {
    Objects.requireNonNull(message, "message");
    call(message, asking(message, null, 1, callDeadline()), asking -> {
      asking.send();
      return List.of();
    });
  }

  /**
   * Sends a request and collects the datagrams that come back, for a peer whose answer has several parts.
   *
   * <p>The request is sent repeatedly, as by {@link #ask(byte[])}, until the first of them has come.
   *
   * @param request 1 to 65507 bytes
   * @param time how long to collect, including the look-up, in place of the call timeout; more than zero
   * @param most how many datagrams are enough, 1 or more
   * @param isAnswer decides whether a datagram of the peer is wanted, as in {@link #ask(byte[], Predicate)}
   * @return those that came in time, in order of arrival: fewer than {@code most}, or none, if the time ran out
   *     first or every address has refused since the first of them
   * @throws IllegalArgumentException if the request is empty or too large, the time is zero or less, or
   *     {@code most} is less than 1; nothing was sent
   * @throws dev.wireline.error.ConnectFailedException if no address could be sent to, or every one
   *     refused, before anything came
   * @throws WirelineException as {@link #ask(byte[], Predicate)}, except for the time
   */
  public List<byte[]> collect(byte[] request, Duration time, int most, Predicate<byte[]> isAnswer)
      throws WirelineException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(isAnswer, "isAnswer");
    Bounds.check("most", most);
    Duration bound = Bounds.positive("time", Objects.requireNonNull(time, "time"));
    Deadline end = Deadline.after(bound, Phase.CALL, "time");
    return call(request, asking(request, isAnswer, most, end), Asking::collect);
  }

  DatagramOptions options() {
    return options;
  }

  LatePorts latePorts() {
    return latePorts;
  }

  private Deadline callDeadline() {
    return Deadline.after(options.callTimeout(), Phase.CALL, "callTimeout");
  }

  private Asking asking(
      byte[] request, @Nullable Predicate<byte[]> isAnswer, int most, Deadline deadline) {
    return new Asking(this, request, isAnswer, most, deadline);
  }

  /** What a call does. */
  private interface Action {
    List<byte[]> of(Asking asking) throws WirelineException;
  }

  private List<byte[]> call(byte[] request, Asking asking, Action action) throws WirelineException {
    if (request.length == 0 || request.length > DatagramOptions.MOST_BYTES) {
      throw new IllegalArgumentException(
          "a request has 1 to " + DatagramOptions.MOST_BYTES + " bytes, not " + request.length);
    }
    if (!turn.tryTake()) {
      throw new IllegalStateException("a call of this client is under way: one at a time");
    }
    try {
      running = asking;
      // A close before this line could not know what to wake.
      if (closed) {
        throw new ClientClosedException(endpoint, Asking.ASKING, "this client was closed", null);
      }
      return action.of(asking);
    } finally {
      running = null;
      turn.give();
    }
  }

  /** Closes for good and ends a waiting call. May be called from any thread, more than once. */
  @Override
  public void close() {
    closed = true;
    Asking present = running;
    if (present != null) {
      present.close();
    }
  }
}
