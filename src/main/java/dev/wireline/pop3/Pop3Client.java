package dev.wireline.pop3;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.internal.Bounds;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.Message;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import dev.wireline.line.StatusReplies;
import dev.wireline.line.StatusReply;
import dev.wireline.line.Words;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslException;
import dev.wireline.sasl.SaslText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A POP3 client (RFC 1939) for fetching and deleting the mails in a mailbox.
 *
 * <pre>{@code
 * try (var mailbox = new Pop3Client("mail.example")) {
 *   mailbox.login("joe", password);
 *   for (int number : mailbox.uids().keySet()) {
 *     mailbox.retrieve(number).saveTo(Path.of(number + ".eml"));
 *     mailbox.delete(number);
 *   }
 *   mailbox.quit();                       // now they are deleted, and not before
 * }
 * }</pre>
 *
 * <p>The first call dials, reads the greeting, asks for the server's capabilities, and starts TLS as the
 * options say.
 *
 * <p><b>Deletions take effect only if {@link #quit()} returns.</b> {@link #delete} only marks a mail. {@link
 * #close()} without {@code quit()}, or a broken connection, leaves the mailbox as it was; if {@code quit()}
 * throws, the result is unknown.
 *
 * <p>If the server refuses a command, that is a {@link Pop3Exception}, and the connection stays usable. Every
 * other exception leaves the client BROKEN, unless {@code connectionUsable()} says otherwise. Each method can
 * wait for the server, at most the silence timeout for each byte. Mails are numbered from 1; the numbers are
 * valid for this connection only.
 *
 * <p>Not thread-safe: a second thread gets an {@link IllegalStateException}. {@link #close()} may be called from any
 * thread.
 */
public final class Pop3Client extends LineClient {
  /** {@code pop3} at port 110, and {@code pop3s}, with TLS from the first byte, at 995 (RFC 8314). */
  public static final Protocol PROTOCOL = new Protocol("pop3", 110, "pop3s", 995);

  /** The most bytes of the server's capabilities: 64 KiB. */
  static final int MAX_CAPABILITY_BYTES = 64 * 1024;

  /** The longest AUTH line, including its end (RFC 5034, section 4). */
  static final int MAX_AUTH_BYTES = 255;

  private static final Activity LOGGING_IN = new Activity(Phase.READ, "logging in to");

  private final Pop3Options options;
  private final StatusReplies replies = StatusReplies.of(this).withRefusal(Pop3Exception::new);
  private final DotBlocks texts = DotBlocks.of(this);
  private Capabilities capabilities = Capabilities.none();
  private @Nullable String timestamp;
  private int marked;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code pop3s://host} or {@code tls://host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public Pop3Client(String endpoint) {
    this(endpoint, Pop3Options.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public Pop3Client(String endpoint, Pop3Options options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options its settings
   */
  public Pop3Client(Endpoint endpoint, Pop3Options options) {
    super(endpoint, Objects.requireNonNull(options, "options").line());
    this.options = options;
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** Handles the greeting, the capabilities, and TLS. */
  @Override
  protected void greet() throws IOException {
    marked = 0;
    timestamp = Timestamp.of(replies.expectOk());
    askCapabilities();
    boolean mayHaveTls = capabilities.names().isEmpty() || capabilities.has("STLS");
    if (options.tlsPolicy().startsTls(endpoint(), mayHaveTls)) {
      askForTls();
    }
  }

  private void askForTls() throws IOException {
    try {
      replies.ask(Command.of("STLS"));
    } catch (Pop3Exception e) {
      if (options.tlsPolicy().isMandatory(endpoint())) {
        throw e;
      }
      return;
    }
    startTls();
    askCapabilities();
  }

  private void askCapabilities() throws IOException {
    try {
      replies.ask(Command.of("CAPA"));
      capabilities =
          Capabilities.ofLines(texts.withMaxBytes(MAX_CAPABILITY_BYTES).read().readLines());
    } catch (Pop3Exception e) {
      capabilities = Capabilities.none();
    }
  }

  /**
   * The server's capabilities (RFC 2449). Dials first if necessary.
   *
   * @return the capabilities before the login; empty if it does not say
   * @throws IOException if the dial or the greeting failed
   */
  public Capabilities capabilities() throws IOException {
    return exchange(() -> capabilities);
  }

  /**
   * Logs in by the best method that the server offers: a SASL mechanism, or else USER and PASS.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws TlsException if the password would be sent in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IllegalArgumentException if one of them contains CR, LF or NUL, or something that its mechanism
   *     does not allow
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void login(String user, String password) throws IOException {
    Command name = Command.of("USER").text(Objects.requireNonNull(user, "user"));
    Command secret = Command.of("PASS").secretText(Objects.requireNonNull(password, "password"));
    exchange(() -> {
      Optional<Sasl> best =
          Sasl.best(capabilities.parameters("SASL"), user, password, isConfidential());
      if (best.isPresent()) {
        return authenticate(best.get());
      }
      checkPasswordMayLeave(options);
      replies.ask(name);
      return replies.ask(secret);
    });
  }

  /**
   * Logs in by a SASL mechanism (RFC 5034), whether the server lists it or not.
   *
   * @param mechanism the mechanism
   * @throws PeerProtocolException if the server violates the mechanism, or fails to prove what it must; the
   *     client is BROKEN
   * @throws IOException as {@link #login(String, String)}
   */
  public void login(Sasl mechanism) throws IOException {
    Objects.requireNonNull(mechanism, "mechanism");
    exchange(() -> authenticate(mechanism));
  }

  private String authenticate(Sasl mechanism) throws IOException {
    if (mechanism.revealsSecret()) {
      checkPasswordMayLeave(options);
    }
    SaslText login = SaslText.start(mechanism);
    Command auth = Command.of("AUTH").atom(mechanism.name());
    int room = MAX_AUTH_BYTES - "AUTH  \r\n".length() - mechanism.name().length();
    login.initialResponse(room).map(auth::secretAtom).orElse(auth).writeTo(this);
    try {
      StatusReply reply = replies.expectOkOrContinue();
      while (reply.status() == StatusReply.Status.CONTINUE) {
        Message.of().secretLine(login.respond(reply.text())).writeTo(this);
        reply = replies.expectOkOrContinue();
      }
      login.complete();
      return reply.text();
    } catch (SaslException e) {
      throw new PeerProtocolException(endpoint(), LOGGING_IN, String.valueOf(e.getMessage()), "");
    }
  }

  /**
   * Logs in by APOP (RFC 1939, section 7): the password is not sent, but an eavesdropper can try guesses
   * offline. Obsolete; only for servers without anything better.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws PeerProtocolException if the greeting has no timestamp, or one that does not look like a message
   *     id, with which a server could find out the password; nothing was sent, and the client is BROKEN
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void loginApop(String user, String password) throws IOException {
    Command apop = Command.of("APOP").atom(Objects.requireNonNull(user, "user"));
    Objects.requireNonNull(password, "password");
    exchange(() -> {
      String asked = timestamp;
      if (asked == null) {
        throw malformed("APOP takes a timestamp like a message id (RFC 1939, section 7)", "none");
      }
      return replies.ask(apop.secretAtom(Timestamp.digest(asked, password)));
    });
  }

  /**
   * The number of mails and their total size (STAT).
   *
   * @return the number and size, without mails marked as deleted
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws PeerProtocolException if the answer has no numbers; the client is BROKEN
   * @throws IOException as described for the class
   */
  public Pop3Status stat() throws IOException {
    return exchange(() -> {
      Words words = Words.of(this, replies.ask(Command.of("STAT")));
      return new Pop3Status(
          (int) words.number(0, Integer.MAX_VALUE), words.number(0, Long.MAX_VALUE));
    });
  }

  /**
   * The size of each mail (LIST).
   *
   * @return the approximate number of bytes of each, by its number, in the server's order
   * @throws dev.wireline.error.LimitExceededException if there are more than {@code maxMails}; the client is
   *     BROKEN
   * @throws PeerProtocolException if a line is not a number and a size, or a number occurs twice; the client is
   *     BROKEN
   * @throws IOException as {@link #stat()}
   */
  public Map<Integer, Long> sizes() throws IOException {
    return list("LIST", words -> words.number(0, Long.MAX_VALUE));
  }

  /**
   * The size of one mail (LIST).
   *
   * @param number the mail
   * @return the approximate number of bytes
   * @throws IllegalArgumentException if the number is less than 1
   * @throws IOException as {@link #stat()}
   */
  public long size(int number) throws IOException {
    return one("LIST", number, words -> words.number(0, Long.MAX_VALUE));
  }

  /**
   * The unique id of each mail (UIDL), by which it can be recognized in later sessions.
   *
   * @return the ids by number, in the server's order: text from the server
   * @throws Pop3Exception if the server refuses, since it need not know UIDL; the client stays usable
   * @throws IOException as {@link #sizes()}
   */
  public Map<Integer, String> uids() throws IOException {
    return list("UIDL", Words::next);
  }

  /**
   * The unique id of one mail (UIDL).
   *
   * @param number the mail
   * @return the id: text from the server
   * @throws IllegalArgumentException if the number is less than 1
   * @throws IOException as {@link #uids()}
   */
  public String uid(int number) throws IOException {
    return one("UIDL", number, Words::next);
  }

  /** Parses what follows the number of a mail. */
  interface Fact<T> {
    T of(Words words) throws PeerProtocolException;
  }

  private <T> Map<Integer, T> list(String verb, Fact<T> fact) throws IOException {
    return exchange(() -> {
      replies.ask(Command.of(verb));
      Map<Integer, T> found = new LinkedHashMap<>();
      Incoming lines = texts.read();
      for (Optional<String> line = lines.readLineOrEnd();
          line.isPresent();
          line = lines.readLineOrEnd()) {
        add(found, line.get(), fact);
      }
      return Collections.unmodifiableMap(found);
    });
  }

  <T> void add(Map<Integer, T> found, String line, Fact<T> fact) throws IOException {
    if (found.size() == options.maxMails()) {
      throw exceeded("maxMails", options.maxMails());
    }
    Words words = Words.of(this, line);
    int number = (int) words.number(1, Integer.MAX_VALUE);
    if (found.put(number, fact.of(words)) != null) {
      throw malformed("each mail has a number of its own (RFC 1939, section 3)", line);
    }
  }

  private <T> T one(String verb, int number, Fact<T> fact) throws IOException {
    Command command = about(verb, number);
    return exchange(() -> {
      String text = replies.ask(command);
      Words words = Words.of(this, text);
      if (words.number(1, Integer.MAX_VALUE) != number) {
        throw malformed("the answer is about the mail that was asked for: " + number, text);
      }
      return fact.of(words);
    });
  }

  /**
   * Reads a mail (RETR).
   *
   * @param number the mail
   * @return its bytes, with CRLF line ends, which must be read to the end or closed; nothing else is sent
   *     meanwhile. Closing a large one before its end breaks the connection, and so undoes deletions
   * @throws IllegalArgumentException if the number is less than 1
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming retrieve(int number) throws IOException {
    return text(about("RETR", number));
  }

  /**
   * Reads the start of a mail: its header, an empty line, and some lines of the body (TOP).
   *
   * @param number the mail
   * @param lines how many lines of the body, 0 or more
   * @return as {@link #retrieve}
   * @throws IllegalArgumentException if the number is less than 1, or the lines are less than 0
   * @throws Pop3Exception if the server refuses, since it need not know TOP; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming top(int number, int lines) throws IOException {
    if (lines < 0) {
      throw new IllegalArgumentException("lines must be 0 or more, not " + lines);
    }
    return text(about("TOP", number).number(lines));
  }

  private Incoming text(Command command) throws IOException {
    return openIncoming(
        () -> {
          replies.ask(command);
          return texts.withMaxBytes(options.maxMailBytes()).read();
        },
        whole -> {});
  }

  /**
   * Marks a mail as deleted. It is deleted only once {@link #quit()} returns.
   *
   * @param number the mail
   * @throws IllegalArgumentException if the number is less than 1
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void delete(int number) throws IOException {
    Command command = about("DELE", number);
    exchange(() -> {
      String text = replies.ask(command);
      marked++;
      return text;
    });
  }

  /**
   * Marks mails as deleted, in one round trip if the server offers PIPELINING.
   *
   * @param numbers the mails
   * @throws IllegalArgumentException if one is less than 1; nothing was sent
   * @throws Pop3Exception the server's first refusal; with PIPELINING the other mails are marked, without it
   *     those before the refused one. The client stays usable
   * @throws IOException as described for the class
   */
  public void delete(Collection<Integer> numbers) throws IOException {
    List<Command> commands = Objects.requireNonNull(numbers, "numbers").stream()
        .map(number -> about("DELE", number))
        .toList();
    exchange(() -> {
      if (capabilities.has("PIPELINING")) {
        deleteAtOnce(commands);
      } else {
        for (Command command : commands) {
          replies.ask(command);
          marked++;
        }
      }
      return marked;
    });
  }

  private void deleteAtOnce(List<Command> commands) throws IOException {
    Pipeline pipeline = Pipeline.of(this);
    List<Pipelined<String>> answers = new ArrayList<>();
    for (Command command : commands) {
      answers.add(pipeline.add(command, () -> {
        String text = replies.expectOk();
        marked++;
        return text;
      }));
    }
    pipeline.run();
    for (Pipelined<String> answer : answers) {
      answer.get();
    }
  }

  /**
   * How many mails are marked as deleted, to be deleted by {@link #quit()}.
   *
   * @return 0 or more
   */
  public int marked() {
    return marked;
  }

  /**
   * Removes all marks (RSET).
   *
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void reset() throws IOException {
    exchange(() -> {
      String text = replies.ask(Command.of("RSET"));
      marked = 0;
      return text;
    });
  }

  /**
   * Does nothing except keep the connection alive (NOOP).
   *
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void noop() throws IOException {
    exchange(() -> replies.ask(Command.of("NOOP")));
  }

  /**
   * Sends any command whose answer is one line.
   *
   * @param command the command
   * @return the text after {@code +OK}
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public String command(Command command) throws IOException {
    Objects.requireNonNull(command, "command");
    return exchange(() -> replies.ask(command));
  }

  /**
   * Sends any command whose answer is a text that ends with a dot.
   *
   * @param command the command
   * @return as {@link #retrieve}
   * @throws Pop3Exception if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming commandText(Command command) throws IOException {
    return text(Objects.requireNonNull(command, "command"));
  }

  /**
   * Deletes the marked mails, says goodbye, and closes. If it returns, the marked mails are deleted. If nothing
   * is marked, a client that is not OPEN is just closed.
   *
   * @throws Pop3Exception if the server could not delete all marked mails; the client is CLOSED
   * @throws dev.wireline.error.ClientClosedException if mails are marked but the connection is gone: they are
   *     still there
   * @throws IOException if the server did not answer, so that it is unknown whether the mails are deleted; the
   *     client is CLOSED
   */
  public void quit() throws IOException {
    if (marked == 0) {
      closeAfter(() -> replies.ask(Command.of("QUIT")));
      return;
    }
    try {
      exchange(() -> replies.ask(Command.of("QUIT")));
      marked = 0;
    } finally {
      close();
    }
  }

  private static Command about(String verb, int number) {
    return Command.of(verb).number(Bounds.check("number", number));
  }
}
