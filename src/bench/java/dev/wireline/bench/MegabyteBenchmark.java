package dev.wireline.bench;

import dev.wireline.http.Body;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
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

/** 1 MiB over HTTP as bytes, as a stream, to a file and up: floors of plain sockets, Wireline, a peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class MegabyteBenchmark {
  private static final String TYPE = "application/octet-stream";
  private static final byte[] BODY = new byte[1024 * 1024];

  static {
    new Random(1).nextBytes(BODY);
  }

  private static final byte[] REQUEST = ascii("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  private static final byte[] HEAD =
      ascii("HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length + "\r\n\r\n");
  private static final byte[] POST =
      ascii("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + BODY.length + "\r\n\r\n");
  private static final byte[] TAKEN = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  private final byte[] piece = new byte[64 * 1024];
  private BenchServer down;
  private BenchServer up;
  private Socket plain;
  private Socket plainUp;
  private HttpClient client;
  private HttpClient clientUp;
  private HttpAgent agent;
  private CloseableHttpClient apache;
  private String url;
  private String urlUp;
  private Path file;

  @Setup
  public void open() throws IOException {
    down = BenchServer.answeringRequests(joined(HEAD, BODY));
    up = BenchServer.answeringUploads(BODY.length, TAKEN);
    plain = down.socket();
    plainUp = up.socket();
    client = new HttpClient("127.0.0.1:" + down.port());
    clientUp = new HttpClient("127.0.0.1:" + up.port());
    agent = HttpAgent.create();
    apache = HttpClients.createDefault();
    url = "http://127.0.0.1:" + down.port() + "/";
    urlUp = "http://127.0.0.1:" + up.port() + "/";
    file = Files.createTempFile("wireline-bench", ".bin");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Benchmark
  public byte[] rawBytes() throws IOException {
    byte[] bytes = new byte[HEAD.length + BODY.length];
    plain.getOutputStream().write(REQUEST);
    plain.getInputStream().readNBytes(bytes, 0, bytes.length);
    return bytes;
  }

  @Benchmark
  public byte[] clientBytes() throws IOException {
    return client.get("/").bytes();
  }

  @Benchmark
  public byte[] agentBytes() throws IOException {
    return agent.get(url).bytes();
  }

  @Benchmark
  public byte[] apacheBytes() throws IOException {
    return apache.execute(
        new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
  }

  @Benchmark
  public long rawStream() throws IOException {
    return raw(OutputStream.nullOutputStream());
  }

  private long raw(OutputStream to) throws IOException {
    plain.getOutputStream().write(REQUEST);
    InputStream in = plain.getInputStream();
    long size = 0;
    while (size < HEAD.length + BODY.length) {
      int count = in.read(piece);
      to.write(piece, 0, count);
      size += count;
    }
    return size;
  }

  @Benchmark
  public long agentStream() throws IOException {
    try (HttpResponse response = agent.get(url)) {
      return response.body().transferTo(OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  public long rawFile() throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return raw(out);
    }
  }

  @Benchmark
  public Path agentFile() throws IOException {
    agent.get(url).saveTo(file);
    return file;
  }

  @Benchmark
  public int rawUpload() throws IOException {
    plainUp.getOutputStream().write(POST);
    plainUp.getOutputStream().write(BODY);
    return plainUp.getInputStream().readNBytes(piece, 0, TAKEN.length);
  }

  @Benchmark
  public int clientUpload() throws IOException {
    return clientUp.send(HttpRequest.post("/").body(Body.of(BODY, TYPE))).status();
  }

  @Benchmark
  public int apacheUpload() throws IOException {
    HttpPost post = new HttpPost(urlUp);
    post.setEntity(new ByteArrayEntity(BODY, ContentType.APPLICATION_OCTET_STREAM));
    return apache.execute(post, response -> {
      EntityUtils.consume(response.getEntity());
      return response.getCode();
    });
  }

  @TearDown
  public void close() throws IOException {
    client.close();
    clientUp.close();
    agent.close();
    apache.close();
    plain.close();
    plainUp.close();
    down.close();
    up.close();
    Files.delete(file);
  }
}
