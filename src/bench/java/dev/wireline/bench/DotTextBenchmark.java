package dev.wireline.bench;

import dev.wireline.line.DotBlocks;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.io.DotTerminatedMessageReader;
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

/** 8 MiB of a text that ends in a dot: the floor that only drains, Wireline, Commons Net. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DotTextBenchmark {
  private BenchServer server;
  private Socket draining;
  private Socket reading;
  private BufferedReader reader;
  private LineClient wireline;
  private final byte[] drained = new byte[64 * 1024];
  private final char[] read = new char[64 * 1024];

  @Setup
  public void open() throws IOException {
    server = BenchServer.answeringBytes(BenchLines.TEXT);
    draining = server.socket();
    reading = server.socket();
    reader = new BufferedReader(
        new InputStreamReader(reading.getInputStream(), StandardCharsets.ISO_8859_1));
    wireline = new LineClient("127.0.0.1:" + server.port());
  }

  @Benchmark
  public int rawDrain() throws IOException {
    draining.getOutputStream().write(1);
    InputStream in = draining.getInputStream();
    int size = 0;
    while (size < BenchLines.TEXT.length) {
      size += in.read(drained);
    }
    return size;
  }

  @Benchmark
  public int wireline() throws IOException {
    wireline.output().write(1);
    int size = 0;
    try (Incoming text = DotBlocks.of(wireline).read()) {
      for (int n = text.read(drained); n >= 0; n = text.read(drained)) {
        size += n;
      }
    }
    return size;
  }

  @Benchmark
  public int commonsNet() throws IOException {
    reading.getOutputStream().write(1);
    int size = 0;
    DotTerminatedMessageReader text = new DotTerminatedMessageReader(reader);
    for (int n = text.read(read); n >= 0; n = text.read(read)) {
      size += n;
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
