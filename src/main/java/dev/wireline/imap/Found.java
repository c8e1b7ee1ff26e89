package dev.wireline.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the answer to SEARCH. */
final class Found {
  private long[] uids = new long[64];
  private int size;
  private @Nullable MessageSet extended;

  boolean take(String name, long number, Tokens tokens) throws IOException {
    if (name.equals("ESEARCH")) {
      takeExtended(tokens);
      return true;
    }
    if (!name.equals("SEARCH")) {
      return false;
    }
    for (int next = tokens.peek(); next != Tokens.END; next = tokens.peek()) {
      if (next == '(') {
        tokens.skip();
      } else {
        add(uid(tokens));
      }
    }
    return true;
  }

  private static long uid(Tokens tokens) throws IOException {
    long uid = tokens.number();
    if (uid < 1 || uid > MessageSet.MAX) {
      throw tokens.malformed("a unique id is 1 to 2^32 - 1");
    }
    return uid;
  }

  private void add(long uid) {
    uids = size == uids.length ? Arrays.copyOf(uids, 2 * size) : uids;
    uids[size++] = uid;
  }

  private void takeExtended(Tokens tokens) throws IOException {
    while (tokens.peek() != Tokens.END) {
      if (tokens.peek() == '(') {
        tokens.skip();
      } else if (tokens.word().toUpperCase(Locale.ROOT).equals("ALL")) {
        extended = MessageSet.parse(true, tokens.word());
        if (extended == null) {
          throw tokens.malformed("what was found is a set of messages");
        }
      }
    }
  }

  MessageSet set() {
    MessageSet whole = extended;
    return whole != null ? whole : MessageSet.uids(Arrays.copyOf(uids, size));
  }
}
