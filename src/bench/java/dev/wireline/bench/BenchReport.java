package dev.wireline.bench;

import dev.wireline.bench.BenchRun.Figure;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.svg.SVGGraphics2D;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks and writes what they took: a page and a chart. */
public final class BenchReport {
  private static final String COMMAND = "taskset -c 0 mvn -q -Pbench test-compile exec:exec@report";

  /** The ratio at the top of the chart. */
  private static final double MOST_SHOWN = 4;

  private BenchReport() {}

  /**
   * Writes the report.
   *
   * @param args the folder to write into, and the version of the library
   */
  public static void main(String[] args) throws IOException, RunnerException {
    Map<BenchTable, List<Figure>> rows = new LinkedHashMap<>();
    for (BenchTable row : BenchTable.ALL) {
      rows.put(row, BenchRun.full(row));
    }
    Path folder = Path.of(args[0]);
    Files.writeString(folder.resolve("benchmarks.md"), page(rows, args[1]));
    chart(rows, folder.resolve("benchmarks.svg"));
  }

  private static String page(Map<BenchTable, List<Figure>> rows, String version)
      throws IOException {
    StringBuilder out = new StringBuilder("# Benchmarks\n\n");
    out.append("""
        Written by one command, which anyone can repeat:

        ```sh
        %s
        ```

        Client and server are threads of one process on one core, connected over loopback. A ratio compares with
        the first line of its table, measured in the same run: a plain socket, or another library where the
        server costs far more than a socket. Each is warmed up for sixteen seconds and measured for four, in a JVM
        of its own. Times in different tables have nothing to do with each other; a ratio is worth more than the
        times it is made of, and it scatters by a tenth.

        ![Time compared with a plain socket or a peer](benchmarks.svg)

        A bar that reaches the top is longer; its figure stands below. The tables of scale, behind those with a
        ratio for each row, come from JVMs of their own; `-Dnewest=` names the folder of a newer JDK for them,
        whose virtual threads they use.

        """.formatted(COMMAND));
    out.append(String.format(
        Locale.ROOT,
        "Measured on %s with Wireline %s, Java %s, %s, %s.\n",
        LocalDate.now(ZoneOffset.UTC),
        version,
        System.getProperty("java.vm.version"),
        System.getProperty("os.name"),
        processor()));
    rows.forEach((row, figures) -> table(row, figures, out));
    for (ScaleRun.Table table : ScaleRun.ALL) {
      out.append("\n## ").append(table.title()).append("\n\n").append(ScaleRun.run(table));
    }
    return out.toString();
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      // Only Linux tells it so.
      return System.getProperty("os.arch");
    }
  }

  private static void table(BenchTable row, List<Figure> figures, StringBuilder out) {
    out.append("\n## ").append(row.title()).append("\n\n");
    out.append("| with | ").append(figures.get(0).unit()).append(" | ratio | bytes allocated |\n");
    out.append("|---|---|---|---|\n");
    for (Figure figure : figures) {
      out.append(String.format(
          Locale.ROOT,
          "| %s | %s | %.2f | %,.0f |\n",
          figure.entry().name(),
          String.format(Locale.ROOT, figure.time() < 1000 ? "%.4g" : "%,.0f", figure.time()),
          figure.ratio(),
          figure.bytes()));
    }
  }

  private static void chart(Map<BenchTable, List<Figure>> rows, Path file) throws IOException {
    List<String> titles = new ArrayList<>();
    List<@Nullable Double> ours = new ArrayList<>();
    List<@Nullable Double> peers = new ArrayList<>();
    rows.forEach((row, figures) -> {
      titles.add(row.title());
      ours.add(best(row.ours(), figures));
      peers.add(best(row.peers(), figures));
    });
    CategoryChart chart = new CategoryChartBuilder()
        .width(1000)
        .height(600)
        .title("Time compared with the first line of each table (1 is as fast)")
        .yAxisTitle("ratio")
        .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setXAxisLabelRotation(45);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(MOST_SHOWN);
    chart.addSeries("Wireline", titles, ours);
    chart.addSeries("the fastest peer", titles, peers);
    SVGGraphics2D drawing = new SVGGraphics2D(chart.getWidth(), chart.getHeight());
    // The labels are outlines: more digits than a pixel has make the file three times as long.
    drawing.setGeomDoubleConverter(BenchReport::rounded);
    chart.paint(drawing, chart.getWidth(), chart.getHeight());
    Files.writeString(file, drawing.getSVGDocument());
  }

  private static String rounded(double pixels) {
    double tenths = Math.rint(pixels * 10) / 10;
    return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
  }

  /** The least ratio, or nothing where nobody was measured. */
  private static @Nullable Double best(List<BenchTable.Entry> of, List<Figure> figures) {
    double least = figures.stream()
        .filter(figure -> of.contains(figure.entry()))
        .mapToDouble(Figure::ratio)
        .min()
        .orElse(Double.NaN);
    return Double.isNaN(least) ? null : Math.min(MOST_SHOWN, least);
  }
}
