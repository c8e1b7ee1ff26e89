package dev.wireline.finger;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import java.io.IOException;
import java.util.Objects;

/**
 * Finger (RFC 1288): asks a server who somebody is.
 *
 * <pre>
 * C: /W ann
 * S: Login: ann    Name: Ann Example
 * </pre>
 *
 * <p>The answer ends with its connection. Thread-safe.
 */
public final class Finger {
  /** The port: 79. */
  public static final int PORT = 79;

  private Finger() {}

  /**
   * Asks about somebody.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @param user the name; empty for everybody who is logged in
   * @return the answer: text from the peer, see {@link Question#printable}
   * @throws IllegalArgumentException if it is not a valid endpoint, or {@link FingerQuery#of} refuses the name;
   *     nothing was dialled
   * @throws IOException as {@link #ask(Endpoint, FingerQuery, QuestionOptions)}
   */
  public static String ask(String endpoint, String user) throws IOException {
    Endpoint place = Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PORT);
    return ask(place, FingerQuery.of(user), QuestionOptions.standard());
  }

  /**
   * Sends a query.
   *
   * @param endpoint the server
   * @param query the query
   * @param options the timeout and the limits
   * @return the answer: text from the peer, see {@link Question#printable}
   * @throws IllegalArgumentException if the query contains CR, LF or NUL, or a character that the charset
   *     cannot encode; nothing was dialled
   * @throws IOException as {@link Question#text(Endpoint, Message, QuestionOptions)}
   */
  public static String ask(Endpoint endpoint, FingerQuery query, QuestionOptions options)
      throws IOException {
    Objects.requireNonNull(query, "query");
    return Question.text(endpoint, Message.of().line(query.toString()), options);
  }
}
