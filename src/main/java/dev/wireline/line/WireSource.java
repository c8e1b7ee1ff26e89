package dev.wireline.line;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Unread;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;

/** A wire whose input is lent by its line reader. */
final class WireSource extends BulkSource {
  private final LineReader reader;
  private final ReadingTurn reading;
  private final Wire wire;
  private final Unread unread;

  WireSource(LineReader reader, Wire wire) {
    super(reader.reading().turn);
    this.reader = reader;
    this.reading = reader.reading();
    this.wire = wire;
    this.unread = wire.input();
  }

  @Override
  Endpoint endpoint() {
    return wire.endpoint();
  }

  @Override
  Unread unread() {
    return unread;
  }

  @Override
  void take(Activity activity) throws WirelineException {
    reading.take(wire, activity);
    // Nothing can fail here except by stack overflow, and then the turn says so.
    try {
      reader.ends().dropPendingLf(unread);
    } catch (Throwable e) {
      turn.left = e;
      reading.leave(wire, e);
      throw e;
    }
  }

  @Override
  boolean takeToClose(Activity activity) {
    return reading.takeToClose(wire, activity);
  }

  @Override
  void leave(Throwable why) {
    reading.leave(wire, why);
  }

  @Override
  boolean fill(Deadline deadline, Activity activity) throws WirelineException {
    boolean more = wire.input().fill(Integer.MAX_VALUE, deadline, activity);
    reader.ends().dropPendingLf(unread);
    return more;
  }

  @Override
  int read(byte[] into, int offset, int length, Deadline deadline, Activity activity)
      throws WirelineException {
    return wire.input().read(into, offset, length, deadline, activity);
  }

  @Override
  boolean isOpen() {
    return wire.isOpen();
  }

  @Override
  void checkOpen(Activity activity) throws WirelineException {
    wire.checkOpen(activity);
  }

  @Override
  void fail(Throwable why) {
    wire.fail(why);
  }

  @Override
  void close() {
    wire.close();
  }

  @Override
  <E extends WirelineException> E told(E failure) {
    return reader.witness().told(failure);
  }

  @Override
  void takeBack(BulkReader content) {
    reader.takeBack(content);
  }

  @Override
  void tell(String what) {
    reader.witness().note("# S: " + what);
  }
}
