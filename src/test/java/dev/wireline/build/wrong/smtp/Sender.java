package dev.wireline.build.wrong.smtp;

import dev.wireline.build.wrong.http.Asks;
import dev.wireline.build.wrong.line.Chat;
import dev.wireline.build.wrong.pop3.Mailbox;

/** Wrong in two of three: a line client is its base, other protocols are none of its business. */
public final class Sender extends Chat {
  public Mailbox mailbox() {
    return new Mailbox();
  }

  public Asks page() {
    return new Asks();
  }
}
