package dev.wireline.build.wrong.fetch;

import dev.wireline.build.wrong.pop3.Mailbox;
import dev.wireline.build.wrong.smtp.Sender;

/** Right: the one package that knows several protocols. */
public final class Links {
  public Object[] all() {
    return new Object[] {new Mailbox(), new Sender()};
  }
}
