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
 * A client of SMTP (RFC 5321), which sends mail, and of LMTP (RFC 2033).
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
 * <p>The first call dials, reads the greeting, asks what the server can do, and starts TLS as the options say:
 * without TLS a server that is not on this host is refused.
 *
 * <p>A no of the server is an {@link SmtpException}, and the connection goes on, but for 421. A server that
 * does not offer what a call needs is an {@link SmtpExtensionException}, and nothing was sent. Every other
 * exception leaves it BROKEN, as {@code connectionUsable()} tells. Each method can wait for the server, up to the
 * silence timeout for each byte.
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

  /** Whether the server may still hold the envelope of a message that did not leave. */
  private boolean unfinished;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code smtps://host}, {@code tls://host} or {@code
   *     unix:/path}
   * @throws IllegalArgumentException if the endpoint is none
   */
  public SmtpClient(String endpoint) {
    this(endpoint, SmtpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if the endpoint is none
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

  /** The greeting, what the server can do, and TLS. */
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

  /** Asks for TLS. Without it one goes on only where it is not demanded. */
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

  /** What stands in the answer to EHLO, behind the name of the server. */
  static Capabilities offered(List<String> lines) {
    return Capabilities.ofLines(
        lines.subList(1, lines.size()).stream().map(SmtpClient::modern).toList());
  }

  /** The form {@code AUTH=LOGIN}, from before there was a standard. */
  private static String modern(String line) {
    return line.toUpperCase(Locale.ROOT).startsWith("AUTH=") ? "AUTH " + line.substring(5) : line;
  }

  /** A server that knows no EHLO (RFC 5321, section 3.2), and may be spoken to without TLS. */
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
      // The connection is gone, which the command tells.
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
   * What the server says that it can do, by the keywords of EHLO: dials first.
   *
   * @return the extensions; none of a server that knows HELO alone
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
   * @throws TlsException if the password would leave in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws SmtpExtensionException if no mechanism fits; nothing was sent, and the client stays usable
   * @throws SmtpException if the server says no; the client stays usable
   * @throws PeerProtocolException if the server breaks the mechanism's rules: the login is cancelled and the
   *     client stays usable, or it is BROKEN where the server did not prove that it knows the password
   * @throws IllegalArgumentException as the {@link Sasl} of the mechanism
   * @throws IOException if the dial, the greeting or the dialogue failed
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

  /** Outside the exchange, which takes nonsense for half an answer; here its answer was read. */
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
   * @param from the bare address that gets what comes back; empty if nothing may come back
   * @param to the bare addresses of the recipients, one or more
   * @param message the message, header and text
   * @return who got it and who did not
   * @throws IOException as {@link #send(Envelope, Content)}
   */
  public Delivery send(String from, List<String> to, Content message) throws IOException {
    Objects.requireNonNull(message, "message");
    return send(Envelope.of(from, to), message);
  }

  /**
   * Sends a mail to all whom it names.
   *
   * @param mail the mail
   * @return who got it and who did not
   * @throws IOException as {@link #send(Envelope, Content)}
   */
  public Delivery send(MailMessage mail) throws IOException {
    return send(Objects.requireNonNull(mail, "mail").envelope(), mail.content());
  }

  /**
   * Sends a message to all recipients of whom the server takes at least one.
   *
   * <p>Every line leaves with CRLF, whatever ended it. A message that can be read twice is looked through first,
   * for its size and for bytes above 127; of a stream nothing is known before it leaves. It takes constant
   * memory, however long the message is. A message that fails half way is never taken for whole.
   *
   * @param envelope whom it comes from and goes to
   * @param message the message, header and text
   * @return who got it and who did not
   * @throws SmtpException if the server takes it for nobody: the no to the first, with the others suppressed; or
   *     says no to the sender or the message; the client stays usable
   * @throws SmtpExtensionException if the server does not offer what the envelope or the message needs;
   *     nothing was sent, and the client stays usable
   * @throws PartialDeliveryException if the connection ended when an LMTP server had answered for some; the
   *     client is BROKEN
   * @throws IllegalArgumentException if a line is longer than {@code maxTextLineBytes}; nothing was sent. Of a
   *     stream that is an {@link IOException}, and the client is BROKEN
   * @throws IllegalStateException if the message was sent and cannot be sent again; nothing was sent
   * @throws IOException as every call, or what the message threw
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
   * Asks whether a mailbox is there, which many servers do not tell.
   *
   * @param address an address, or a name alone
   * @return the answer; 252 says neither yes nor no
   * @throws SmtpException if the server says no; the client stays usable
   * @throws IllegalArgumentException if the address is empty or has a control character
   * @throws IOException as every call
   */
  public Reply verify(String address) throws IOException {
    MailPath.recipient(Objects.requireNonNull(address, "address"));
    Command vrfy = Command.of("VRFY").text(address);
    return exchange(() -> replies.ask(vrfy, 2));
  }

  /**
   * Finds whether the server still answers, and keeps the connection from being idle.
   *
   * @throws SmtpException if the server says no; the client stays usable, but for 421
   * @throws IOException as every call
   */
  public void noop() throws IOException {
    exchange(() -> replies.ask(Command.of("NOOP"), 2));
  }

  /**
   * Has the server forget an envelope that a {@link #command} began. {@code send} needs no reset.
   *
   * @throws SmtpException if the server says no; the client stays usable
   * @throws IOException as every call
   */
  public void reset() throws IOException {
    exchange(() -> {
      Reply reply = replies.ask(Command.of("RSET"), 2);
      unfinished = false;
      return reply;
    });
  }

  /**
   * Says any command that has a reply and nothing else, and reads that.
   *
   * @param command the command
   * @param expected the codes that are a yes, or their first digits
   * @return the answer
   * @throws SmtpException if it has another code; the client stays usable
   * @throws IllegalArgumentException as {@link Replies#ask}; nothing was sent
   * @throws IOException as every call
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
   * Says goodbye, if connected, and closes. What the server makes of that is no failure: what it took, it has.
   * Waits for its answer at most the silence timeout. An interrupt ends the wait, and the thread's flag stays
   * set.
   */
  public void quit() {
    try {
      closeAfter(() -> replies.ask(Command.of("QUIT"), 221));
    } catch (IOException e) {
      // The mail is with the server since its 250.
      close();
    }
  }
}
