package dev.wireline.imap;

import dev.wireline.internal.Ascii;
import dev.wireline.line.Blocks;
import dev.wireline.line.Capabilities;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says: the answers to commands, and unsolicited events, which go to a listener or are
 * kept. Not thread-safe.
 */
final class Responses {
  private final ImapClient client;
  private final ImapOptions options;
  private final Blocks blocks;
  private final KeptEvents kept = new KeptEvents(ImapClient.MAX_KEPT_EVENTS);
  private Capabilities capabilities = Capabilities.none();
  private @Nullable Consumer<ImapEvent> listener;
  private boolean heard;
  private boolean delivering;
  private int count;

  Responses(ImapClient client, ImapOptions options) {
    this.client = client;
    this.options = options;
    this.blocks = Blocks.of(client);
  }

  /** Forgets everything about an earlier connection. What is said before {@link #hear} is not an event. */
  void forget() {
    heard = false;
    count = 0;
    kept.clear();
    capabilities = Capabilities.none();
  }

  void hear() {
    heard = true;
  }

  /** Begins to count the responses to a command. */
  void begin() {
    count = 0;
  }

  KeptEvents kept() {
    return kept;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void forgetCapabilities() {
    capabilities = Capabilities.none();
  }

  boolean isRev2() {
    return capabilities.has("IMAP4rev2");
  }

  boolean hasListener() {
    return listener != null;
  }

  /** Sets the listener for events, starting with those that were kept. */
  void listen(Consumer<ImapEvent> hears) {
    listener = hears;
    for (ImapEvent event = kept.poll(); event != null; event = kept.poll()) {
      deliver(hears, event);
    }
  }

  boolean isDelivering() {
    return delivering;
  }

  /** Reads the start of the next response. */
  Response next() throws IOException {
    return new Response(client.readLine());
  }

  Response of(String line) throws IOException {
    return new Response(line);
  }

  /** The arguments of a status code, token by token. */
  Tokens arguments(StatusLine status) throws IOException {
    return new Response("* " + status.arguments()).tokens;
  }

  /** Handles a response that may be part of the answer. */
  interface Handler {
    /** Takes all of a response and returns true, or none of it and returns false. */
    boolean take(String name, long number, Tokens tokens) throws IOException;
  }

  static final Handler NOTHING = (name, number, tokens) -> false;

  /** One response, whose lines and literals share a limit. */
  final class Response implements Tokens.Input {
    private int room = options.maxResponseBytes();
    final String head;
    final Tokens tokens;

    Response(String line) throws IOException {
      if (++count > options.maxResponses()) {
        throw client.tooMuch("maxResponses", options.maxResponses());
      }
      this.tokens = new Tokens(this, line);
      spend(line.length());
      this.head = tokens.word();
    }

    private void spend(long length) throws IOException {
      if (length > room) {
        throw client.tooMuch("maxResponseBytes", options.maxResponseBytes());
      }
      room -= (int) length;
    }

    @Override
    public String line() throws IOException {
      String line = client.readLine();
      spend(line.length());
      return line;
    }

    @Override
    public byte[] literal(long length) throws IOException {
      spend(length);
      return blocks.read(length);
    }

    @Override
    public IOException malformed(String rule, String line) {
      return client.nonsense(rule + " (RFC 9051, section 9)", line);
    }

    @Override
    public IOException exceeded(String limit, long max) {
      return client.tooMuch(limit, max);
    }
  }

  /** Reads to the end of a command that the server answers with OK. */
  StatusLine finish(String tag, String command, Handler handler) throws IOException {
    while (true) {
      Response response = next();
      if (response.head.equals(tag)) {
        return tagged(response.tokens, command);
      }
      untagged(response, command, handler);
    }
  }

  StatusLine tagged(Tokens tokens, String command) throws IOException {
    StatusLine status = StatusLine.parse(upper(tokens.word()), tokens.rest());
    if (!Set.of("OK", "NO", "BAD").contains(status.status())) {
      throw tokens.malformed("a command ends with OK, NO or BAD");
    }
    if (!status.isOk()) {
      throw client.no(status, command, false);
    }
    learn(status);
    return status;
  }

  void untagged(Response response, String command, Handler handler) throws IOException {
    Tokens tokens = response.tokens;
    if (!response.head.equals("*")) {
      throw tokens.malformed("a response starts with * or the tag of the command");
    }
    boolean numbered = Ascii.isDigit((char) Math.max(0, tokens.peek()));
    long number = numbered ? tokens.number() : 0;
    String name = upper(tokens.word());
    if (name.equals("CAPABILITY")) {
      capabilities = Capabilities.ofWords(tokens.rest());
    } else if (!handler.take(name, number, tokens)) {
      unasked(name, number, tokens, command);
    } else {
      tokens.skipAll();
    }
  }

  private void unasked(String name, long number, Tokens tokens, String command) throws IOException {
    switch (name) {
      case "EXISTS" -> tell(ImapEvent.of(ImapEvent.Kind.EXISTS, number));
      case "RECENT" -> tell(ImapEvent.of(ImapEvent.Kind.RECENT, number));
      case "EXPUNGE" -> tell(ImapEvent.of(ImapEvent.Kind.EXPUNGE, number));
      case "FETCH" -> {
        FetchedMail fetched = FetchItems.all(number, tokens);
        tell(new ImapEvent(ImapEvent.Kind.FETCH, number, Optional.of(fetched), ""));
      }
      case "VANISHED" -> tell(ImapEvent.of(ImapEvent.Kind.VANISHED, vanished(tokens)));
      case "OK", "NO", "BAD", "BYE" -> status(StatusLine.parse(name, tokens.rest()), command);
      default -> {
        tokens.skipAll();
        tell(ImapEvent.of(ImapEvent.Kind.OTHER, name));
      }
    }
    tokens.end();
  }

  private static String vanished(Tokens tokens) throws IOException {
    if (tokens.peek() == '(') {
      tokens.skip();
    }
    return tokens.word();
  }

  void status(StatusLine status, String command) throws IOException {
    if (status.status().equals("BYE")) {
      throw client.no(status, command, true);
    }
    learn(status);
    // Status lines without a code, such as keep-alives on an idle connection, wake nobody.
    if (listener != null || !status.code().isEmpty()) {
      tell(ImapEvent.of(ImapEvent.Kind.STATUS, status.toString()));
    }
  }

  void learn(StatusLine status) {
    if (status.code().equals("CAPABILITY")) {
      capabilities = Capabilities.ofWords(status.arguments());
    }
  }

  void tell(ImapEvent event) {
    Consumer<ImapEvent> hears = listener;
    if (!heard) {
      // Before TLS anybody on the way may have sent it.
      return;
    }
    if (hears == null) {
      kept.add(event);
    } else {
      deliver(hears, event);
    }
  }

  /** Calls a listener, which must not send anything in the middle of an answer. */
  <T> void deliver(Consumer<T> hears, T what) {
    delivering = true;
    try {
      hears.accept(what);
    } finally {
      delivering = false;
    }
  }

  static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  /** Waits for the go-ahead for a literal; a refusal may come instead. */
  String awaitGoAhead(String tag, String command) throws IOException {
    while (true) {
      Response response = next();
      if (response.head.equals("+")) {
        return response.tokens.rest();
      }
      if (response.head.equals(tag)) {
        tagged(response.tokens, command);
        throw response.tokens.malformed("the server waits for the rest of a command with +");
      }
      untagged(response, command, NOTHING);
    }
  }
}
