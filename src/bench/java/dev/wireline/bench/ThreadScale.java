package dev.wireline.bench;

import dev.wireline.http.HttpAgent;
import dev.wireline.net.PoolOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads that share one agent and its connections. */
final class ThreadScale {
  private static final int WAIT_MILLIS = 50;
  private static final int PLAIN_THREADS = 64;
  private static final int CALLS = 1000;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private ThreadScale() {}

  /** What a thread does. */
  private interface Work {
    void run() throws IOException;
  }

  /**
   * Prints the table.
   *
   * @param args how many virtual threads
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int threads = Integer.parseInt(args[0]);
    ScaleRun.head("threads", "connections", "GETs a second", "of the ideal", "failed");
    if (VirtualThreads.exist()) {
      waiting(threads, 32, 3);
      // A round takes a second, and the compiler needs some.
      waiting(threads, 500, 12);
    }
    busy();
  }

  /** Each GET takes the server a while: the ideal is that no connection ever waits for a thread. */
  private static void waiting(int threads, int connections, int rounds)
      throws IOException, InterruptedException {
    try (ScaleServer server = ScaleServer.answeringAfter(WAIT_MILLIS);
        HttpAgent agent = agent(connections)) {
      String url = "http://127.0.0.1:" + server.port() + "/";
      AtomicInteger failed = new AtomicInteger();
      double rate = 0;
      for (int round = 0; round < rounds; round++) {
        rate = Math.max(
            rate, threads / seconds(threads, failed, () -> agent.get(url).bytes()));
      }
      double ideal = connections * 1000.0 / WAIT_MILLIS;
      ScaleRun.row(threads + " virtual", connections, rate, rate / ideal, failed);
    }
  }

  /** The server answers at once: the ideal is a plain socket for each thread. */
  private static void busy() throws IOException, InterruptedException {
    try (ScaleServer server = ScaleServer.answeringAfter(0);
        HttpAgent agent = agent(PLAIN_THREADS)) {
      String url = "http://127.0.0.1:" + server.port() + "/";
      AtomicInteger failed = new AtomicInteger();
      double best = 0;
      double ideal = 0;
      for (int round = 0; round < 3; round++) {
        double plain = seconds(PLAIN_THREADS, failed, () -> rawCalls(server.port()));
        double agents = seconds(PLAIN_THREADS, failed, () -> calls(agent, url));
        best = Math.max(best, PLAIN_THREADS * CALLS / agents);
        ideal = Math.max(ideal, PLAIN_THREADS * CALLS / plain);
      }
      ScaleRun.row(PLAIN_THREADS, PLAIN_THREADS, best, best / ideal, failed);
    }
  }

  private static HttpAgent agent(int connections) {
    return HttpAgent.builder()
        .pool(PoolOptions.builder()
            .maxPerEndpoint(connections)
            .maxConnections(connections)
            .waitTimeout(Duration.ofMinutes(2))
            .build())
        .build();
  }

  private static void calls(HttpAgent agent, String url) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      agent.get(url).bytes();
    }
  }

  private static void rawCalls(int port) throws IOException {
    byte[] answer = new byte[ScaleServer.SMALL.length];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < CALLS; i++) {
        socket.getOutputStream().write(REQUEST);
        socket.getInputStream().readNBytes(answer, 0, answer.length);
      }
    }
  }

  private static double seconds(int count, AtomicInteger failed, Work work)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(VirtualThreads.startOrPlain(() -> {
        try {
          work.run();
        } catch (IOException e) {
          failed.incrementAndGet();
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
