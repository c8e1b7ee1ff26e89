package dev.wireline.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a login. Others on this host can read a command line: a password has better places. */
final class Account {
  /** Where the environment keeps a password. */
  static final String VARIABLE = "WIRELINE_PASSWORD";

  private static final Path INPUT = Path.of("-");

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME[:PASSWORD]",
      description = "Log in. A password that is not given is the first line of --password-file,"
          + " or that of the variable " + VARIABLE + ", or asked for on a terminal.")
  @Nullable
  String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Has the password in its first line; - is standard input.")
  @Nullable
  Path file;

  /** The name and the password; null if no login is wanted. */
  @Nullable
  Login login(Streams streams) throws IOException {
    if (user == null) {
      return null;
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? new Login(user, secret("Password of " + user, streams))
        : new Login(user.substring(0, colon), user.substring(colon + 1));
  }

  /** A token, which needs no name: it stands where a name does, or where passwords do. */
  @Nullable
  String token(Streams streams) throws IOException {
    return user != null || (file == null && !streams.environment().containsKey(VARIABLE))
        ? user
        : secret("Token", streams);
  }

  @SuppressWarnings("SystemConsoleNull")
  private String secret(String prompt, Streams streams) throws IOException {
    if (file != null) {
      return firstLine(streams);
    }
    String known = streams.environment().get(VARIABLE);
    if (known != null) {
      return known;
    }
    Console console = streams.inIsTerminal() ? System.console() : null;
    char[] typed = console == null ? null : console.readPassword("%s: ", prompt);
    if (typed == null) {
      throw new IllegalArgumentException("there is no password, and no terminal to ask for one;"
          + " --password-file and the variable " + VARIABLE + " may have it");
    }
    String password = new String(typed);
    Arrays.fill(typed, ' ');
    return password;
  }

  private String firstLine(Streams streams) throws IOException {
    try (Reader from = INPUT.equals(file)
            ? new InputStreamReader(streams.in(), StandardCharsets.UTF_8)
            : Files.newBufferedReader(file);
        BufferedReader lines = new BufferedReader(from)) {
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalArgumentException(file + " has no password: it is empty");
      }
      return line;
    }
  }
}
