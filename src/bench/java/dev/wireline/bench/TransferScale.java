package dev.wireline.bench;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bodies that are far larger than the memory. */
final class TransferScale {
  private static final int PIECE = 128 * 1024;

  private TransferScale() {}

  /**
   * Prints the table.
   *
   * @param args how many GiB
   */
  public static void main(String[] args) throws IOException {
    long size = Long.parseLong(args[0]) << 30;
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HttpAgent agent = HttpAgent.create()) {
      VirtualThreads.startOrPlain(() -> serve(listening, size));
      String url = "http://127.0.0.1:" + listening.getLocalPort() + "/";
      ScaleRun.head("direction", "plain socket (s)", "agent (s)", "ratio");
      double rawDown = timed(() -> rawDown(listening.getLocalPort(), size));
      double down = timed(() -> down(agent, url));
      ScaleRun.row("down", rawDown, down, down / rawDown);
      double rawUp = timed(() -> rawUp(listening.getLocalPort(), size));
      double up = timed(() -> up(agent, url, size));
      ScaleRun.row("up", rawUp, up, up / rawUp);
    }
  }

  /** A transfer. */
  private interface Work {
    void run() throws IOException;
  }

  private static double timed(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void serve(ServerSocket listening, long size) {
    try {
      while (true) {
        Socket socket = listening.accept();
        VirtualThreads.startOrPlain(() -> answer(socket, size));
      }
    } catch (IOException e) {
      // Closed: all was measured.
    }
  }

  private static void answer(Socket socket, long size) {
    byte[] piece = new byte[PIECE];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int count = in.read(piece); count > 0; count = in.read(piece)) {
        if (piece[0] == 'G') {
          out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n"));
          zeros(out, size);
        } else {
          drain(in, size - (count - headLength(piece, count)), piece);
          out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static int headLength(byte[] bytes, int count) {
    return new String(bytes, 0, count, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
  }

  private static void drain(InputStream in, long count, byte[] piece) throws IOException {
    for (long left = count; left > 0; ) {
      left -= in.read(piece, 0, (int) Math.min(piece.length, left));
    }
  }

  private static void zeros(OutputStream out, long size) throws IOException {
    byte[] zeros = new byte[PIECE];
    for (long left = size; left > 0; left -= zeros.length) {
      out.write(zeros);
    }
  }

  private static void rawDown(int port, long size) throws IOException {
    byte[] piece = new byte[PIECE];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\n\r\n"));
      int count = socket.getInputStream().read(piece);
      drain(socket.getInputStream(), size - (count - headLength(piece, count)), piece);
    }
  }

  private static void down(HttpAgent agent, String url) throws IOException {
    try (HttpResponse response = agent.get(url)) {
      response.body().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void rawUp(int port, long size) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(ascii("POST / HTTP/1.1\r\n\r\n"));
      zeros(socket.getOutputStream(), size);
      socket.getInputStream().read();
    }
  }

  private static void up(HttpAgent agent, String url, long size) throws IOException {
    Body body = Body.of(new Zeros(size), size, "application/octet-stream");
    agent.send(HttpRequest.post(url).body(body)).discard();
  }

  /** A stream of zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = (int) Math.min(left, length);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
