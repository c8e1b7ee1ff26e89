package dev.wireline.nntp;

import dev.wireline.error.Activity;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.line.Command;
import dev.wireline.line.Message;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import dev.wireline.sasl.Sasl;
import dev.wireline.sasl.SaslException;
import dev.wireline.sasl.SaslText;
import java.io.IOException;

/** A way to log in (RFC 4643), kept for a server that asks for it again. Immutable; shows no secret. */
interface Login {
  /** Whether an eavesdropper would get the secret. */
  boolean revealsSecret();

  void run(NntpClient client, Replies replies) throws IOException;

  /** AUTHINFO USER and PASS (RFC 4643, section 2.3). */
  record ByPassword(Command user, Command pass) implements Login {
    @Override
    public boolean revealsSecret() {
      return true;
    }

    @Override
    public void run(NntpClient client, Replies replies) throws IOException {
      if (replies.ask(user, 281, 381).code() == 381) {
        replies.ask(pass, 281);
      }
    }
  }

  /** AUTHINFO SASL (RFC 4643, section 2.4). */
  record BySasl(Sasl mechanism) implements Login {
    private static final Activity LOGGING_IN = new Activity(Phase.READ, "logging in to");

    @Override
    public boolean revealsSecret() {
      return mechanism.revealsSecret();
    }

    @Override
    public void run(NntpClient client, Replies replies) throws IOException {
      SaslText login = SaslText.start(mechanism);
      Command bare = Session.command("AUTHINFO").atom("SASL").atom(mechanism.name());
      int room = Session.MAX_COMMAND_BYTES - bare.toString().length() - " \r\n".length();
      Command first = login.initialResponse(room).map(bare::secretAtom).orElse(bare);
      try {
        Reply reply = replies.ask(first, 281, 283, 383);
        while (reply.code() == 383) {
          Message.of().secretLine(written(login.respond(reply.text()))).writeTo(client);
          reply = replies.answerTo(bare, 281, 283, 383);
        }
        if (reply.code() == 283) {
          login.respond(reply.text());
        }
        login.complete();
      } catch (SaslException e) {
        throw new PeerProtocolException(
            client.endpoint(), LOGGING_IN, String.valueOf(e.getMessage()), "");
      }
    }

    /** An empty response is written as an equals sign, unlike in SMTP. */
    private static String written(String response) {
      return response.isEmpty() ? "=" : response;
    }
  }
}
