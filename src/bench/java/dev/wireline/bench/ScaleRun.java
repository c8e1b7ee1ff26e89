package dev.wireline.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs what is measured over many connections, threads or bytes, each in a JVM of its own that prints its table.
 * They run on the JDK that the property {@code newest} names, or on this one.
 */
final class ScaleRun {
  /**
   * A table.
   *
   * @param title what it shows
   * @param heap the most memory that its JVM may take
   * @param main what prints it
   * @param args for that
   */
  record Table(String title, String heap, Class<?> main, List<String> args) {}

  static final List<Table> ALL = List.of(
      new Table("Idle connections in a pool", "1g", IdleScale.class, List.of("1", "1000", "10000")),
      new Table("Many threads on one agent", "1g", ThreadScale.class, List.of("10000")),
      new Table("3 GiB with 64 MiB of heap", "64m", TransferScale.class, List.of("3")),
      new Table("Many callers on one connection", "256m", SharingScale.class, List.of()),
      new Table("Many cookies and fields", "256m", FieldScale.class, List.of()),
      new Table("The first call", "256m", FirstScale.class, List.of()));

  private ScaleRun() {}

  /** A JVM for a class of the benchmarks. */
  static ProcessBuilder java(String heap, String stack, Class<?> main, String... args) {
    String newest = System.getProperty("newest", "");
    String home = newest.isEmpty() ? System.getProperty("java.home") : newest;
    List<String> command = new ArrayList<>();
    command.add(Path.of(home, "bin", "java").toString());
    command.add(heap);
    command.add(stack);
    command.add("-Dnewest=" + newest);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /** The rows of a table in Markdown. */
  static String run(Table table) throws IOException {
    ProcessBuilder builder =
        java("-Xmx" + table.heap(), "-Xss512k", table.main(), table.args().toArray(new String[0]));
    Process process = builder.redirectError(Redirect.INHERIT).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Prints the head of a table. */
  static void head(String... names) {
    row((Object[]) names);
    System.out.println("|" + "---|".repeat(names.length));
  }

  /** Prints a row; a number with a fraction shows three places that count. */
  static void row(Object... cells) {
    StringBuilder out = new StringBuilder("|");
    for (Object cell : cells) {
      out.append(' ')
          .append(cell instanceof Double number ? shown(number) : cell)
          .append(" |");
    }
    System.out.println(out);
  }

  private static String shown(double number) {
    return String.format(Locale.ROOT, number < 100 ? "%.3g" : "%,.0f", number);
  }

  /**
   * Runs one table alone and prints it.
   *
   * @param args the name of its class, then its arguments in place of those of the report, if any
   */
  public static void main(String[] args) throws IOException {
    for (Table table : ALL) {
      if (table.main().getSimpleName().equals(args[0])) {
        List<String> all = List.of(args);
        List<String> own = args.length == 1 ? table.args() : all.subList(1, args.length);
        System.out.print(run(new Table(table.title(), table.heap(), table.main(), own)));
      }
    }
  }
}
