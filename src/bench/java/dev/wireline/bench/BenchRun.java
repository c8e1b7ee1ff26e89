package dev.wireline.bench;

import dev.wireline.bench.BenchTable.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of a row, one behind the other. */
final class BenchRun {
  private BenchRun() {}

  /**
   * What one benchmark took.
   *
   * @param entry which
   * @param time for each call, in its unit
   * @param unit such as us
   * @param ratio the time over that of the floor
   * @param bytes allocated for each call; NaN if that was not measured
   */
  record Figure(Entry entry, double time, String unit, double ratio, double bytes) {}

  /** In a fork each, for four seconds, and what they allocate. */
  static List<Figure> full(BenchTable row) throws RunnerException {
    return run(
        row,
        row.entries(),
        new OptionsBuilder()
            .addProfiler(GCProfiler.class)
            .forks(1)
            // The compiler shares the one core, and an agent's code takes it ten seconds.
            .warmupIterations(8)
            .measurementIterations(2)
            .timeout(TimeValue.minutes(2)));
  }

  /** The floor and what is ours, in a fork each, for a second, and what they allocate. */
  static List<Figure> brief(BenchTable row) throws RunnerException {
    List<Entry> entries = new ArrayList<>(row.ours());
    entries.add(0, row.floor());
    return run(
        row,
        entries,
        new OptionsBuilder()
            .addProfiler(GCProfiler.class)
            .forks(1)
            .warmupIterations(8)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(2)
            .measurementTime(TimeValue.milliseconds(500)));
  }

  private static List<Figure> run(
      BenchTable row, List<Entry> entries, ChainedOptionsBuilder options) throws RunnerException {
    for (Entry entry : entries) {
      options.include("\\." + entry.benchmark().replace(".", "\\.") + "$");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    double floor = score(results, row.floor());
    List<Figure> figures = new ArrayList<>();
    for (Entry entry : entries) {
      double time = score(results, entry);
      String unit = find(results, entry).getPrimaryResult().getScoreUnit().replace("/op", "");
      figures.add(new Figure(entry, time, unit, time / floor, bytes(results, entry)));
    }
    return figures;
  }

  private static RunResult find(Collection<RunResult> results, Entry entry) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + entry.benchmark()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("did not run: " + entry.benchmark()));
  }

  private static double score(Collection<RunResult> results, Entry entry) {
    return find(results, entry).getPrimaryResult().getScore();
  }

  @SuppressWarnings("rawtypes") // As JMH gives them.
  private static double bytes(Collection<RunResult> results, Entry entry) {
    return find(results, entry).getSecondaryResults().entrySet().stream()
        .filter(secondary -> secondary.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(secondary -> secondary.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
