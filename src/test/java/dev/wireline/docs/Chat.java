package dev.wireline.docs;

import dev.wireline.error.ClientClosedException;
import dev.wireline.line.LineClient;
import dev.wireline.net.ConnectionState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A chat: one thread listens, while any number of others speak. */
public final class Chat extends LineClient {
  private final ReentrantLock speaking = new ReentrantLock();

  public Chat(String endpoint) {
    super(endpoint);
  }

  // docs: chat
  /** Says a line; any thread may. */
  public void say(String line) throws IOException {
    speaking.lock();
    try {
      writeLine(line);
    } finally {
      speaking.unlock();
    }
  }

  /** Hears all lines, in a thread of its own, until another one closes the chat. */
  public void listen(Consumer<String> heard) throws IOException {
    try {
      while (true) {
        Optional<String> line = pollLine(Duration.ofMinutes(2));
        if (line.isPresent()) {
          heard.accept(line.get());
        } else {
          say("PING"); // idle for long: a write finds out whether anybody is there
        }
      }
    } catch (ClientClosedException e) {
      if (state() != ConnectionState.CLOSED) {
        throw e; // not closed, but broken
      }
    }
  }
  // end: chat
}
