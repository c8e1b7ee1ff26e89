package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;
import dev.wireline.net.Connection;
import dev.wireline.net.Wire;
import dev.wireline.net.WireInput;
import dev.wireline.net.WireOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running pipeline: which answer is next, and what to do about answers that arrive while commands are being
 * sent.
 *
 * <p>They are kept in the buffer as long as there is room. Reading one may wait for its rest, which a peer may
 * hold back until it has seen the next command; so answers are read while commands are being sent only if the
 * buffer is full.
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

  /** Creates a run that has not begun. */
  PipelineRun(LineClient client, List<Pipelined<?>> commands) {
    this.client = client;
    this.commands = commands;
  }

  /** Sends and reads everything; returns the number of answers. */
  int run(LineBytes bytes) throws IOException {
    try {
      return sendAndRead(bytes);
    } finally {
      client.writer().answerer = null;
    }
  }

  private int sendAndRead(LineBytes bytes) throws IOException {
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

  /** Adds the last refusal: a peer that refuses and hangs up has said why. */
  private void addLastNo(IOException failed) {
    ReplyException no = next == 0 ? null : commands.get(next - 1).no();
    if (no != null && failed != no) {
      failed.addSuppressed(no);
    }
  }

  /** Records how much was sent before the current slice. */
  void left(int sent) {
    before = sent;
  }

  /** The failure of a peer that hung up before it had everything, so cannot have answered everything. */
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
    // A peer that has stopped sending answers nothing any more.
    return came == 0;
  }

  @Override
  public void refused(WirelineException failed) {
    refusal = failed;
  }

  /** Reads an answer while commands are being sent; its failure waits for the end of the write. */
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
    if (next == 0) {
      client.writer().answerer = Connection.caller();
    }
    try {
      commands.get(next).read();
    } catch (PeerProtocolException e) {
      // The surrounding exchange reports that it is half an answer.
      throw e;
    } catch (WirelineException e) {
      // Even one that leaves a connection usable: the answers after it are unread.
      throw client.broken(e);
    }
    next++;
  }
}
