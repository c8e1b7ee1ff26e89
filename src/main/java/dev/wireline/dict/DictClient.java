package dev.wireline.dict;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.ReplyCodeException;
import dev.wireline.line.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A client for dictionary servers (DICT, RFC 2229).
 *
 * <pre>
 * S: 220 dict.example dictd &lt;mime&gt; &lt;7.1@dict.example&gt;
 * C: DEFINE "*" "wire"
 * S: 150 1 definitions retrieved
 * S: 151 "wire" jargon "The Jargon File"
 * S: wire
 * S:    a thread of metal
 * S: .
 * S: 250 ok
 * </pre>
 *
 * <p>A refusal, such as for a database that does not exist, is a {@link ReplyCodeException}, and the client
 * stays usable. Not thread-safe; {@code close()} may be called from any thread.
 */
public final class DictClient extends LineClient {
  /** The port: 2628. */
  public static final int PORT = 2628;

  /** All databases. */
  public static final String ALL = "*";

  /** The most definitions of a word, and entries of a list: 10000. */
  public static final int MAX_ENTRIES = 10_000;

  /** The most bytes of the definitions of a word, and of a list: 8 MiB. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final int NO_MATCH = 552;

  private final Replies replies = Replies.of(this).withClosingCodes(420, 421);

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host} or {@code host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public DictClient(String endpoint) {
    super(endpoint, PORT);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options the dialer and the bounds
   */
  public DictClient(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  @Override
  protected void greet() throws IOException {
    replies.expect(220);
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  /**
   * Looks up a word in all databases.
   *
   * @param word the word
   * @return the definitions; may be empty
   * @throws IOException as {@link #define(String, String)}
   */
  public List<DictDefinition> define(String word) throws IOException {
    return define(ALL, word);
  }

  /**
   * Looks up a word in a database.
   *
   * @param database its name, {@link #ALL}, or {@code "!"} for the first that has the word
   * @param word the word
   * @return the definitions; may be empty
   * @throws IllegalArgumentException if one of them contains CR, LF or NUL; nothing was sent
   * @throws ReplyCodeException if there is no such database: 550
   * @throws dev.wireline.error.LimitExceededException if there are more than {@link #MAX_ENTRIES} or {@link
   *     #MAX_BYTES}; the client is BROKEN
   * @throws IOException as {@link LineClient#readLine()}
   */
  public List<DictDefinition> define(String database, String word) throws IOException {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(word, "word");
    Command command = Command.of("DEFINE").quoted(database).quoted(word);
    return exchange(() -> {
      List<DictDefinition> found = new ArrayList<>();
      if (replies.ask(command, 150, NO_MATCH).code() == 150) {
        long left = MAX_BYTES;
        for (Reply next = replies.expect(151, 250);
            next.code() == 151;
            next = replies.expect(151, 250)) {
          if (found.size() == MAX_ENTRIES) {
            throw exceeded("definitions", MAX_ENTRIES);
          }
          DictDefinition definition = definition(next.text(), left);
          left -= definition.text().length();
          found.add(definition);
        }
      }
      return List.copyOf(found);
    });
  }

  private DictDefinition definition(String head, long left) throws IOException {
    Words words = Words.of(this, head);
    String word = words.quoted();
    String database = words.quoted();
    String title = words.hasNext() ? words.quoted() : "";
    return new DictDefinition(word, database, title, texts(left).read().text());
  }

  private DotBlocks texts(long left) {
    return DotBlocks.of(this).withMaxBytes(Math.max(1, left));
  }

  /**
   * Finds words that match another one.
   *
   * @param database its name, {@link #ALL}, or {@code "!"} for the first with a match
   * @param strategy the name of one of the {@link #strategies()}, such as {@code prefix}, or {@code "."} for the
   *     server's own choice
   * @param word the word
   * @return the matches, each with its database as name; may be empty
   * @throws IllegalArgumentException if one of them contains CR, LF or NUL; nothing was sent
   * @throws ReplyCodeException if there is no such database or strategy: 550, 551
   * @throws IOException as {@link #define(String, String)}
   */
  public List<DictEntry> match(String database, String strategy, String word) throws IOException {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(word, "word");
    return entries(
        Command.of("MATCH").quoted(database).quoted(strategy).quoted(word), 152, NO_MATCH);
  }

  /**
   * The databases of the server.
   *
   * @return name and title of each; may be empty
   * @throws IOException as {@link #define(String, String)}
   */
  public List<DictEntry> databases() throws IOException {
    return entries(Command.of("SHOW").atom("DB"), 110, 554);
  }

  /**
   * The ways in which the server can {@link #match}.
   *
   * @return name and meaning of each; may be empty
   * @throws IOException as {@link #define(String, String)}
   */
  public List<DictEntry> strategies() throws IOException {
    return entries(Command.of("SHOW").atom("STRAT"), 111, 555);
  }

  private List<DictEntry> entries(Command command, int some, int none) throws IOException {
    return exchange(() -> {
      List<DictEntry> entries = new ArrayList<>();
      if (replies.ask(command, some, none).code() == some) {
        for (String line : texts(MAX_BYTES).read().readLines()) {
          if (entries.size() == MAX_ENTRIES) {
            throw exceeded("entries of a list", MAX_ENTRIES);
          }
          Words words = Words.of(this, line);
          entries.add(new DictEntry(words.quoted(), words.quoted()));
        }
        replies.expect(250);
      }
      return List.copyOf(entries);
    });
  }

  /**
   * Says goodbye and closes.
   *
   * @throws IOException as {@link LineClient#readLine()}; the client is CLOSED all the same
   */
  public void quit() throws IOException {
    try {
      exchange(() -> replies.ask(Command.of("QUIT"), 221));
    } finally {
      close();
    }
  }
}
