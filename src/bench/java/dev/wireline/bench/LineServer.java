package dev.wireline.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;

/** Sends 8 MiB of lines of 20 to 100 bytes for each byte that it gets. */
final class LineServer implements AutoCloseable {
  static final byte[] LINES = lines();

  private final ServerSocket listening;

  LineServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static byte[] lines() {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 20);
    while (bytes.size() < 8 << 20) {
      int length = 20 + random.nextInt(81);
      for (int i = 0; i < length; i++) {
        bytes.write('a' + random.nextInt(26));
      }
      bytes.write('\r');
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        daemon(() -> answer(socket));
      }
    } catch (IOException e) {
      // Closed: the benchmark is over.
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      while (in.read() >= 0) {
        out.write(LINES);
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
