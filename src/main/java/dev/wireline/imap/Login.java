package dev.wireline.imap;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.line.Command;
import dev.wireline.line.Message;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslException;
import dev.wireline.sasl.SaslText;
import java.io.IOException;
import java.util.Optional;

/** One login, by LOGIN or by a SASL mechanism (RFC 9051, sections 6.2.2 and 6.2.3). */
final class Login {
  private static final Activity LOGGING_IN = new Activity(Phase.READ, "logging in to");

  private final Commands commands;
  private final ImapClient client;
  private final Responses responses;

  Login(Commands commands) {
    this.commands = commands;
    this.client = commands.client;
    this.responses = commands.responses;
  }

  /** Logs in by LOGIN; the transcript shows the user if there are no literals. */
  StatusLine login(ImapCommand login, String user, String password) throws IOException {
    boolean inLine = login.parts().stream().allMatch(part -> part.literal() == null);
    if (!inLine) {
      return commands.ask(login, Responses.NOTHING);
    }
    String tag = commands.nextTag();
    Command.of(tag).atom("LOGIN").quoted(user).secretQuoted(password).writeTo(client);
    return responses.finish(tag, login.toString(), Responses.NOTHING);
  }

  StatusLine authenticate(Sasl mechanism) throws IOException {
    SaslText login = SaslText.start(mechanism);
    String tag = commands.nextTag();
    Command auth = Command.of(tag).atom("AUTHENTICATE").atom(mechanism.name());
    String shown = "AUTHENTICATE " + mechanism.name();
    Optional<String> first = responses.capabilities().has("SASL-IR") || responses.isRev2()
        ? login.initialResponse(8000)
        : Optional.empty();
    first.map(auth::secretAtom).orElse(auth).writeTo(client);
    try {
      StatusLine done = challenges(tag, shown, login);
      login.complete();
      return done;
    } catch (SaslException e) {
      throw new PeerProtocolException(
          client.endpoint(), LOGGING_IN, String.valueOf(e.getMessage()), "");
    }
  }

  private StatusLine challenges(String tag, String shown, SaslText login)
      throws IOException, SaslException {
    while (true) {
      Responses.Response response = responses.next();
      if (response.head.equals(tag)) {
        return responses.tagged(response.tokens, shown);
      }
      if (response.head.equals("+")) {
        Message.of().secretLine(login.respond(response.tokens.rest())).writeTo(client);
      } else {
        responses.untagged(response, shown, Responses.NOTHING);
      }
    }
  }
}
