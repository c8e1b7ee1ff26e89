package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block of a known length, read as a stream; {@link Blocks#open} tells what it does. */
final class BlockInput extends InputStream implements LentInput {
  static final Activity BLOCK = new Activity(Phase.READ, "reading a block from");
  private static final Activity REST =
      new Activity(Phase.READ, "dropping the rest of an unread block from");
  private static final int PIECE_BYTES = 8 * 1024;

  private final LineReader reader;
  private final Wire wire;
  private final long length;
  private long left;
  private boolean dropped;

  /** What a read of all ended by half way, whose bytes nobody has. */
  private @Nullable Throwable lost;

  BlockInput(LineReader reader, Wire wire, long length) {
    this.reader = reader;
    this.wire = wire;
    this.length = length;
    this.left = length;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    Objects.checkFromIndexSize(offset, size, into.length);
    checkThere();
    if (size == 0 || left == 0) {
      return size == 0 ? 0 : -1;
    }
    Turn turn = reader.turn();
    reader.take(wire, BLOCK);
    try {
      int count = some(into, offset, (int) Math.min(size, left), Deadline.NEVER, BLOCK);
      turn.give();
      return count;
    } catch (Throwable e) {
      turn.left = e;
      reader.leave(wire, e);
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    long before = left;
    try {
      return super.readNBytes(length);
    } catch (Error e) {
      if (left != before) {
        // What was read is lost, and what follows is not the whole.
        lost = e;
        wire.fail(e);
      }
      throw e;
    }
  }

  private void endLost() {
    Throwable by = lost;
    if (by != null) {
      wire.fail(by);
    }
  }

  @Override
  public int available() {
    return wire.isOpen() ? (int) Math.min(left, wire.input().buffered()) : 0;
  }

  @Override
  public void close() {
    endLost();
    if (left == 0 || dropped || !reader.takeToClose(wire, REST)) {
      return;
    }
    Turn turn = reader.turn();
    try {
      dropped = true;
      drop();
      reader.takeBack(this);
      turn.give();
    } catch (Throwable e) {
      turn.left = e;
      reader.leave(wire, e);
      throw e;
    }
  }

  private void drop() {
    try {
      drain();
    } catch (WirelineException e) {
      // Nobody asked for these bytes. The wire is closed by it, and names it at the next use.
      wire.fail(e);
    }
  }

  private void drain() throws WirelineException {
    if (left > MAX_DRAINED_BYTES) {
      throw new LimitExceededException(wire.endpoint(), REST, "maxDrainedBytes", MAX_DRAINED_BYTES);
    }
    Deadline deadline = LentInput.drainDeadline();
    byte[] piece = new byte[PIECE_BYTES];
    while (wire.isOpen() && left > 0) {
      some(piece, 0, (int) Math.min(piece.length, left), deadline, REST);
    }
  }

  private int some(byte[] into, int offset, int size, Deadline deadline, Activity activity)
      throws WirelineException {
    boolean begun = left < length || reader.awaitFirst(wire, deadline, activity);
    int count = begun ? wire.input().read(into, offset, size, deadline, activity) : -1;
    if (count < 0) {
      String happened = "the peer hung up after " + (length - left) + " of " + length + " bytes";
      WirelineException cut =
          new ConnectionClosedException(wire.endpoint(), activity, happened, new byte[0], null);
      wire.fail(cut);
      throw cut;
    }
    left -= count;
    if (left == 0) {
      reader.takeBack(this);
      reader.read("a block of " + length + " bytes");
    }
    return count;
  }

  private void checkThere() throws WirelineException {
    endLost();
    if (left > 0) {
      wire.checkOpen(BLOCK);
    }
    if (dropped) {
      throw new IllegalStateException("this block was closed before its end");
    }
  }
}
