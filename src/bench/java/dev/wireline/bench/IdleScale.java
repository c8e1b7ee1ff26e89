package dev.wireline.bench;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpResponse;
import dev.wireline.net.PoolOptions;
import dev.wireline.net.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What connections take that nobody uses, and what they cost the ones in use. */
final class IdleScale {
  /** Longer than a kept connection keeps its buffers, in milliseconds. */
  private static final int PAUSE_MILLIS = 1200;

  private static final int GETS = 4000;

  private static final int WARM_UPS = 2;

  /** The memory of fewer connections is lost in that of the JVM. */
  private static final int MANY = 100;

  private IdleScale() {}

  /**
   * Prints the table.
   *
   * @param args how many connections, row by row
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ScaleRun.head(
        "connections",
        "with",
        "heap each (bytes)",
        "descriptors each",
        "first GET after a pause (ms)",
        "GET beside them (µs)");
    for (boolean tls : new boolean[] {false, true}) {
      warmUp(tls);
      for (String count : args) {
        ScaleRun.row(row(Integer.parseInt(count), tls));
      }
    }
  }

  private static void warmUp(boolean tls) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      row(1, tls);
    }
  }

  private static Object[] row(int count, boolean tls) throws IOException, InterruptedException {
    Path certificate = Files.createTempFile("wireline-bench", ".pem");
    try (ScaleServer server = ScaleServer.holding(tls ? certificate.toString() : "");
        HttpAgent agent = agent(server, tls, certificate)) {
      return measure(server, agent, count, tls);
    } finally {
      Files.delete(certificate);
    }
  }

  private static HttpAgent agent(ScaleServer server, boolean tls, Path certificate)
      throws IOException {
    PoolOptions pool = PoolOptions.builder()
        .maxPerEndpoint(20_000)
        .maxConnections(20_000)
        .idleTimeout(Duration.ofMinutes(10))
        .build();
    HttpAgent.Builder builder = HttpAgent.builder().pool(pool);
    if (tls) {
      builder.tls(url(server, true), Tls.builder().trust(certificate).build());
    }
    return builder.build();
  }

  private static String url(ScaleServer server, boolean tls) {
    return (tls ? "https" : "http") + "://127.0.0.1:" + server.port() + "/";
  }

  private static Object[] measure(ScaleServer server, HttpAgent agent, int count, boolean tls)
      throws IOException, InterruptedException {
    String url = url(server, tls);
    HttpResponse first = agent.get(url);
    // Classes and what the library keeps once are there before the first reading.
    agent.get(url).close();
    long heap = usedHeap();
    long descriptors = descriptors();
    List<HttpResponse> held = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      held.add(agent.get(url));
    }
    server.goOn();
    first.discard();
    for (HttpResponse response : held) {
      response.text();
    }
    held.clear();
    Thread.sleep(PAUSE_MILLIS);
    double pause = timed(agent, url) / 1e6;
    double get = median(agent, url) / 1e3;
    double each = (double) (usedHeap() - heap) / count;
    double files = (double) (descriptors() - descriptors) / count;
    Object shown = count < MANY ? "-" : each;
    return new Object[] {count, tls ? "TLS" : "plain", shown, files, pause, get};
  }

  private static double timed(HttpAgent agent, String url) throws IOException {
    long start = System.nanoTime();
    agent.get(url).text();
    return System.nanoTime() - start;
  }

  /** Cools the others down on the way, some a call. */
  private static double median(HttpAgent agent, String url) throws IOException {
    double[] times = new double[GETS];
    for (int i = 0; i < times.length; i++) {
      times[i] = timed(agent, url);
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
