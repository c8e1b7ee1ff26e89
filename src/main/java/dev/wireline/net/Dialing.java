package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.LocalFailureException;
import dev.wireline.error.Phase;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.error.WirelineException;
import dev.wireline.internal.Quoted;
import dev.wireline.internal.TimeText;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One dial of one endpoint up to a connected channel: look-up, then the race or the Unix socket.
 *
 * <p>Runs in the calling thread; {@code close} from another thread ends whatever it waits for.
 */
final class Dialing implements Closeable {
  /** The wait before retrying a Unix socket whose backlog is full. */
  private static final long FULL_BACKLOG_PAUSE_NANOS = 5_000_000;

  private final Endpoint endpoint;
  private final Activity resolving;
  private final Activity connecting;
  private final Dialer dialer;
  private final Deadline deadline;
  private final DialListener listener;
  private volatile boolean closed;
  private volatile @Nullable Closeable waiting;

  Dialing(Endpoint endpoint, Dialer dialer, Deadline deadline, DialListener listener) {
    this(endpoint, endpoint, dialer, deadline, listener);
  }

  /** As the other constructor, for a proxy on the way. */
  Dialing(
      Endpoint endpoint, Endpoint aim, Dialer dialer, Deadline deadline, DialListener listener) {
    this.endpoint = endpoint;
    this.resolving = on(Activity.RESOLVING, aim);
    this.connecting = on(Activity.CONNECTING, aim);
    this.dialer = dialer;
    this.deadline = deadline;
    this.listener = listener;
  }

  /** Names the destination too, if the endpoint is a proxy on the way to it. */
  private Activity on(Activity activity, Endpoint aim) {
    return aim.equals(endpoint)
        ? activity
        : new Activity(
            activity.phase(), "on the way to " + aim + ", " + activity.doing() + " the proxy");
  }

  SocketChannel connect() throws WirelineException {
    return endpoint.isUnix() ? connectUnix() : connectTcp(addresses());
  }

  /** The addresses of the endpoint, at least one. */
  List<InetAddress> addresses() throws WirelineException {
    check(resolving);
    try {
      List<InetAddress> addresses = lookUp(endpoint.host());
      check(resolving);
      if (addresses.isEmpty()) {
        throw new UnknownHostException("none was found");
      }
      if (!endpoint.isAddress()) {
        listener.done(Phase.RESOLVE, endpoint);
      }
      return addresses;
    } catch (WirelineException e) {
      throw e;
    } catch (IOException e) {
      // An interrupted resolver says so in its own way.
      check(resolving);
      throw new UnresolvedHostException(endpoint, resolving, unresolved(e), e);
    }
  }

  private List<InetAddress> lookUp(String host) throws IOException {
    if (endpoint.isAddress()) {
      return List.of(InetAddress.getByName(host));
    }
    Resolver own = dialer.resolver();
    return own == null ? awaitLookup(new Lookup(dialer.systemResolver(), host)) : own.resolve(host);
  }

  private String unresolved(IOException e) {
    String said = e.getMessage();
    return "no address found after " + TimeText.of(deadline.elapsed())
        + (said == null ? "" : " (" + Quoted.printable(said) + ")");
  }

  private List<InetAddress> awaitLookup(Lookup lookup) throws IOException {
    waiting = lookup;
    try {
      // A close before this line could not know what to wake.
      check(resolving);
      return lookup.await(deadline.remainingNanos());
    } catch (TimeoutException e) {
      Deadline late = deadline.limit() == Phase.CONNECT ? deadline.during(Phase.RESOLVE) : deadline;
      throw late.exceeded(endpoint, resolving, "the name look-up had not ended after", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(resolving);
    } catch (CancellationException e) {
      throw closed(resolving);
    } finally {
      waiting = null;
    }
  }

  private SocketChannel connectTcp(List<InetAddress> addresses) throws WirelineException {
    Race race;
    try {
      race = new Race(addresses, endpoint.port(), dialer.socketSettings());
    } catch (IOException e) {
      throw failed(List.of(e));
    }
    waiting = race;
    SocketChannel winner = null;
    try {
      if (!closed) {
        winner = race.run(deadline);
      }
      if (winner != null && !closed) {
        return winner;
      }
      throw lost(race);
    } catch (IOException e) {
      throw e instanceof WirelineException known ? known : failed(List.of(e));
    } finally {
      waiting = null;
      SocketChannel kept = closed ? null : winner;
      race.end(kept);
      if (closed && winner != null) {
        Closing.quietly(winner);
      }
    }
  }

  /** Why there was no winner, by our own flags first. */
  private WirelineException lost(Race race) {
    boolean tried = deadline.isExpired();
    if (closed) {
      return closed(connecting);
    }
    if (Thread.currentThread().isInterrupted()) {
      return interrupted(connecting);
    }
    if (tried) {
      race.giveUp();
      WirelineException late = deadline.exceeded(
          endpoint, connecting, "not connected after", ": " + facts(race.failures()));
      race.failures().forEach(late::addSuppressed);
      return late;
    }
    return failed(race.failures());
  }

  /** The exception if every address failed. */
  WirelineException failed(List<? extends IOException> failures) {
    if (failures.stream().anyMatch(LocalFault::isIn)) {
      return new LocalFailureException(endpoint, "no socket (" + facts(failures) + ")", failures);
    }
    boolean refused = !failures.isEmpty()
        && failures.stream().allMatch(e -> e instanceof AttemptException a && a.isRefusal());
    String text = (refused ? "connection refused" : "not connected") + " (" + facts(failures) + ")";
    return refused
        ? new ConnectionRefusedException(endpoint, connecting, text, failures)
        : new ConnectFailedException(endpoint, connecting, text, failures);
  }

  /** What became of each address. */
  private static String facts(List<? extends IOException> failures) {
    return failures.isEmpty() ? "no address to try" : AttemptException.facts(failures);
  }

  /** Connects a Unix socket, which answers at once: connected, refused, or backlog full. */
  private SocketChannel connectUnix() throws WirelineException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(endpoint.path().orElseThrow());
    try (Pause pause = new Pause()) {
      waiting = pause;
      while (true) {
        check(connecting);
        SocketChannel connected = tryUnix(address);
        if (connected != null) {
          return connected;
        }
        if (deadline.isExpired()) {
          throw deadline.exceeded(
              endpoint, connecting, "the peer's backlog was still full after", "");
        }
        if (pause.await(Math.min(FULL_BACKLOG_PAUSE_NANOS, deadline.remainingNanos()))) {
          throw closed(connecting);
        }
      }
    } catch (WirelineException e) {
      throw e;
    } catch (IOException e) {
      throw failed(List.of(new AttemptException(String.valueOf(e.getMessage()), e)));
    } finally {
      waiting = null;
    }
  }

  /** The connected channel, or null if the backlog is full: no event would signal room in it. */
  private @Nullable SocketChannel tryUnix(UnixDomainSocketAddress address) throws IOException {
    SocketChannel channel = dialer.socketSettings().open(address);
    boolean connected = false;
    try {
      connected = channel.connect(address);
    } catch (IOException e) {
      if (!isFullBacklog(e)) {
        throw e;
      }
    } finally {
      if (!connected) {
        Closing.quietly(channel);
      }
    }
    return connected ? channel : null;
  }

  /** The JDK has no class for EAGAIN, only the system's words. */
  private static boolean isFullBacklog(IOException e) {
    return String.valueOf(e.getMessage()).contains("temporarily unavailable");
  }

  private void check(Activity activity) throws WirelineException {
    if (closed) {
      throw closed(activity);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(activity);
    }
  }

  private WirelineException closed(Activity activity) {
    return new ClientClosedException(endpoint, activity, "closed while dialling", null);
  }

  private WirelineException interrupted(Activity activity) {
    return new CallInterruptedException(endpoint, activity, "interrupted");
  }

  @Override
  public void close() {
    closed = true;
    Closeable waited = waiting;
    if (waited != null) {
      Closing.quietly(waited);
    }
  }
}
