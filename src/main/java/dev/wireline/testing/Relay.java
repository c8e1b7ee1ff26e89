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
  private final Map<Integer, Tape> tapes = new TreeMap<>();
  private final List<Passage> open = new ArrayList<>();
  private boolean closed;

  Relay(Uplink uplink, int maxBytes) {
    this.uplink = uplink;
    this.maxBytes = maxBytes;
    this.room = new AtomicLong(maxBytes);
  }

  @Override
  public void talk(PeerConnection client) throws IOException, InterruptedException {
    Tape tape = new Tape(guard, room);
    Passage passage = new Passage(client, uplink.dial(), tape);
    boolean admitted = guard.changeAndGet(() -> {
      tapes.put(client.number(), tape);
      return !closed && open.add(passage);
    });
    try {
      if (admitted) {
        passage.run(uplink);
      }
    } finally {
      guard.change(() -> open.remove(passage));
      passage.close();
    }
  }

  String script(Secrets secrets) {
    awaitPassedOn();
    if (room.get() < 0) {
      throw new IllegalStateException(
          "more was said than the " + maxBytes + " bytes that are recorded: raise maxBytes");
    }
    String script = guard.read(() -> tapes.values().stream()
        .map(tape -> tape.script(secrets))
        .collect(Collectors.joining(Script.NEXT_CONNECTION + "\n")));
    if (script.isEmpty()) {
      throw new IllegalStateException("no client came");
    }
    return script;
  }

  private void awaitPassedOn() {
    long end = System.nanoTime() + TO_PASS_ON.toNanos();
    for (Passage passage : guard.read(() -> List.copyOf(open))) {
      passage.awaitDry(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  void close() {
    List<Passage> cut = guard.changeAndGet(() -> {
      closed = true;
      return List.copyOf(open);
    });
    cut.forEach(Passage::close);
  }
}
