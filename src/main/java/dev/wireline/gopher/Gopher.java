package dev.wireline.gopher;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.internal.MalformedException;
import dev.wireline.line.Incoming;
import dev.wireline.line.Message;
import dev.wireline.line.Question;
import dev.wireline.line.QuestionOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Gopher (RFC 1436): each call dials, asks for one selector, reads the answer and hangs up.
 *
 * <pre>
 * C: /about
 * S: iWelcome        error.host    1
 * S: 0Read me    /about/readme    gopher.example    70
 * S: .
 * </pre>
 *
 * <p>An endpoint {@code tls://host} uses TLS from the first byte, also on port 70. A text or a file ends with
 * its connection, so without TLS a cut one cannot be told from a complete one. Thread-safe.
 */
public final class Gopher {
  /** The port, 70, with TLS too. */
  public static final Protocol PROTOCOL = new Protocol("gopher", 70, "gophers", 70);

  /** The most items in a menu: 20000. */
  public static final int MAX_ITEMS = 20_000;

  private Gopher() {}

  /**
   * Asks for a menu.
   *
   * @param endpoint {@code host}, {@code host:port} or {@code tls://host:port}
   * @param selector what to ask for; empty for the top menu of the server
   * @return the items
   * @throws IllegalArgumentException if the endpoint is not valid, or the selector cannot be sent; nothing was
   *     dialled
   * @throws IOException as {@link #menu(Endpoint, String, QuestionOptions)}
   */
  public static List<GopherItem> menu(String endpoint, String selector) throws IOException {
    return menu(place(endpoint), selector, QuestionOptions.standard());
  }

  /**
   * Asks for a menu. It ends with a line consisting of a dot, or with the connection; what follows the dot is
   * not read.
   *
   * @param endpoint the server
   * @param selector what to ask for; empty for the top menu of the server
   * @param options the timeout and the limits
   * @return the items, without empty lines
   * @throws IllegalArgumentException if the selector contains CR, LF, TAB or NUL, or a character that the
   *     charset cannot encode; nothing was dialled
   * @throws dev.wireline.error.PeerProtocolException if a line contains CR or NUL
   * @throws dev.wireline.error.LimitExceededException if there are more than {@link #MAX_ITEMS}, or more bytes
   *     than the limit
   * @throws IOException as {@link Question#ask}
   */
  public static List<GopherItem> menu(Endpoint endpoint, String selector, QuestionOptions options)
      throws IOException {
    Message asked = message(endpoint, selector, options);
    return Question.ask(endpoint, asked, options, question -> items(question, options));
  }

  /**
   * Searches.
   *
   * @param endpoint as {@link #menu(String, String)}
   * @param selector the selector of an item of type {@code 7}
   * @param words what to look for
   * @return the items found
   * @throws IllegalArgumentException as {@link #menu(String, String)}, for the words too
   * @throws IOException as {@link #menu(Endpoint, String, QuestionOptions)}
   */
  public static List<GopherItem> search(String endpoint, String selector, String words)
      throws IOException {
    return search(place(endpoint), selector, words, QuestionOptions.standard());
  }

  /**
   * Searches.
   *
   * @param endpoint the server
   * @param selector the selector of an item of type {@code 7}
   * @param words what to look for
   * @param options the timeout and the limits
   * @return the items found
   * @throws IllegalArgumentException as {@link #menu(Endpoint, String, QuestionOptions)}, for the words too
   * @throws IOException as {@link #menu(Endpoint, String, QuestionOptions)}
   */
  public static List<GopherItem> search(
      Endpoint endpoint, String selector, String words, QuestionOptions options)
      throws IOException {
    Objects.requireNonNull(endpoint, "endpoint");
    String line = checked("selector", selector) + "\t" + checked("words", words);
    Message asked = Message.of().line(line);
    return Question.ask(endpoint, asked, options, question -> items(question, options));
  }

  /**
   * Asks for a text.
   *
   * @param endpoint as {@link #menu(String, String)}
   * @param selector what to ask for
   * @return the text
   * @throws IllegalArgumentException as {@link #menu(String, String)}
   * @throws IOException as {@link #text(Endpoint, String, QuestionOptions)}
   */
  public static String text(String endpoint, String selector) throws IOException {
    return text(place(endpoint), selector, QuestionOptions.standard());
  }

  /**
   * Asks for a text. If it ends with a line consisting of a dot, that line is left out and doubled dots are
   * undone; a text without such a line is returned as it came.
   *
   * @param endpoint the server
   * @param selector what to ask for
   * @param options the timeout and the limits, and the charset
   * @return the text, with its line ends; text from the peer: see {@link Question#printable}
   * @throws IllegalArgumentException as {@link #menu(Endpoint, String, QuestionOptions)}
   * @throws IOException as {@link Question#text(Endpoint, Message, QuestionOptions)}
   */
  public static String text(Endpoint endpoint, String selector, QuestionOptions options)
      throws IOException {
    Message asked = message(endpoint, selector, options);
    return DotEnd.remove(Question.text(endpoint, asked, options));
  }

  /**
   * Asks for a file.
   *
   * @param endpoint as {@link #menu(String, String)}
   * @param selector what to ask for
   * @return all bytes to the end of the connection
   * @throws IllegalArgumentException as {@link #menu(String, String)}
   * @throws IOException as {@link #bytes(Endpoint, String, QuestionOptions)}
   */
  public static byte[] bytes(String endpoint, String selector) throws IOException {
    return bytes(place(endpoint), selector, QuestionOptions.standard());
  }

  /**
   * Asks for a file.
   *
   * @param endpoint the server
   * @param selector what to ask for
   * @param options the timeout and the limits
   * @return all bytes to the end of the connection
   * @throws IllegalArgumentException as {@link #menu(Endpoint, String, QuestionOptions)}
   * @throws IOException as {@link Question#bytes}
   */
  public static byte[] bytes(Endpoint endpoint, String selector, QuestionOptions options)
      throws IOException {
    return Question.bytes(endpoint, message(endpoint, selector, options), options);
  }

  /**
   * Asks for a file as a stream.
   *
   * @param endpoint as {@link #menu(String, String)}
   * @param selector what to ask for
   * @return all bytes to the end of the connection, which the caller closes
   * @throws IllegalArgumentException as {@link #menu(String, String)}
   * @throws IOException as {@link #open(Endpoint, String, QuestionOptions)}
   */
  public static Incoming open(String endpoint, String selector) throws IOException {
    return open(place(endpoint), selector, QuestionOptions.standard());
  }

  /**
   * Asks for a file as a stream.
   *
   * @param endpoint the server
   * @param selector what to ask for
   * @param options the timeout and the limits; the timeout covers sending the selector
   * @return all bytes to the end of the connection, including a final line with a dot; the caller closes it
   * @throws IllegalArgumentException as {@link #menu(Endpoint, String, QuestionOptions)}
   * @throws IOException as {@link Question#open(Endpoint, Message, QuestionOptions)}
   */
  public static Incoming open(Endpoint endpoint, String selector, QuestionOptions options)
      throws IOException {
    return Question.open(endpoint, message(endpoint, selector, options), options);
  }

  private static Endpoint place(String endpoint) {
    return Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL);
  }

  private static Message message(Endpoint endpoint, String selector, QuestionOptions options) {
    Objects.requireNonNull(endpoint, "endpoint");
    Message asked = Message.of().line(checked("selector", selector));
    Objects.requireNonNull(options, "options");
    return asked;
  }

  /** Refuses a tab, which would begin the words of a search. */
  private static String checked(String what, String text) {
    if (Objects.requireNonNull(text, what).indexOf('\t') >= 0) {
      throw new IllegalArgumentException(what + " must not hold a tab");
    }
    return text;
  }

  private static List<GopherItem> items(Question question, QuestionOptions options)
      throws IOException {
    List<GopherItem> items = new ArrayList<>();
    long size = 0;
    Optional<String> line = question.client().readLineOrEnd();
    while (line.isPresent() && !MenuLine.isEnd(line.get())) {
      size += line.get().length() + 2L;
      if (size > options.maxBytes()) {
        throw question.exceeded("maxBytes", options.maxBytes());
      }
      if (items.size() == MAX_ITEMS) {
        throw question.exceeded("items of a menu", MAX_ITEMS);
      }
      if (!line.get().isEmpty()) {
        items.add(item(question, line.get()));
      }
      line = question.client().readLineOrEnd();
    }
    return List.copyOf(items);
  }

  private static GopherItem item(Question question, String line) throws IOException {
    try {
      return MenuLine.parse(line);
    } catch (MalformedException e) {
      throw question.refused(e.rule(), line);
    }
  }
}
