package dev.wireline.bench;

import dev.wireline.examples.Memcached;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.exception.MemcachedException;
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

/** A get and a set of 13 bytes with a memcached: the floor, the example, a peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class MemcachedBenchmark {
  private static final byte[] VALUE = ascii("Hello, world!");
  private static final byte[] GET = ascii("get key\r\n");
  private static final byte[] SET = ascii("set key 0 0 13\r\nHello, world!\r\n");
  private static final byte[] ANSWER = ascii("VALUE key 0 13\r\nHello, world!\r\nEND\r\n");
  private static final byte[] STORED = ascii("STORED\r\n");

  private final byte[] answer = new byte[ANSWER.length];
  private StoreServer server;
  private Socket socket;
  private Memcached wireline;
  private MemcachedClient peer;

  @Setup
  public void open()
      throws IOException, InterruptedException, TimeoutException, MemcachedException {
    server = StoreServer.memcached();
    socket = server.socket();
    wireline = new Memcached("127.0.0.1:" + server.port());
    wireline.set("key", VALUE);
    peer = new XMemcachedClient("127.0.0.1", server.port());
    peer.set("own", 0, VALUE);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  public int rawGet() throws IOException {
    socket.getOutputStream().write(GET);
    return socket.getInputStream().readNBytes(answer, 0, ANSWER.length);
  }

  @Benchmark
  public byte[] wirelineGet() throws IOException {
    return wireline.get("key").orElseThrow();
  }

  @Benchmark
  public byte[] xmemcachedGet() throws InterruptedException, TimeoutException, MemcachedException {
    return peer.get("own");
  }

  @Benchmark
  public int rawSet() throws IOException {
    socket.getOutputStream().write(SET);
    return socket.getInputStream().readNBytes(answer, 0, STORED.length);
  }

  @Benchmark
  public void wirelineSet() throws IOException {
    wireline.set("key", VALUE);
  }

  @Benchmark
  public boolean xmemcachedSet() throws InterruptedException, TimeoutException, MemcachedException {
    return peer.set("own", 0, VALUE);
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    peer.shutdown();
    socket.close();
    server.close();
  }
}
