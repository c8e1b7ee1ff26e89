package dev.wireline.build.wrong.smtp;

import dev.wireline.build.wrong.line.Chat;
import dev.wireline.build.wrong.pop3.Mailbox;

/** Wrong in one of two: a line client is its base, another protocol is none of its business. */
public final class Sender extends Chat {
  public Mailbox mailbox() {
    return new Mailbox();
  }
}
