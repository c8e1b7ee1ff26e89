package dev.wireline.bench;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of the system, such as redis-server, on loopback and a free port, until it is closed. */
final class StoreServer implements Closeable {
  private static final int TRIES = 200;

  private final Process process;
  private final int port;

  private StoreServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static StoreServer redis() throws IOException, InterruptedException {
    int port = freePort();
    return started(
        port,
        "redis-server",
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        System.getProperty("java.io.tmpdir"));
  }

  static StoreServer memcached() throws IOException, InterruptedException {
    int port = freePort();
    return started(
        port, "memcached", "-u", "nobody", "-l", "127.0.0.1", "-p", Integer.toString(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static StoreServer started(int port, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.INHERIT)
        .start();
    StoreServer server = new StoreServer(process, port);
    for (int i = 0; i < TRIES; i++) {
      try {
        server.socket().close();
        return server;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    server.close();
    throw new IOException("did not start: " + command[0]);
  }

  int port() {
    return port;
  }

  /** A plain socket to it, without a delay and without a timeout: the floor. */
  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
