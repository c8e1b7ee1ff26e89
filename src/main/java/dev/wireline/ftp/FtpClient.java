package dev.wireline.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.endpoint.Protocol;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.internal.Ascii;
import dev.wireline.internal.Copying;
import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.Content;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Outgoing;
import dev.wireline.line.ProgressListener;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.line.Steps;
import dev.wireline.net.Acceptor;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An FTP client (RFC 959), which uses TLS if the server offers it (RFC 4217).
 *
 * <pre>{@code
 * try (var files = new FtpClient("files.example")) {
 *   files.login("joe", password);
 *   for (FtpEntry entry : files.list("/pub")) { ... }
 *   files.download("/pub/a.iso", Path.of("a.iso"));
 * }
 * }</pre>
 *
 * <p>The first call dials, reads the greeting, asks for the server's features, and starts TLS as the options
 * say. A transfer is complete when its data has ended and the server has confirmed it; anything else is an
 * exception. Files are transferred unchanged (TYPE I), except by {@link #retrieveText} and {@link #storeText}.
 *
 * <p>If the server refuses a command, that is an {@link FtpException}, and the connection stays usable, except
 * after 421. Every other exception leaves the client BROKEN, unless {@code connectionUsable()} says otherwise.
 * Each method can wait for the server, at most the silence timeout for each byte, on both the control and the
 * data connection. A path with CR, LF or NUL is an {@link IllegalArgumentException}, and nothing was sent.
 *
 * <p>Not thread-safe: a second thread gets an {@link IllegalStateException}. {@link #close()} and {@link #abort()}
 * may be called from any thread.
 */
public final class FtpClient extends LineClient {
  /** {@code ftp} at port 21, and {@code ftps}, with TLS from the first byte, at 990. */
  public static final Protocol PROTOCOL = new Protocol("ftp", 21, "ftps", 990);

  private static final ProgressListener NOBODY = (bytes, total) -> {};

  private final FtpOptions options;
  private final FinalReplies replies;
  private final DataConnections data;
  private Capabilities capabilities = Capabilities.none();
  private boolean protectsData;
  private boolean knowsMachineLists;

  /** The current type; empty if it is not known. */
  private String type = "";

  /**
   * A client with the default options.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code ftps://host} or {@code tls://host:port}
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public FtpClient(String endpoint) {
    this(endpoint, FtpOptions.standard());
  }

  /**
   * A client.
   *
   * @param endpoint as above
   * @param options its settings
   * @throws IllegalArgumentException if it is not a valid endpoint
   */
  public FtpClient(String endpoint, FtpOptions options) {
    this(Endpoint.parse(Objects.requireNonNull(endpoint, "endpoint"), PROTOCOL), options);
  }

  /**
   * A client.
   *
   * @param endpoint the server
   * @param options its settings
   */
  @SuppressWarnings("this-escape") // It is kept for later, and not used before the client is whole.
  public FtpClient(Endpoint endpoint, FtpOptions options) {
    super(endpoint, Objects.requireNonNull(options, "options").line());
    this.options = options;
    this.replies = new FinalReplies(this);
    this.data = new DataConnections(this, replies, options.mode());
  }

  @Override
  protected boolean speaksLines() {
    return false;
  }

  /** Handles the greeting, the features, TLS, and the virtual host. */
  @Override
  protected void greet() throws IOException {
    data.forget();
    type = "";
    protectsData = false;
    replies.expect(220);
    askFeatures();
    if (options.tlsPolicy().startsTls(endpoint(), mayHaveTls())) {
      askForTls();
    }
    if (tlsSession().isPresent()) {
      replies.ask(Command.of("PBSZ").number(0), 200);
      protectsData = options.protectData();
      replies.ask(Command.of("PROT").atom(protectsData ? "P" : "C"), 200);
    }
    if (options.virtualHost().isPresent()) {
      replies.ask(Command.of("HOST").atom(options.virtualHost().get()), 220);
    }
  }

  /** A server that does not list its features may have TLS all the same. */
  private boolean mayHaveTls() {
    return capabilities.names().isEmpty()
        || capabilities.parameters("AUTH").stream()
            .flatMap(all -> Arrays.stream(all.split(";", -1)))
            .anyMatch("TLS"::equalsIgnoreCase);
  }

  private void askForTls() throws IOException {
    Command auth = Command.of("AUTH").atom("TLS");
    if (options.tlsPolicy().isMandatory(endpoint())) {
      replies.ask(auth, 234);
    } else if (attempt(auth, 234).isEmpty()) {
      return;
    }
    startTls();
    askFeatures();
  }

  private void askFeatures() throws IOException {
    List<String> lines = attempt(Command.of("FEAT"), 211).map(Reply::lines).orElse(List.of());
    capabilities = lines.size() < 3
        ? Capabilities.none()
        : Capabilities.ofLines(lines.subList(1, lines.size() - 1));
    knowsMachineLists = capabilities.has("MLST") || capabilities.has("MLSD");
    useCharset(capabilities.has("UTF8") ? UTF_8 : options.charset());
  }

  /** Sends a command that the server need not know; empty if it refuses. */
  private Optional<Reply> attempt(Command command, int... expected) throws IOException {
    try {
      return Optional.of(replies.ask(command, expected));
    } catch (FtpException e) {
      if (!e.connectionUsable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * The server's features (RFC 2389). Dials first if necessary.
   *
   * @return the features; empty if the server does not list any
   * @throws IOException if the dial or the greeting failed
   */
  public Capabilities capabilities() throws IOException {
    return exchange(() -> capabilities);
  }

  /**
   * Logs in, and sets UTF-8 and TYPE I.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @throws TlsException if the password would be sent in the clear, and {@code clearPasswords} is not set;
   *     nothing was sent, and the client stays usable
   * @throws FtpException if the server refuses, with 332 if it wants an account; the client stays usable
   * @throws IOException if the dial, the greeting or the login failed
   */
  public void login(String user, String password) throws IOException {
    Objects.requireNonNull(password, "password");
    logIn(command("USER", "user", user), Command.of("PASS").secretText(password), null);
  }

  /**
   * Logs in to a server that may also want an account.
   *
   * @param user the user
   * @param password the password, which is never shown
   * @param account the account, which is never shown
   * @throws IOException as {@link #login(String, String)}
   */
  public void login(String user, String password, String account) throws IOException {
    Command acct = Command.of("ACCT").secretText(Objects.requireNonNull(account, "account"));
    Objects.requireNonNull(password, "password");
    logIn(command("USER", "user", user), Command.of("PASS").secretText(password), acct);
  }

  /**
   * Logs in anonymously (RFC 1635), even without TLS.
   *
   * @throws IOException as {@link #login(String, String)}
   */
  public void loginAnonymously() throws IOException {
    Command user = Command.of("USER").atom("anonymous");
    exchange(() -> enter(user, Command.of("PASS").atom("anonymous@"), null));
  }

  private void logIn(Command user, Command password, @Nullable Command account) throws IOException {
    exchange(() -> {
      checkPasswordMayLeave(options);
      return enter(user, password, account);
    });
  }

  private Reply enter(Command user, Command password, @Nullable Command account)
      throws IOException {
    int wanted = account == null ? 230 : 332;
    Reply reply = replies.ask(user, 230, 331, wanted);
    if (reply.code() == 331) {
      reply = replies.ask(password, 230, 202, wanted);
    }
    if (account != null && reply.code() == 332) {
      reply = replies.ask(account, 230, 202);
    }
    if (capabilities.names().isEmpty()) {
      askFeatures();
    }
    if (capabilities.has("UTF8")) {
      attempt(Command.of("OPTS").atom("UTF8").atom("ON"), 2);
    }
    type = "";
    use("I");
    return reply;
  }

  private void use(String wanted) throws IOException {
    if (!type.equals(wanted)) {
      replies.ask(Command.of("TYPE").atom(wanted), 200);
      type = wanted;
    }
  }

  /**
   * The working directory, to which paths are relative.
   *
   * @return its path
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public String workingDirectory() throws IOException {
    return exchange(() -> {
      Reply reply = replies.ask(Command.of("PWD"), 257);
      return Names.quoted(reply.text())
          .orElseThrow(() -> unreadable("257 has a path in quotes (RFC 959, appendix II)", reply));
    });
  }

  /**
   * Changes the working directory.
   *
   * @param path the folder
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void changeDirectory(String path) throws IOException {
    ask("CWD", path, 2);
  }

  /**
   * Changes to the parent of the working directory.
   *
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void changeToParent() throws IOException {
    exchange(() -> replies.ask(Command.of("CDUP"), 2));
  }

  /**
   * Creates a folder.
   *
   * @param path the folder
   * @throws FtpException if the server refuses, for example because the folder exists; the client stays usable
   * @throws IOException as described for the class
   */
  public void makeDirectory(String path) throws IOException {
    ask("MKD", path, 257, 250);
  }

  /**
   * Removes an empty folder.
   *
   * @param path the folder
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void removeDirectory(String path) throws IOException {
    ask("RMD", path, 250);
  }

  /**
   * Removes a file.
   *
   * @param path the file
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void delete(String path) throws IOException {
    ask("DELE", path, 250);
  }

  /**
   * Renames or moves a file or a folder.
   *
   * @param from its path
   * @param to its new path
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void rename(String from, String to) throws IOException {
    command("RNTO", "to", to);
    command("RNFR", "from", from);
    exchange(() -> {
      replies.ask(command("RNFR", "from", from), 350);
      return replies.ask(command("RNTO", "to", to), 250);
    });
  }

  /**
   * The size of a file (RFC 3659, section 4).
   *
   * @param path the file
   * @return the size in bytes, 0 or more
   * @throws FtpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if the answer has no number; the client is BROKEN
   * @throws IOException as described for the class
   */
  public long size(String path) throws IOException {
    command("SIZE", "path", path);
    return exchange(() -> {
      use("I");
      Reply reply = replies.ask(command("SIZE", "path", path), 213);
      long size = Ascii.decimal(reply.text().strip(), Long.MAX_VALUE);
      if (size < 0) {
        throw unreadable("213 to SIZE is a number (RFC 3659, section 4.1)", reply);
      }
      return size;
    });
  }

  /**
   * When a file was last modified (RFC 3659, section 3).
   *
   * @param path the file
   * @return the time
   * @throws FtpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if the answer has no time; the client is BROKEN
   * @throws IOException as described for the class
   */
  public Instant modified(String path) throws IOException {
    command("MDTM", "path", path);
    return exchange(() -> {
      Reply reply = replies.ask(command("MDTM", "path", path), 213);
      return TimeVal.parse(reply.text().strip())
          .orElseThrow(() -> unreadable("213 to MDTM is a time (RFC 3659, section 3.1)", reply));
    });
  }

  /**
   * Sets the modification time of a file, by MFMT.
   *
   * @param path the file
   * @param time the time, which is cut to whole seconds
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public void setModified(String path, Instant time) throws IOException {
    Objects.requireNonNull(time, "time");
    command("MFMT", "path", path);
    exchange(() -> {
      String name = Names.telnet(path, options().charset());
      return replies.ask(Command.of("MFMT").atom(TimeVal.text(time)).text(name), 213);
    });
  }

  /**
   * Lists a folder: by MLSD (RFC 3659, section 7) or, if the server does not know that, by LIST in the form of
   * Unix or DOS.
   *
   * @param path the folder; empty for the working directory
   * @return its entries, without the folder itself and its parent
   * @throws FtpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if a line has none of these forms; the client stays usable, and {@link
   *     #listLines} returns the lines as they are
   * @throws dev.wireline.error.LimitExceededException if there are more than {@code maxEntries}, or their lines
   *     together have more than {@code maxReadBytes}; the client is BROKEN
   * @throws IOException as described for the class
   */
  public List<FtpEntry> list(String path) throws IOException {
    return new Listing(this, options).entries(Objects.requireNonNull(path, "path"));
  }

  /**
   * Lists a folder entry by entry, however many there are.
   *
   * @param path as {@link #list(String)}
   * @param each called with each entry as soon as it arrives; must not use the client
   * @throws IOException as {@link #list(String)}
   */
  public void list(String path, Consumer<FtpEntry> each) throws IOException {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(each, "each");
    new Listing(this, options).each(path, entry -> {
      each.accept(entry);
      return true;
    });
  }

  /**
   * The raw output of LIST for a folder, for servers with another form.
   *
   * @param path the folder; empty for the working directory
   * @return the lines; read them to the end or close them; nothing else is sent meanwhile
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming listLines(String path) throws IOException {
    return lines("LIST", path, false);
  }

  /**
   * The names of a folder's entries, by NLST.
   *
   * @param path the folder; empty for the working directory
   * @return the names, without the folder itself and its parent: text from the server, which may or may not
   *     include the path
   * @throws FtpException if the server refuses, as some do for an empty folder; the client stays usable
   * @throws dev.wireline.error.LimitExceededException if they have more than {@code maxReadBytes}; the client
   *     is BROKEN
   * @throws IOException as described for the class
   */
  public List<String> names(String path) throws IOException {
    try (Incoming names = lines("NLST", path, true)) {
      return names.readLines().stream()
          .map(this::decoded)
          .filter(name -> !Names.isFolderItself(name))
          .toList();
    }
  }

  /**
   * What the server knows about a file or a folder: by MLST (RFC 3659, section 7) or, if the server does not
   * know that, from the listing of its parent.
   *
   * @param path its path
   * @return the entry, with that path as its name; empty if there is none
   * @throws IOException as {@link #list(String)}
   */
  public Optional<FtpEntry> stat(String path) throws IOException {
    command("MLST", "path", path);
    return new Listing(this, options).stat(path);
  }

  /**
   * Downloads a file as a stream (RETR).
   *
   * @param path the file
   * @return its bytes; read them to the end or close the stream; nothing else is sent meanwhile. The stream
   *     ends only at the end of the file, confirmed by the server; a cut transfer fails
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming retrieve(String path) throws IOException {
    return retrieve(path, 0);
  }

  /**
   * Downloads a file as a stream, starting at an offset (RFC 3659, section 5).
   *
   * @param path the file
   * @param offset how many bytes to skip, 0 or more
   * @return as {@link #retrieve(String)}
   * @throws IllegalArgumentException if the offset is negative
   * @throws FtpException if the server refuses the file or the offset; the client stays usable
   * @throws IOException as described for the class
   */
  public Incoming retrieve(String path, long offset) throws IOException {
    checkOffset(offset);
    command("RETR", "path", path);
    return receiving("I", () -> command("RETR", "path", path), offset, false);
  }

  /**
   * Downloads a text file as a stream; the server ends its lines with CRLF (TYPE A).
   *
   * @param path the file
   * @return as {@link #retrieve(String)}; best read line by line
   * @throws IOException as {@link #retrieve(String)}
   */
  public Incoming retrieveText(String path) throws IOException {
    command("RETR", "path", path);
    return receiving("A", () -> command("RETR", "path", path), 0, false);
  }

  /**
   * Uploads a file, replacing an existing one (STOR).
   *
   * @param path the file
   * @param content its bytes; if it fails half way the upload fails, though the server may keep what it got
   * @throws FtpException if the server refuses, before or after the data; the client stays usable
   * @throws IOException as described for the class, or whatever the content threw
   */
  public void store(String path, Content content) throws IOException {
    store(path, 0, content);
  }

  /**
   * Uploads a file starting at an offset (RFC 3659, section 5).
   *
   * @param path the file
   * @param offset how many bytes of the existing file to keep, 0 or more
   * @param content the bytes from the offset on
   * @throws IllegalArgumentException if the offset is negative
   * @throws IOException as {@link #store(String, Content)}
   */
  public void store(String path, long offset, Content content) throws IOException {
    store(path, offset, content, NOBODY);
  }

  void store(String path, long offset, Content content, ProgressListener listener)
      throws IOException {
    checkOffset(offset);
    command("STOR", "path", path);
    sending("I", () -> command("STOR", "path", path), offset, content, listener);
  }

  /**
   * Uploads a text file, whose lines are sent with CRLF (TYPE A) and get the server's line ends.
   *
   * @param path the file
   * @param text its bytes, with lines ending in LF or CRLF
   * @throws IOException as {@link #store(String, Content)}
   */
  public void storeText(String path, Content text) throws IOException {
    command("STOR", "path", path);
    Objects.requireNonNull(text, "text");
    Content lines = Content.of(() -> new NetworkLines(text.open()));
    sending("A", () -> command("STOR", "path", path), 0, lines, NOBODY);
  }

  /**
   * Appends to a file, or creates it.
   *
   * @param path the file
   * @param content the bytes
   * @throws IOException as {@link #store(String, Content)}
   */
  public void append(String path, Content content) throws IOException {
    command("APPE", "path", path);
    sending("I", () -> command("APPE", "path", path), 0, content, NOBODY);
  }

  /**
   * Uploads a file under a name that the server chooses (STOU).
   *
   * @param content its bytes
   * @return the name, if the server gives it in the form of RFC 1123, section 4.1.2.9
   * @throws IOException as {@link #store(String, Content)}
   */
  public Optional<String> storeUnique(Content content) throws IOException {
    sending("I", () -> Command.of("STOU"), 0, content, NOBODY);
    return Names.unique(data.latest().begun().text());
  }

  /**
   * Downloads a file. It appears under its name only once it is complete. Resumes where an earlier call
   * stopped, if the server still reports the same size and time; does nothing if a local file with that size
   * and time exists.
   *
   * @param path the file on the server
   * @param file the local file; an existing one is replaced at the end
   * @throws IllegalArgumentException if that path has no name
   * @throws FtpException if the server refuses; the client stays usable
   * @throws PeerProtocolException if less came than the server had announced; the client stays usable
   * @throws IOException as described for the class, or if the file system failed; what has arrived is kept for
   *     the next call
   */
  public void download(String path, Path file) throws IOException {
    download(path, file, NOBODY);
  }

  /**
   * As {@link #download(String, Path)}, and reports its progress.
   *
   * @param path the file on the server
   * @param file the local file
   * @param listener told of the progress
   * @throws IOException as {@link #download(String, Path)}
   */
  public void download(String path, Path file, ProgressListener listener) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(listener, "listener");
    command("RETR", "path", path);
    new FileCopy(this).download(path, file, listener);
  }

  /**
   * Uploads a file. Resumes where an earlier call stopped, if the server's part is newer than the local file
   * and its end matches the local file; otherwise starts over.
   *
   * @param file the local file
   * @param path the file on the server
   * @throws FtpException if the server refuses; the client stays usable
   * @throws IOException as described for the class, or if the file system failed
   */
  public void upload(Path file, String path) throws IOException {
    upload(file, path, NOBODY);
  }

  /**
   * As {@link #upload(Path, String)}, and reports its progress.
   *
   * @param file the local file
   * @param path the file on the server
   * @param listener told of the progress
   * @throws IOException as {@link #upload(Path, String)}
   */
  public void upload(Path file, String path, ProgressListener listener) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(listener, "listener");
    command("STOR", "path", path);
    new FileCopy(this).upload(file, path, listener);
  }

  /**
   * Downloads a folder with everything in it, each file as by {@link #download(String, Path)}. Links on the
   * server and partial downloads are left out, and local links are not followed out of the folder.
   *
   * @param path the folder on the server
   * @param folder the local folder, which is created if necessary
   * @return the number of files
   * @throws PeerProtocolException if a name would lead out of the folder; the client stays usable
   * @throws dev.wireline.error.LimitExceededException if there are more than {@code maxFiles}, or deeper than
   *     {@code maxDepth}; the client is BROKEN
   * @throws IOException as {@link #list(String)} and {@link #download(String, Path)}; what has arrived is kept
   */
  public int downloadFolder(String path, Path folder) throws IOException {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(folder, "folder");
    return new FolderCopy(this, options).download(path, folder);
  }

  /**
   * Uploads a folder with everything in it, each file as by {@link #upload(Path, String)}. Links and partial
   * downloads are left out.
   *
   * @param folder the local folder
   * @param path the folder on the server, which is created if necessary
   * @return the number of files
   * @throws dev.wireline.error.LimitExceededException as {@link #downloadFolder}
   * @throws IOException as {@link #upload(Path, String)}; what was sent is kept
   */
  public int uploadFolder(Path folder, String path) throws IOException {
    Objects.requireNonNull(folder, "folder");
    command("MKD", "path", path);
    return new FolderCopy(this, options).upload(folder, path);
  }

  /**
   * Aborts the running transfer: the thread that reads or sends gets an exception, and the client stays usable
   * if the server keeps in step. Does nothing if none is running. May be called from any thread.
   *
   * <p>It cuts the data connection, which servers answer with one reply, whereas the number of replies to ABOR
   * differs between servers.
   */
  public void abort() {
    data.abort();
  }

  /**
   * Sends any command without a data connection, such as SITE, and reads its answer. Preliminary replies are
   * skipped.
   *
   * @param command the command
   * @param expected the accepted codes, or their first digits
   * @return the answer
   * @throws FtpException if it has another code; the client stays usable
   * @throws IllegalArgumentException as {@link Replies#ask}; nothing was sent
   * @throws IOException as described for the class
   */
  public Reply command(Command command, int... expected) throws IOException {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(expected, "expected");
    return exchange(() -> {
      type = "";
      return replies.ask(command, expected);
    });
  }

  /**
   * Says goodbye if connected, and closes.
   *
   * @throws IOException if the server did not answer; the client is CLOSED all the same
   */
  public void quit() throws IOException {
    closeAfter(() -> replies.ask(Command.of("QUIT"), 2));
  }

  private Reply ask(String verb, String path, int... expected) throws IOException {
    command(verb, "path", path);
    return exchange(() -> replies.ask(command(verb, "path", path), expected));
  }

  /**
   * Begins to receive; the transfer ends with the stream.
   *
   * @param wanted the type, or empty if none is needed
   * @param raw whether its charset must still be detected
   */
  private Incoming receiving(String wanted, Steps<Command> command, long offset, boolean raw)
      throws IOException {
    return openIncoming(
        () -> {
          if (!wanted.isEmpty()) {
            use(wanted);
          }
          Transfer begun = begin(command.run(), offset);
          LineOptions lines = options();
          return Incoming.of(
              begun.data(), raw ? lines.toBuilder().charset(ISO_8859_1).build() : lines);
        },
        whole -> data.latest().end(whole));
  }

  private void sending(
      String wanted,
      Steps<Command> command,
      long before,
      Content content,
      ProgressListener listener)
      throws IOException {
    long length = Objects.requireNonNull(content, "content").length();
    long total = length < 0 ? length : before + length;
    try (InputStream in = content.open(length);
        Outgoing out = openOutgoing(
            () -> {
              use(wanted);
              Transfer begun = begin(command.run(), before);
              return Outgoing.of(begun.data(), options());
            },
            whole -> data.latest().endSent(whole))) {
      Copying.copy(in, out, before, () -> true, sent -> listener.progress(sent, total), listener);
      out.finish();
    }
  }

  private Transfer begin(Command command, long offset) throws IOException {
    Transfer begun = data.begin(command, offset, protectsData);
    if (options.noopInterval().isPresent()) {
      begun.data().layer(new Heartbeat(options.noopInterval().get(), () -> showLife(begun)));
    }
    return begun;
  }

  private void showLife(Transfer transfer) {
    try {
      besideOpen(() -> {
        writeLine("NOOP");
        transfer.sign();
        return transfer;
      });
    } catch (IOException e) {
      // The client is BROKEN, which the end of the transfer reports.
    }
  }

  /** A command about a name, which is checked before anything is dialled, and again once encoded. */
  private Command command(String verb, String role, String name) {
    Objects.requireNonNull(name, role);
    return Names.command(verb, role, name, options().charset());
  }

  private static void checkOffset(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("an offset must be 0 or more, not " + offset);
    }
  }

  /** Whether to try MLSD. */
  boolean listsForMachines() throws IOException {
    return exchange(() -> knowsMachineLists);
  }

  /** Lines of a listing, in ISO-8859-1 if their charset must still be detected. */
  Incoming lines(String verb, String path, boolean raw) throws IOException {
    String listed = Names.listed(Objects.requireNonNull(path, "path"));
    Steps<Command> command =
        () -> listed.isEmpty() ? Command.of(verb) : command(verb, "path", listed);
    command.run();
    return receiving("", command, 0, raw);
  }

  /** What MLST says; empty if there is no such file. */
  Optional<Reply> machineFacts(String path) throws IOException {
    try {
      return Optional.of(exchange(() -> replies.ask(command("MLST", "path", path), 250)));
    } catch (FtpException e) {
      // Some servers report a missing file as a syntax error in the path.
      if (e.code() != 550 && e.code() != 501) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The line of a listing in the charset of names; as it came if it is not text in that. */
  String decoded(String line) {
    return Names.decoded(line, options().charset());
  }

  Wire second(int port) throws IOException {
    return companion(port);
  }

  Acceptor callBack() throws IOException {
    return listen();
  }

  PeerProtocolException unreadable(String rule, Reply reply) {
    return malformed(rule, reply.toString());
  }

  LimitExceededException exceeding(String limit, long max) {
    return exceeded(limit, max);
  }

  /** Gives the client up because a limit was exceeded. */
  void exceed(String limit, long max) throws IOException {
    exchange(() -> {
      throw exceeded(limit, max);
    });
  }
}
