package dev.wireline.bench;

/** Lines of 4 KiB. */
public class LongLineBenchmark extends ReadLineBenchmark {
  public LongLineBenchmark() {
    super(BenchLines.of(4096, 4096, "abcdefghijklmnopqrstuvwxyz"));
  }
}
