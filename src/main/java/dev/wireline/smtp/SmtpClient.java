package dev.wireline.smtp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.LineClient;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An SMTP client (RFC 5321) for sending mail; also speaks LMTP (RFC 2033).
 *
 * <pre>{@code
 * try (var mail = new SmtpClient("mail.example:587")) {
 *   mail.login("joe", password);
 *   Delivery delivery = mail.send("joe@example.org", List.of("ann@example.net"), message);
 *   delivery.refused();              // who did not get it, and why
 *   mail.quit();
 * }
 * }</pre>
 *
 * <p>The first call dials, reads the greeting, asks for the server's extensions, and starts TLS as the options
 * say: by default a server that is not on this host must offer TLS.
 *
 * <p>If the server refuses a command, that is an {@link SmtpException}, and the connection stays usable, except
 * after 421. If the server does not offer what a call needs, that is an {@link SmtpExtensionException}, and
 * nothing was sent. Every other exception leaves the client BROKEN, unless {@code connectionUsable()} says
 * otherwise. Each method can wait for the server, at most the silence timeout for each byte.
 *
 * <p>Not thread-safe: a second thread gets an {@link IllegalStateException}. {@link #close()} may be called from
 * any thread.
 */
public final class SmtpClient extends LineClient {
  /** {@code smtp} at port 25, and {@code smtps}, with TLS from the first byte, at 465 (RFC 8314). */
  public static final Protocol PROTOCOL = new Protocol("smtp", 25, "smtps", 465);

  private final SmtpOptions options;
  private final Replies replies =
      Replies.of(this).withClosingCodes(221, 421).withRefusal(SmtpException::new);
  private Capabilities capabilities = Capabilities.none();

  /** Whether the server may still hold the envelope of a message that was not sent. */
  private boolean unfinished;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code smtps://host}, {@code tls://host} or {@code
   *     unix:/path}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public SmtpClient(String endpoint) {
    this(endpoint, SmtpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public SmtpClient(String endpoint, SmtpOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options its settings
   */
  public SmtpClient(Endpoint endpoint, SmtpOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").line());
    this.options = options;
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** Handles the greeting, the extensions, and TLS. */
  @Override
  protected void greet() throws IOException {
    unfinished = false;
    replies.expect(220);
    hello();
    if (options.tlsPolicy().startsTls(endpoint(), capabilities.has("STARTTLS")) && mayStartTls()) {
      startTls();
      hello();
    }
  }

  /** Asks for TLS; a refusal is accepted only if TLS is not required. */
  private boolean mayStartTls() throws IOException {
    try {
      replies.ask(Command.of("STARTTLS"), 220);
      return true;
    } catch (SmtpException e) {
      if (options.tlsPolicy().isMandatory(endpoint()) || !e.connectionUsable()) {
        throw e;
      }
      return false;
    }
  }

  private void hello() throws IOException {
    String name = options.clientName().orElseGet(this::addressLiteral);
    try {
      Reply reply = replies.ask(Command.of(options.lmtp() ? "LHLO" : "EHLO").atom(name), 250);
      capabilities = offered(reply.lines());
    } catch (SmtpException e) {
      if (!knowsHelloAlone(e)) {
        throw e;
      }
      oldHello(name, e);
    }
  }

  /** The extensions in the answer to EHLO, after the name of the server. */
  static Capabilities offered(List<String> lines) {
    return Capabilities.ofLines(
        lines.subList(1, lines.size()).stream().map(SmtpClient::modern).toList());
  }

  /** Converts the pre-standard form {@code AUTH=LOGIN}. */
  private static String modern(String line) {
    return line.toUpperCase(Locale.ROOT).startsWith("AUTH=") ? "AUTH " + line.substring(5) : line;
  }

  /** Whether the server knows only HELO (RFC 5321, section 3.2), and TLS is not required. */
  private boolean knowsHelloAlone(SmtpException no) {
    boolean unknown = no.code() == 500 || no.code() == 502 || no.code() == 504;
    boolean secured = tlsSession().isPresent() || !options.tlsPolicy().isMandatory(endpoint());
    return unknown && secured && !options.lmtp();
  }

  private void oldHello(String name, SmtpException first) throws IOException {
    capabilities = Capabilities.none();
    try {
      replies.ask(Command.of("HELO").atom(name), 250);
    } catch (SmtpException e) {
      if (e.connectionUsable()) {
        first.addSuppressed(e);
        throw first;
      }
      e.addSuppressed(first);
      throw e;
    }
  }

  private String addressLiteral() {
    try {
      SocketAddress here = wire().localAddress().orElse(null);
      return here instanceof InetSocketAddress inet ? literal(inet.getAddress()) : "localhost";
    } catch (IOException e) {
      // The connection is gone, which the command will report.
      return "localhost";
    }
  }

  static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    String bare = scope < 0 ? text : text.substring(0, scope);
    return address instanceof Inet6Address ? "[IPv6:" + bare + ']' : '[' + bare + ']';
  }

  /**
   * The server's extensions, by the keywords of EHLO. Dials first if necessary.
   *
   * @return the extensions; empty for a server that knows only HELO
   * @throws IOException if the dial or the greeting failed
   */
  public Capabilities capabilities() throws IOException {
    return exchange(() -> capabilities);
  }

  /**
   * Logs in, by the best mechanism that the server offers for a user and a password.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws TlsException if the password would be sent in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws SmtpExtensionException if no mechanism fits; nothing was sent, and the client stays usable
   * @throws SmtpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if the server violates the mechanism: the login is cancelled and the client
   *     stays usable, or it is BROKEN if the server failed to prove that it knows the password
   * @throws IllegalArgumentException as the {@link Sasl} of the mechanism
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void login(String user, String password) throws IOException {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    throwIfCancelled(exchange(() -> {
      Optional<Sasl> best =
          Sasl.best(capabilities.parameters("AUTH"), user, password, isConfidential());
      return authenticate(best.orElseThrow(() -> new SmtpExtensionException(
          endpoint(), "AUTH", "or none of its mechanisms for a user and a password")));
    }));
  }

  /**
   * Logs in by a mechanism, whether the server lists it or not.
   *
   * @param mechanism the mechanism
   * @throws IOException as {@link #login(String, String)}
   */
  public void login(Sasl mechanism) throws IOException {
    Objects.requireNonNull(mechanism, "mechanism");
    throwIfCancelled(exchange(() -> authenticate(mechanism)));
  }

  /** Outside the exchange, which would treat nonsense as half an answer; here the answer was read. */
  private static void throwIfCancelled(Optional<PeerProtocolException> failure)
      throws PeerProtocolException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private Optional<PeerProtocolException> authenticate(Sasl mechanism) throws IOException {
    if (mechanism.revealsSecret()) {
      checkPasswordMayLeave(options);
    }
    return new Authentication(this, replies, mechanism).run();
  }

  /**
   * Sends a message.
   *
   * @param from the bare address for bounces; empty for none
   * @param to the bare addresses of the recipients, at least one
   * @param message the message, header and text
   * @return the accepted and the refused recipients
   * @throws IOException as {@link #send(Envelope, Content)}
   */
  public Delivery send(String from, List<String> to, Content message) throws IOException {
    Objects.requireNonNull(message, "message");
    return send(Envelope.of(from, to), message);
  }

  /**
   * Sends a mail to all its recipients.
   *
   * @param mail the mail
   * @return the accepted and the refused recipients
   * @throws IOException as {@link #send(Envelope, Content)}
   */
  public Delivery send(MailMessage mail) throws IOException {
    return send(Objects.requireNonNull(mail, "mail").envelope(), mail.content());
  }

  /**
   * Sends a message, provided the server accepts at least one recipient.
   *
   * <p>Every line is sent with CRLF, whatever ended it. A repeatable message is scanned first, for its size and
   * for bytes above 127; about a stream nothing is known before it is sent. Memory use is constant, however
   * long the message. A message that fails half way is never taken for complete.
   *
   * @param envelope the sender and the recipients
   * @param message the message, header and text
   * @return the accepted and the refused recipients
   * @throws SmtpException if the server refuses every recipient: the first refusal, with the others suppressed;
   *     or if it refuses the sender or the message; the client stays usable
   * @throws SmtpExtensionException if the server does not offer what the envelope or the message needs;
   *     nothing was sent, and the client stays usable
   * @throws PartialDeliveryException if the connection ended after an LMTP server had answered for some of the
   *     recipients; the client is BROKEN
   * @throws IllegalArgumentException if a line is longer than {@code maxTextLineBytes}; nothing was sent. For a
   *     stream it is an {@link IOException} instead, and the client is BROKEN
   * @throws IllegalStateException if the message was sent before and cannot be sent again; nothing was sent now
   * @throws IOException as described for the class, or whatever the message threw
   */
  public Delivery send(Envelope envelope, Content message) throws IOException {
    Objects.requireNonNull(envelope, "envelope");
    OutgoingMail mail =
        OutgoingMail.of(Objects.requireNonNull(message, "message"), options.maxTextLineBytes());
    return exchange(() -> send(new Transaction(this, replies, capabilities, envelope, mail)));
  }

  private Delivery send(Transaction transaction) throws IOException {
    Command mailFrom = transaction.mailFrom();
    if (unfinished) {
      replies.ask(Command.of("RSET"), 2);
    }
    try {
      return transaction.run(mailFrom);
    } finally {
      unfinished = !transaction.isEnded();
    }
  }

  boolean speaksLmtp() {
    return options.lmtp();
  }

  /**
   * Asks whether a mailbox exists (VRFY), which many servers do not reveal.
   *
   * @param address an address, or just a name
   * @return the answer; 252 means neither yes nor no
   * @throws SmtpException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if the address is empty or has a control character
   * @throws IOException as described for the class
   */
  public Reply verify(String address) throws IOException {
    MailPath.recipient(Objects.requireNonNull(address, "address"));
    Command vrfy = Command.of("VRFY").text(address);
    return exchange(() -> replies.ask(vrfy, 2));
  }

  /**
   * Checks that the server still answers, and keeps the connection alive (NOOP).
   *
   * @throws SmtpException if the server refuses; the client stays usable, except after 421
   * @throws IOException as described for the class
   */
  public void noop() throws IOException {
    exchange(() -> replies.ask(Command.of("NOOP"), 2));
  }

  /**
   * Makes the server forget an envelope that a {@link #command} began (RSET). {@code send} needs no reset.
   *
   * @throws SmtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void reset() throws IOException {
    exchange(() -> {
      Reply reply = replies.ask(Command.of("RSET"), 2);
      unfinished = false;
      return reply;
    });
  }

  /**
   * Sends any command that has only a reply, and reads it.
   *
   * @param command the command
   * @param expected the accepted codes, or their first digits
   * @return the answer
   * @throws SmtpException if it has another code; the client stays usable
   * @throws IllegalArgumentException as {@link Replies#ask}; nothing was sent
   * @throws IOException as described for the class
   */
  public Reply command(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(expected, "expected");
    return exchange(() -> {
      unfinished = true;
      return replies.ask(command, expected);
    });
  }

  /**
   * Says goodbye if connected, and closes. A failure to answer is ignored: the server has whatever it accepted.
   * Waits for the answer at most the silence timeout. An interrupt ends the wait, and the thread's flag stays
   * set.
   */
  public void quit() {
    try {
      closeAfter(() -> replies.ask(Command.of("QUIT"), 221));
    } catch (IOException e) {
      // The server has had the mail since its 250.
      close();
    }
  }
}
