package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Turn;
import dev.wireline.net.Connection;
import dev.wireline.net.Deadline;
import dev.wireline.net.Wire;
import dev.wireline.net.WireOutput;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends lines, in one write per request, and holds the writing turn while it does. */
final class LineWriter {
  private static final Activity LINE = new Activity(Phase.WRITE, "writing a line to");

  private static final int SLICE_BYTES = 64 * 1024;

  private volatile LineOptions options;
  private final Turn turn = new Turn("writing");
  private LineBytes bytes;
  private long calls;

  /** Whether bytes may have been sent: before that, a mistake in them does no harm. */
  private boolean sending;

  /** The thread that is in an exchange, or greeting: it reads its answer, which may be there already. */
  volatile @Nullable Object holder;

  /** The thread that reads answers of a pipeline: what it wrote would be answered before the others. */
  volatile @Nullable Object answerer;

  private @Nullable Outgoing lent;
  private final Witness witness;

  LineWriter(LineOptions options, Witness witness) {
    this.options = options;
    this.witness = witness;
    this.bytes = new LineBytes(options);
  }

  /** Writes with other settings from now on. */
  void use(LineOptions changed) {
    turn.take();
    bytes = new LineBytes(changed);
    options = changed;
    turn.give();
  }

  /** A write in the writing turn. The one used for each line holds no state, so it is created only once. */
  private interface Write<W, R> {
    R run(LineWriter writer, Wire wire, W what) throws WirelineException;
  }

  /** Runs a write, even with nothing to send, unless the connection is gone. */
  private <W, R> R next(Wire wire, W what, Write<W, R> write) throws WirelineException {
    begin(wire);
    return inTurn(wire, what, write);
  }

  private <W, R> R inTurn(Wire wire, W what, Write<W, R> write) throws WirelineException {
    take(wire);
    try {
      R result = write.run(this, wire, what);
      turn.give();
      return result;
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  void line(Wire wire, String line) throws WirelineException {
    next(wire, line, SEND_TEXT);
  }

  /** Not a lambda: the first one of a JVM costs more than the first answer. */
  private static final Write<String, Integer> SEND_TEXT = new Write<>() {
    @Override
    public Integer run(LineWriter writer, Wire wire, String line) throws WirelineException {
      writer.bytes.line(line);
      writer.witness.sent(line);
      return writer.send(wire);
    }
  };

  void line(Wire wire, byte[] line) throws WirelineException {
    next(wire, line, LineWriter::sendBytes);
  }

  private int sendBytes(Wire wire, byte[] line) throws WirelineException {
    bytes.line(line);
    witness.sent(bytes);
    return send(wire);
  }

  void lines(Wire wire, List<String> lines) throws WirelineException {
    next(wire, lines, LineWriter::sendLines);
  }

  private int sendLines(Wire wire, List<String> lines) throws WirelineException {
    for (String line : lines) {
      bytes.line(line);
    }
    witness.sent(lines);
    return send(wire);
  }

  /** Sends what can be checked and shown by itself. */
  void message(Wire wire, Message message) throws WirelineException {
    next(wire, message, LineWriter::sendMessage);
  }

  private int sendMessage(Wire wire, Message message) throws WirelineException {
    message.appendTo(bytes);
    witness.sent(message);
    return send(wire);
  }

  /**
   * Sends an encoded message, while a watch takes in what the peer says meanwhile; returns whether all of it
   * was sent.
   */
  boolean message(Wire wire, Message message, LineBytes encoded, WireOutput.Watch watch)
      throws WirelineException {
    return next(wire, message, (writer, to, shown) -> {
      writer.witness.sent(shown);
      writer.startSending();
      return to.output()
          .write(encoded.array(), 0, encoded.size(), writer.transferDeadline(), LINE, watch);
    });
  }

  /**
   * Sends the commands of a pipeline, each slice in one write with its own timeout, while it takes in what the
   * peer says meanwhile; returns whether all were sent.
   */
  boolean pipeline(Wire wire, LineBytes all, List<Pipelined<?>> commands, PipelineRun run)
      throws WirelineException {
    return next(wire, all, (writer, to, sent) -> {
      for (Pipelined<?> command : commands) {
        writer.witness.sent(command.message());
      }
      writer.startSending();
      return writer.slices(to, sent, run);
    });
  }

  private boolean slices(Wire wire, LineBytes all, PipelineRun run) throws WirelineException {
    boolean goesOn = true;
    for (int from = 0; goesOn && from < all.size(); from += SLICE_BYTES) {
      int length = Math.min(SLICE_BYTES, all.size() - from);
      run.left(from);
      goesOn = wire.output().write(all.array(), from, length, transferDeadline(), LINE, run);
    }
    return goesOn;
  }

  private void startSending() {
    calls++;
    sending = true;
  }

  private void begin(Wire wire) throws WirelineException {
    wire.checkOpen(LINE);
    checkNotLent();
    if (answerer == Connection.caller()) {
      throw new IllegalStateException("an answer of a pipeline is being read: it must not write");
    }
  }

  private void take(Wire wire) throws WirelineException {
    if (!turn.tryTake()) {
      throw HalfWay.refusal(wire, turn, LINE);
    }
    sending = false;
  }

  /** Ends a write that did not come to its end, whose turn was marked before. */
  private void leave(Wire wire, Throwable why) {
    bytes.clear();
    if (sending) {
      HalfWay.end(wire, turn, why);
    } else {
      turn.giveLeft();
    }
  }

  /** Sends what was gathered; returns how much that was. */
  private int send(Wire wire) throws WirelineException {
    int length = bytes.size();
    if (length > 0) {
      startSending();
      boolean answered = wire.output().isRefused() && wire.input().hasUnread();
      if (!answered || holder != Connection.caller()) {
        wire.output().write(bytes.array(), 0, length, transferDeadline(), LINE);
      }
    }
    bytes.clear();
    return length;
  }

  private Deadline transferDeadline() {
    return options.dialer().deadline(options.transferTimeout(), Phase.WRITE, "transferTimeout");
  }

  /** Creates what the output is lent to. */
  interface Lending {
    Outgoing of(LineWriter writer, Wire wire);
  }

  /** Lends the output to bulk data, up to its end. */
  Outgoing lend(Wire wire, Lending lending) throws WirelineException {
    return next(wire, lending, (writer, to, what) -> {
      Outgoing made = what.of(writer, to);
      writer.lent = made;
      return made;
    });
  }

  void takeBack(Outgoing content) {
    if (lent == content) {
      lent = null;
    }
  }

  /** Refuses a write that would become part of a text or a block. */
  void checkNotLent() {
    Outgoing content = lent;
    if (content != null) {
      throw new IllegalStateException(
          "the output is lent to " + content + ": finish it or close it first");
    }
  }

  /** Forgets what was begun on a connection that is gone. */
  void forget() {
    lent = null;
    if (turn.left != null) {
      turn.giveLeft();
    }
  }

  /** Writes a part of what was lent the output. */
  void block(Wire wire, byte[] part, int offset, int length, Activity activity)
      throws WirelineException {
    inTurn(wire, part, (writer, to, bytes) -> {
      writer.startSending();
      // A peer that answers in the middle of a text is heard at its end.
      boolean heard = !to.output().isRefused();
      if (heard) {
        to.output().write(bytes, offset, length, writer.transferDeadline(), activity);
      }
      return heard;
    });
  }

  /** Who sees what is written. */
  Witness witness() {
    return witness;
  }

  Charset charset() {
    return options.charset();
  }

  /** Whether a write ended half way and nothing could be done about it yet. */
  boolean isLeft() {
    return turn.leftBy() != null;
  }

  /** How many writes were begun so far. */
  long calls() {
    return calls;
  }
}
