package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wireline.http.Holds;
import dev.wireline.internal.MalformedException;
import dev.wireline.internal.TooLargeException;
import java.util.Optional;

/**
 * Replies with codes of three digits, and each line as a reply with a sign: what was parsed is the same
 * once it is written again.
 *
 * <p>The first byte of an input says whether lines without a code may stand within a reply; the lines
 * follow, with LF between them.
 */
public final class ReplyFuzz {
  private static final int MAX_LINES = 8;
  private static final int MAX_BYTES = 200;

  private ReplyFuzz() {}

  public static void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String[] lines = new String(input, 1, input.length - 1, ISO_8859_1).split("\n", -1);
    try {
      Optional<Reply> reply = parse((input[0] & 1) == 1, lines);
      if (reply.isPresent()) {
        look(reply.get());
      }
    } catch (MalformedException | TooLargeException e) {
      Holds.refusal(e);
    }
    for (String line : lines) {
      status(line);
    }
  }

  /** The first reply; empty if its last line is missing. */
  private static Optional<Reply> parse(boolean freeMiddles, String[] lines)
      throws MalformedException, TooLargeException {
    ReplyParser parser = new ReplyParser(freeMiddles, MAX_LINES, MAX_BYTES);
    for (String line : lines) {
      if (parser.take(line, line.length())) {
        return Optional.of(parser.reply());
      }
    }
    return Optional.empty();
  }

  private static void look(Reply reply) throws MalformedException, TooLargeException {
    Holds.that(reply.code() >= 100 && reply.code() <= Reply.MAX_CODE, "a code in its range");
    Holds.that(reply.lines().size() <= MAX_LINES, "no more lines than asked for");
    Holds.that(String.join("", reply.lines()).length() <= MAX_BYTES, "no more text than asked for");
    Holds.same(reply, again(reply), "a reply and what it is on the wire");
  }

  private static Reply again(Reply reply) throws MalformedException, TooLargeException {
    ReplyParser parser = new ReplyParser(false, MAX_LINES, Integer.MAX_VALUE);
    int last = reply.lines().size() - 1;
    for (int i = 0; i <= last; i++) {
      String line = reply.code() + (i == last ? " " : "-") + reply.lines().get(i);
      Holds.same(parser.take(line, line.length()), i == last, "the last line is the last");
    }
    return parser.reply();
  }

  private static void status(String line) {
    try {
      StatusReply reply = StatusReply.parse(line);
      Holds.that(reply.toString().length() <= line.length(), "no more text than there was");
      Holds.same(reply, StatusReply.parse(reply.toString()), "a status and what it is on the wire");
    } catch (MalformedException e) {
      Holds.refusal(e);
    }
  }
}
