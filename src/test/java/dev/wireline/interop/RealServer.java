package dev.wireline.interop;

import dev.wireline.endpoint.Endpoint;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of another project: its program, running in the foreground as an unprivileged user, and its
 * folder. Closing it ends the one and removes the other.
 */
final class RealServer implements AutoCloseable {
  private static final long START_SECONDS = 20;
  private static final long END_SECONDS = 5;
  private static final long PAUSE_MILLIS = 20;

  private final Process process;
  private final ServerFolder folder;
  private final List<Endpoint> listening;

  private RealServer(Process process, ServerFolder folder, List<Endpoint> listening) {
    this.process = process;
    this.folder = folder;
    this.listening = listening;
  }

  /**
   * Starts a program and waits until it listens.
   *
   * @param folder where it runs and logs; closed with the server, or when it does not start
   * @param listening where it will listen
   * @param program its name, to be found in PATH or where the system keeps its servers
   * @param arguments for it; they must keep it in the foreground
   * @throws IOException when it is not installed, ends, does not listen soon, or somebody else listens
   *     there; with its logs
   */
  static RealServer start(
      ServerFolder folder, List<Endpoint> listening, String program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    try {
      command.add(find(program).toString());
    } catch (IOException e) {
      folder.close();
      throw e;
    }
    command.addAll(List.of(arguments));
    return start(folder, listening, new ProcessBuilder(Unprivileged.command(command)));
  }

  /** As above, for a command that is ready to run but for its folder and its output. */
  static RealServer start(ServerFolder folder, List<Endpoint> listening, ProcessBuilder command)
      throws IOException {
    try {
      Process process = command
          .directory(folder.path().toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.path().resolve("output.log").toFile())
          .start();
      RealServer server = new RealServer(process, folder, listening);
      server.awaitListening();
      return server;
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private static Path find(String program) throws IOException {
    String folders = String.join(File.pathSeparator, System.getenv("PATH"), "/usr/sbin");
    return Stream.of(folders.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException(program + " is not installed"));
  }

  private void awaitListening() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    for (Endpoint endpoint : listening) {
      while (!accepts(endpoint)) {
        if (hasEnded() || System.nanoTime() > end) {
          throw new IOException("nothing listens at " + endpoint + "; " + endWithLogs());
        }
      }
      if (!endpoint.isUnix() && !SocketTable.isListening(process.pid(), endpoint.port())) {
        throw new IOException("somebody else listens at " + endpoint + "; " + endWithLogs());
      }
    }
  }

  /** Waits a little for the end that is not wanted, and so for the next look. */
  private boolean hasEnded() throws IOException {
    try {
      return process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server started; " + endWithLogs(), e);
    }
  }

  private static boolean accepts(Endpoint endpoint) {
    SocketAddress address = endpoint
        .path()
        .<SocketAddress>map(UnixDomainSocketAddress::of)
        .orElseGet(() -> new InetSocketAddress(endpoint.host(), endpoint.port()));
    try (SocketChannel channel = SocketChannel.open(address)) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String endWithLogs() throws IOException {
    end();
    return folder.logs();
  }

  /** Where it listens first. */
  Endpoint endpoint() {
    return listening.get(0);
  }

  /** Where it listens besides. */
  Endpoint secondEndpoint() {
    return listening.get(1);
  }

  /** Where it runs. */
  Path folder() {
    return folder.path();
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    folder.close();
  }
}
