package dev.wireline.bench;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A GET of 13 bytes over a kept connection: the floor, Wireline with its default deadlines, peers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class GetBenchmark {
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!"
          .getBytes(StandardCharsets.US_ASCII);

  private BenchServer server;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private byte[] request;
  private final byte[] answer = new byte[4096];
  private HttpClient wireline;
  private HttpAgent agent;
  private java.net.http.HttpClient jdk;
  private HttpRequest jdkRequest;
  private OkHttpClient okHttp;
  private Request okHttpRequest;
  private CloseableHttpClient apache;
  private String url;

  @Setup
  public void open() throws IOException {
    server = BenchServer.answeringRequests(RESPONSE);
    String origin = "127.0.0.1:" + server.port();
    url = "http://" + origin + "/";
    socket = server.socket();
    in = socket.getInputStream();
    out = socket.getOutputStream();
    request =
        ("GET / HTTP/1.1\r\nHost: " + origin + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    wireline = new HttpClient(origin);
    agent = HttpAgent.create();
    jdk = java.net.http.HttpClient.newHttpClient();
    jdkRequest = HttpRequest.newBuilder(URI.create(url)).build();
    okHttp = new OkHttpClient();
    okHttpRequest = new Request.Builder().url(url).build();
    apache = HttpClients.createDefault();
  }

  @Benchmark
  public int rawSocket() throws IOException {
    out.write(request);
    int size = 0;
    while (size < RESPONSE.length) {
      size += in.read(answer, size, answer.length - size);
    }
    return size;
  }

  @Benchmark
  public byte[] wireline() throws IOException {
    return wireline.get("/").bytes();
  }

  @Benchmark
  public byte[] wirelineAgent() throws IOException {
    return agent.get(url).bytes();
  }

  @Benchmark
  public byte[] javaNetHttp() throws IOException, InterruptedException {
    return jdk.send(jdkRequest, BodyHandlers.ofByteArray()).body();
  }

  @Benchmark
  public byte[] httpUrlConnection() throws IOException {
    try (InputStream body = new URL(url).openStream()) {
      return body.readAllBytes();
    }
  }

  @Benchmark
  public byte[] okHttp() throws IOException {
    try (okhttp3.Response response = okHttp.newCall(okHttpRequest).execute()) {
      return response.body().bytes();
    }
  }

  @Benchmark
  public byte[] apacheHttpClient() throws IOException {
    return apache.execute(
        new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    agent.close();
    apache.close();
    okHttp.connectionPool().evictAll();
    socket.close();
    server.close();
  }
}
