package dev.wireline.bench;

/** Lines of 20 to 100 characters, all beyond ASCII. */
public class Utf8LineBenchmark extends ReadLineBenchmark {
  public Utf8LineBenchmark() {
    super(BenchLines.of(20, 100, "абвгдежзийклмнопрстуфхцчшщ"));
  }
}
