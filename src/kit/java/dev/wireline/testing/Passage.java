package dev.wireline.testing;

import java.io.IOException;
import java.time.Duration;

/** One connection through a recorder: hands on what each side says until both have ended. */
final class Passage {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final PeerConnection client;
  private final ChannelLink channel;
  private final Tape tape;
  private volatile Link server;

  Passage(PeerConnection client, ChannelLink channel, Tape tape) {
    this.client = client;
    this.channel = channel;
    this.tape = tape;
    this.server = channel;
  }

  /** Runs on the thread of the client, and on another one for what the server says. */
  void run(Uplink uplink) throws IOException, InterruptedException {
    server = uplink.secured(channel);
    Thread answers = new Thread(this::passAnswers, Thread.currentThread().getName() + " back");
    answers.setDaemon(true);
    answers.start();
    try {
      if (passRequests()) {
        client.hold();
      }
    } finally {
      close();
      answers.join();
    }
  }

  /** Hands on what the client says; tells whether the server goes on when the client has ended. */
  private boolean passRequests() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = client.input().read(buffer);
          count >= 0;
          count = client.input().read(buffer)) {
        tape.clientSaid(buffer, count);
        if (!reachesServer(buffer, count)) {
          client.reset();
          return false;
        }
      }
    } catch (IOException e) {
      if (!client.isClosed()) {
        channel.reset();
      }
      return false;
    }
    if (tape.clientEnded()) {
      return false;
    }
    new Ending().attempt(server::shutdownOutput);
    return true;
  }

  private boolean reachesServer(byte[] buffer, int count) {
    try {
      server.write(buffer, 0, count);
      return true;
    } catch (IOException e) {
      if (!channel.isClosed()) {
        tape.serverEnded(Action.RESET);
      }
      return false;
    }
  }

  private void passAnswers() {
    try {
      Action end = passToEnd();
      boolean last = tape.serverEnded(end);
      if (end == Action.RESET) {
        client.reset();
      } else if (end == Action.CUT) {
        client.closeWithoutNotify();
      } else if (last) {
        client.close();
      } else {
        client.shutdownOutput();
      }
    } catch (IOException e) {
      // The client is gone, or this side was closed; whoever waits for the end learns it so.
      new Ending().attempt(client::closeWithoutNotify);
    }
  }

  /** Hands on what the server says; tells how it ended. */
  private Action passToEnd() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int count;
      try {
        count = server.read(buffer, 0, buffer.length);
      } catch (IOException e) {
        if (channel.isClosed()) {
          throw e;
        }
        return Action.RESET;
      }
      if (count < 0) {
        return server instanceof TlsLink tls && !tls.wasNotified() ? Action.CUT : Action.CLOSE;
      }
      tape.serverSaid(buffer, count);
      client.output().write(buffer, 0, count);
    }
  }

  /** Waits until what has arrived from the server was taken. */
  void awaitDry(Duration atMost) {
    channel.awaitDry(atMost);
  }

  /** Cuts the connection to the server. */
  void close() {
    new Ending().attempt(channel::close);
  }
}
