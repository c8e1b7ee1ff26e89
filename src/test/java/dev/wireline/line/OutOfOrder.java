package dev.wireline.line;

import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A peer that answers {@code "7 text"} by {@code "7 re: text"}: all requests that it has, in a random order and
 * after a random time, with events between. One that begins with "later" is answered behind the next others.
 */
final class OutOfOrder implements Peer {
  static final String END = "end";

  private final Random random = new Random(7);
  final AtomicInteger events = new AtomicInteger();

  @Override
  public void talk(PeerConnection connection) throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread answering = new Thread(() -> answer(connection, requests), "answers out of order");
    answering.setDaemon(true);
    answering.start();
    try {
      for (String line = connection.readLine(); line != null; line = connection.readLine()) {
        requests.add(line);
      }
    } finally {
      requests.add(END);
      answering.join();
    }
  }

  private void answer(PeerConnection connection, BlockingQueue<String> requests) {
    List<String> later = new ArrayList<>();
    try {
      while (true) {
        List<String> some = new ArrayList<>(later);
        later.clear();
        some.add(requests.take());
        LockSupport.parkNanos(random.nextInt(200_000));
        requests.drainTo(some);
        if (some.contains(END)) {
          return;
        }
        Collections.shuffle(some, random);
        for (String line : some) {
          answer(connection, line, later);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, which its test looks at.
    }
  }

  private void answer(PeerConnection connection, String line, List<String> later)
      throws IOException {
    if (line.contains(" later ")) {
      later.add(line.replace(" later ", " "));
      return;
    }
    if (random.nextInt(4) == 0) {
      connection.write("* event " + events.incrementAndGet() + "\r\n");
    }
    int blank = line.indexOf(' ');
    connection.write(line.substring(0, blank) + " re: " + line.substring(blank + 1) + "\r\n");
  }
}
