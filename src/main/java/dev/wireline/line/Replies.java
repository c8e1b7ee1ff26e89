package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Bounds;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies with three-digit codes, such as those of SMTP, FTP and NNTP. Held by the client that it works
 * for.
 *
 * <pre>
 * C: EHLO client.test
 * S: 250-mail.test
 * S: 250-SIZE 1000
 * S: 250 HELP
 * </pre>
 *
 * <pre>{@code
 * Reply hello = replies.ask(Command.of("EHLO").atom("client.test"), 250);
 * }</pre>
 *
 * <p>The settings are immutable: each {@code with} method returns another object for the same client. One
 * thread reads at a time, as with the client.
 *
 * <p><b>Strict:</b> every line has the code of the first, followed by a space or a hyphen (RFC 5321, section
 * 4.2.1), since a reply whose code changes half way says two things. <b>Lenient:</b> with {@link
 * #withFreeMiddles()} the lines in the middle may be any text, as RFC 959 section 4.2 allows; the last one
 * still has the code of the first. In both forms a code may end its line, without the space. <b>Lenient:</b>
 * what follows the code is for people and may have any bytes: if it is not text in the client's charset or its
 * {@code fallbackCharset}, it is read as ISO-8859-1.
 */
public final class Replies {
  /** The default limit of lines in one reply: 1000. */
  public static final int MAX_LINES = 1000;

  /** The default limit of bytes in one reply, without line ends: 64 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  static final Activity REPLY = new Activity(Phase.READ, "reading a reply from");

  private static final int[] NONE = {};

  private final LineClient client;
  private final boolean freeMiddles;
  private final int maxLines;
  private final int maxBytes;
  private final int[] closing;
  private final Function<Refusal<Reply>, ? extends ReplyException> refusals;

  private Replies(
      LineClient client,
      boolean freeMiddles,
      int maxLines,
      int maxBytes,
      int[] closing,
      Function<Refusal<Reply>, ? extends ReplyException> refusals) {
    this.client = client;
    this.freeMiddles = freeMiddles;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
    this.closing = closing;
    this.refusals = refusals;
  }

  /**
   * Creates a reader of replies in the form of RFC 5321. Does no I/O.
   *
   * @param client the client that reads
   * @return a reader with the default limits
   */
  public static Replies of(LineClient client) {
    Objects.requireNonNull(client, "client");
    return new Replies(client, false, MAX_LINES, MAX_BYTES, NONE, ReplyCodeException::new);
  }

  /**
   * This reader, allowing any text on the lines between the first and the last (RFC 959, section 4.2).
   *
   * @return a reader for replies of this form
   */
  public Replies withFreeMiddles() {
    return new Replies(client, true, maxLines, maxBytes, closing, refusals);
  }

  /**
   * This reader with another limit of lines.
   *
   * @param value the most lines of one reply, 1 or more
   * @return a reader with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Replies withMaxLines(int value) {
    int max = Bounds.check("maxReplyLines", value);
    return new Replies(client, freeMiddles, max, maxBytes, closing, refusals);
  }

  /**
   * This reader with another limit of bytes.
   *
   * @param value the most bytes of one reply, without its line ends, 1 or more
   * @return a reader with that limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Replies withMaxBytes(int value) {
    int max = Bounds.check("maxReplyBytes", value);
    return new Replies(client, freeMiddles, maxLines, max, closing, refusals);
  }

  /**
   * This reader, for a protocol in which the peer closes the connection after some replies: 221 and 421 in RFC
   * 5321, section 3.8. After such a reply the client is CLOSED if the reply was expected or merely read, and
   * BROKEN if it was a refusal.
   *
   * @param codes the codes, and classes of them by their first digit; they replace those set before
   * @return a reader that knows them
   * @throws IllegalArgumentException as {@link Reply#matches}
   */
  public Replies withClosingCodes(int... codes) {
    Objects.requireNonNull(codes, "codes");
    Reply.checkExpected(codes);
    return new Replies(client, freeMiddles, maxLines, maxBytes, codes.clone(), refusals);
  }

  /**
   * This reader, with the protocol's own exception for a refusal.
   *
   * @param factory creates the exception and does nothing else; if it throws itself, the client is BROKEN
   * @return a reader that throws it
   */
  public Replies withRefusal(Function<Refusal<Reply>, ? extends ReplyException> factory) {
    Objects.requireNonNull(factory, "factory");
    return new Replies(client, freeMiddles, maxLines, maxBytes, closing, factory);
  }

  /**
   * Writes a command and reads its reply, which must have an expected code.
   *
   * @param command the command; a refusal shows it, with its secrets masked
   * @param expected as {@link #expect}
   * @return the reply, with one of these codes
   * @throws ReplyException as {@link #expect}
   * @throws IllegalArgumentException as {@link #expect}, or as {@link Command#writeTo}; nothing was written
   *     or dialled
   * @throws IOException as {@link Command#writeTo} and {@link #read()}
   */
  public Reply ask(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    return ask(Message.of().line(command), command.toString(), expected);
  }

  /**
   * Writes a line and reads its reply, which must have an expected code.
   *
   * @param line the line without its end; a refusal shows only its first word, since nothing in it is marked as
   *     a secret
   * @param expected as {@link #expect}
   * @return the reply, with one of these codes
   * @throws ReplyException as {@link #expect}
   * @throws IllegalArgumentException as {@link #expect}, or as {@link LineClient#writeLine(String)};
   *     nothing was written or dialled
   * @throws IOException as {@link LineClient#writeLine(String)} and {@link #read()}
   */
  public Reply ask(String line, int... expected) throws IOException {
    Objects.requireNonNull(line, "line");
    return ask(Message.of().line(line), Command.verbOf(line), expected);
  }

  private Reply ask(Message message, String shown, int... expected) throws IOException {
    Objects.requireNonNull(expected, "expected");
    Reply.checkExpected(expected);
    client.checkBeforeDialling(message);
    return client.collaborate(() -> {
      client.write(message);
      return expected(shown, expected);
    });
  }

  /**
   * Reads one reply, whatever its code. Waits at most the silence timeout for its first byte, at most the
   * transfer timeout for the end of its first line, and as long again for the rest.
   *
   * @return the reply
   * @throws PeerProtocolException if it violates the grammar; the client is BROKEN
   * @throws LimitExceededException if it has more lines or bytes than allowed, or one line is longer than
   *     {@code maxLineBytes}; the client is BROKEN
   * @throws IOException as {@link LineClient#readLine()}; a reply that was cut is an exception too
   */
  public Reply read() throws IOException {
    return client.collaborate(() -> {
      Reply reply = readWhole();
      if (isClosing(reply)) {
        client.close();
      }
      return reply;
    });
  }

  /**
   * Reads one reply, which must have an expected code.
   *
   * @param expected the accepted codes, and classes of them by their first digit: {@code expect(2)} accepts 200
   *     to 299, {@code expect(250, 251)} those two
   * @return the reply, with one of these codes
   * @throws ReplyException if it has another code: a {@link ReplyCodeException}, or what {@link #withRefusal}
   *     creates. The client stays usable, unless the code is one of {@link #withClosingCodes}.
   * @throws IllegalArgumentException if one is neither a digit 1 to 6 nor 100 to 699, or none is
   *     given; nothing was read
   * @throws IOException as {@link #read()}
   */
  public Reply expect(int... expected) throws IOException {
    Objects.requireNonNull(expected, "expected");
    Reply.checkExpected(expected);
    return client.collaborate(() -> expected(null, expected));
  }

  /**
   * Reads the reply to a command that was sent already, in a {@link Pipeline} or together with its data.
   *
   * @param command the command; a refusal shows it, with its secrets masked
   * @param expected as {@link #expect}
   * @return the reply, with one of these codes
   * @throws ReplyException as {@link #expect}
   * @throws IllegalArgumentException as {@link #expect}; nothing was read
   * @throws IOException as {@link #read()}
   */
  public Reply answerTo(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(expected, "expected");
    Reply.checkExpected(expected);
    return client.collaborate(() -> expected(command.toString(), expected));
  }

  private Reply expected(@Nullable String command, int... expected) throws IOException {
    Reply reply = readWhole();
    boolean closes = isClosing(reply);
    if (!reply.matches(expected)) {
      throw refused(new Refusal<>(client.endpoint(), REPLY, reply, command, closes));
    }
    if (closes) {
      client.close();
    }
    return reply;
  }

  private ReplyException refused(Refusal<Reply> refusal) {
    ReplyException no = Objects.requireNonNull(refusals.apply(refusal), "the factory gave null");
    return refusal.isClosing() ? client.broken(no) : no;
  }

  private boolean isClosing(Reply reply) {
    return closing.length > 0 && reply.matches(closing);
  }

  private Reply readWhole() throws IOException {
    Wire wire = client.ready();
    LineReader reader = client.reader();
    ReplyParser parser = new ReplyParser(freeMiddles, maxLines, maxBytes);
    try {
      if (!take(parser, reader, wire, Deadline.NEVER)) {
        Deadline rest = client
            .options()
            .dialer()
            .deadline(client.options().transferTimeout(), Phase.READ, "transferTimeout");
        while (!take(parser, reader, wire, rest)) {
          // Each pass takes a line, and the limits end them.
        }
      }
    } catch (MalformedException e) {
      throw malformed(client.endpoint(), e);
    } catch (TooLargeException e) {
      throw new LimitExceededException(client.endpoint(), REPLY, e.limit(), e.max());
    }
    return parser.reply();
  }

  private static boolean take(ReplyParser parser, LineReader reader, Wire wire, Deadline deadline)
      throws IOException, MalformedException, TooLargeException {
    String line = reader.reply(wire, deadline);
    return parser.take(line, reader.lastLength());
  }

  static PeerProtocolException malformed(Endpoint endpoint, MalformedException e) {
    return new PeerProtocolException(endpoint, REPLY, e.rule(), e.excerpt());
  }
}
