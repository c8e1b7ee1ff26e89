package dev.wireline.imap;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the answer to SELECT. */
final class Selection {
  private final Responses responses;
  private long exists;
  private long uidValidity;
  private long uidNext;
  private OptionalLong highestModSeq = OptionalLong.empty();
  private Set<String> flags = Set.of();
  private @Nullable Set<String> permanentFlags;

  Selection(Responses responses) {
    this.responses = responses;
  }

  boolean take(String name, long number, Tokens tokens) throws IOException {
    switch (name) {
      case "EXISTS" -> exists = number;
      case "RECENT" -> {}
      case "FLAGS" -> flags = new LinkedHashSet<>(tokens.strings());
      case "OK" -> code(StatusLine.parse(name, tokens.rest()));
      default -> {
        // LIST, which rev2 adds, only repeats the name.
        if (!name.equals("LIST")) {
          return false;
        }
        tokens.skipAll();
      }
    }
    return true;
  }

  private void code(StatusLine status) throws IOException {
    Tokens arguments = responses.arguments(status);
    switch (status.code()) {
      case "UIDVALIDITY" -> uidValidity = arguments.number();
      case "UIDNEXT" -> uidNext = arguments.number();
      case "HIGHESTMODSEQ" -> highestModSeq = OptionalLong.of(arguments.number());
      case "PERMANENTFLAGS" -> permanentFlags = new LinkedHashSet<>(arguments.strings());
      case "UNSEEN", "NOMODSEQ", "CLOSED" -> {}
      default -> responses.status(status, "SELECT");
    }
  }

  Selected done(String mailbox, boolean readOnly) {
    Set<String> permanent = permanentFlags;
    return new Selected(
        mailbox,
        exists,
        uidValidity,
        uidNext,
        highestModSeq,
        flags,
        permanent == null ? flags : permanent,
        readOnly);
  }
}
