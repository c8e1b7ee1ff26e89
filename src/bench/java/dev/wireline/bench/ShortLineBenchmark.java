package dev.wireline.bench;

/** Lines of 8 bytes. */
public class ShortLineBenchmark extends ReadLineBenchmark {
  public ShortLineBenchmark() {
    super(BenchLines.of(8, 8, "abcdefghijklmnopqrstuvwxyz"));
  }
}
