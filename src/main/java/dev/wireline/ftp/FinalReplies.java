package dev.wireline.ftp;

import dev.wireline.line.Command;
import dev.wireline.line.Replies;
import dev.wireline.line.Reply;
import java.io.IOException;
import java.util.Arrays;

/**
 * The replies of a server. Preliminary replies, which only say that a command has begun (RFC 959, section 4.2),
 * are skipped unless expected: taken as an answer, one would leave the real answer to the next command.
 */
final class FinalReplies {
  /** The most preliminary replies before the one that answers a command. */
  static final int MAX_PRELIMINARIES = 10;

  private static final int PRELIMINARY = 1;

  private final FtpClient client;
  private final Replies replies;

  FinalReplies(FtpClient client) {
    this.client = client;
    this.replies = Replies.of(client)
        .withFreeMiddles()
        .withClosingCodes(221, 421)
        .withRefusal(FtpException::new);
  }

  /** As {@link Replies#ask}. */
  Reply ask(Command command, int... expected) throws IOException {
    return last(replies.ask(command, taken(expected)), expected);
  }

  /** As {@link Replies#expect}. */
  Reply expect(int... expected) throws IOException {
    return last(replies.expect(taken(expected)), expected);
  }

  /** The next reply, preliminary or not: Pure-FTPd ends a cut transfer with 110. */
  Reply expectNext(int... expected) throws IOException {
    return replies.expect(expected);
  }

  private Reply last(Reply first, int... expected) throws IOException {
    Reply reply = first;
    for (int i = 0; reply.code() < 200 && !reply.matches(expected); i++) {
      if (i == MAX_PRELIMINARIES) {
        throw client.exceeding("preliminary replies", MAX_PRELIMINARIES);
      }
      reply = replies.expect(taken(expected));
    }
    return reply;
  }

  private static int[] taken(int... expected) {
    int[] taken = Arrays.copyOf(expected, expected.length + 1);
    taken[expected.length] = PRELIMINARY;
    return taken;
  }
}
