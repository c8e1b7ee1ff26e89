package dev.wireline.line;

import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.net.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that stays open until its stream has ended. */
final class OpenExchange {
  private final Exchanges exchanges;
  private final Object stream;
  private final LastStep last;

  /** The thread that runs the last step, which may use the client. */
  private volatile @Nullable Object ender;

  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  OpenExchange(Exchanges exchanges, Object stream, LastStep last) {
    this.exchanges = exchanges;
    this.stream = stream;
    this.last = last;
  }

  /** Runs the last step, once. If it fails, nobody may take the stream for complete. */
  void end(boolean whole) throws IOException {
    if (!ended) {
      exchanges.checkEnds();
      ended = true;
      ender = Connection.caller();
      try {
        exchanges.end(this, whole);
      } catch (Throwable e) {
        failure = e;
        throw e;
      }
    } else if (whole && failure != null) {
      throw new IOException("the exchange of this stream failed at its end", failure);
    }
  }

  /** Ends it unless that was done; whoever reached the end has been told the result. */
  void close(boolean whole) throws IOException {
    if (!ended) {
      end(whole);
    }
  }

  /** Lets a thread use the client while the stream is open; null for none. */
  void lend(@Nullable Object thread) {
    ender = thread;
  }

  void runLast(boolean whole) throws IOException {
    last.run(whole);
  }

  /** Checks that the client is still there: nothing of its buffer is returned once it is gone. */
  void checkOpen(Activity activity) throws ClientClosedException {
    if (!ended) {
      exchanges.checkOpen(this, activity);
    }
  }

  /** Whether the last step threw this. */
  boolean isFailedBy(Throwable thrown) {
    return failure == thrown;
  }

  boolean isEndingHere() {
    return ender == Connection.caller();
  }

  /** The exchange has failed with its connection: there is no last step any more. */
  void giveUp(Throwable why) {
    ended = true;
    failure = why;
    exchanges.giveUp(this, why);
  }

  IllegalStateException refusal() {
    return new IllegalStateException(
        stream + " is open and has the client to itself: read or write it to its end, or close it");
  }
}
