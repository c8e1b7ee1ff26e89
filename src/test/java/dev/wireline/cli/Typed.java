package dev.wireline.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command as it is typed, run within the test: what it printed, and its exit code. */
public final class Typed {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private InputStream input = new ByteArrayInputStream(new byte[0]);
  private OutputStream output = printed;
  private boolean terminal;
  private Map<String, String> environment = Map.of();

  public Typed input(String text) {
    input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Typed input(InputStream other) {
    input = other;
    return this;
  }

  Typed onTerminal() {
    terminal = true;
    return this;
  }

  public Typed environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  Typed output(OutputStream other) {
    output = other;
    return this;
  }

  /** Runs a command to its end; gives its exit code. */
  public int run(String... args) {
    Streams streams = new Streams(
        input,
        output,
        new PrintStream(complained, true, StandardCharsets.UTF_8),
        terminal,
        terminal,
        terminal,
        environment);
    return Main.commandLine(streams).execute(args);
  }

  public String out() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  /** A server that runs as long as it is open. */
  static final class Server implements AutoCloseable {
    private final Typed typed = new Typed();
    private final PipedInputStream out = new PipedInputStream(8192);
    private final Thread thread;
    private volatile @Nullable Integer code;

    private Server(String... args) throws IOException {
      typed.output(new PipedOutputStream(out));
      thread = new Thread(() -> code = typed.run(args), "server of " + String.join(" ", args));
      thread.start();
    }

    static Server start(String... args) throws IOException {
      return new Server(args);
    }

    /** Where it says that it listens. */
    String endpoint() throws IOException {
      String line = line();
      return line.substring(line.lastIndexOf(' ') + 1);
    }

    String line() throws IOException {
      List<Byte> octets = new ArrayList<>();
      for (int octet = out.read(); octet >= 0 && octet != '\n'; octet = out.read()) {
        octets.add((byte) octet);
      }
      byte[] bytes = new byte[octets.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = octets.get(i);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Waits until it ends by itself. */
    int awaitCode() throws InterruptedException {
      thread.join(10_000);
      return Objects.requireNonNull(code, "the server did not end");
    }

    String err() {
      return typed.err();
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while the server was to end", e);
      }
      if (thread.isAlive()) {
        throw new AssertionError("the server did not end when it was interrupted");
      }
    }
  }
}
