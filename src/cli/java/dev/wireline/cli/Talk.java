package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineEnds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
import dev.wireline.testing.ScriptTape;
import dev.wireline.testing.ScriptedClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a conversation with a server. */
@Command(
    name = "talk",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds a conversation: what you type goes to the server, what it says is shown.",
      "At the end of the input it tells the server so, and waits for the rest."
    },
    footer = {
      "",
      "Examples:",
      "  wireline talk chat.example:6667",
      "  wireline talk tls://mail.example:993",
      "  wireline talk --starttls smtp mail.example:25",
      "  wireline talk unix:/run/app.sock",
      "  printf 'stats\\nquit\\n' | wireline talk localhost:11211",
      "  wireline talk --script hello.script mail.example:25"
    })
final class Talk implements Callable<Integer> {
  /** A person may think for long. */
  private static final Duration NO_HURRY = Duration.ofDays(365);

  /** A conversation that is longer is no script that somebody would read. */
  private static final int MAX_RECORDED_BYTES = 16 * 1024 * 1024;

  private final Streams streams;

  @Parameters(paramLabel = "ENDPOINT", description = "host:port, tls://host:port or unix:/path.")
  String endpoint = "";

  @Option(
      names = "--tls",
      description = "Speak TLS from the first byte, as tls:// before the endpoint says.")
  boolean tls;

  @Option(
      names = "--starttls",
      paramLabel = "PROTOCOL",
      description = "Turn to TLS as the protocol has it: ${COMPLETION-CANDIDATES}.")
  @Nullable
  StartTls startTls;

  @Option(names = "--udp", description = "Send each line as a datagram, and show what comes.")
  boolean udp;

  @Option(
      names = "--line-end",
      paramLabel = "END",
      description = "What ends a line that leaves: ${COMPLETION-CANDIDATES}; crlf unless set.")
  LineEnd lineEnd = LineEnd.crlf;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long to wait for more after the end of the input; 5 s unless set,"
          + " 1 s for an answer to a datagram.")
  @Nullable
  Duration wait;

  @Option(
      names = "--answers",
      paramLabel = "N",
      description = "With --udp: wait no longer when so many answers to a datagram have come.")
  int answers = Integer.MAX_VALUE;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Say the C: lines of a script and compare what comes with its S: lines.")
  @Nullable
  Path script;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "What stands for {NAME} in the C: lines of the script.")
  Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write the conversation as a script.")
  @Nullable
  Path record;

  @Option(
      names = "--secret-after",
      paramLabel = "START",
      description =
          "Write {secret} in a record for the rest of lines that start so, such as 'PASS '.")
  List<String> secrets = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the connection and what is said before the talk on standard error.")
  boolean verbose;

  @Mixin
  Connecting connecting = new Connecting();

  Talk(Streams streams) {
    this.streams = streams;
  }

  /** What ends a line. */
  enum LineEnd {
    crlf("\r\n"),
    lf("\n"),
    cr("\r");

    private final String text;

    LineEnd(String text) {
      this.text = text;
    }
  }

  @Override
  public Integer call() throws IOException {
    Endpoint peer = Endpoint.parse(endpoint);
    if (record != null) {
      Failures.checkFolder(record);
    }
    if (udp) {
      Duration longest = wait == null ? Duration.ofSeconds(1) : wait;
      return new DatagramTalk(streams, longest, answers).run(peer);
    }
    ScriptedClient played = script == null ? null : played(script);
    ScriptTape tape = new ScriptTape(MAX_RECORDED_BYTES, secrets.toArray(String[]::new));
    try {
      if (played == null) {
        converse(peer, tape);
      } else {
        played.play(() -> new Spoken(dial(peer), tape));
      }
    } catch (AssertionError e) {
      throw new ScriptDiffersException(script + ", " + e.getMessage());
    } finally {
      save(tape);
    }
    return ExitCode.DONE;
  }

  private ScriptedClient played(Path file) throws IOException {
    try {
      return ScriptedClient.of(Files.readString(file), values, lineEnd.text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ": " + e.getMessage() + "; --set NAME=VALUE gives a value", e);
    }
  }

  private void converse(Endpoint peer, ScriptTape tape) throws IOException {
    Duration rest = wait == null ? Duration.ofSeconds(5) : wait;
    try (LineClient client = dial(peer)) {
      new Conversation(client, streams, lineEnd.text, tape, rest).run();
    }
  }

  private LineClient dial(Endpoint peer) throws IOException {
    LineClient client = new LineClient(tls ? peer.withTls(true) : peer, options());
    try {
      client.connect();
      begin(client);
      return client;
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** What was said is worth keeping also if it ended badly; an earlier record is, if nothing was said. */
  private void save(ScriptTape tape) throws IOException {
    if (record != null && !tape.isEmpty()) {
      Files.writeString(record, tape.script());
    }
  }

  private void begin(LineClient client) throws IOException {
    if (verbose) {
      streams.err().println("connected to " + client.endpoint());
    }
    if (startTls != null) {
      Transcript transcript = Transcript.of(client);
      if (verbose) {
        transcript.tell(streams.err()::println);
      }
      startTls.run(client);
    }
    if (verbose) {
      client
          .tlsSession()
          .ifPresent(session ->
              streams.err().println(session.getProtocol() + ", " + session.getCipherSuite()));
    }
  }

  private LineOptions options() throws IOException {
    var dialer = connecting.dialer();
    if (script == null && connecting.silenceTimeout == null) {
      dialer.silenceTimeout(NO_HURRY);
    }
    return LineOptions.builder()
        .dialer(dialer.build())
        .lineEnds(LineEnds.CRLF_OR_LF)
        .lineEnd(lineEnd.text)
        .build();
  }
}
