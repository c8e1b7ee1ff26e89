package dev.wireline.bench;

import dev.wireline.bench.BenchRun.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Fails if a ratio, or the memory of a call, is worse by a third than the numbers that are kept. In each of some
 * rounds the benchmark and its floor have a JVM of their own, one after the other. The median is kept; it is
 * worse only if every round is, so that nothing else the machine does makes a change look slow. Takes nine
 * minutes.
 */
public final class BenchCheck {
  private static final double WORSE = 4.0 / 3;
  private static final int ROUNDS = 3;

  /** Fewer bytes more than that are no news. */
  private static final int SLACK_BYTES = 200;

  /** Those whose ratio is the same from run to run, on one core: no disk, no server but the benchmark's own. */
  private static final Set<String> CHECKED = Set.of(
      "GetBenchmark.wireline",
      "GetBenchmark.wirelineAgent",
      "MegabyteBenchmark.clientBytes",
      "MegabyteBenchmark.agentBytes",
      "MegabyteBenchmark.clientUpload",
      "PackedBenchmark.clientChunked",
      "PackedBenchmark.agentGzip",
      "CommandBenchmark.wireline",
      "ReadLineBenchmark.wireline",
      "DotTextBenchmark.wireline");

  private BenchCheck() {}

  /** What one benchmark may take. */
  private record Kept(double ratio, double bytes) {
    boolean isWorseThan(Kept before) {
      return ratio > before.ratio * WORSE || bytes > before.bytes * WORSE + SLACK_BYTES;
    }
  }

  /**
   * Compares; with a second argument keeps what it measures.
   *
   * @param args the file of the numbers, and {@code keep}
   */
  public static void main(String[] args) throws IOException, RunnerException {
    Path file = Path.of(args[0]);
    if (args.length > 1) {
      Files.writeString(file, written(measured(ROUNDS / 2)));
      return;
    }
    Map<String, Kept> now = measured(0);
    boolean failed = false;
    for (Map.Entry<String, Kept> before : read(file).entrySet()) {
      Kept found = now.get(before.getKey());
      if (found != null && found.isWorseThan(before.getValue())) {
        failed = true;
        System.err.println(
            before.getKey() + " takes " + found + ", and what is kept is " + before.getValue());
      }
    }
    System.exit(failed ? 1 : 0);
  }

  /**
   * Measures all.
   *
   * @param place which of the ratios of the rounds counts, the least being 0
   */
  private static Map<String, Kept> measured(int place) throws RunnerException {
    Map<String, Kept> all = new TreeMap<>();
    for (BenchTable row : BenchTable.ALL) {
      List<BenchTable.Entry> ours = row.ours().stream()
          .filter(entry -> CHECKED.contains(entry.benchmark()))
          .toList();
      if (!ours.isEmpty()) {
        all.putAll(measured(new BenchTable(row.title(), row.floor(), ours, List.of()), place));
      }
    }
    return all;
  }

  private static Map<String, Kept> measured(BenchTable row, int place) throws RunnerException {
    Map<String, List<Figure>> rounds = new TreeMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Figure figure : BenchRun.brief(row)) {
        rounds
            .computeIfAbsent(figure.entry().benchmark(), any -> new ArrayList<>())
            .add(figure);
      }
    }
    rounds.remove(row.floor().benchmark());
    Map<String, Kept> found = new TreeMap<>();
    rounds.forEach((name, figures) -> {
      double[] ratios = figures.stream().mapToDouble(Figure::ratio).sorted().toArray();
      double[] bytes = figures.stream().mapToDouble(Figure::bytes).sorted().toArray();
      found.put(name, new Kept(ratios[place], bytes[0]));
    });
    return found;
  }

  private static String written(Map<String, Kept> all) {
    StringBuilder out = new StringBuilder("benchmark,ratio,bytes\n");
    all.forEach((name, kept) -> out.append(name)
        .append(String.format(Locale.ROOT, ",%.2f,%.0f\n", kept.ratio(), kept.bytes())));
    return out.toString();
  }

  private static Map<String, Kept> read(Path file) throws IOException {
    Map<String, Kept> all = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(",", -1);
      all.put(parts[0], new Kept(Double.parseDouble(parts[1]), Double.parseDouble(parts[2])));
    }
    return all;
  }
}
