package dev.wireline.bench;

import dev.wireline.line.LineClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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

/** 8 MiB of lines to Strings: the floor that only drains, the JDK, Wireline. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ReadLineBenchmark {
  private final byte[] lines;
  private final int chars;
  private BenchServer server;
  private Socket draining;
  private Socket reading;
  private BufferedReader reader;
  private LineClient wireline;
  private final byte[] drained = new byte[64 * 1024];

  public ReadLineBenchmark() {
    this(BenchLines.LINES);
  }

  ReadLineBenchmark(byte[] lines) {
    this.lines = lines;
    this.chars = new String(lines, StandardCharsets.UTF_8).length();
  }

  @Setup
  public void open() throws IOException {
    server = BenchServer.answeringBytes(lines);
    draining = server.socket();
    reading = server.socket();
    reader =
        new BufferedReader(new InputStreamReader(reading.getInputStream(), StandardCharsets.UTF_8));
    wireline = new LineClient("127.0.0.1:" + server.port());
  }

  @Benchmark
  public int rawDrain() throws IOException {
    draining.getOutputStream().write(1);
    InputStream in = draining.getInputStream();
    int size = 0;
    while (size < lines.length) {
      size += in.read(drained);
    }
    return size;
  }

  @Benchmark
  public int bufferedReader() throws IOException {
    reading.getOutputStream().write(1);
    int size = 0;
    while (size < chars) {
      size += reader.readLine().length() + 2;
    }
    return size;
  }

  @Benchmark
  public int wireline() throws IOException {
    wireline.output().write(1);
    int size = 0;
    while (size < chars) {
      size += wireline.readLine().length() + 2;
    }
    return size;
  }

  @TearDown
  public void close() throws IOException {
    wireline.close();
    draining.close();
    reading.close();
    server.close();
  }
}
