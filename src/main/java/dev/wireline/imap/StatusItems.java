package dev.wireline.imap;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Collects the answer to STATUS. */
final class StatusItems {
  @Nullable
  MailboxStatus found;

  boolean take(String name, long number, Tokens tokens) throws IOException {
    if (!name.equals("STATUS")) {
      return false;
    }
    tokens.string();
    long messages = 0;
    long unseen = 0;
    long uidNext = 0;
    long uidValidity = 0;
    OptionalLong highestModSeq = OptionalLong.empty();
    tokens.open();
    while (!tokens.closes()) {
      switch (tokens.word().toUpperCase(Locale.ROOT)) {
        case "MESSAGES" -> messages = tokens.number();
        case "UNSEEN" -> unseen = tokens.number();
        case "UIDNEXT" -> uidNext = tokens.number();
        case "UIDVALIDITY" -> uidValidity = tokens.number();
        case "HIGHESTMODSEQ" -> highestModSeq = OptionalLong.of(tokens.number());
        default -> tokens.skip();
      }
    }
    found = new MailboxStatus(messages, unseen, uidNext, uidValidity, highestModSeq);
    return true;
  }
}
