package dev.wireline.daytime;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import java.io.IOException;
import java.util.Objects;

/** Daytime (RFC 867) over TCP: the time as a text for people, in whatever form. Thread-safe. */
public final class Daytime {
  /** The port: 13. */
  public static final int PORT = 13;

  private Daytime() {}

  /**
   * Asks for the time.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @return the time: text from the peer
   * @throws IllegalArgumentException if it is not a valid endpoint; nothing was dialled
   * @throws IOException as {@link #ask(Endpoint, QuestionOptions)}
   */
  public static String ask(String endpoint) throws IOException {
    Objects.requireNonNull(endpoint, "endpoint");
    return ask(Endpoint.parse(endpoint, PORT), QuestionOptions.standard());
  }

  /**
   * Asks for the time.
   *
   * @param endpoint the server
   * @param options the timeout and the limits
   * @return the time, without surrounding white space: text from the peer
   * @throws IOException as {@link Question#text(Endpoint, Message, QuestionOptions)}
   */
  public static String ask(Endpoint endpoint, QuestionOptions options) throws IOException {
    return Question.text(endpoint, Message.of(), options).strip();
  }
}
