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

/**
 * Reads replies with three-digit codes, such as those of SMTP, FTP and NNTP, through a client that
 * holds it.
 *
 * <pre>
 * C: EHLO client.test
 * S: 250-mail.test
 * S: 250-SIZE 1000
 * S: 250 HELP
 * </pre>
 *
 * <p>The settings are immutable: each {@code with} gives another object for the same client. As many
 * threads may read as the client allows: one.
 *
 * <p><b>Strict:</b> every line carries the code of the first and then a space or a hyphen (RFC 5321,
 * section 4.2.1), since a reply whose code changes on its way says two things. <b>Lenient:</b> with
 * {@link #withFreeMiddles()} the lines in the middle may be any text, as RFC 959 section 4.2 has it;
 * the last one still has the code of the first. In both a code may end its line, without the space.
 */
public final class Replies {
  /** The most lines of one reply unless another number is set: 1000. */
  public static final int MAX_LINES = 1000;

  /** The most bytes of one reply unless another number is set, line ends not counted: 64 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  static final Activity REPLY = new Activity(Phase.READ, "reading a reply from");

  private final LineClient client;
  private final boolean freeMiddles;
  private final int maxLines;
  private final int maxBytes;

  private Replies(LineClient client, boolean freeMiddles, int maxLines, int maxBytes) {
    this.client = client;
    this.freeMiddles = freeMiddles;
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /**
   * The replies that come to a client, in the form of RFC 5321. Does no I/O.
   *
   * @param client who reads
   * @return a reader with the standard bounds
   */
  public static Replies of(LineClient client) {
    return new Replies(Objects.requireNonNull(client, "client"), false, MAX_LINES, MAX_BYTES);
  }

  /**
   * The same, where the lines between the first and the last may be any text (RFC 959, section 4.2).
   *
   * @return a reader for replies of this form
   */
  public Replies withFreeMiddles() {
    return new Replies(client, true, maxLines, maxBytes);
  }

  /**
   * The same with another bound of lines.
   *
   * @param value the most lines of one reply, 1 or more
   * @return a reader with that bound
   * @throws IllegalArgumentException when it is less than 1
   */
  public Replies withMaxLines(int value) {
    return new Replies(client, freeMiddles, Bounds.check("maxReplyLines", value), maxBytes);
  }

  /**
   * The same with another bound of bytes.
   *
   * @param value the most bytes of one reply, its line ends not counted, 1 or more
   * @return a reader with that bound
   * @throws IllegalArgumentException when it is less than 1
   */
  public Replies withMaxBytes(int value) {
    return new Replies(client, freeMiddles, maxLines, Bounds.check("maxReplyBytes", value));
  }

  /**
   * Reads one reply, whatever it says. Waits for its first byte at most the silence timeout, for the end
   * of its first line at most the transfer timeout, and as long again for the rest.
   *
   * @return the reply
   * @throws PeerProtocolException when it breaks the rules of its form, or is not text in the client's
   *     charset; the client is BROKEN
   * @throws LimitExceededException when it has more lines or bytes than allowed, or one line is longer
   *     than {@code maxLineBytes}; BROKEN
   * @throws IOException as {@link LineClient#readLine()}; a reply that was cut is an exception too
   */
  public Reply read() throws IOException {
    return client.exchange(this::readWhole);
  }

  /**
   * Reads one reply that has to say yes.
   *
   * @param expected the codes that are a yes, and classes of them by their first digit: {@code
   *     expect(2)} takes 200 to 299, {@code expect(250, 251)} those two
   * @return the reply, with one of these codes
   * @throws ReplyCodeException when it has another code; the client stays usable. A code that says that
   *     the peer closes, such as the 421 of RFC 5321 section 3.8, is no different here: what it means
   *     is the protocol's to know.
   * @throws IllegalArgumentException when one is neither a digit 1 to 6 nor 100 to 699, or none is
   *     given; nothing was read
   * @throws IOException as {@link #read()}
   */
  public Reply expect(int... expected) throws IOException {
    Objects.requireNonNull(expected, "expected");
    Reply.checkExpected(expected);
    Reply reply = read();
    if (!reply.matches(expected)) {
      throw client.told(new ReplyCodeException(client.endpoint(), REPLY, reply));
    }
    return reply;
  }

  private Reply readWhole() throws IOException {
    Wire wire = client.ready();
    LineReader reader = client.reader();
    ReplyParser parser = new ReplyParser(freeMiddles, maxLines, maxBytes);
    try {
      if (!take(parser, reader, wire, Deadline.NEVER)) {
        Deadline rest =
            Deadline.after(client.options().transferTimeout(), Phase.READ, "transferTimeout");
        while (!take(parser, reader, wire, rest)) {
          // Each turn takes a line, and the bounds end them.
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
    String line = reader.line(wire, deadline);
    return parser.take(line, reader.lastLength());
  }

  static PeerProtocolException malformed(Endpoint endpoint, MalformedException e) {
    return new PeerProtocolException(endpoint, REPLY, e.rule(), e.excerpt());
  }
}
