package dev.wireline.cli;

import java.io.BufferedInputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command reads and writes.
 *
 * @param in the standard input
 * @param out the standard output; a write to it throws if nobody reads any more
 * @param err for all that is not the result
 * @param inIsTerminal whether a person types the input
 * @param outIsTerminal whether a person looks at the output
 * @param errIsTerminal whether a person looks at the rest
 * @param environment the variables of the environment
 */
record Streams(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {

  /**
   * Those of the process. System.out would keep a failed write to itself, and a file stream of Java 17 cannot read all
   * of a pipe: it seeks.
   */
  static Streams ofProcess() {
    return new Streams(
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        new PipeOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        System.getenv());
  }

  /** Where the system names what is open, that tells; elsewhere Java knows of input and output together. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd", String.valueOf(descriptor));
    try {
      String name = Files.readSymbolicLink(link).toString();
      return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return hasConsole();
    }
  }

  /** From Java 22 on there is a console in any case, which knows whether it is a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return console != null;
    }
  }

  /** Whether colours are wanted there (no-color.org). */
  boolean colours(boolean terminal) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Writes a line of the result. */
  void line(String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The output for bytes of a peer: on a terminal without what the terminal would act on. */
  OutputStream content() {
    return outIsTerminal ? new TerminalOutput(out) : out;
  }
}
