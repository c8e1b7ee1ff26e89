package dev.wireline.bench;

import dev.wireline.examples.Redis;
import dev.wireline.examples.RedisReply;
import dev.wireline.line.Pipeline;
import dev.wireline.line.Pipelined;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;

/** GET and SET of 13 bytes, and a thousand GETs at once, with a Redis server: the floor, the example, peers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RedisBenchmark {
  private static final int MANY = 1000;
  private static final byte[] VALUE = ascii("Hello, world!");
  private static final byte[] GET = ascii("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");
  private static final byte[] SET =
      ascii("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$13\r\nHello, world!\r\n");
  private static final byte[] ANSWER = ascii("$13\r\nHello, world!\r\n");
  private static final byte[] OK = ascii("+OK\r\n");

  private final byte[] answers = new byte[MANY * ANSWER.length];
  private final byte[] gets = new byte[MANY * GET.length];
  private StoreServer server;
  private Socket socket;
  private Redis wireline;
  private Jedis jedis;
  private RedisClient lettuce;
  private StatefulRedisConnection<String, String> shared;
  private StatefulRedisConnection<String, String> packed;

  @Setup
  public void open() throws IOException, InterruptedException {
    server = StoreServer.redis();
    socket = server.socket();
    wireline = new Redis("127.0.0.1:" + server.port());
    wireline.set("key", VALUE);
    jedis = new Jedis("127.0.0.1", server.port());
    lettuce = RedisClient.create("redis://127.0.0.1:" + server.port());
    shared = lettuce.connect();
    packed = lettuce.connect();
    packed.setAutoFlushCommands(false);
    for (int i = 0; i < MANY; i++) {
      System.arraycopy(GET, 0, gets, i * GET.length, GET.length);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private int raw(byte[] request, int answerBytes) throws IOException {
    socket.getOutputStream().write(request);
    return socket.getInputStream().readNBytes(answers, 0, answerBytes);
  }

  @Benchmark
  public int rawGet() throws IOException {
    return raw(GET, ANSWER.length);
  }

  @Benchmark
  public byte[] wirelineGet() throws IOException {
    return wireline.get("key").orElseThrow();
  }

  @Benchmark
  public String jedisGet() {
    return jedis.get("key");
  }

  @Benchmark
  public String lettuceGet() {
    return shared.sync().get("key");
  }

  @Benchmark
  public int rawSet() throws IOException {
    return raw(SET, OK.length);
  }

  @Benchmark
  public void wirelineSet() throws IOException {
    wireline.set("key", VALUE);
  }

  @Benchmark
  public String jedisSet() {
    return jedis.set("key", "Hello, world!");
  }

  @Benchmark
  public String lettuceSet() {
    return shared.sync().set("key", "Hello, world!");
  }

  @Benchmark
  public int rawMany() throws IOException {
    return raw(gets, answers.length);
  }

  @Benchmark
  public RedisReply wirelineMany() throws IOException {
    Pipeline pipeline = Pipeline.of(wireline);
    List<Pipelined<RedisReply>> all = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      all.add(wireline.call(pipeline, "GET", "key"));
    }
    pipeline.run();
    return all.get(MANY - 1).get();
  }

  @Benchmark
  public String jedisMany() {
    var pipeline = jedis.pipelined();
    List<Response<String>> all = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      all.add(pipeline.get("key"));
    }
    pipeline.sync();
    return all.get(MANY - 1).get();
  }

  @Benchmark
  public boolean lettuceMany() {
    RedisFuture<?>[] all = new RedisFuture<?>[MANY];
    for (int i = 0; i < MANY; i++) {
      all[i] = packed.async().get("key");
    }
    packed.flushCommands();
    return LettuceFutures.awaitAll(Duration.ofSeconds(10), all);
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    jedis.close();
    shared.close();
    packed.close();
    lettuce.shutdown(Duration.ZERO, Duration.ZERO);
    socket.close();
    server.close();
  }
}
