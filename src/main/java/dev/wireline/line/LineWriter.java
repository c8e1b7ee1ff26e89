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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends lines, one write for all that was asked for, and holds the writing turn while it does. */
final class LineWriter {
  private static final Activity LINE = new Activity(Phase.WRITE, "writing a line to");

  private static final int SLICE_BYTES = 64 * 1024;

  private volatile LineOptions options;
  private final ReentrantLock answering = new ReentrantLock();
  private final Turn turn = new Turn("writing");
  private LineBytes bytes;
  private long calls;

  /** Whether bytes may have left: before that, a mistake in them costs nothing. */
  private boolean sending;

  /** The thread that is in an exchange, or greets: it reads its answer, which may be there already. */
  volatile @Nullable Object holder;

  private @Nullable Outgoing lent;
  private volatile @Nullable Transcript transcript;

  LineWriter(LineOptions options) {
    this.options = options;
    this.bytes = new LineBytes(options);
  }

  /** Writes with other settings from now on. */
  void use(LineOptions changed) {
    turn.take();
    bytes = new LineBytes(changed);
    options = changed;
    turn.give();
  }

  void keep(Transcript kept) {
    transcript = kept;
  }

  void line(Wire wire, String line) throws WirelineException {
    begin(wire);
    try {
      bytes.line(line);
      Transcript kept = transcript;
      if (kept != null) {
        kept.sent(line);
      }
      send(wire);
      end();
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  void line(Wire wire, byte[] line) throws WirelineException {
    begin(wire);
    try {
      bytes.line(line);
      Transcript kept = transcript;
      if (kept != null) {
        kept.sent(bytes.array(), 0, bytes.size());
      }
      send(wire);
      end();
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  void lines(Wire wire, List<String> lines) throws WirelineException {
    begin(wire);
    try {
      for (String line : lines) {
        bytes.line(line);
      }
      Transcript kept = transcript;
      if (kept != null) {
        lines.forEach(kept::sent);
      }
      send(wire);
      end();
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  /** Sends what can be checked and shown by itself. */
  void message(Wire wire, Message message) throws WirelineException {
    begin(wire);
    try {
      message.appendTo(bytes);
      show(message);
      send(wire);
      end();
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  /**
   * Sends a message whose bytes were made before, while a watch takes in what the peer says meanwhile;
   * whether all has left.
   */
  boolean message(Wire wire, Message message, LineBytes encoded, WireOutput.Watch watch)
      throws WirelineException {
    begin(wire);
    try {
      show(message);
      calls++;
      sending = true;
      boolean all =
          wire.output().write(encoded.array(), 0, encoded.size(), transferDeadline(), LINE, watch);
      turn.give();
      return all;
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  /**
   * Sends the commands of a pipeline, each slice of them in one write and with a time of its own, while it
   * takes in what the peer says meanwhile; whether all have left.
   */
  boolean pipeline(Wire wire, LineBytes all, List<Pipelined<?>> commands, PipelineRun run)
      throws WirelineException {
    begin(wire);
    try {
      for (Pipelined<?> command : commands) {
        show(command.message());
      }
      calls++;
      sending = true;
      boolean goesOn = true;
      for (int from = 0; goesOn && from < all.size(); from += SLICE_BYTES) {
        int length = Math.min(SLICE_BYTES, all.size() - from);
        run.left(from);
        goesOn = wire.output().write(all.array(), from, length, transferDeadline(), LINE, run);
      }
      turn.give();
      return goesOn;
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  /** Held while an answer of a pipeline is read: what it wrote would be answered before the others. */
  ReentrantLock answering() {
    return answering;
  }

  private void show(Message message) {
    Transcript kept = transcript;
    if (kept != null) {
      message.show(kept);
    }
  }

  /** A connection that is gone says so, also where there is nothing to send. */
  private void begin(Wire wire) throws WirelineException {
    wire.checkOpen(LINE);
    checkNotLent();
    if (answering.isHeldByCurrentThread()) {
      throw new IllegalStateException("an answer of a pipeline is being read: it must not write");
    }
    take(wire);
  }

  private void take(Wire wire) throws WirelineException {
    if (!turn.tryTake()) {
      Throwable left = turn.leftBy();
      if (left != null) {
        wire.fail(left);
        wire.checkOpen(LINE);
      }
      throw turn.refusal();
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

  private void send(Wire wire) throws WirelineException {
    if (bytes.size() > 0) {
      calls++;
      sending = true;
      boolean answered = wire.output().isRefused() && wire.input().hasUnread();
      if (!answered || holder != Connection.caller()) {
        wire.output().write(bytes.array(), 0, bytes.size(), transferDeadline(), LINE);
      }
    }
  }

  private void end() {
    bytes.clear();
    turn.give();
  }

  private Deadline transferDeadline() {
    return Deadline.after(options.transferTimeout(), Phase.WRITE, "transferTimeout");
  }

  /** Makes what the output is lent to. */
  interface Lending {
    Outgoing of(LineWriter writer, Wire wire);
  }

  /** Lends the output to something in bulk, up to its end. */
  Outgoing lend(Wire wire, Lending lending) throws WirelineException {
    begin(wire);
    try {
      Outgoing made = lending.of(this, wire);
      lent = made;
      turn.give();
      return made;
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  void takeBack(Outgoing content) {
    if (lent == content) {
      lent = null;
    }
  }

  /** What is written in the middle of a text or a block would be a part of it. */
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
  void block(Wire wire, byte[] part, int length, Activity activity) throws WirelineException {
    take(wire);
    try {
      calls++;
      sending = true;
      // A peer that has answered in the middle of a text is heard at its end.
      if (!wire.output().isRefused()) {
        wire.output().write(part, 0, length, transferDeadline(), activity);
      }
      turn.give();
    } catch (Throwable e) {
      turn.left = e;
      leave(wire, e);
      throw e;
    }
  }

  /** Tells of what has left whole and is not shown. */
  void wrote(String what) {
    Transcript kept = transcript;
    if (kept != null) {
      kept.note("# C: " + what);
    }
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
