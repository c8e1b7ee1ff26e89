package dev.wireline.bench;

import dev.wireline.bench.BenchRun.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Fails if a ratio is worse by a third than the report has it. Each is measured in one run against its floor; one
 * that looks worse is measured twice more, for machines have other work too, and the best of them counts.
 */
public final class BenchCheck {
  private static final double WORSE = 4.0 / 3;
  private static final int TRIES = 3;

  /** What depends on the disk more than on the code. */
  private static final Set<String> NOT_CHECKED = Set.of("MegabyteBenchmark.agentFile");

  private BenchCheck() {}

  /**
   * Compares.
   *
   * @param args the file of ratios that the report wrote
   */
  public static void main(String[] args) throws IOException, RunnerException {
    Map<String, Double> kept = read(Path.of(args[0]));
    boolean failed = false;
    for (BenchTable row : BenchTable.ALL) {
      if (row.ours().stream().allMatch(entry -> NOT_CHECKED.contains(entry.benchmark()))) {
        continue;
      }
      Map<String, Double> best = measured(row, kept);
      for (Map.Entry<String, Double> ratio : best.entrySet()) {
        if (isWorse(ratio.getKey(), ratio.getValue(), kept)) {
          failed = true;
          System.err.printf(
              "%s: %.2f of the floor, and the report has %.2f%n",
              ratio.getKey(), ratio.getValue(), kept.get(ratio.getKey()));
        }
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static Map<String, Double> measured(BenchTable row, Map<String, Double> kept)
      throws RunnerException {
    Map<String, Double> best = new HashMap<>();
    boolean worse = true;
    for (int i = 0; i < TRIES && worse; i++) {
      for (Figure figure : BenchRun.brief(row)) {
        best.merge(figure.entry().benchmark(), figure.ratio(), Math::min);
      }
      worse = best.entrySet().stream()
          .anyMatch(ratio -> isWorse(ratio.getKey(), ratio.getValue(), kept));
    }
    return best;
  }

  private static boolean isWorse(String benchmark, double ratio, Map<String, Double> kept) {
    Double before = kept.get(benchmark);
    return before != null && ratio > before * WORSE;
  }

  private static Map<String, Double> read(Path file) throws IOException {
    Map<String, Double> ratios = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      ratios.put(line.substring(0, comma), Double.parseDouble(line.substring(comma + 1)));
    }
    return ratios;
  }
}
