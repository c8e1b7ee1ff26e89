package dev.wireline.cli;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineEnds;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Transcript;
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
    Script played =
        script == null ? null : Script.parse(script.toString(), Files.readString(script));
    Recording recording = new Recording(secrets);
    try (LineClient client = new LineClient(tls ? peer.withTls(true) : peer, options(played))) {
      client.connect();
      begin(client);
      if (played != null) {
        new ScriptRun(played, client, recording, values).run();
      } else {
        Duration rest = wait == null ? Duration.ofSeconds(5) : wait;
        new Conversation(client, streams, lineEnd.text, recording, rest).run();
      }
    } finally {
      save(recording);
    }
    return ExitCode.DONE;
  }

  /** What was said is worth keeping also if it ended badly; an earlier record is, if nothing was said. */
  private void save(Recording recording) throws IOException {
    String said = recording.script();
    if (record != null && !said.isEmpty()) {
      Files.writeString(record, said);
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

  private LineOptions options(@Nullable Script played) throws IOException {
    var dialer = connecting.dialer();
    if (played == null && connecting.silenceTimeout == null) {
      dialer.silenceTimeout(NO_HURRY);
    }
    return LineOptions.builder()
        .dialer(dialer.build())
        .lineEnds(LineEnds.CRLF_OR_LF)
        .lineEnd(lineEnd.text)
        .build();
  }
}
