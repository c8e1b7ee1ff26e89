package dev.wireline.cli;

import dev.wireline.http.HttpOptions;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;

/** The main program: finds the command, runs it, and ends with its exit code. */
@Command(
    name = "wireline",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Talks to servers: fetch a URL, hold a conversation, look at a port, play a server.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  wireline get https://example.org/",
      "  wireline get -o big.iso --resume ftp://files.example/big.iso",
      "  wireline talk --starttls smtp mail.example:25",
      "  wireline serve folder . --port 8080",
      "  wireline probe example.org",
      "",
      "wireline COMMAND --help has the options of a command."
    },
    exitCodeListHeading = "%nExit codes:%n")
public final class Main {
  /** What is running may be half way: that long it has to clean up after Ctrl-C. */
  private static final Duration TO_CLEAN_UP = Duration.ofSeconds(2);

  private Main() {}

  /**
   * Runs a command and ends the process.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    CountDownLatch done = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      main.interrupt();
      await(done);
    }));
    int code = commandLine(Streams.ofProcess()).execute(args);
    done.countDown();
    // Halts here for good after Ctrl-C, whose own exit code counts.
    System.exit(code);
  }

  private static void await(CountDownLatch done) {
    try {
      done.await(TO_CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All commands, on these streams. */
  static CommandLine commandLine(Streams streams) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new Get(streams))
        .addSubcommand(new Talk(streams))
        .addSubcommand(new Serve(streams))
        .addSubcommand(new Probe(streams))
        .addSubcommand(new Mail(streams))
        .addSubcommand(new Ls(streams))
        .addSubcommand(new Put(streams))
        .addSubcommand(new Tour(streams))
        .addSubcommand(new Papers.Completion(streams))
        .addSubcommand(new Papers.Manual(streams));
    Help.Ansi colours = streams.colours(streams.outIsTerminal()) ? Help.Ansi.ON : Help.Ansi.OFF;
    line.addSubcommand(new CommandLine.HelpCommand());
    haveVersion(line);
    line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(Help.defaultColorScheme(colours))
        .setUsageHelpAutoWidth(streams.outIsTerminal())
        .setOut(
            new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true))
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, args) -> {
          streams.err().println("wireline: " + wrong.getMessage());
          if (asksForBlindTrust(wrong)) {
            streams
                .err()
                .println("No option trusts everybody: wireline probe shows the key of a server,"
                    + " --trust-key trusts it.");
          }
          streams
              .err()
              .println(
                  "Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE;
        })
        .setExecutionExceptionHandler(
            (failure, command, result) -> Failures.report(failure, streams.err()));
    Map<String, String> codes = new LinkedHashMap<>();
    ExitCode.TABLE.forEach(entry -> codes.put(String.valueOf(entry.getKey()), entry.getValue()));
    line.getCommandSpec().usageMessage().exitCodeList(codes);
    return line;
  }

  private static void haveVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Main::haveVersion);
  }

  /** As other programs call it. */
  private static boolean asksForBlindTrust(CommandLine.ParameterException wrong) {
    return wrong instanceof CommandLine.UnmatchedArgumentException unknown
        && unknown.getUnmatched().stream()
            .anyMatch(
                word -> Set.of("-k", "--insecure", "--no-check-certificate").contains(word));
  }

  /** The version of the library that is inside. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {HttpOptions.standard().userAgent()};
    }
  }
}
