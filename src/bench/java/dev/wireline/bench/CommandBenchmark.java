package dev.wireline.bench;

import dev.wireline.line.LineClient;
import dev.wireline.line.Pipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

/** A command and its answer of one line, alone and a hundred at once: the floor, the JDK, Wireline. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CommandBenchmark {
  private static final byte[] COMMAND = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANSWER = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MANY = 100;
  private static final byte[] COMMANDS =
      "PING\r\n".repeat(MANY).getBytes(StandardCharsets.US_ASCII);

  private BenchServer server;
  private Socket raw;
  private Socket socket;
  private BufferedReader reader;
  private LineClient wireline;
  private final byte[] read = new byte[4096];

  @Setup
  public void open() throws IOException {
    server = BenchServer.answeringLines(ANSWER);
    raw = server.socket();
    socket = server.socket();
    reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    wireline = new LineClient("127.0.0.1:" + server.port());
  }

  @Benchmark
  public int rawSocket() throws IOException {
    return raw(COMMAND, ANSWER.length);
  }

  @Benchmark
  public int rawSocketHundred() throws IOException {
    return raw(COMMANDS, MANY * ANSWER.length);
  }

  private int raw(byte[] commands, int expected) throws IOException {
    OutputStream out = raw.getOutputStream();
    InputStream in = raw.getInputStream();
    out.write(commands);
    int size = 0;
    while (size < expected) {
      size += in.read(read);
    }
    return size;
  }

  @Benchmark
  public String bufferedReader() throws IOException {
    socket.getOutputStream().write(COMMAND);
    return reader.readLine();
  }

  @Benchmark
  public String wireline() throws IOException {
    wireline.writeLine("PING");
    return wireline.readLine();
  }

  @Benchmark
  public Pipeline wirelineHundred() throws IOException {
    Pipeline pipeline = Pipeline.of(wireline);
    for (int i = 0; i < MANY; i++) {
      pipeline.add("PING", wireline::readLine);
    }
    pipeline.run();
    return pipeline;
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    raw.close();
    socket.close();
    server.close();
  }
}
