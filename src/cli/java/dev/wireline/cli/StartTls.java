package dev.wireline.cli;

import dev.wireline.line.LineClient;
import java.io.IOException;

/** How a conversation turns to TLS, by protocol. */
enum StartTls {
  /** RFC 3207. */
  smtp("220|EHLO localhost|250|STARTTLS|220"),
  /** RFC 9051, section 6.2.1. */
  imap("* |a STARTTLS|a OK"),
  /** RFC 2595, section 4. */
  pop3("+OK|STLS|+OK"),
  /** RFC 4217. */
  ftp("220|AUTH TLS|234"),
  /** RFC 4642. */
  nntp("20|STARTTLS|382");

  /** By turns what the server has to say and what is said to it. */
  private final String words;

  StartTls(String words) {
    this.words = words;
  }

  void run(LineClient client) throws IOException {
    String[] turns = words.split("\\|", -1);
    hear(client, turns[0]);
    for (int i = 1; i < turns.length; i += 2) {
      client.writeLine(turns[i]);
      hear(client, turns[i + 1]);
    }
    client.startTls();
  }

  /** The last line of an answer counts. */
  private void hear(LineClient client, String wanted) throws IOException {
    String line = client.readLine();
    while (goesOn(line)) {
      line = client.readLine();
    }
    if (!line.startsWith(wanted)) {
      throw new SaidNoException(
          "the server does not turn to TLS: it says \"" + Printable.of(line) + "\"");
    }
  }

  private boolean goesOn(String line) {
    boolean coded = this == smtp || this == ftp || this == nntp;
    boolean untagged = this == imap && line.startsWith("* ") && !line.startsWith("* OK");
    return untagged || (coded && line.length() > 3 && line.charAt(3) == '-');
  }
}
