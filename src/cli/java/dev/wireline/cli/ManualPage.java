package dev.wireline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of all commands, in the macros of man(7). */
final class ManualPage {
  private final CommandLine root;
  private final List<String> lines = new ArrayList<>();

  ManualPage(CommandLine root) {
    this.root = root;
  }

  String text() {
    lines.clear();
    lines.add(".TH WIRELINE 1 \"\" \"Wireline\" \"User commands\"");
    lines.add(".SH NAME");
    lines.add("wireline \\- talk to servers");
    lines.add(".SH SYNOPSIS");
    lines.add(".B wireline");
    lines.add("COMMAND [OPTION]... [ARGUMENT]...");
    section("DESCRIPTION", root.getCommandSpec().usageMessage().description());
    lines.add(".SH COMMANDS");
    root.getSubcommands().forEach((name, command) -> command("wireline " + name, command));
    lines.add(".SH EXIT STATUS");
    for (Map.Entry<Integer, String> code : ExitCode.TABLE) {
      item(String.valueOf(code.getKey()), code.getValue());
    }
    return String.join("\n", lines);
  }

  private void section(String title, String... paragraphs) {
    lines.add(".SH " + title);
    for (String paragraph : paragraphs) {
      lines.add(escaped(paragraph));
    }
  }

  private void command(String name, CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    lines.add(".SS " + escaped(name + parameters(command)));
    for (String paragraph : usage.description()) {
      lines.add(escaped(paragraph));
    }
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      item(parameter.paramLabel(), description(parameter));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        item(title(option), description(option));
      }
    }
    if (usage.footer().length > 0) {
      lines.add(".PP");
      lines.add(".nf");
      for (String line : usage.footer()) {
        lines.add(escaped(line));
      }
      lines.add(".fi");
    }
    command.getSubcommands().forEach((sub, part) -> command(name + " " + sub, part));
  }

  private static String parameters(CommandLine command) {
    StringBuilder labels = new StringBuilder();
    command
        .getCommandSpec()
        .positionalParameters()
        .forEach(parameter -> labels.append(' ').append(parameter.paramLabel()));
    return labels.toString();
  }

  private static String title(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String description(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? text
        : text.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
  }

  private void item(String title, String text) {
    lines.add(".TP");
    lines.add(".B " + escaped(title));
    lines.add(escaped(text));
  }

  /** A hyphen is one, and neither a dot nor a quote at the start of a line is an order. */
  static String escaped(String text) {
    String shown = text.replace("\\", "\\e").replace("-", "\\-");
    return shown.startsWith(".") || shown.startsWith("'") ? "\\&" + shown : shown;
  }
}
