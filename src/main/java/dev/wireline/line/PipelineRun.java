package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.StackRoom;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import dev.wireline.net.WireOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline under way: which answer is next, and what to do about answers that come while commands leave.
 *
 * <p>They are kept in the buffer as long as there is room for them. Reading one may wait for its rest, and
 * a peer may keep that rest back until it has seen the next command: so that is done while commands leave
 * only when the buffer is full.
 */
final class PipelineRun implements WireOutput.Watch {
  private static final Activity ANSWERS =
      new Activity(Phase.READ, "reading answers to a pipeline from");

  private final LineClient client;
  private final List<Pipelined<?>> commands;
  private int next;
  private int before;
  private @Nullable WireInput input;
  private @Nullable IOException failure;
  private @Nullable WirelineException refusal;

  /** A run that has not begun. */
  PipelineRun(LineClient client, List<Pipelined<?>> commands) {
    this.client = client;
    this.commands = commands;
  }

  /** Sends all and reads all; the number of answers. */
  int run(LineBytes bytes) throws IOException {
    Wire wire = client.ready();
    input = wire.input();
    boolean all = client.writer().pipeline(wire, bytes, commands, this);
    if (failure != null) {
      throw failure;
    }
    try {
      while (next < commands.size()) {
        readNext();
      }
      if (!all) {
        throw cut();
      }
    } catch (IOException e) {
      if (refusal != null && e != refusal) {
        e.addSuppressed(refusal);
      }
      addLastNo(e);
      throw e;
    }
    return next;
  }

  /** A peer that says no and hangs up has said why. */
  private void addLastNo(IOException failed) {
    ReplyException no = next == 0 ? null : commands.get(next - 1).no();
    if (no != null && failed != no) {
      failed.addSuppressed(no);
    }
  }

  /** So much has left before the slice that is to be sent now. */
  void left(int sent) {
    before = sent;
  }

  /** A peer that hung up before it had all cannot have answered all. */
  private WirelineException cut() {
    return refusal != null
        ? refusal
        : new ConnectionClosedException(
            client.endpoint(),
            ANSWERS,
            "the peer hung up before it had all commands",
            new byte[0],
            null);
  }

  @Override
  public boolean goesOn(int sent) throws WirelineException {
    WireInput from = input;
    if (from == null) {
      return true;
    }
    int came;
    do {
      while (from.buffered() >= Pipeline.MAX_AHEAD_BYTES) {
        if (commands.get(next).end() > before + sent) {
          throw new LimitExceededException(
              client.endpoint(), ANSWERS, "maxAheadBytes", Pipeline.MAX_AHEAD_BYTES);
        }
        if (!isRead()) {
          return false;
        }
      }
      came = from.pollNow(ANSWERS);
    } while (came > 0);
    // A peer that has ended its direction answers nothing any more.
    return came == 0;
  }

  @Override
  public void refused(WirelineException failed) {
    refusal = failed;
  }

  /** Reads an answer while commands leave; its failure waits for the end of the write. */
  private boolean isRead() {
    try {
      readNext();
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  private void readNext() throws IOException {
    ReentrantLock answering = client.writer().answering();
    StackRoom.lock(answering);
    try {
      commands.get(next).read();
    } catch (PeerProtocolException e) {
      // The exchange around this says itself that it is half an answer.
      throw e;
    } catch (WirelineException e) {
      // Also one that leaves a connection usable: the answers behind it are unread.
      throw client.broken(e);
    } finally {
      answering.unlock();
    }
    next++;
  }
}
