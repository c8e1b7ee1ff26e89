package dev.wireline.docs;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.testing.ScriptedServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A memcached to talk to: the real one where it is installed, the test kit everywhere. */
interface MemcachedServer extends AutoCloseable {

  /** Where it listens. */
  Endpoint endpoint();

  /** Finds that the conversation was the expected one, where that is known. */
  void verify();

  @Override
  void close() throws IOException;

  /** The test kit, playing the conversation that a real server would hold. */
  static MemcachedServer scripted(String script) throws IOException {
    ScriptedServer server = ScriptedServer.play(script);
    return new MemcachedServer() {
      @Override
      public Endpoint endpoint() {
        return server.endpoint();
      }

      @Override
      public void verify() {
        server.verify();
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  /** The program, where a folder of PATH has it. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "memcached"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A real one, on a Unix-domain socket, so that no port has to be guessed. */
  static MemcachedServer real(Path program) throws IOException {
    return new Real(program, Files.createTempDirectory("memcached"));
  }

  /** A process of memcached with a socket in a folder of its own. */
  final class Real implements MemcachedServer {
    private final Path folder;
    private final Path socket;
    private final Process process;
    private final CountDownLatch listening = new CountDownLatch(1);

    Real(Path program, Path folder) throws IOException {
      this.folder = folder;
      this.socket = folder.resolve("socket");
      this.process = new ProcessBuilder(List.of(
              program.toString(),
              "-vv",
              "-s",
              socket.toString(),
              "-u",
              System.getProperty("user.name"),
              "-m",
              "16"))
          .redirectErrorStream(true)
          .start();
      Thread reader = new Thread(this::readLog, "memcached's log");
      reader.setDaemon(true);
      reader.start();
      awaitListening();
    }

    /** Reads to the end, so that the program never waits for its log to be read. */
    private void readLog() {
      try (BufferedReader log = process.inputReader()) {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
          if (line.contains("server listening")) {
            listening.countDown();
          }
        }
      } catch (IOException e) {
        // The process was ended, and its log with it.
        listening.countDown();
      }
    }

    private void awaitListening() throws IOException {
      try {
        if (!listening.await(10, TimeUnit.SECONDS)) {
          close();
          throw new IOException("memcached does not listen");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        throw new IOException("interrupted while memcached started", e);
      }
    }

    @Override
    public Endpoint endpoint() {
      return Endpoint.unix(socket);
    }

    @Override
    public void verify() {
      if (!process.isAlive()) {
        throw new AssertionError("memcached has ended");
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
    }
  }
}
