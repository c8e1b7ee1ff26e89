package dev.wireline.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Searches for inputs that break a target, one target after the other, each in a JVM of its own that
 * Jazzer instruments: {@code FuzzRun FOLDER SECONDS TARGET...}, where no target means all.
 *
 * <p>An input that breaks one is printed as a line for its corpus, and the run fails. What was found on
 * the way stays in {@code FOLDER/TARGET/found}, where the next run goes on.
 */
public final class FuzzRun {
  private static final int MAX_LEN = 2000;
  private static final long MORE_SECONDS = 300;

  private final FuzzTarget target;
  private final Path folder;
  private final Path kept;
  private final Path found;

  private FuzzRun(FuzzTarget target, Path all) throws IOException {
    this.target = target;
    this.folder = Files.createDirectories(all.resolve(target.file()));
    this.kept = Files.createDirectories(folder.resolve("kept"));
    this.found = Files.createDirectories(folder.resolve("found"));
  }

  /** Runs and exits with 1 when an input broke a target. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int seconds = Integer.parseInt(args[1]);
    List<FuzzTarget> targets = args.length == 2
        ? List.of(FuzzTarget.values())
        : Arrays.stream(args).skip(2).map(FuzzTarget::ofFile).toList();
    boolean broken = false;
    for (FuzzTarget target : targets) {
      broken |= new FuzzRun(target, folder).breaks(seconds);
    }
    System.exit(broken ? 1 : 0);
  }

  private boolean breaks(int seconds) throws IOException, InterruptedException {
    writeKept();
    int code = jazzer(seconds);
    print(code == 0 ? "holds" : "ended with " + code + "; see its log. Broken by:");
    for (byte[] input : breaking()) {
      print(Corpus.line(input));
    }
    return code != 0;
  }

  private void print(String text) {
    System.out.println("==> " + target.file() + ": " + text);
  }

  private void writeKept() throws IOException {
    int number = 0;
    for (byte[] input : Corpus.of(target)) {
      Files.write(kept.resolve("kept-" + number++), input);
    }
  }

  private int jazzer(int seconds) throws IOException, InterruptedException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx700m",
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzEntry.class.getName(),
        "--target_args=" + target.file(),
        "--instrumentation_includes=dev.wireline.**",
        "--custom_hook_includes=dev.wireline.**",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-max_len=" + MAX_LEN,
        "-max_total_time=" + seconds,
        "-timeout=10",
        found.toString(),
        kept.toString());
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("jazzer.log").toFile())
        .start();
    if (!process.waitFor(seconds + MORE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** What this run and earlier ones left. */
  private List<byte[]> breaking() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(FuzzRun::isBreaking).toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }

  private static boolean isBreaking(Path file) {
    String name = file.getFileName().toString();
    return Stream.of("crash-", "timeout-", "oom-").anyMatch(name::startsWith);
  }
}
