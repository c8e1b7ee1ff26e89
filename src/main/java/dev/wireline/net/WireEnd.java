package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LocalFailureException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.TlsException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a wire ended, and how failures are reported: its own flags take precedence over the JDK's exception.
 * Thread-safe.
 */
final class WireEnd {
  private final Endpoint endpoint;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** A field, since at the end of the stack an assignment works when a call may not. */
  volatile boolean closed;

  /** The failure of a write after which the input is still read to its end. */
  private volatile @Nullable WirelineException readOn;

  WireEnd(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The first failure, or null. */
  @Nullable
  Throwable failure() {
    return failure.get();
  }

  /** The failure of a write after which the input is read on, or null. */
  @Nullable
  WirelineException readOn() {
    return readOn;
  }

  void readOn(WirelineException failed) {
    readOn = failed;
  }

  /** Whether nothing has ended the input. */
  boolean isReadable() {
    return !closed && (failure.get() == null || readOn != null);
  }

  /** Keeps the first failure of a wire that is not closed; returns whether this is it. */
  boolean giveUp(Throwable cause) {
    return !closed && failure.compareAndSet(null, cause);
  }

  ClientClosedException notOpen(Activity activity) {
    Throwable first = failure.get();
    String happened = first != null
        ? "the connection was given up after an earlier failure (" + first.getMessage() + ")"
        : closed ? "this client was closed" : "not connected yet";
    return new ClientClosedException(endpoint, activity, happened, first);
  }

  /** Names a failure. The peer is a different one while talking to a proxy. */
  WirelineException named(Endpoint peer, IOException e, Activity activity, byte[] received) {
    if (e instanceof WirelineException known) {
      return known;
    }
    if (closed) {
      return notOpen(activity);
    }
    if (e instanceof SSLException) {
      return new TlsException(peer, activity, Quoted.printable(reason(e)), e);
    }
    if (e instanceof NoDataException flood) {
      return flood.told(peer, activity);
    }
    if (e instanceof LayerTransport.BrokenLayerException) {
      String rule = Quoted.printable(reason(e));
      PeerProtocolException broken = new PeerProtocolException(peer, activity, rule, "");
      broken.addSuppressed(e);
      return broken;
    }
    String happened = reason(e) + WireInput.receivedFact(received.length);
    if (LocalFault.is(e)) {
      return new LocalFailureException(peer, activity, happened, e);
    }
    return new ConnectionClosedException(peer, activity, happened, received, e);
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
