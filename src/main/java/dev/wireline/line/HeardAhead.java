package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import dev.wireline.net.WireOutput;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what the peer says while it does not read, if nobody else does: it may not go on until it has been
 * heard.
 */
final class HeardAhead implements WireOutput.Watch {
  private final Multiplexer<?> multiplexer;
  private final Wire wire;
  private final WireInput input;
  private boolean began;
  private @Nullable WirelineException refusal;

  HeardAhead(Multiplexer<?> multiplexer, Wire wire) {
    this.multiplexer = multiplexer;
    this.wire = wire;
    this.input = wire.input();
  }

  @Override
  public boolean goesOn(int sent) throws WirelineException {
    if (!began) {
      began = true;
      return true;
    }
    if (!multiplexer.isLeading()) {
      return true;
    }
    boolean goesOn = takeIn();
    multiplexer.stopLeading();
    return goesOn;
  }

  private boolean takeIn() throws WirelineException {
    int came;
    do {
      while (input.buffered() >= Multiplexer.MAX_AHEAD_BYTES) {
        multiplexer.handNext();
      }
      came = input.pollNow(Multiplexer.ANSWER);
    } while (came > 0);
    return came == 0;
  }

  @Override
  public void refused(WirelineException failure) {
    refusal = failure;
  }

  /** Why a message was not sent in full. */
  WirelineException reason() {
    WirelineException told = refusal;
    String happened = "the peer hung up before it had all of a message";
    return told != null
        ? told
        : new ConnectionClosedException(
            wire.endpoint(), Activity.WRITING, happened, new byte[0], null);
  }
}
