package dev.wireline.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Quoted;
import dev.wireline.line.Command;
import dev.wireline.line.Message;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslException;
import dev.wireline.sasl.SaslExchange;
import java.io.IOException;
import java.util.Base64;
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
  private final SaslExchange exchange;
  private final Command bare;

  /** The first response as long as it has not left. */
  private byte @Nullable [] first;

  Authentication(SmtpClient client, Replies replies, Sasl mechanism) {
    this.client = client;
    this.replies = replies;
    this.exchange = mechanism.start();
    this.bare = Command.of("AUTH").atom(mechanism.name());
    this.first = exchange.initialResponse().orElse(null);
  }

  /** Logs in; gives what the server did wrong where the login was cancelled and the connection goes on. */
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
        throw cancelled("a login has at most " + MAX_CHALLENGES + " challenges", "");
      }
      Message.of().secretLine(encoded(response(reply.text()))).writeTo(client);
      reply = replies.answerTo(bare, 235, 334);
    }
    try {
      exchange.complete();
    } catch (SaslException e) {
      throw failed(e.getMessage(), "", false);
    }
  }

  /** With the first response where the line stays short (RFC 4954, section 4). */
  private Command command() {
    byte[] response = first;
    if (response == null) {
      return bare;
    }
    String text = response.length == 0 ? "=" : encoded(response);
    if (bare.toString().length() + 1 + text.length() > MAX_COMMAND_BYTES) {
      return bare;
    }
    first = null;
    return bare.secretAtom(text);
  }

  private byte[] response(String challenge) throws IOException {
    byte[] unsent = first;
    first = null;
    try {
      byte[] asked = Base64.getDecoder().decode(challenge.getBytes(US_ASCII));
      return unsent == null ? exchange.respond(asked) : unsent;
    } catch (IllegalArgumentException e) {
      throw cancelled("a challenge is in Base64 (RFC 4954, section 4)", Quoted.text(challenge));
    } catch (SaslException e) {
      throw cancelled(e.getMessage(), "");
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Ends the login in the middle, which the server has to answer with a no. */
  private PeerProtocolException cancelled(@Nullable String rule, String excerpt)
      throws IOException {
    Message.of().line("*").writeTo(client);
    return failed(rule, excerpt, replies.read().matches(4, 5));
  }

  private PeerProtocolException failed(@Nullable String rule, String excerpt, boolean usable) {
    return new PeerProtocolException(
        client.endpoint(), LOGGING_IN, String.valueOf(rule), excerpt, usable);
  }
}
