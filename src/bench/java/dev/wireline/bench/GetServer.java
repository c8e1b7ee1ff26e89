package dev.wireline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The cheapest server that answers: one blocking thread a connection, one prebuilt answer. */
final class GetServer implements AutoCloseable {
  static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;

  GetServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> answer(socket));
      }
    } catch (IOException e) {
      // Closed: the benchmark is over.
    }
  }

  private static void answer(Socket socket) {
    byte[] request = new byte[4096];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      // A request of the benchmark comes in one segment, and ends with its empty line.
      for (int n = in.read(request); n > 0; n = in.read(request)) {
        if (request[n - 1] == '\n') {
          out.write(RESPONSE);
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "bench-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
