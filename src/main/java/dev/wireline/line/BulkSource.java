package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.internal.Unread;
import dev.wireline.net.Deadline;
import java.io.IOException;

/** Where something in bulk comes from; one thread reads at a time. */
abstract class BulkSource {
  /** The right to read, to be given by who took it, or marked if its read ends half way. */
  final Turn turn;

  BulkSource(Turn turn) {
    this.turn = turn;
  }

  /** Who sends. */
  abstract Endpoint endpoint();

  /** What has come. */
  abstract Unread unread();

  /** Takes the turn, unless it is somebody else's. */
  abstract void take(Activity activity) throws WirelineException;

  /** As {@link #take}, for a close; false if the source is gone, which its next use tells. */
  abstract boolean takeToClose(Activity activity);

  /** Ends a read that did not come to its end, whose turn was marked before. */
  abstract void leave(Throwable why);

  /** Waits for a byte more; false at a clean end. */
  abstract boolean fill(Deadline deadline, Activity activity) throws IOException;

  /** Reads some bytes past those that have come, of which none is unread; -1 at a clean end. */
  abstract int read(byte[] into, int offset, int length, Deadline deadline, Activity activity)
      throws IOException;

  abstract boolean isOpen();

  /** Finds that it can still be read, or says why not. */
  abstract void checkOpen(Activity activity) throws WirelineException;

  /** Gives the source up because of a failure. */
  abstract void fail(Throwable why);

  /** Hangs up on purpose. */
  abstract void close();

  /** A failure that gives nothing up, with what was said before it. */
  abstract <E extends WirelineException> E told(E failure);

  /** The content has ended, or what is left of it was dropped. */
  abstract void takeBack(BulkReader content);

  /** Tells what was read whole. */
  abstract void tell(String what);
}
