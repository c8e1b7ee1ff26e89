package dev.wireline.cli;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.line.LineClient;
import dev.wireline.testing.ScriptTape;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A conversation between a person, or a pipe, and a server: one thread for each direction. Lines that leave get the
 * line end that is wanted, what comes is shown as it comes.
 */
final class Conversation {
  private static final int BUFFER_BYTES = 8192;

  private final LineClient client;
  private final Streams streams;
  private final byte[] end;
  private final ScriptTape tape;
  private final Duration rest;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile long lastHeard = System.nanoTime();
  private volatile boolean over;

  Conversation(LineClient client, Streams streams, String lineEnd, ScriptTape tape, Duration rest) {
    this.client = client;
    this.streams = streams;
    this.end = lineEnd.getBytes(StandardCharsets.US_ASCII);
    this.tape = tape;
    this.rest = rest;
  }

  void run() throws IOException {
    Thread typing = new Thread(this::sendAll, "wireline-input");
    typing.setDaemon(true);
    typing.start();
    try {
      showAll();
    } finally {
      over = true;
    }
  }

  private void showAll() throws IOException {
    OutputStream out = streams.content();
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = client.input();
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        lastHeard = System.nanoTime();
        tape.serverSaid(buffer, 0, count);
        out.write(buffer, 0, count);
        out.flush();
      }
      if (!over) {
        tape.serverEnded();
      }
    } catch (IOException e) {
      explain(e);
      // A wait after the end of the input that ends without a word is an end too.
      if (!over) {
        throw e;
      }
    }
  }

  /** Of two failures the first counts: the other direction only found the connection closed. */
  private void explain(IOException failed) throws IOException {
    IOException first = failure.get();
    if (failed instanceof ClientClosedException && first != null) {
      throw first;
    }
  }

  private void sendAll() {
    try {
      OutputStream out = client.output();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      InputStream in = new BufferedInputStream(streams.in());
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (octet == '\n') {
          send(out, line);
        } else {
          line.write(octet);
        }
      }
      if (line.size() > 0) {
        send(out, line);
      }
      tape.clientEnded();
      client.shutdownOutput();
      waitForTheRest();
    } catch (ConnectionClosedException e) {
      // The other direction says so.
      return;
    } catch (IOException e) {
      if (!over) {
        failure.set(e);
        client.close();
      }
    }
  }

  private void send(OutputStream out, ByteArrayOutputStream line) throws IOException {
    byte[] typed = line.toByteArray();
    int length =
        typed.length > 0 && typed[typed.length - 1] == '\r' ? typed.length - 1 : typed.length;
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(typed, 0, length);
    whole.writeBytes(end);
    byte[] said = whole.toByteArray();
    tape.clientSaid(said, 0, said.length);
    out.write(said);
    line.reset();
  }

  /** A server that does not hang up in its turn is hung up on when it has said nothing for that long. */
  private void waitForTheRest() {
    lastHeard = System.nanoTime();
    for (long left = rest.toNanos(); left > 0 && !over; left = left()) {
      try {
        Thread.sleep(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        return;
      }
    }
    over = true;
    client.close();
  }

  private long left() {
    return rest.toNanos() - (System.nanoTime() - lastHeard);
  }
}
