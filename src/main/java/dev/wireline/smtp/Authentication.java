package dev.wireline.smtp;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.line.Command;
import dev.wireline.line.Message;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.net.ConnectionState;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslException;
import dev.wireline.sasl.SaslText;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One login (RFC 4954). */
final class Authentication {
  /** The most challenges of one login. */
  static final int MAX_CHALLENGES = 10;

  /** The longest command line of RFC 5321, section 4.5.3.1.4, without its end. */
  static final int MAX_COMMAND_BYTES = 510;

  private static final Activity LOGGING_IN = new Activity(Phase.READ, "logging in to");

  private final SmtpClient client;
  private final Replies replies;
  private final SaslText login;
  private final Command bare;

  Authentication(SmtpClient client, Replies replies, Sasl mechanism) {
    this.client = client;
    this.replies = replies;
    this.login = SaslText.start(mechanism);
    this.bare = Command.of("AUTH").atom(mechanism.name());
  }

  /** Logs in; returns what the server did wrong if the login was cancelled and the connection stays usable. */
  Optional<PeerProtocolException> run() throws IOException {
    try {
      prove();
      return Optional.empty();
    } catch (PeerProtocolException e) {
      if (!e.connectionUsable()) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private void prove() throws IOException {
    Command auth = command();
    Reply reply = replies.ask(auth, 235, 334);
    for (int i = 0; reply.code() == 334; i++) {
      if (i == MAX_CHALLENGES) {
        throw cancelled("a login has at most " + MAX_CHALLENGES + " challenges");
      }
      Message.of().secretLine(response(reply.text())).writeTo(client);
      reply = replies.answerTo(bare, 235, 334);
    }
    try {
      login.complete();
    } catch (SaslException e) {
      throw failed(e.getMessage(), false);
    }
  }

  /** The command, with the initial response if the line stays short enough (RFC 4954, section 4). */
  private Command command() {
    int room = MAX_COMMAND_BYTES - bare.toString().length() - 1;
    return login.initialResponse(room).map(bare::secretAtom).orElse(bare);
  }

  private String response(String challenge) throws IOException {
    try {
      return login.respond(challenge);
    } catch (SaslException e) {
      throw cancelled(e.getMessage());
    }
  }

  /** Cancels the login in the middle, which the server must answer with a refusal. */
  private PeerProtocolException cancelled(@Nullable String rule) throws IOException {
    Message.of().line(SaslText.CANCEL).writeTo(client);
    // After 421 it is closed.
    return failed(rule, replies.read().matches(4, 5) && client.state() == ConnectionState.OPEN);
  }

  private PeerProtocolException failed(@Nullable String rule, boolean usable) {
    return new PeerProtocolException(
        client.endpoint(), LOGGING_IN, String.valueOf(rule), "", usable);
  }
}
