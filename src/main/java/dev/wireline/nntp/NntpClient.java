package dev.wireline.nntp;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.Steps;
import dev.wireline.line.Words;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An NNTP client (RFC 3977) for reading and posting articles on a news server.
 *
 * <pre>{@code
 * try (var news = new NntpClient("news.example")) {
 *   NewsGroup group = news.group("comp.lang.java");
 *   for (Overview each : news.overview(group.newest(100))) {
 *     System.out.println(each.number() + " " + each.subject());
 *   }
 *   news.article(group.high()).saveTo(Path.of("newest.eml"));
 *   news.quit();
 * }
 * }</pre>
 *
 * <p>The first call dials, reads the greeting, asks for the server's capabilities, starts TLS as the options
 * say, and sends {@code MODE READER} if the server needs it. It asks for the capabilities again after TLS,
 * {@code MODE READER} and a login.
 *
 * <p><b>A server may ask for a login at any time.</b> If you have logged in before, the client then logs in
 * again and repeats the command, except for an article that was already sent. Otherwise it is an {@link
 * NntpException} that {@linkplain NntpException#needsLogin() says so}. The password is kept for that until the
 * client is closed.
 *
 * <p>If the server refuses a command, that is an {@link NntpException}, and the connection stays usable, except
 * after 400. Every other exception leaves the client BROKEN, unless {@code connectionUsable()} says otherwise.
 * Each method can wait for the server, at most the silence timeout for each byte. Consumers must not use the
 * client; if they throw, it is BROKEN.
 *
 * <p>Not thread-safe: a second thread gets an {@link IllegalStateException}. {@link #close()} may be called from any
 * thread.
 */
public final class NntpClient extends LineClient {
  /** {@code nntp} at port 119, and {@code nntps}, with TLS from the first byte, at 563 (RFC 8143). */
  public static final Protocol PROTOCOL = new Protocol("nntp", 119, "nntps", 563);

  private final NntpOptions options;
  private final Session session;
  private final Lists lists;
  private final DotBlocks texts = DotBlocks.of(this);

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code nntps://host} or {@code tls://host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public NntpClient(String endpoint) {
    this(endpoint, NntpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public NntpClient(String endpoint, NntpOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options its settings
   */
  public NntpClient(Endpoint endpoint, NntpOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").line());
    this.options = options;
    this.session = new Session(this, options);
    this.lists = new Lists(this, session, options.maxEntries());
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** Handles the greeting, the capabilities, TLS, and the mode. */
  @Override
  protected void greet() throws IOException {
    session.greet();
  }

  // What its collaborators need from it, which elsewhere is for subclasses only.

  <T> T run(Steps<T> steps) throws IOException {
    return exchange(steps);
  }

  Incoming open(Steps<Incoming> begin) throws IOException {
    return openIncoming(begin, whole -> {});
  }

  PeerProtocolException broken(String rule, String line) {
    return malformed(rule, line);
  }

  LimitExceededException tooMany(int maxEntries) {
    return exceeded("maxEntries", maxEntries);
  }

  // ---- what the server can do, and who asks

  /**
   * The server's capabilities (RFC 3977, section 5.2). Dials first if necessary.
   *
   * @return the current capabilities; empty if it does not say
   * @throws IOException if the dial or the greeting failed
   */
  public Capabilities capabilities() throws IOException {
    return exchange(session::capabilities);
  }

  /**
   * Whether the server says that posting is allowed. Dials first if necessary.
   *
   * @return according to its capabilities, or its greeting if it has none; a {@link #post} may be refused all
   *     the same
   * @throws IOException if the dial or the greeting failed
   */
  public boolean mayPost() throws IOException {
    return exchange(session::mayPost);
  }

  /**
   * Logs in by the best method that the server offers: a SASL mechanism, or else AUTHINFO USER and PASS (RFC
   * 4643).
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws TlsException if the password would be sent in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws NntpException if the server refuses, with 483 if it wants TLS first, 502 after an earlier login;
   *     the client stays usable
   * @throws IllegalArgumentException if one of them contains CR, LF or NUL, or something that its mechanism
   *     does not allow
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void login(String user, String password) throws IOException {
    Login plain = byUser(user, password);
    exchange(() -> logIn(session.best(user, password, isConfidential(), plain)));
  }

  /**
   * Logs in by AUTHINFO USER and PASS (RFC 4643, section 2.3), whatever the server lists: some servers, such as
   * INN, list SASL mechanisms that do not know their users.
   *
   * @param user the user
   * @param password the password, which is never shown, but is sent as it is
   * @throws IOException as {@link #login(String, String)}
   */
  public void loginByUser(String user, String password) throws IOException {
    Login plain = byUser(user, password);
    exchange(() -> logIn(plain));
  }

  private static Login byUser(String user, String password) {
    Command name =
        Session.command("AUTHINFO").atom("USER").text(Objects.requireNonNull(user, "user"));
    Command secret = Session.command("AUTHINFO")
        .atom("PASS")
        .secretText(Objects.requireNonNull(password, "password"));
    return new Login.ByPassword(name, secret);
  }

  /**
   * Logs in by a SASL mechanism (RFC 4643, section 2.4), whether the server lists it or not.
   *
   * @param mechanism the mechanism
   * @throws PeerProtocolException if the server violates the mechanism, or fails to prove what it must; the
   *     client is BROKEN
   * @throws IOException as {@link #login(String, String)}
   */
  public void login(Sasl mechanism) throws IOException {
    Objects.requireNonNull(mechanism, "mechanism");
    exchange(() -> logIn(new Login.BySasl(mechanism)));
  }

  private boolean logIn(Login by) throws IOException {
    if (by.revealsSecret()) {
      checkPasswordMayLeave(options);
    }
    session.logIn(by);
    return true;
  }

  // ---- a group and its articles

  /**
   * Selects a group, to which article numbers refer from then on (RFC 3977, section 6.1.1).
   *
   * @param name the group
   * @return what the server says about it
   * @throws NntpException 411 if there is no such group; the previous one stays selected, and the client stays
   *     usable
   * @throws IllegalArgumentException if it is not the name of one group; nothing was sent
   * @throws PeerProtocolException if the answer has no numbers; the client is BROKEN
   * @throws IOException as described for the class
   */
  public NewsGroup group(String name) throws IOException {
    Command command = Session.command("GROUP").atom(Names.group(name));
    return exchange(() -> Listed.selected(this, name, session.ask(command, 211).text()));
  }

  /**
   * Selects a group and lists the numbers of its articles (LISTGROUP; RFC 3977, section 6.1.2).
   *
   * @param name the group
   * @param range which of them
   * @return the numbers, in the server's order; may be empty
   * @throws LimitExceededException if there are more than {@code maxEntries}; the client is BROKEN
   * @throws IOException as {@link #group}
   */
  public List<Long> numbers(String name, ArticleRange range) throws IOException {
    Objects.requireNonNull(range, "range");
    Command command = Session.command("LISTGROUP").atom(Names.group(name)).atom(range.toString());
    return lists.list(command, 211, line -> Listed.number(Words.of(this, line)));
  }

  /**
   * Moves to the next article of the group (RFC 3977, section 6.1.4).
   *
   * @return the article
   * @throws NntpException 421 if there is none, 412 if no group is selected; the client stays usable
   * @throws PeerProtocolException if the answer has no number and id; the client is BROKEN
   * @throws IOException as described for the class
   */
  public ArticleId next() throws IOException {
    return articleId(Session.command("NEXT"));
  }

  /**
   * Moves to the previous article (RFC 3977, section 6.1.3).
   *
   * @return the article
   * @throws NntpException 422 if there is none, 412 if no group is selected; the client stays usable
   * @throws IOException as {@link #next()}
   */
  public ArticleId last() throws IOException {
    return articleId(Session.command("LAST"));
  }

  /**
   * Checks whether the group has an article, and makes it the one at which {@link #next()} starts (RFC 3977,
   * section 6.2.4).
   *
   * @param number its number
   * @return the article
   * @throws NntpException 423 if there is none, 412 if no group is selected; the client stays usable
   * @throws IllegalArgumentException if the number is out of range; nothing was sent
   * @throws IOException as {@link #next()}
   */
  public ArticleId stat(long number) throws IOException {
    return articleId(about("STAT", number));
  }

  /**
   * Checks whether the server has an article.
   *
   * @param id its id
   * @return the article
   * @throws NntpException 430 if there is none; the client stays usable
   * @throws IOException as {@link #next()}
   */
  public ArticleId stat(MessageId id) throws IOException {
    return articleId(about("STAT", id));
  }

  private ArticleId articleId(Command command) throws IOException {
    return exchange(() -> Listed.article(this, session.ask(command, 223).text()));
  }

  /**
   * Reads an article (RFC 3977, section 6.2.1).
   *
   * @param number its number in the selected group
   * @return its bytes, with CRLF line ends, which must be read to the end or closed; nothing else is sent
   *     meanwhile. Closing a large one before its end breaks the connection
   * @throws NntpException 423 if there is none, 412 if no group is selected; the client stays usable
   * @throws IllegalArgumentException if the number is out of range; nothing was sent
   * @throws IOException as described for the class
   */
  public Incoming article(long number) throws IOException {
    return text(about("ARTICLE", number), 220);
  }

  /**
   * Reads an article, whichever group it is in.
   *
   * @param id its id
   * @return as {@link #article(long)}
   * @throws NntpException 430 if there is none; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming article(MessageId id) throws IOException {
    return text(about("ARTICLE", id), 220);
  }

  /**
   * Reads the header of an article (RFC 3977, section 6.2.2).
   *
   * @param number its number in the selected group
   * @return as {@link #article(long)}
   * @throws IOException as {@link #article(long)}
   */
  public Incoming head(long number) throws IOException {
    return text(about("HEAD", number), 221);
  }

  /**
   * Reads the header of an article.
   *
   * @param id its id
   * @return as {@link #article(long)}
   * @throws IOException as {@link #article(MessageId)}
   */
  public Incoming head(MessageId id) throws IOException {
    return text(about("HEAD", id), 221);
  }

  /**
   * Reads the body of an article (RFC 3977, section 6.2.3).
   *
   * @param number its number in the selected group
   * @return as {@link #article(long)}; may be empty
   * @throws IOException as {@link #article(long)}
   */
  public Incoming body(long number) throws IOException {
    return text(about("BODY", number), 222);
  }

  /**
   * Reads the body of an article.
   *
   * @param id its id
   * @return as {@link #article(long)}; may be empty
   * @throws IOException as {@link #article(MessageId)}
   */
  public Incoming body(MessageId id) throws IOException {
    return text(about("BODY", id), 222);
  }

  private static Command about(String verb, long number) {
    return Session.command(verb).number(ArticleRange.checked(number));
  }

  private static Command about(String verb, MessageId id) {
    return Session.command(verb).atom(Objects.requireNonNull(id, "id").text());
  }

  // ---- overviews and headers

  /**
   * Overviews of articles: OVER, or XOVER for older servers (RFC 3977, section 8.3).
   *
   * @param range which articles of the selected group
   * @return an overview of each existing article, by its number; may be empty
   * @throws NntpException 412 if no group is selected; the client stays usable
   * @throws LimitExceededException if there are more than {@code maxEntries}; the client is BROKEN
   * @throws PeerProtocolException if a line does not start with a number, or with one that is outside the range
   *     or not higher than the one before; the client is BROKEN
   * @throws IOException as described for the class
   */
  public List<Overview> overview(ArticleRange range) throws IOException {
    return lists.overviews(Objects.requireNonNull(range, "range"));
  }

  /**
   * Reads overviews of articles one by one, however many there are.
   *
   * @param range which articles of the selected group
   * @param each called with each overview as soon as it arrives; must not use the client
   * @throws IOException as {@link #overview(ArticleRange)}, without {@code maxEntries}
   */
  public void overview(ArticleRange range, Consumer<Overview> each) throws IOException {
    Objects.requireNonNull(range, "range");
    lists.overviews(range, Objects.requireNonNull(each, "each")::accept);
  }

  /**
   * The overview of one article, if the server can give it by id (RFC 3977, section 8.3).
   *
   * @param id the article
   * @return its overview
   * @throws NntpException 430 if there is none, 501 or 503 if the server cannot; the client stays usable
   * @throws IOException as {@link #overview(ArticleRange)}
   */
  public Overview overview(MessageId id) throws IOException {
    return lists.overview(Objects.requireNonNull(id, "id"));
  }

  /**
   * One header of articles, or {@code :bytes} or {@code :lines}: HDR, or XHDR for older servers (RFC 3977,
   * section 8.5).
   *
   * @param field the name of the header, without a colon
   * @param range which articles of the selected group
   * @return the header of each existing article, by its number; may be empty
   * @throws NntpException 412 if no group is selected, 503 if the server does not have this header; the client stays
   *     usable
   * @throws IllegalArgumentException if it is not the name of a header; nothing was sent
   * @throws IOException as {@link #overview(ArticleRange)}
   */
  public List<HeaderValue> headers(String field, ArticleRange range) throws IOException {
    return lists.headers(Names.field(field), Objects.requireNonNull(range, "range"));
  }

  /**
   * One header of one article.
   *
   * @param field as {@link #headers}
   * @param id the article
   * @return the header, unfolded and not decoded: text from the server; empty if the article does not have it
   * @throws NntpException 430 if there is no such article, 503 if the server does not have this header; the client stays
   *     usable
   * @throws IOException as {@link #headers}
   */
  public String header(String field, MessageId id) throws IOException {
    return lists.header(Names.field(field), Objects.requireNonNull(id, "id"));
  }

  // ---- lists

  /**
   * The groups of the server (LIST ACTIVE; RFC 3977, section 7.6.3).
   *
   * @param wildmat a pattern of their names (section 4), such as {@code comp.lang.*,!*.basic}; {@code *} for all
   * @return the groups, in the server's order
   * @throws NntpException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if the pattern is empty or has a space; nothing was sent
   * @throws LimitExceededException if there are more than {@code maxEntries}; the client is BROKEN
   * @throws PeerProtocolException if a line is not of this form; the client is BROKEN
   * @throws IOException as described for the class
   */
  public List<ActiveGroup> groups(String wildmat) throws IOException {
    return lists.list(listCommand("ACTIVE", wildmat), 215, line -> Listed.active(this, line));
  }

  /**
   * The descriptions of groups (LIST NEWSGROUPS; RFC 3977, section 7.6.6).
   *
   * @param wildmat as {@link #groups}
   * @return a text for each group that has one, by its name, in the server's order: text from the server
   * @throws IOException as {@link #groups}
   */
  public Map<String, String> descriptions(String wildmat) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    lists
        .list(listCommand("NEWSGROUPS", wildmat), 215, Listed::description)
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    return Collections.unmodifiableMap(all);
  }

  /**
   * When groups were created (LIST ACTIVE.TIMES; RFC 3977, section 7.6.4).
   *
   * @param wildmat as {@link #groups}
   * @return what the server knows, in its order
   * @throws IOException as {@link #groups}
   */
  public List<GroupCreation> creations(String wildmat) throws IOException {
    return lists.list(
        listCommand("ACTIVE.TIMES", wildmat), 215, line -> Listed.creation(this, line));
  }

  private static Command listCommand(String keyword, String wildmat) {
    return Session.command("LIST").atom(keyword).atom(Objects.requireNonNull(wildmat, "wildmat"));
  }

  /**
   * Reads any list of the server: {@code OVERVIEW.FMT}, {@code HEADERS}, {@code DISTRIB.PATS} (RFC 3977,
   * section 7.6), {@code COUNTS}, {@code DISTRIBUTIONS}, {@code MODERATORS}, {@code MOTD}, {@code
   * SUBSCRIPTIONS} (RFC 6048).
   *
   * @param keyword which list
   * @param arguments its arguments, each a word
   * @return its lines, as {@link #article(long)}
   * @throws NntpException if the server refuses, with 503 if it does not have this list; the client stays
   *     usable
   * @throws IllegalArgumentException if one of them is empty or has a space; nothing was sent
   * @throws IOException as described for the class
   */
  public Incoming list(String keyword, String... arguments) throws IOException {
    Command command = Session.command("LIST").atom(Objects.requireNonNull(keyword, "keyword"));
    for (String argument : Objects.requireNonNull(arguments, "arguments")) {
      command = command.atom(Objects.requireNonNull(argument, "argument"));
    }
    return text(command, 215);
  }

  /**
   * The groups that were created since a time (RFC 3977, section 7.3).
   *
   * @param since the time by the server's clock, in whole seconds
   * @return the groups, in the server's order
   * @throws IOException as {@link #groups}
   */
  public List<ActiveGroup> newGroups(Instant since) throws IOException {
    return lists.list(
        timed(Session.command("NEWGROUPS"), since), 231, line -> Listed.active(this, line));
  }

  /**
   * The articles that arrived since a time (RFC 3977, section 7.4), which many servers do not support.
   *
   * @param wildmat in which groups, as {@link #groups}
   * @param since as {@link #newGroups}
   * @return their ids, in the server's order
   * @throws IOException as {@link #groups}
   */
  public List<MessageId> newNews(String wildmat, Instant since) throws IOException {
    Command command = Session.command("NEWNEWS").atom(Objects.requireNonNull(wildmat, "wildmat"));
    return lists.list(timed(command, since), 230, line -> Listed.id(this, line));
  }

  private static Command timed(Command command, Instant since) {
    String[] time = Names.time(since);
    return command.atom(time[0]).atom(time[1]).atom("GMT");
  }

  // ---- what goes out

  /**
   * Posts an article (RFC 3977, section 6.3.1). Every line is sent with CRLF, whatever ended it. Memory use is
   * constant, however long the article. An article that fails half way is never taken for complete.
   *
   * @param article the article, header and body; it needs {@code From}, {@code Newsgroups} and {@code Subject} (RFC
   *     5536, section 3.1)
   * @return the answer
   * @throws NntpException 440 if posting is not allowed, 441 if the server does not accept it; the client stays
   *     usable
   * @throws IllegalStateException if the article was sent before and cannot be sent again; nothing was sent now
   * @throws IOException as described for the class, or whatever the article threw
   */
  public Reply post(Content article) throws IOException {
    return send(Session.command("POST"), 340, article, 240);
  }

  /**
   * Offers an article as another news server does, and sends it if it is wanted (RFC 3977, section 6.3.2). Some
   * servers accept one only from a client with {@linkplain NntpOptions.Builder#transit the option transit}.
   *
   * @param id its id
   * @param article the complete article, with its Path
   * @return the answer
   * @throws NntpException 435 if the server does not want it, 436 if it may be offered again later, 437 if it
   *     is refused; the client stays usable
   * @throws IOException as {@link #post}
   */
  public Reply ihave(MessageId id, Content article) throws IOException {
    return send(about("IHAVE", id), 335, article, 235);
  }

  private Reply send(Command command, int goAhead, Content article, int taken) throws IOException {
    // An article that cannot be sent again says so before the server waits for it.
    Objects.requireNonNull(article, "article").length();
    return exchange(() -> {
      session.ask(command, goAhead);
      texts.write(article);
      return session.answerTo(command, taken);
    });
  }

  // ---- and the rest

  /**
   * The server's time (RFC 3977, section 7.1), for {@link #newNews} and {@link #newGroups}.
   *
   * @return the time, in whole seconds
   * @throws NntpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if the answer has no time; the client is BROKEN
   * @throws IOException as described for the class
   */
  public Instant date() throws IOException {
    return exchange(
        () -> Listed.time(this, session.ask(Session.command("DATE"), 111).text()));
  }

  /**
   * The server's help text, for people (RFC 3977, section 7.2).
   *
   * @return its lines, as {@link #article(long)}
   * @throws NntpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming help() throws IOException {
    return text(Session.command("HELP"), 100);
  }

  /**
   * Sends any command that has only a reply, and reads it.
   *
   * @param command the command
   * @param expected the accepted codes, or their first digits
   * @return the answer
   * @throws NntpException if it has another code; the client stays usable
   * @throws IllegalArgumentException as {@link Replies#ask}; nothing was sent
   * @throws IOException as described for the class
   */
  public Reply command(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(expected, "expected");
    return exchange(() -> session.ask(command, expected));
  }

  /**
   * Sends any command whose reply is followed by a text that ends with a dot.
   *
   * @param command the command
   * @param expected the accepted codes, or their first digits
   * @return the text, as {@link #article(long)}
   * @throws IOException as {@link #command}
   */
  public Incoming commandText(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(expected, "expected");
    return text(command, expected);
  }

  private Incoming text(Command command, int... expected) throws IOException {
    return open(() -> {
      session.ask(command, expected);
      return texts.withMaxBytes(options.maxArticleBytes()).read();
    });
  }

  /**
   * Says goodbye if connected, and closes. A failure to answer is ignored: the server has whatever it accepted.
   * Waits for the answer at most the silence timeout. An interrupt ends the wait, and the thread's flag stays
   * set.
   */
  public void quit() {
    try {
      closeAfter(() -> session.ask(Session.command("QUIT"), 205));
    } catch (IOException e) {
      // The server has had the article since its 240.
      close();
    }
  }
}
