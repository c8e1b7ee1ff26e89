package dev.wireline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The cheapest server that answers: one blocking thread a connection, prebuilt answers. */
final class BenchServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Talk talk;

  /** What is done with one connection, until its end. */
  @FunctionalInterface
  interface Talk {
    void with(InputStream in, OutputStream out) throws IOException;
  }

  private BenchServer(Talk talk) throws IOException {
    this.talk = talk;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Talks in a way of its own. */
  static BenchServer talking(Talk talk) throws IOException {
    return new BenchServer(talk);
  }

  /** Answers each byte. */
  static BenchServer answeringBytes(byte[] answer) throws IOException {
    return new BenchServer((in, out) -> {
      while (in.read() >= 0) {
        out.write(answer);
      }
    });
  }

  /** Answers what comes in one segment and ends a line, as a request of a benchmark does. */
  static BenchServer answeringRequests(byte[] answer) throws IOException {
    return new BenchServer((in, out) -> {
      byte[] request = new byte[4096];
      for (int n = in.read(request); n > 0; n = in.read(request)) {
        if (request[n - 1] == '\n') {
          out.write(answer);
        }
      }
    });
  }

  /** Answers each request with a body of so many bytes when the last of them has come. */
  static BenchServer answeringUploads(int bodyBytes, byte[] answer) throws IOException {
    return new BenchServer((in, out) -> {
      byte[] piece = new byte[256 * 1024];
      int n = in.read(piece);
      while (n > 0) {
        int missing = head(piece, n) + bodyBytes - n;
        while (missing > 0 && n > 0) {
          n = in.read(piece);
          missing -= n;
        }
        out.write(answer);
        n = in.read(piece);
      }
    });
  }

  /** The bytes of a head that comes in one segment. */
  private static int head(byte[] bytes, int size) {
    int end = 3;
    while (end < size && (bytes[end] != '\n' || bytes[end - 2] != '\n')) {
      end++;
    }
    return end + 1;
  }

  /** Answers each line; those to lines that came together leave together. */
  static BenchServer answeringLines(byte[] answer) throws IOException {
    return new BenchServer((in, out) -> {
      byte[] lines = new byte[16 * 1024];
      byte[] answers = new byte[lines.length * answer.length];
      for (int n = in.read(lines); n > 0; n = in.read(lines)) {
        int size = 0;
        for (int i = 0; i < n; i++) {
          if (lines[i] == '\n') {
            System.arraycopy(answer, 0, answers, size, answer.length);
            size += answer.length;
          }
        }
        out.write(answers, 0, size);
      }
    });
  }

  int port() {
    return listening.getLocalPort();
  }

  /** A plain socket to it, without a delay and without a timeout: the floor. */
  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the benchmark is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      talk.with(socket.getInputStream(), socket.getOutputStream());
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
