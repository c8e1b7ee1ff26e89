package dev.wireline.net;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectFailedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.ConnectionRefusedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.Phase;
import dev.wireline.error.TlsException;
import dev.wireline.error.UnresolvedHostException;
import dev.wireline.error.WirelineException;
import dev.wireline.testing.Caller;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Opens one connection and breaks it, in one of all the ways there are. */
final class Breaking {
  private static final Duration MOMENT = Duration.ofNanos(300_000);
  private static final Dialer DIALER = Carrier.TLS_1_3
      .dialer()
      .resolver(host -> {
        throw new UnknownHostException(host);
      })
      .build();

  /** How it ends. */
  enum Way {
    CLEAN,
    CLEAN_UNIX,
    CLEAN_TLS,
    PARKED,
    HALF_CLOSED,
    PEER_CLOSED,
    PEER_CLOSED_UNIX,
    PEER_CLOSED_TLS,
    PEER_CUT_TLS,
    PEER_RESET,
    TIMEOUT,
    TIMEOUT_UNIX,
    TIMEOUT_TLS,
    TIMEOUT_HANDSHAKE_TLS,
    INTERRUPT,
    INTERRUPT_UNIX,
    INTERRUPT_DIAL,
    CLOSED_ELSEWHERE,
    CLOSED_ELSEWHERE_TLS,
    CLOSED_IN_DIAL,
    CLOSED_IN_DIAL_TLS,
    LIMIT,
    LIMIT_TLS,
    REFUSED,
    NO_SUCH_PATH,
    NOT_RESOLVED,
    UNTRUSTED_TLS,
    GARBAGE_TLS;

    /** A handshake costs as much as ten other connections. */
    boolean isCostly() {
      return name().endsWith("_TLS");
    }
  }

  private final Peers peers;
  private final ExecutorService elsewhere;

  Breaking(Peers peers, ExecutorService elsewhere) {
    this.peers = peers;
    this.elsewhere = elsewhere;
  }

  void run(Way way) throws Exception {
    switch (way) {
      case CLEAN -> open(peers.silent).close();
      case CLEAN_UNIX -> open(peers.silentUnix).close();
      case CLEAN_TLS -> open(peers.silentTls).close();
      case PARKED -> parked();
      case HALF_CLOSED -> halfClosed();
      case PEER_CLOSED -> hungUp(peers.closing);
      case PEER_CLOSED_UNIX -> hungUp(peers.closingUnix);
      case PEER_CLOSED_TLS -> hungUp(peers.closingTls);
      case PEER_CUT_TLS -> broken(peers.cuttingTls);
      case PEER_RESET -> broken(peers.resetting);
      case TIMEOUT -> timeout(peers.silent);
      case TIMEOUT_UNIX -> timeout(peers.silentUnix);
      case TIMEOUT_TLS -> timeout(peers.silentTls);
      case TIMEOUT_HANDSHAKE_TLS ->
        fails(
            DeadlineExceededException.class,
            () -> DIALER
                .wire(peers.silent.withTls(true))
                .connect(Deadline.after(MOMENT, Phase.CALL)));
      case INTERRUPT -> interrupted(open(peers.silent));
      case INTERRUPT_UNIX -> interrupted(open(peers.silentUnix));
      case INTERRUPT_DIAL -> interruptedBefore(peers.silent);
      case CLOSED_ELSEWHERE -> closedElsewhere(open(peers.silent));
      case CLOSED_ELSEWHERE_TLS -> closedElsewhere(open(peers.silentTls));
      case CLOSED_IN_DIAL -> closedInDial(peers.silent);
      case CLOSED_IN_DIAL_TLS -> closedInDial(peers.silentTls);
      case LIMIT -> limit(peers.talking);
      case LIMIT_TLS -> limit(peers.talkingTls);
      case REFUSED -> fails(ConnectionRefusedException.class, () -> open(peers.refusing));
      case NO_SUCH_PATH ->
        fails(ConnectFailedException.class, () -> open(Endpoint.unix(Path.of("/no/such"))));
      case NOT_RESOLVED ->
        fails(UnresolvedHostException.class, () -> open(Endpoint.tcp("server.test", 1)));
      case UNTRUSTED_TLS -> fails(TlsException.class, () -> open(peers.untrusted));
      case GARBAGE_TLS -> fails(TlsException.class, () -> open(peers.garbling));
    }
  }

  private static Wire open(Endpoint endpoint) throws WirelineException {
    return DIALER.dial(endpoint);
  }

  private static void fails(Class<? extends IOException> expected, Caller.Step step)
      throws Exception {
    try {
      step.run();
    } catch (IOException e) {
      if (expected.isInstance(e)) {
        return;
      }
      throw new AssertionError("expected " + expected.getSimpleName(), e);
    }
    throw new AssertionError("expected " + expected.getSimpleName());
  }

  private static void check(boolean condition) {
    if (!condition) {
      throw new AssertionError("the connection did not end as it should");
    }
  }

  private void parked() throws IOException {
    Wire wire = open(peers.silent);
    check(wire.input().poll(9, Deadline.after(MOMENT, Phase.READ), Activity.READING) == 0);
    wire.park();
    check(wire.isQuiet());
    wire.close();
  }

  private void halfClosed() throws IOException {
    Wire wire = open(peers.silent);
    wire.output().shutdown();
    check(wire.input().read() == -1);
    wire.close();
  }

  /** A clean end breaks nothing: the caller closes. */
  private static void hungUp(Endpoint endpoint) throws IOException {
    Wire wire = open(endpoint);
    wire.output().write(1);
    check(wire.input().read() == -1);
    wire.close();
  }

  /** These close themselves: nobody calls close. */
  private static void broken(Endpoint endpoint) throws Exception {
    Wire wire = open(endpoint);
    wire.output().write(1);
    fails(ConnectionClosedException.class, () -> wire.input().read());
  }

  private static void timeout(Endpoint endpoint) throws Exception {
    Wire wire = open(endpoint);
    Deadline soon = Deadline.after(MOMENT, Phase.CALL);
    fails(DeadlineExceededException.class, () -> wire.input().fill(9, soon, Activity.READING));
  }

  private static void limit(Endpoint endpoint) throws Exception {
    Wire wire = open(endpoint);
    fails(LimitExceededException.class, () -> {
      while (wire.input().fill(50, Deadline.NEVER, Activity.READING)) {
        check(wire.input().buffered() > 0);
      }
    });
  }

  private void interrupted(Wire wire) throws Exception {
    Future<?> interrupt = elsewhere.submit(Thread.currentThread()::interrupt);
    fails(CallInterruptedException.class, () -> wire.input().read());
    endInterrupt(interrupt);
  }

  private static void interruptedBefore(Endpoint endpoint) throws Exception {
    Thread.currentThread().interrupt();
    fails(CallInterruptedException.class, () -> open(endpoint));
    check(Thread.interrupted());
  }

  private static void endInterrupt(Future<?> interrupt) throws Exception {
    check(Thread.interrupted());
    interrupt.get(20, TimeUnit.SECONDS);
  }

  private void closedElsewhere(Wire wire) throws Exception {
    Future<?> close = elsewhere.submit(wire::close);
    fails(ClientClosedException.class, () -> wire.input().read());
    close.get(20, TimeUnit.SECONDS);
  }

  /** The close comes before, during or after the dial. */
  private void closedInDial(Endpoint endpoint) throws Exception {
    Wire wire = DIALER.wire(endpoint);
    Future<?> close = elsewhere.submit(wire::close);
    try {
      wire.connect();
    } catch (ClientClosedException e) {
      check(wire.failure().isEmpty());
    }
    close.get(20, TimeUnit.SECONDS);
    check(!wire.isOpen());
  }
}
