package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.Unread;
import dev.wireline.net.Deadline;
import java.io.IOException;

/** Where bulk data comes from; one thread reads at a time. */
abstract class BulkSource {
  /** The right to read, returned by whoever took it, or marked if its read ends half way. */
  final Turn turn;

  BulkSource(Turn turn) {
    this.turn = turn;
  }

  /** Who sends. */
  abstract Endpoint endpoint();

  /** What has come. */
  abstract Unread unread();

  /** Takes the turn, unless another thread has it. */
  abstract void take(Activity activity) throws WirelineException;

  /** As {@link #take}, for a close; false if the source is gone, which its next use reports. */
  abstract boolean takeToClose(Activity activity);

  /** Ends a read that did not come to its end, whose turn was marked before. */
  abstract void leave(Throwable why);

  /** Waits for another byte; false at a clean end. */
  abstract boolean fill(Deadline deadline, Activity activity) throws IOException;

  /** Reads some bytes directly, when none that have come are unread; -1 at a clean end. */
  abstract int read(byte[] into, int offset, int length, Deadline deadline, Activity activity)
      throws IOException;

  abstract boolean isOpen();

  /** Checks that it can still be read. */
  abstract void checkOpen(Activity activity) throws WirelineException;

  /** Gives the source up because of a failure. */
  abstract void fail(Throwable why);

  /** Hangs up on purpose. */
  abstract void close();

  /** Adds the transcript to a failure that gives nothing up. */
  abstract <E extends WirelineException> E told(E failure);

  /** Called when the content has ended, or the rest of it was dropped. */
  abstract void takeBack(BulkReader content);

  /** Records what was read whole. */
  abstract void tell(String what);
}
