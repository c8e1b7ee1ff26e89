package dev.wireline.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is made of the commands themselves: completion for shells, and a manual page. */
final class Papers {
  private Papers() {}

  /** Writes completion. */
  @Command(
      name = "completion",
      mixinStandardHelpOptions = true,
      description = "Writes a script for bash or zsh, which then completes commands and options.",
      footer = {"", "Example:", "  source <(wireline completion)"})
  static final class Completion implements Callable<Integer> {
    private final Streams streams;

    @Spec
    CommandSpec spec = CommandSpec.create();

    Completion(Streams streams) {
      this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
      streams.line(AutoComplete.bash("wireline", spec.root().commandLine()));
      return ExitCode.DONE;
    }
  }

  /** Writes the manual. */
  @Command(
      name = "man",
      mixinStandardHelpOptions = true,
      description = "Writes the manual page.",
      footer = {"", "Example:", "  wireline man > wireline.1; man ./wireline.1"})
  static final class Manual implements Callable<Integer> {
    private final Streams streams;

    @Spec
    CommandSpec spec = CommandSpec.create();

    Manual(Streams streams) {
      this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
      CommandLine root = spec.root().commandLine();
      streams.line(new ManualPage(root).text());
      return ExitCode.DONE;
    }
  }
}
