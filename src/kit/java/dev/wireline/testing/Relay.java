package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Brings each client to the real server, and keeps what was said. */
final class Relay implements Peer {

  private static final Duration TO_PASS_ON = Duration.ofSeconds(5);

  private final Uplink uplink;
  private final int maxBytes;
  private final AtomicLong room;
  private final Guard guard = new Guard();
  private final FirstFailure failure = new FirstFailure();
  private final Map<Integer, Tape> tapes = new TreeMap<>();
  private final List<PeerConnection> clients = new ArrayList<>();
  private final List<Passage> open = new ArrayList<>();
  private int begun;
  private boolean closed;

  Relay(Uplink uplink, int maxBytes) {
    this.uplink = uplink;
    this.maxBytes = maxBytes;
    this.room = new AtomicLong(maxBytes);
  }

  @Override
  public void talk(PeerConnection client) throws IOException, InterruptedException {
    Tape tape = new Tape(guard, room);
    guard.change(() -> {
      begun++;
      tapes.put(client.number(), tape);
      clients.add(client);
    });
    try {
      relay(client, tape);
    } catch (IOException | RuntimeException e) {
      // What the close of the recorder brings about is no failure of the real server.
      if (failure.take(e)) {
        throw e;
      }
    } finally {
      guard.change(() -> clients.remove(client));
    }
  }

  private void relay(PeerConnection client, Tape tape) throws IOException, InterruptedException {
    Passage passage = new Passage(client, uplink.dial(), tape);
    boolean admitted = guard.changeAndGet(() -> !closed && open.add(passage));
    try {
      if (admitted) {
        passage.run(uplink);
      }
    } finally {
      guard.change(() -> open.remove(passage));
      passage.close();
    }
  }

  @Override
  public void handshakeFailed(int number, IOException reason) {
    guard.change(() -> begun++);
  }

  /** Writes what was said, once what came on the connections that were accepted is recorded. */
  String script(Secrets ofClient, Secrets ofServer, int accepted) {
    awaitRecorded(accepted);
    return guard.read(() -> {
      failure.get().ifPresent(cause -> {
        throw new IllegalStateException(
            "a connection was not recorded: " + Escaped.text(cause.toString()), cause);
      });
      if (room.get() < 0) {
        throw new IllegalStateException(
            "more was said than the " + maxBytes + " bytes that are recorded: raise maxBytes");
      }
      if (tapes.isEmpty()) {
        throw new IllegalStateException("no client came");
      }
      return tapes.values().stream()
          .map(tape -> tape.script(ofClient, ofServer, "{*}"))
          .collect(Collectors.joining(Script.NEXT_CONNECTION + "\n"));
    });
  }

  private void awaitRecorded(int accepted) {
    long end = System.nanoTime() + TO_PASS_ON.toNanos();
    guard.awaitInTest(() -> begun >= accepted, TO_PASS_ON);
    for (PeerConnection client : guard.read(() -> List.copyOf(clients))) {
      client.awaitDry(Duration.ofNanos(end - System.nanoTime()));
    }
    for (Passage passage : guard.read(() -> List.copyOf(open))) {
      passage.awaitDry(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  void close() {
    failure.close();
    List<Passage> cut = guard.changeAndGet(() -> {
      closed = true;
      return List.copyOf(open);
    });
    cut.forEach(Passage::close);
  }
}
