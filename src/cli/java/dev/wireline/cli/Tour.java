package dev.wireline.cli;

import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs some commands against servers of its own. */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    description = "Shows some of these commands at work, with servers of its own on this host.")
final class Tour implements Callable<Integer> {
  private static final RawAnswer PAGE = RawAnswer.of(String.join(
      "\r\n",
      "HTTP/1.1 200 OK",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Length: 36",
      "",
      "Hello over a real socket, Wireline.\n"));

  private static final RawAnswer CUT = RawAnswer.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nHalf a page.\n")
      .thenClose();

  private static final String MAIL = """
      S: 220 mail.test ESMTP
      C: EHLO tour.test
      S: 250-mail.test greets tour.test
      S: 250 SIZE 1000
      C: QUIT
      S: 221 bye
      """;

  private final Streams streams;

  Tour(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    try (RawServer server = RawServer.answering(PAGE)) {
      streams.line("A page, and with -v what was said for it:\n");
      run("", "get", "-v", url(server));
    }
    try (ScriptedServer server = ScriptedServer.play(MAIL)) {
      streams.line("A conversation in lines:\n");
      run("EHLO tour.test\nQUIT\n", "talk", server.endpoint().toString());
    }
    try (RawServer server = RawServer.answering(CUT)) {
      streams.line("A page that its server does not finish:\n");
      run("", "get", url(server));
    }
    return ExitCode.DONE;
  }

  private static String url(RawServer server) {
    return "http://" + server.endpoint() + "/";
  }

  /** Runs a command, with both of its outputs in the order in which they are written. */
  private void run(String typed, String... words) throws IOException {
    String pipe = typed.isEmpty() ? "" : "printf '" + typed.replace("\n", "\\n") + "' | ";
    streams.line("  $ " + pipe + "wireline " + String.join(" ", words));
    InputStream input = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    PrintStream both = new PrintStream(streams.out(), true, StandardCharsets.UTF_8);
    Streams own =
        new Streams(input, streams.out(), both, false, false, false, streams.environment());
    int code = Main.commandLine(own).execute(words);
    streams.line(code == ExitCode.DONE ? "" : "  (exit code " + code + ")\n");
  }
}
