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
 * One question on a connection of its own, for protocols that have nothing else: finger, whois, Gopher.
 *
 * <p>It dials, asks, reads the answer and hangs up, all within the time of its {@link QuestionOptions}. An
 * answer whose end is the end of the connection looks whole if the peer hangs up in the middle: only TLS
 * tells.
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
   * @param <T> what it gives
   */
  public interface Answer<T extends @Nullable Object> {
    /**
     * Reads it.
     *
     * @param question the connection, when the question has left
     * @return what it says
     * @throws IOException if it cannot be read
     */
    T read(Question question) throws IOException;
  }

  /**
   * Asks, and hangs up when the answer was read.
   *
   * @param endpoint whom
   * @param asked what leaves; nothing if it is empty
   * @param options the bounds
   * @param answer reads the answer
   * @param <T> what it gives
   * @return what the answer gave
   * @throws IllegalArgumentException if a line holds CR, LF or NUL, or a character that the charset does not
   *     know; nothing was dialled
   * @throws dev.wireline.error.DeadlineExceededException if the time is over; its phase is {@link Phase#CALL}
   * @throws IOException as {@link LineClient#connect()} and {@link LineClient#readLine()}, or what {@code
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
   * @param endpoint whom
   * @param asked what leaves
   * @param options the bounds
   * @return the answer; may be empty
   * @throws LimitExceededException if there are more bytes than the bound
   * @throws IOException as {@link #ask}
   */
  public static byte[] bytes(Endpoint endpoint, Message asked, QuestionOptions options)
      throws IOException {
    return ask(endpoint, asked, options, question -> question.client.readToEnd());
  }

  /**
   * Asks for a text that ends with its connection.
   *
   * @param endpoint whom
   * @param asked what leaves
   * @param options the bounds, and the charset
   * @return the text, with its line ends; foreign text, which may hold control characters: see {@link
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
   * @param endpoint whom
   * @param asked what leaves
   * @param options the bounds; the timeout ends when the question has left, and each read has the silence
   *     timeout of the dialer
   * @return the stream; close it, which hangs up
   * @throws IOException as {@link #ask}
   */
  public static Incoming open(Endpoint endpoint, Message asked, QuestionOptions options)
      throws IOException {
    return open(endpoint, asked, options, question -> true);
  }

  /**
   * Asks for an answer whose first part is read at once, and the rest as a stream.
   *
   * @param endpoint whom
   * @param asked what leaves
   * @param options the bounds; the timeout ends when the first part was read
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
   * The client of the answer, for lines and for what reads them. It is closed when the answer was read.
   *
   * @return a client that speaks lines
   */
  public LineClient client() {
    return client;
  }

  /**
   * Decodes bytes of an answer: in the charset of the options, else as ISO-8859-1, since free text is for
   * people and decides nothing.
   *
   * @param bytes the bytes
   * @return the text
   * @throws PeerProtocolException if no charset of the options knows them
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
   * An exception for an answer that breaks the rules.
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
   * An exception for an answer that is larger than a bound.
   *
   * @param limit the name of the bound, or what it counts
   * @param max how much it allows
   * @return the exception, not thrown yet
   */
  public LimitExceededException exceeded(String limit, long max) {
    Objects.requireNonNull(limit, "limit");
    return new LimitExceededException(client.endpoint(), ANSWER, limit, max);
  }

  /**
   * Makes foreign text fit for a terminal: what is not a line end, a tab or a printing character is escaped,
   * so that no text moves the cursor or changes the window.
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
