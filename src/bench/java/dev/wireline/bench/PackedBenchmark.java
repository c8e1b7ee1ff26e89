package dev.wireline.bench;

import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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

/** 1 MiB as bytes that comes in chunks of 8 KiB, or in gzip: floors of plain sockets, Wireline, a peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PackedBenchmark {
  private static final int SIZE = 1024 * 1024;
  private static final int CHUNK = 8 * 1024;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body = new byte[SIZE];
  private byte[] chunked;
  private byte[] packed;
  private int head;
  private BenchServer chunkServer;
  private BenchServer gzipServer;
  private Socket chunks;
  private Socket gzip;
  private HttpClient client;
  private HttpAgent agent;
  private CloseableHttpClient apache;
  private String chunkUrl;
  private String gzipUrl;

  @Setup
  public void open() throws IOException {
    fill();
    chunked = inChunks();
    packed = inGzip();
    chunkServer = BenchServer.answeringRequests(chunked);
    gzipServer = BenchServer.answeringRequests(packed);
    chunks = chunkServer.socket();
    gzip = gzipServer.socket();
    chunkUrl = "http://127.0.0.1:" + chunkServer.port() + "/";
    gzipUrl = "http://127.0.0.1:" + gzipServer.port() + "/";
    client = new HttpClient("127.0.0.1:" + chunkServer.port());
    agent = HttpAgent.create();
    apache = HttpClients.createDefault();
  }

  /** Text of eight letters, which gzip makes less than half as long. */
  private void fill() {
    Random random = new Random(1);
    for (int i = 0; i < SIZE; i++) {
      body[i] = (byte) ('a' + random.nextInt(8));
    }
  }

  private byte[] inChunks() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n");
    for (int i = 0; i < SIZE; i += CHUNK) {
      line(out, Integer.toHexString(CHUNK));
      out.write(body, i, CHUNK);
      line(out, "");
    }
    line(out, "0\r\n");
    return out.toByteArray();
  }

  private byte[] inGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(
        out,
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.size() + "\r\n");
    head = out.size();
    bytes.writeTo(out);
    return out.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] answer(Socket socket, int size) throws IOException {
    byte[] bytes = new byte[size];
    socket.getOutputStream().write(REQUEST);
    socket.getInputStream().readNBytes(bytes, 0, size);
    return bytes;
  }

  /** A copy without the decoding, which costs little. */
  @Benchmark
  public byte[] rawChunked() throws IOException {
    return answer(chunks, chunked.length);
  }

  @Benchmark
  public byte[] clientChunked() throws IOException {
    return client.get("/").bytes();
  }

  @Benchmark
  public byte[] apacheChunked() throws IOException {
    return apache(chunkUrl);
  }

  private byte[] apache(String url) throws IOException {
    return apache.execute(
        new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
  }

  @Benchmark
  public byte[] rawGzip() throws IOException {
    byte[] all = answer(gzip, packed.length);
    return new GZIPInputStream(new ByteArrayInputStream(all, head, all.length - head), CHUNK)
        .readAllBytes();
  }

  @Benchmark
  public byte[] agentGzip() throws IOException {
    return agent.get(gzipUrl).bytes();
  }

  @Benchmark
  public byte[] apacheGzip() throws IOException {
    return apache(gzipUrl);
  }

  @TearDown
  public void close() throws IOException {
    client.close();
    agent.close();
    apache.close();
    chunks.close();
    gzip.close();
    chunkServer.close();
    gzipServer.close();
  }
}
