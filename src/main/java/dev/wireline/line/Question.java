package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.StrictText;
import dev.wireline.net.Deadline;
import dev.wireline.stability.NotFrozen;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question and its answer on a connection of its own, for protocols that consist of that: finger, whois,
 * Gopher.
 *
 * <p>It dials, asks, reads the answer and hangs up, all within the timeout of its {@link QuestionOptions}. An
 * answer that ends with the connection looks complete even if the peer hangs up in the middle: only TLS can
 * tell.
 */
@NotFrozen
public final class Question {
  private static final Activity ANSWER = new Activity(Phase.READ, "reading an answer from");

  private final LineClient client;
  private final QuestionOptions options;

  private Question(Endpoint endpoint, QuestionOptions options) {
    this.client = new LineClient(endpoint, options.lines());
    this.options = options;
  }

  /**
   * Reads an answer.
   *
   * @param <T> the type of the result
   */
  public interface Answer<T extends @Nullable Object> {
    /**
     * Reads it.
     *
     * @param question the connection, once the question has been sent
     * @return what it says
     * @throws IOException if it cannot be read
     */
    T read(Question question) throws IOException;
  }

  /**
   * Asks, and hangs up once the answer has been read.
   *
   * @param endpoint the server
   * @param asked what to send; nothing if it is empty
   * @param options the timeout and the limits
   * @param answer reads the answer
   * @param <T> the type of the result
   * @return what {@code answer} returned
   * @throws IllegalArgumentException if a line contains CR, LF or NUL, or a character that the charset cannot
   *     encode; nothing was dialled
   * @throws dev.wireline.error.DeadlineExceededException if the time ran out; its phase is {@link Phase#CALL}
   * @throws IOException as {@link LineClient#connect()} and {@link LineClient#readLine()}, or whatever {@code
   *     answer} threw; the connection is closed
   */
  public static <T extends @Nullable Object> T ask(
      Endpoint endpoint, Message asked, QuestionOptions options, Answer<T> answer)
      throws IOException {
    Objects.requireNonNull(answer, "answer");
    Question question = of(endpoint, asked, options);
    try {
      question.begin(asked);
      return answer.read(question);
    } finally {
      question.client.close();
    }
  }

  /**
   * Asks for an answer that ends with its connection.
   *
   * @param endpoint the server
   * @param asked what to send
   * @param options the timeout and the limits
   * @return the answer; may be empty
   * @throws LimitExceededException if there are more bytes than the limit
   * @throws IOException as {@link #ask}
   */
  public static byte[] bytes(Endpoint endpoint, Message asked, QuestionOptions options)
      throws IOException {
    return ask(endpoint, asked, options, question -> question.client.readToEnd());
  }

  /**
   * Asks for a text that ends with its connection.
   *
   * @param endpoint the server
   * @param asked what to send
   * @param options the timeout, the limits and the charset
   * @return the text, with its line ends; text from the peer, which may contain control characters: see {@link
   *     #printable}
   * @throws IOException as {@link #bytes}
   */
  public static String text(Endpoint endpoint, Message asked, QuestionOptions options)
      throws IOException {
    return ask(endpoint, asked, options, question -> question.text(question.client.readToEnd()));
  }

  /**
   * Asks for an answer as a stream, to the end of the connection.
   *
   * @param endpoint the server
   * @param asked what to send
   * @param options the timeout and the limits; the timeout covers sending the question, and each read has the
   *     silence timeout of the dialer
   * @return the stream; close it, which hangs up
   * @throws IOException as {@link #ask}
   */
  public static Incoming open(Endpoint endpoint, Message asked, QuestionOptions options)
      throws IOException {
    return open(endpoint, asked, options, question -> true);
  }

  /**
   * Asks for an answer of which the first part is read at once, and the rest as a stream.
   *
   * @param endpoint the server
   * @param asked what to send
   * @param options the timeout and the limits; the timeout covers reading the first part
   * @param head reads the first part
   * @return the stream; close it, which hangs up
   * @throws IOException as {@link #ask}
   */
  public static Incoming open(
      Endpoint endpoint, Message asked, QuestionOptions options, Answer<?> head)
      throws IOException {
    Objects.requireNonNull(head, "head");
    Question question = of(endpoint, asked, options);
    boolean opened = false;
    try {
      question.begin(asked);
      head.read(question);
      question.client.limit(Deadline.NEVER);
      Incoming rest = question.client.openToEnd();
      opened = true;
      return rest;
    } finally {
      if (!opened) {
        question.client.close();
      }
    }
  }

  private static Question of(Endpoint endpoint, Message asked, QuestionOptions options) {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(asked, "asked");
    return new Question(endpoint, Objects.requireNonNull(options, "options"));
  }

  private void begin(Message asked) throws IOException {
    client.checkBeforeDialling(asked);
    client.limit(Deadline.after(options.timeout(), Phase.CALL, "timeout"));
    client.connect();
    client.write(asked);
  }

  /**
   * The client, for lines and for whatever reads them. It is closed once the answer has been read.
   *
   * @return a client that speaks lines
   */
  public LineClient client() {
    return client;
  }

  /**
   * Decodes bytes of an answer in the charset of the options, else as ISO-8859-1, since free text is only for
   * people.
   *
   * @param bytes the bytes
   * @return the text
   * @throws PeerProtocolException if no charset of the options can decode them
   */
  public String text(byte[] bytes) throws PeerProtocolException {
    Objects.requireNonNull(bytes, "bytes");
    Charset charset = options.lines().charset();
    try {
      try {
        return StrictText.decode(bytes, 0, bytes.length, charset);
      } catch (CharacterCodingException e) {
        Charset other = options.lines().fallbackCharset().orElse(charset);
        return StrictText.decode(bytes, 0, bytes.length, other);
      }
    } catch (CharacterCodingException e) {
      throw malformed("an answer is text in " + charset, Quoted.bytes(bytes));
    }
  }

  /**
   * Creates the exception for an answer that violates the protocol.
   *
   * @param rule the rule, as the end of a sentence
   * @param line what came instead; it is quoted and cut
   * @return the exception, not thrown yet
   */
  public PeerProtocolException refused(String rule, String line) {
    return malformed(rule, Quoted.text(Objects.requireNonNull(line, "line")));
  }

  private PeerProtocolException malformed(String rule, String excerpt) {
    Objects.requireNonNull(rule, "rule");
    return new PeerProtocolException(client.endpoint(), ANSWER, rule, excerpt);
  }

  /**
   * Creates the exception for an answer that is larger than a limit.
   *
   * @param limit the name of the limit, or what it counts
   * @param max how much it allows
   * @return the exception, not thrown yet
   */
  public LimitExceededException exceeded(String limit, long max) {
    Objects.requireNonNull(limit, "limit");
    return new LimitExceededException(client.endpoint(), ANSWER, limit, max);
  }

  /**
   * Makes text from the peer fit for a terminal: anything but line ends, tabs and printable characters is
   * escaped, so that no text moves the cursor or changes the window.
   *
   * @param text what a peer sent
   * @return the text, line by line as before
   */
  public static String printable(String text) {
    Objects.requireNonNull(text, "text");
    StringBuilder shown = new StringBuilder(text.length() + 16);
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean ends = i == text.length() || "\r\n\t".indexOf(text.charAt(i)) >= 0;
      if (ends) {
        shown.append(Quoted.printable(text.substring(start, i)));
        if (i < text.length()) {
          shown.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return shown.toString();
  }
}
