package dev.wireline.imap;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.Message;
import dev.wireline.line.Steps;
import dev.wireline.net.Deadline;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP client (RFC 9051, RFC 3501) for reading, filing and watching the mails on a server.
 *
 * <pre>{@code
 * try (var mail = new ImapClient("mail.example")) {
 *   mail.login("joe", password);
 *   mail.select("INBOX");
 *   MessageSet unseen = mail.search(Search.all().key("UNSEEN"));
 *   mail.fetch(unseen, each -> show(each.envelope()), "ENVELOPE");
 *   mail.store(unseen, FlagChange.add("\\Seen"));
 *   mail.quit();
 * }
 * }</pre>
 *
 * <p>The first call dials, reads the greeting, asks for the server's capabilities, and starts TLS as the
 * options say. A server that greets with PREAUTH, after which TLS cannot start, is refused if TLS is required.
 *
 * <p><b>A server can report changes to the selected mailbox at any time.</b> These events go to the {@linkplain
 * #onEvent listener} if there is one, in the thread that is reading, in the middle of a call; otherwise they
 * are kept for {@link #next}. News arrives only while the client reads: during {@link #idle}, {@link #next} or
 * any command.
 *
 * <p>Listeners and consumers must not use the client; if they throw, it is BROKEN. If the server answers NO or
 * BAD, that is an {@link ImapException}, and the connection stays usable; so is a BYE, after which the client
 * is BROKEN. Every other exception leaves the client BROKEN, unless {@code connectionUsable()} says otherwise.
 * Each method can wait for the server, at most the silence timeout for each byte.
 *
 * <p>Not thread-safe: a second thread gets an {@link IllegalStateException}. {@link #close()} and {@link #wakeup()} may
 * be called from any thread.
 */
public final class ImapClient extends LineClient {
  /** {@code imap} at port 143, and {@code imaps}, with TLS from the first byte, at 993 (RFC 8314). */
  public static final Protocol PROTOCOL = new Protocol("imap", 143, "imaps", 993);

  /** The most events that are kept for {@link #next}: 1000. Beyond that, one event says that some were lost. */
  static final int MAX_KEPT_EVENTS = 1000;

  /** The largest literal that is sent without the server's go-ahead (RFC 7888, section 5). */
  static final int MAX_UNASKED_LITERAL = 4096;

  /**
   * The most ranges of messages in one command: even 500 of them, with everything else, are shorter than 8192
   * octets.
   */
  static final int MAX_RANGES = 300;

  private static final Activity GREETING = new Activity(Phase.READ, "reading the greeting of");

  private final ImapOptions options;
  private final Responses responses;
  private final Commands commands;
  private boolean utf8;

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code imaps://host} or {@code tls://host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public ImapClient(String endpoint) {
    this(endpoint, ImapOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public ImapClient(String endpoint, ImapOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options its settings
   */
  public ImapClient(Endpoint endpoint, ImapOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").line());
    this.options = options;
    this.responses = new Responses(this, options);
    this.commands = new Commands(this, options, responses);
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  // ---- commands

  @Override
  protected void beforeUse() {
    if (responses.isDelivering()) {
      throw new IllegalStateException("a listener or consumer of an ImapClient must not use it");
    }
  }

  ImapException no(StatusLine said, String command, boolean closing) {
    return new ImapException(refusal(said, command, closing));
  }

  NoSuchSectionException noSuchSection(StatusLine said, String command) {
    return new NoSuchSectionException(refusal(said, command, false));
  }

  PeerProtocolException nonsense(String rule, String line) {
    return malformed(rule, line);
  }

  LimitExceededException tooMuch(String limit, long max) {
    return exceeded(limit, max);
  }

  private boolean has(String capability) {
    return responses.capabilities().has(capability);
  }

  private <T extends @Nullable Object> T run(Steps<T> steps) throws IOException {
    beforeUse();
    return exchange(() -> {
      responses.begin();
      return steps.run();
    });
  }

  private StatusLine ask(ImapCommand command, Responses.Handler handler) throws IOException {
    return commands.ask(command, handler);
  }

  // ---- greeting and login

  /** Handles the greeting, the capabilities, and TLS. */
  @Override
  protected void greet() throws IOException {
    utf8 = false;
    responses.forget();
    boolean authenticated = readGreeting();
    if (authenticated && options.tlsPolicy().isMandatory(endpoint())) {
      throw new TlsException(
          endpoint(),
          GREETING,
          "the server greets with PREAUTH, after which TLS cannot start, and TLS is required");
    }
    if (responses.capabilities().names().isEmpty()) {
      askCapabilities();
    }
    if (!authenticated && options.tlsPolicy().startsTls(endpoint(), has("STARTTLS"))) {
      ask(ImapCommand.of("STARTTLS"), Responses.NOTHING);
      startTls();
      askCapabilities();
    }
    responses.hear();
  }

  private boolean readGreeting() throws IOException {
    Responses.Response response = responses.next();
    StatusLine status =
        StatusLine.parse(Responses.upper(response.tokens.word()), response.tokens.rest());
    if (!response.head.equals("*") || !Set.of("OK", "PREAUTH", "BYE").contains(status.status())) {
      throw response.tokens.malformed("a server greets with * OK, * PREAUTH or * BYE");
    }
    if (status.status().equals("BYE")) {
      throw no(status, "the connection", true);
    }
    responses.learn(status);
    return status.status().equals("PREAUTH");
  }

  private void askCapabilities() throws IOException {
    responses.forgetCapabilities();
    ask(ImapCommand.of("CAPABILITY"), Responses.NOTHING);
  }

  /**
   * The server's capabilities. Dials first if necessary.
   *
   * @return the current capabilities
   * @throws IOException if the dial or the greeting failed
   */
  public Capabilities capabilities() throws IOException {
    return run(responses::capabilities);
  }

  /**
   * Logs in by the best method that the server offers: a SASL mechanism, or else LOGIN.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws TlsException if the password would be sent in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws ImapException if the server refuses, or has said that it does not accept LOGIN; the client stays
   *     usable
   * @throws IllegalArgumentException if one of them contains NUL, or something that its mechanism does not
   *     allow
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void login(String user, String password) throws IOException {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    ImapCommand login = ImapCommand.of("LOGIN").string(user).secretString(password);
    run(() -> {
      Optional<Sasl> best =
          Sasl.best(responses.capabilities().parameters("AUTH"), user, password, isConfidential());
      if (best.isPresent()) {
        return authenticate(best.get());
      }
      checkPasswordMayLeave(options);
      if (has("LOGINDISABLED")) {
        StatusLine said = new StatusLine("NO", "", "", "LOGINDISABLED");
        throw no(said, login.toString(), false);
      }
      return loggedIn(new Login(commands).login(login, user, password));
    });
  }

  /**
   * Logs in by a SASL mechanism, whether the server lists it or not.
   *
   * @param mechanism the mechanism
   * @throws PeerProtocolException if the server violates the mechanism, or fails to prove what it must; the
   *     client is BROKEN
   * @throws IOException as {@link #login(String, String)}
   */
  public void login(Sasl mechanism) throws IOException {
    Objects.requireNonNull(mechanism, "mechanism");
    run(() -> authenticate(mechanism));
  }

  private StatusLine authenticate(Sasl mechanism) throws IOException {
    if (mechanism.revealsSecret()) {
      checkPasswordMayLeave(options);
    }
    return loggedIn(new Login(commands).authenticate(mechanism));
  }

  /** Updates the capabilities, which may change with a login. */
  private StatusLine loggedIn(StatusLine done) throws IOException {
    if (!done.code().equals("CAPABILITY")) {
      askCapabilities();
    }
    return done;
  }

  /**
   * Enables extensions (ENABLE), such as {@code CONDSTORE}, {@code UTF8=ACCEPT} or {@code IMAP4rev2}, after the login
   * and before a mailbox is selected.
   *
   * @param names the extensions, at least one
   * @return those that are now enabled, in upper case: text from the server
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if a name is not an atom, or there is none
   * @throws IOException as described for the class
   */
  public Set<String> enable(String... names) throws IOException {
    ImapCommand command = ImapCommand.of("ENABLE");
    for (String name : Objects.requireNonNull(names, "names")) {
      command = command.atom(name);
    }
    if (names.length == 0) {
      throw new IllegalArgumentException("ENABLE takes one extension or more");
    }
    ImapCommand enable = command;
    return run(() -> {
      Set<String> enabled = new LinkedHashSet<>();
      ask(enable, (name, number, tokens) -> {
        while (name.equals("ENABLED") && tokens.peek() != Tokens.END) {
          enabled.add(Responses.upper(tokens.word()));
        }
        return name.equals("ENABLED");
      });
      utf8 |= enabled.contains("UTF8=ACCEPT") || enabled.contains("IMAP4REV2");
      return enabled;
    });
  }

  // ---- mailboxes

  /** Adds the name of a mailbox, in UTF-8 or UTF-7 as agreed with the server; for use inside the exchange. */
  private ImapCommand about(ImapCommand command, String mailbox) {
    return command.string(utf8 ? mailbox : MailboxName.encode(mailbox));
  }

  private String name(Tokens tokens) throws IOException {
    String name = tokens.string();
    return utf8 ? name : MailboxName.decode(name);
  }

  private StatusLine askAbout(String verb, String mailbox) throws IOException {
    checkName("mailbox", mailbox);
    return run(() -> ask(about(ImapCommand.of(verb), mailbox), Responses.NOTHING));
  }

  /** Checks a name before anything is dialled. */
  private static String checkName(String what, String mailbox) {
    ImapCommand.of("SELECT").string(Objects.requireNonNull(mailbox, what));
    return mailbox;
  }

  /**
   * Selects a mailbox for reading and writing. Pending events of the previous one are dropped.
   *
   * @param mailbox its name, in any language; {@code INBOX} always exists
   * @return its state
   * @throws ImapException if the server refuses: then none is selected; the client stays usable
   * @throws IllegalArgumentException if the name contains NUL or half of a surrogate pair
   * @throws IOException as described for the class
   */
  public Selected select(String mailbox) throws IOException {
    return select("SELECT", checkName("mailbox", mailbox));
  }

  /**
   * Selects a mailbox read-only, so that reading changes nothing in it (EXAMINE).
   *
   * @param mailbox as {@link #select}
   * @return as {@link #select}
   * @throws IOException as {@link #select}
   */
  public Selected examine(String mailbox) throws IOException {
    return select("EXAMINE", checkName("mailbox", mailbox));
  }

  private Selected select(String verb, String mailbox) throws IOException {
    return run(() -> {
      responses.kept().clear();
      Selection selection = new Selection(responses);
      ImapCommand command = about(ImapCommand.of(verb), mailbox);
      boolean condstore = has("CONDSTORE");
      StatusLine done = ask(condstore ? command.word("(CONDSTORE)") : command, selection::take);
      return selection.done(mailbox, verb.equals("EXAMINE") || done.code().equals("READ-ONLY"));
    });
  }

  /**
   * Lists mailboxes.
   *
   * @param pattern their names, where {@code *} matches anything, and {@code %} anything on one level
   * @return the mailboxes, with their special use if the server reports it
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if the pattern contains NUL or half of a surrogate pair
   * @throws IOException as described for the class
   */
  public List<Mailbox> list(String pattern) throws IOException {
    List<Mailbox> found = new ArrayList<>();
    list(pattern, found::add);
    return List.copyOf(found);
  }

  /**
   * Lists mailboxes one by one, however many there are.
   *
   * @param pattern as {@link #list(String)}
   * @param each called with each mailbox as soon as it arrives; must not use the client
   * @throws IOException as {@link #list(String)}
   */
  public void list(String pattern, Consumer<Mailbox> each) throws IOException {
    checkName("pattern", pattern);
    Objects.requireNonNull(each, "each");
    run(() -> {
      ImapCommand command = about(ImapCommand.of("LIST").string(""), pattern);
      boolean uses = has("SPECIAL-USE") && has("LIST-EXTENDED");
      return ask(
          uses || responses.isRev2() ? command.word("RETURN (SPECIAL-USE)") : command,
          (name, number, tokens) -> {
            if (!name.equals("LIST")) {
              return false;
            }
            Set<String> attributes = new LinkedHashSet<>(tokens.strings());
            Optional<String> delimiter = Optional.ofNullable(tokens.nstring());
            responses.deliver(each, new Mailbox(name(tokens), delimiter, attributes));
            return true;
          });
    });
  }

  /**
   * The status of a mailbox, which need not be selected.
   *
   * @param mailbox its name
   * @return the status
   * @throws ImapException if the server refuses; the client stays usable
   * @throws PeerProtocolException if it answers OK without a status; the client is BROKEN
   * @throws IllegalArgumentException as {@link #select}
   * @throws IOException as described for the class
   */
  public MailboxStatus status(String mailbox) throws IOException {
    checkName("mailbox", mailbox);
    return run(() -> {
      StatusItems items = new StatusItems();
      String asked =
          "(MESSAGES UNSEEN UIDNEXT UIDVALIDITY" + (has("CONDSTORE") ? " HIGHESTMODSEQ)" : ")");
      ask(about(ImapCommand.of("STATUS"), mailbox).word(asked), items::take);
      MailboxStatus found = items.found;
      if (found == null) {
        throw malformed("a mailbox has a status (RFC 9051, section 6.3.11)", "none");
      }
      return found;
    });
  }

  /**
   * The namespaces of mailboxes (NAMESPACE).
   *
   * @return the namespaces
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Namespaces namespaces() throws IOException {
    return run(() -> {
      List<List<Namespaces.Namespace>> found = new ArrayList<>();
      ask(ImapCommand.of("NAMESPACE"), (name, number, tokens) -> {
        boolean mine = name.equals("NAMESPACE");
        while (mine && tokens.peek() != Tokens.END) {
          found.add(places(tokens));
        }
        return mine;
      });
      if (found.size() < 3) {
        throw malformed("there are three kinds of namespaces (RFC 9051, section 6.3.10)", "");
      }
      return new Namespaces(found.get(0), found.get(1), found.get(2));
    });
  }

  private List<Namespaces.Namespace> places(Tokens tokens) throws IOException {
    List<Namespaces.Namespace> places = new ArrayList<>();
    if (tokens.openOrNil()) {
      while (!tokens.closes()) {
        tokens.open();
        places.add(new Namespaces.Namespace(name(tokens), Optional.ofNullable(tokens.nstring())));
        tokens.skipRest();
      }
    }
    return places;
  }

  /**
   * Creates a mailbox.
   *
   * @param mailbox its name
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IllegalArgumentException as {@link #select}
   * @throws IOException as described for the class
   */
  public void create(String mailbox) throws IOException {
    askAbout("CREATE", mailbox);
  }

  /**
   * Deletes a mailbox with all its messages.
   *
   * @param mailbox its name
   * @throws IOException as {@link #create}
   */
  public void delete(String mailbox) throws IOException {
    askAbout("DELETE", mailbox);
  }

  /**
   * Renames a mailbox.
   *
   * @param from its name
   * @param to its new name
   * @throws IOException as {@link #create}
   */
  public void rename(String from, String to) throws IOException {
    checkName("from", from);
    checkName("to", to);
    run(() -> ask(about(about(ImapCommand.of("RENAME"), from), to), Responses.NOTHING));
  }

  /**
   * Subscribes to a mailbox.
   *
   * @param mailbox its name
   * @throws IOException as {@link #create}
   */
  public void subscribe(String mailbox) throws IOException {
    askAbout("SUBSCRIBE", mailbox);
  }

  /**
   * Ends a subscription.
   *
   * @param mailbox its name
   * @throws IOException as {@link #create}
   */
  public void unsubscribe(String mailbox) throws IOException {
    askAbout("UNSUBSCRIBE", mailbox);
  }

  // ---- messages

  /**
   * Searches the selected mailbox.
   *
   * @param search what to search for
   * @return the unique ids of the messages found; may be empty
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public MessageSet search(Search search) throws IOException {
    Objects.requireNonNull(search, "search");
    return run(() -> {
      ImapCommand command = ImapCommand.of("UID SEARCH");
      boolean extended = has("ESEARCH") || responses.isRev2();
      Found found = new Found();
      ask(search.addTo(extended ? command.word("RETURN (ALL)") : command, utf8), found::take);
      return found.set();
    });
  }

  /**
   * Fetches items of messages.
   *
   * @param which the messages; nothing is sent if it is empty
   * @param items such as {@code FLAGS}, {@code ENVELOPE}, {@code BODYSTRUCTURE}, {@code RFC822.SIZE}, {@code
   *     INTERNALDATE}, {@code MODSEQ} or {@code BODY.PEEK[HEADER]}; the unique id is included automatically
   * @return the data of each message
   * @throws dev.wireline.error.LimitExceededException if one has more than {@code maxResponseBytes}, or there
   *     are more responses than {@code maxResponses}; the client is BROKEN
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if there are no items, or one has characters that items do not have
   * @throws IOException as described for the class
   */
  public List<FetchedMail> fetch(MessageSet which, String... items) throws IOException {
    List<FetchedMail> found = new ArrayList<>();
    fetch(which, found::add, items);
    return List.copyOf(found);
  }

  /**
   * Fetches items of messages, one message at a time, however many there are. Unsolicited data goes to the
   * listener, unless it is about one of these messages.
   *
   * @param which as {@link #fetch(MessageSet, String...)}
   * @param each called with each message as soon as it arrives; must not use the client
   * @param items as {@link #fetch(MessageSet, String...)}
   * @throws IOException as {@link #fetch(MessageSet, String...)}
   */
  public void fetch(MessageSet which, Consumer<FetchedMail> each, String... items)
      throws IOException {
    fetch(which, each, "", items);
  }

  /**
   * Fetches items of messages that have changed since (RFC 7162, section 3.1.4.1).
   *
   * @param which as {@link #fetch(MessageSet, String...)}
   * @param modSeq a modification sequence, such as an earlier {@link Selected#highestModSeq()}, 0 or more
   * @param each as {@link #fetch(MessageSet, Consumer, String...)}
   * @param items as {@link #fetch(MessageSet, String...)}
   * @throws IllegalArgumentException if the sequence is less than 0
   * @throws IOException as {@link #fetch(MessageSet, String...)}
   */
  public void fetchChanged(
      MessageSet which, long modSeq, Consumer<FetchedMail> each, String... items)
      throws IOException {
    if (modSeq < 0) {
      throw new IllegalArgumentException("a modification sequence is 0 or more, not " + modSeq);
    }
    fetch(which, each, " (CHANGEDSINCE " + modSeq + ")", items);
  }

  private void fetch(MessageSet which, Consumer<FetchedMail> each, String modifier, String... items)
      throws IOException {
    Objects.requireNonNull(each, "each");
    StringBuilder asked = new StringBuilder("(UID");
    for (String item : Objects.requireNonNull(items, "items")) {
      asked.append(' ').append(ImapCommand.checkedItem("item", item));
    }
    if (items.length == 0) {
      throw new IllegalArgumentException("FETCH takes one item or more");
    }
    String list = asked.append(')').append(modifier).toString();
    inSlices(
        which,
        "FETCH",
        command -> ask(command.word(list), (name, number, tokens) -> {
          if (name.equals("FETCH")) {
            responses.deliver(each, FetchItems.all(number, tokens));
          }
          return name.equals("FETCH");
        }));
  }

  /** One command about messages. */
  private interface Slice {
    StatusLine ask(ImapCommand command) throws IOException;
  }

  /** Asks about messages in lines that every server accepts. */
  private void inSlices(MessageSet which, String verb, Slice slice) throws IOException {
    Objects.requireNonNull(which, "which");
    if (!which.isEmpty()) {
      run(() -> {
        for (MessageSet some : which.slices(MAX_RANGES)) {
          responses.begin();
          slice.ask(about(verb, some));
        }
        return which;
      });
    }
  }

  private static ImapCommand about(String verb, MessageSet which) {
    return ImapCommand.of(which.isUids() ? "UID " + verb : verb).messages(which);
  }

  /**
   * Reads a message, or a part of it, as a stream, without marking it as seen.
   *
   * @param uid the unique id of the message
   * @param section the part, such as {@code 1.2} from {@link BodyPart#section()}, {@code HEADER}, {@code TEXT}
   *     or {@code 2.MIME}; empty for the whole message
   * @return its bytes, as encoded in the message, which must be read to the end or closed; nothing else is sent
   *     meanwhile. Closing a large one before its end breaks the connection
   * @throws NoSuchSectionException if the server sends no such section, usually because the message is gone;
   *     the client stays usable
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IllegalArgumentException if the id is out of range, or the section is not valid
   * @throws IOException as described for the class
   */
  public Incoming section(long uid, String section) throws IOException {
    return section(uid, section, "");
  }

  /**
   * Reads a range of bytes of a message or of a part.
   *
   * @param uid as {@link #section(long, String)}
   * @param section as {@link #section(long, String)}
   * @param offset the first byte, 0 or more
   * @param length how many bytes, 1 or more; there may be fewer
   * @return as {@link #section(long, String)}
   * @throws IllegalArgumentException as {@link #section(long, String)}, or if the offset or the length is out of range
   * @throws IOException as {@link #section(long, String)}
   */
  public Incoming section(long uid, String section, long offset, long length) throws IOException {
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "a part of a section has an offset of 0 or more and a length of 1 or more, not " + offset
              + " and " + length);
    }
    return section(uid, section, "<" + offset + "." + length + ">");
  }

  private Incoming section(long uid, String section, String partial) throws IOException {
    if (!Objects.requireNonNull(section, "section").isEmpty()) {
      ImapCommand.checkedItem("section", section);
    }
    String item = "(UID BODY.PEEK[" + section + "]" + partial + ")";
    ImapCommand command = about("FETCH", MessageSet.uids(uid)).word(item);
    beforeUse();
    SectionStream stream = new SectionStream(commands, command, uid, Responses.upper(section));
    return openIncoming(stream::begin, stream::end);
  }

  /**
   * Changes the flags of messages.
   *
   * @param which the messages; nothing is sent if it is empty
   * @param change the change
   * @return the messages that were left alone because somebody else has changed them since {@link
   *     FlagChange#unchangedSince}; empty without that
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public MessageSet store(MessageSet which, FlagChange change) throws IOException {
    Objects.requireNonNull(change, "change");
    List<MessageSet> left = new ArrayList<>();
    inSlices(which, "STORE", command -> {
      StatusLine done = ask(change.addTo(command), Responses.NOTHING);
      if (done.code().equals("MODIFIED")) {
        left.add(set(which.isUids(), done.arguments()));
      }
      return done;
    });
    return MessageSet.union(which.isUids(), left);
  }

  private MessageSet set(boolean uids, String text) throws IOException {
    MessageSet set = MessageSet.parse(uids, text);
    if (set == null) {
      throw malformed("a response code has a set of messages (RFC 9051, section 7.1)", text);
    }
    return set;
  }

  /**
   * Appends a message to a mailbox. For a large one the server sees the length first, and can refuse before the
   * message is sent.
   *
   * @param mailbox the name of the mailbox
   * @param message the message, with CRLF line ends, whose length must be known: bytes, or a file
   * @param flags its flags, as {@link FlagChange#add}
   * @return where it is; empty if the server does not say (RFC 4315)
   * @throws ImapException if the server refuses, with {@code TRYCREATE} if there is no such mailbox; the client
   *     stays usable
   * @throws IllegalArgumentException as {@link #select}, if a flag is not an atom, or the length is not known
   * @throws IOException as described for the class, or if the message fails: the client is BROKEN, and the
   *     server stores nothing of it
   */
  public Optional<Copied> append(String mailbox, Content message, String... flags)
      throws IOException {
    checkName("mailbox", mailbox);
    Objects.requireNonNull(message, "message");
    List<String> checked = FlagChange.checked(Objects.requireNonNull(flags, "flags"));
    return run(() -> {
      ImapCommand command = about(ImapCommand.of("APPEND"), mailbox).list(checked);
      return copied(ask(command.literal(message), Responses.NOTHING));
    });
  }

  /**
   * Copies messages into another mailbox.
   *
   * @param which the messages; nothing is sent if it is empty
   * @param mailbox the name of the mailbox
   * @return where they are; empty if the server does not say (RFC 4315)
   * @throws ImapException as {@link #append}: nothing was copied
   * @throws IllegalArgumentException as {@link #select}
   * @throws IOException as described for the class
   */
  public Optional<Copied> copy(MessageSet which, String mailbox) throws IOException {
    return transfer("COPY", which, mailbox);
  }

  /**
   * Moves messages into another mailbox (RFC 6851).
   *
   * @param which the messages; nothing is sent if it is empty
   * @param mailbox the name of the mailbox
   * @return as {@link #copy}
   * @throws ImapException as {@link #copy}, or if the server does not know MOVE
   * @throws IOException as {@link #copy}
   */
  public Optional<Copied> move(MessageSet which, String mailbox) throws IOException {
    return transfer("MOVE", which, mailbox);
  }

  private Optional<Copied> transfer(String verb, MessageSet which, String mailbox)
      throws IOException {
    checkName("mailbox", mailbox);
    if (Objects.requireNonNull(which, "which").isEmpty()) {
      return Optional.empty();
    }
    return run(() -> {
      List<StatusLine> said = new ArrayList<>();
      StatusLine done = ask(about(about(verb, which), mailbox), (name, number, tokens) -> {
        // MOVE reports where they are before it reports that they are gone from here.
        if (name.equals("OK") && said.isEmpty() && tokens.startsWith("[COPYUID ")) {
          return said.add(StatusLine.parse(name, tokens.rest()));
        }
        return false;
      });
      return copied(said.isEmpty() ? done : said.get(0));
    });
  }

  /** COPYUID and APPENDUID (RFC 9051, section 7.1). */
  private Optional<Copied> copied(StatusLine done) throws IOException {
    boolean appended = done.code().equals("APPENDUID");
    if (!appended && !done.code().equals("COPYUID")) {
      return Optional.empty();
    }
    Tokens arguments = responses.arguments(done);
    long validity = arguments.number();
    MessageSet from = appended ? MessageSet.uids() : set(true, arguments.word());
    return Optional.of(new Copied(validity, from, set(true, arguments.word())));
  }

  /**
   * Permanently removes the messages with the flag {@code \Deleted}. Each removal is an event.
   *
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void expunge() throws IOException {
    run(() -> ask(ImapCommand.of("EXPUNGE"), Responses.NOTHING));
  }

  /**
   * Permanently removes those of the given messages that have the flag {@code \Deleted} (UIDPLUS, RFC 4315).
   *
   * @param uids the messages, by their unique ids; nothing is sent if it is empty
   * @throws IllegalArgumentException if they are message numbers
   * @throws ImapException if the server refuses, since it need not know this; the client stays usable
   * @throws IOException as described for the class
   */
  public void expunge(MessageSet uids) throws IOException {
    if (!Objects.requireNonNull(uids, "uids").isUids()) {
      throw new IllegalArgumentException("UID EXPUNGE takes unique ids, not numbers");
    }
    inSlices(uids, "EXPUNGE", command -> ask(command, Responses.NOTHING));
  }

  /**
   * Leaves the selected mailbox, permanently removing the messages with the flag {@code \Deleted}, without
   * events (CLOSE).
   *
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void leaveAndExpunge() throws IOException {
    run(() -> ask(ImapCommand.of("CLOSE"), Responses.NOTHING));
  }

  /**
   * Does nothing except keep the connection alive and let the server report what is new (NOOP).
   *
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void noop() throws IOException {
    run(() -> ask(ImapCommand.of("NOOP"), Responses.NOTHING));
  }

  // ---- events

  /**
   * Sets a listener for events that the server sends on its own. Events kept for {@link #next} are delivered at
   * once.
   *
   * @param hears called for each event in the thread that reads it, often in the middle of an answer; must not
   *     use the client; if it throws, the client is BROKEN
   * @throws IllegalStateException if it is called by the current listener
   */
  public void onEvent(Consumer<ImapEvent> hears) {
    Objects.requireNonNull(hears, "hears");
    beforeUse();
    responses.listen(hears);
  }

  /**
   * Waits for events of the selected mailbox, which the server reports at once (IDLE, RFC 2177) and the
   * {@linkplain #onEvent listener} gets. Ends after the given time, or by {@link #wakeup()} from another
   * thread. IDLE is renewed after the {@code idleRenewal} of the options.
   *
   * @param atMost how long to wait
   * @throws IllegalStateException if there is no listener; nothing was sent
   * @throws ImapException if the server refuses, since it need not know IDLE; the client stays usable
   * @throws IOException as described for the class; the silence timeout does not end the wait
   */
  public void idle(Duration atMost) throws IOException {
    Objects.requireNonNull(atMost, "atMost");
    if (!responses.hasListener()) {
      throw new IllegalStateException("set a listener with onEvent, or use next");
    }
    waitFor(atMost);
  }

  /**
   * Waits for the next event of the selected mailbox, by IDLE. Events since the last call come first.
   *
   * @param atMost how long to wait; zero or less only looks
   * @return the event; empty if the time is over, or after {@link #wakeup()} from another thread
   * @throws IllegalStateException if there is a listener; nothing was sent
   * @throws IOException as {@link #idle}
   */
  public Optional<ImapEvent> next(Duration atMost) throws IOException {
    Objects.requireNonNull(atMost, "atMost");
    if (responses.hasListener()) {
      throw new IllegalStateException("events go to the listener");
    }
    ImapEvent first = responses.kept().poll();
    if (first == null) {
      waitFor(atMost);
      first = responses.kept().poll();
    }
    return Optional.ofNullable(first);
  }

  private void waitFor(Duration atMost) throws IOException {
    Deadline end = Deadline.after(atMost, Phase.READ);
    run(() -> {
      boolean goesOn = true;
      while (goesOn) {
        responses.begin();
        goesOn = idleOnce(end.earlier(Deadline.after(options.idleRenewal(), Phase.READ)))
            && !end.isExpired();
      }
      return goesOn;
    });
  }

  /** Runs one IDLE; false if it was woken, or has an event for a waiting caller. */
  private boolean idleOnce(Deadline end) throws IOException {
    String tag = commands.send(ImapCommand.of("IDLE"));
    responses.awaitGoAhead(tag, "IDLE");
    boolean woken = false;
    while (!woken && responses.kept().isEmpty() && !end.isExpired()) {
      Optional<String> line = pollLine(Duration.ofNanos(end.remainingNanos()));
      woken = line.isEmpty() && !end.isExpired();
      if (line.isPresent()) {
        Responses.Response response = responses.of(line.get());
        if (response.head.equals(tag)) {
          responses.tagged(response.tokens, "IDLE");
          throw response.tokens.malformed("IDLE goes on until DONE");
        }
        responses.untagged(response, "IDLE", Responses.NOTHING);
      }
    }
    Message.of().line("DONE").writeTo(this);
    responses.finish(tag, "IDLE", Responses.NOTHING);
    return !woken && responses.kept().isEmpty();
  }

  // ---- the rest

  /**
   * Sends any command. What the server answers before its OK goes to the listener, or is kept for {@link
   * #next}.
   *
   * @param command the command
   * @return the text after OK
   * @throws ImapException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public String command(ImapCommand command) throws IOException {
    Objects.requireNonNull(command, "command");
    return run(() -> ask(command, Responses.NOTHING).toString());
  }

  /**
   * Says goodbye if connected, and closes.
   *
   * @throws IOException if the server answered with anything but a goodbye; the client is CLOSED
   */
  public void quit() throws IOException {
    closeAfter(() -> {
      responses.begin();
      List<String> bye = new ArrayList<>();
      try {
        return ask(
            ImapCommand.of("LOGOUT"),
            (name, number, tokens) -> name.equals("BYE") && bye.add(tokens.rest()));
      } catch (ConnectionClosedException e) {
        if (bye.isEmpty()) {
          throw e;
        }
        return new StatusLine("BYE", "", "", bye.get(0));
      }
    });
  }
}
