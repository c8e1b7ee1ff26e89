package dev.wireline.ftp;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.line.Reply;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.time.Duration;

/** A transfer that the server has begun: its data connection, and the reply expected at its end. */
final class Transfer {
  /** How long an upload over TLS waits for the server to stop sending: 2 s. */
  static final Duration END_WAIT = Duration.ofSeconds(2);

  /** The most that a server may send on the data connection of an upload: 64 KiB. */
  static final int MAX_END_BYTES = 64 * 1024;

  private static final Activity ENDING = new Activity(Phase.READ, "ending an upload to");
  private static final Activity MOVING = new Activity(Phase.READ, "moving data with");

  private final Wire data;
  private final FinalReplies replies;
  private final Reply begun;

  /** How many NOOPs were sent meanwhile; their answers come before or after the one to the transfer. */
  private int signs;

  Transfer(Wire data, FinalReplies replies, Reply begun) {
    this.data = data;
    this.replies = replies;
    this.begun = begun;
  }

  Wire data() {
    return data;
  }

  /** What the server said when it began. */
  Reply begun() {
    return begun;
  }

  /**
   * Reads how it ended, after closing the data connection, since some servers say it only then.
   *
   * @param whole whether everything was transferred
   */
  void end(boolean whole) throws IOException {
    boolean stopped = !whole && data.failure().isEmpty();
    data.close();
    try {
      confirm(whole);
    } catch (FtpException e) {
      // A caller who has had enough need not be told that the server calls that a failure.
      if (!stopped || !e.connectionUsable()) {
        throw e;
      }
    }
  }

  /** As {@link #end}, for uploads: waits for a TLS session ticket for the next connection, if there is one. */
  void endSent(boolean whole) throws IOException {
    if (whole && data.tlsSession().isPresent()) {
      awaitEnd();
    }
    data.close();
    confirm(whole);
  }

  /** Records that there will be one more answer. */
  void sign() {
    signs++;
  }

  /** Reads the answer to the transfer, and the answers to what was sent during it. */
  private void confirm(boolean whole) throws IOException {
    try {
      while (signs > 0 && replies.expect(200, 226, 250).code() == 200) {
        signs--;
      }
      if (signs == 0 && whole) {
        replies.expect(226, 250);
      } else if (signs == 0) {
        replies.expectNext(226, 250);
      }
    } catch (FtpException e) {
      if (e.connectionUsable()) {
        readSigns();
      }
      throw e;
    }
    readSigns();
  }

  private void readSigns() throws IOException {
    for (; signs > 0; signs--) {
      replies.expect(2, 4, 5);
    }
  }

  private void awaitEnd() {
    Deadline end = Deadline.after(END_WAIT, Phase.READ);
    try {
      while (data.input().fill(MAX_END_BYTES, end, ENDING)) {
        // The server has no data to send; what comes are tickets.
      }
    } catch (WirelineException e) {
      // Everything was sent, and the reply says whether it arrived.
    }
  }

  /** Cuts the data connection. From any thread. */
  void abort() {
    data.fail(new ClientClosedException(data.endpoint(), MOVING, "the transfer was aborted", null));
  }
}
