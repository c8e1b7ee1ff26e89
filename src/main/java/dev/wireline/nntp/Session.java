package dev.wireline.nntp;

import dev.wireline.line.Capabilities;
import dev.wireline.line.Command;
import dev.wireline.line.DotBlocks;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.sasl.Sasl;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What both sides know about each other: the greeting, the server's capabilities, TLS, the mode and the login.
 * Used inside the exchanges of its client.
 */
final class Session {
  /** The longest command, including its line end (RFC 3977, section 3.1): 512 bytes. */
  static final int MAX_COMMAND_BYTES = 512;

  /** The most bytes of the server's capabilities, and of its overview format: 64 KiB. */
  static final int MAX_CAPABILITY_BYTES = 64 * 1024;

  private static final int UNKNOWN_COMMAND = 500;

  private final NntpClient client;
  private final NntpOptions options;
  private final Replies replies;

  /** For the greeting and MODE READER, after which the server also closes on 502 (RFC 3977, section 3.2.1). */
  private final Replies entries;

  private final DotBlocks texts;
  private final Set<String> unknown = new HashSet<>();
  private Capabilities capabilities = Capabilities.none();
  private boolean mayPost;
  private boolean settled;
  private @Nullable Login login;
  private @Nullable OverviewFormat format;

  Session(NntpClient client, NntpOptions options) {
    this.client = client;
    this.options = options;
    Replies all = Replies.of(client).withRefusal(NntpException::new);
    this.replies = all.withClosingCodes(205, 400);
    this.entries = all.withClosingCodes(205, 400, 502);
    this.texts = DotBlocks.of(client).withMaxBytes(MAX_CAPABILITY_BYTES);
  }

  /** A command no longer than servers accept. */
  static Command command(String verb) {
    return Command.of(verb).withMaxBytes(MAX_COMMAND_BYTES);
  }

  void greet() throws IOException {
    settled = options.transit();
    mayPost = entries.expect(200, 201).code() == 200;
    askCapabilities();
    // A server that switches to another program for readers may offer TLS only there.
    if (capabilities.has("STARTTLS") || !mayBecomeReader()) {
      startTls();
    }
    becomeReader();
  }

  private void askCapabilities() throws IOException {
    try {
      replies.ask(Command.of("CAPABILITIES"), 101);
      capabilities = Capabilities.ofLines(texts.read().readLines());
    } catch (NntpException e) {
      throwIfClosed(e);
      capabilities = Capabilities.none();
    }
  }

  private static void throwIfClosed(NntpException e) throws NntpException {
    if (!e.connectionUsable()) {
      throw e;
    }
  }

  private void startTls() throws IOException {
    boolean offered = capabilities.has("STARTTLS");
    if (client.tlsSession().isPresent()
        || !options.tlsPolicy().startsTls(client.endpoint(), offered)) {
      return;
    }
    try {
      replies.ask(Command.of("STARTTLS"), 382);
    } catch (NntpException e) {
      throwIfClosed(e);
      if (options.tlsPolicy().isMandatory(client.endpoint())) {
        throw e;
      }
      return;
    }
    client.startTls();
    askCapabilities();
  }

  /** An old server, which lists no capabilities, may have the mode. */
  private boolean mayBecomeReader() {
    return !settled && (capabilities.names().isEmpty() || capabilities.has("MODE-READER"));
  }

  private void becomeReader() throws IOException {
    if (!mayBecomeReader()) {
      return;
    }
    try {
      mayPost = entries.ask(Command.of("MODE").atom("READER"), 200, 201).code() == 200;
    } catch (NntpException e) {
      throwIfClosed(e);
      settled = !e.needsLogin();
      return;
    }
    settled = true;
    askCapabilities();
    startTls();
  }

  Capabilities capabilities() {
    return capabilities;
  }

  boolean mayPost() {
    return capabilities.names().isEmpty() ? mayPost : capabilities.has("POST");
  }

  /** The best login that the server offers. */
  Login best(String user, String password, boolean confidential, Login otherwise) {
    if (!capabilities.has("AUTHINFO", "SASL")) {
      return otherwise;
    }
    Optional<Sasl> best = Sasl.best(capabilities.parameters("SASL"), user, password, confidential);
    return best.<Login>map(Login.BySasl::new).orElse(otherwise);
  }

  /** Logs in, and asks for the capabilities again (RFC 4643, section 2.2). */
  void logIn(Login by) throws IOException {
    by.run(client, replies);
    login = by;
    askCapabilities();
    becomeReader();
  }

  /** Asks, and once more after a new login if the server has forgotten the earlier one. */
  Reply ask(Command command, int... expected) throws IOException {
    try {
      return replies.ask(command, expected);
    } catch (NntpException no) {
      Login again = login;
      if (again == null || !no.needsLogin()) {
        throw no;
      }
      logInAgain(again, no);
      return replies.ask(command, expected);
    }
  }

  private void logInAgain(Login again, NntpException no) throws IOException {
    try {
      again.run(client, replies);
    } catch (NntpException e) {
      throwIfClosed(e);
      no.addSuppressed(e);
      throw no;
    }
  }

  /** The answer to what was sent with a command; it is not sent again. */
  Reply answerTo(Command command, int... expected) throws IOException {
    return replies.answerTo(command, expected);
  }

  /** Sends a command under its name in RFC 3977, or with an X before it if the server does not know that. */
  Reply ask(String verb, Function<String, Command> form, int... expected) throws IOException {
    if (capabilities.has(verb) && !unknown.contains(verb)) {
      try {
        return ask(form.apply(verb), expected);
      } catch (NntpException e) {
        if (e.code() != UNKNOWN_COMMAND) {
          throw e;
        }
        unknown.add(verb);
      }
    }
    return ask(form.apply("X" + verb), expected);
  }

  /** The order of the fields of an overview, requested once. */
  OverviewFormat overviewFormat() throws IOException {
    OverviewFormat known = format;
    if (known == null) {
      known = askForFormat();
      format = known;
    }
    return known;
  }

  private OverviewFormat askForFormat() throws IOException {
    try {
      ask(Command.of("LIST").atom("OVERVIEW.FMT"), 215);
      return OverviewFormat.of(texts.read().readLines());
    } catch (NntpException e) {
      throwIfClosed(e);
      if (e.needsLogin() || e.needsTls()) {
        throw e;
      }
      return OverviewFormat.STANDARD;
    }
  }
}
