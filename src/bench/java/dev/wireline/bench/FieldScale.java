package dev.wireline.bench;

import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.cookie.MemoryCookieJar;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Jars with many cookies, and messages with many fields. */
final class FieldScale {
  private static final int ROUNDS = 4000;
  private static final int FIELDS = 100;

  private FieldScale() {}

  /** What is timed. */
  private interface Work {
    void run() throws IOException;
  }

  /**
   * Prints the table.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    ScaleRun.head("work", "µs");
    for (int cookies : new int[] {50, 500, 5000}) {
      cookies(cookies);
    }
    fields();
  }

  /** Ten a host: a jar that is full lets one go for each that comes. */
  private static void cookies(int count) throws IOException {
    MemoryCookieJar jar = new MemoryCookieJar();
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      jar.store(host(i / 10), List.of("name" + i % 10 + "=value; Max-Age=1000"), now);
    }
    HttpUrl asked = host(count / 10 - 1);
    HttpUrl plain = HttpUrl.parse("http://www" + (count / 10 - 1) + ".example.org/");
    List<String> again = List.of("name1=other; Max-Age=1000");
    String jarWith = "a jar that was given " + count + " cookies: ";
    ScaleRun.row(jarWith + "those for a URL", micros(() -> jar.cookiesFor(asked, now)));
    ScaleRun.row(jarWith + "one is replaced", micros(() -> jar.store(asked, again, now)));
    ScaleRun.row(jarWith + "one is replaced over http", micros(() -> jar.store(plain, again, now)));
    int[] next = {0};
    ScaleRun.row(
        jarWith + "one more",
        micros(
            () -> jar.store(asked, List.of("new" + next[0]++ % 40 + "=value; Max-Age=1000"), now)));
  }

  private static HttpUrl host(int number) {
    return HttpUrl.parse("https://www" + number + ".example.org/");
  }

  private static void fields() throws IOException {
    StringBuilder lines = new StringBuilder();
    HttpRequest request = HttpRequest.get("/");
    for (int i = 0; i < FIELDS; i++) {
      lines.append("X-Field-").append(i).append(": a value of some length\r\n");
      request = request.header("X-Field-" + i, "a value of some length");
    }
    byte[] response = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + lines + "\r\n");
    byte[] asked = ascii("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n");
    HttpRequest sent = request;
    byte[] answer = new byte[response.length];
    try (BenchServer server = BenchServer.answeringRequests(response);
        Socket socket = server.socket();
        HttpClient client = new HttpClient("127.0.0.1:" + server.port())) {
      InputStream in = socket.getInputStream();
      ScaleRun.row("GET with " + FIELDS + " fields each way: plain socket", micros(() -> {
        socket.getOutputStream().write(asked);
        in.readNBytes(answer, 0, answer.length);
      }));
      ScaleRun.row(
          "GET with " + FIELDS + " fields each way: HttpClient",
          micros(() -> client.send(sent).header("x-field-99")));
    }
  }

  /** The median, when the code is warm. */
  private static double micros(Work work) throws IOException {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < 3 * ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      times[i % ROUNDS] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
