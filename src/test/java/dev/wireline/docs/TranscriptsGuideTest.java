package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.http.HttpAgent;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.line.Command;
import dev.wireline.line.LineClient;
import dev.wireline.line.Transcript;
import dev.wireline.testing.RawServer;
import dev.wireline.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/transcripts.md, and what they print. */
@Timeout(60)
class TranscriptsGuideTest {
  private static final Path GUIDE = Path.of("docs/guide/transcripts.md");
  private static final String LOGIN = """
      S: +OK ready
      C: USER joe
      S: +OK
      C: PASS open sesame
      S: +OK 2 messages
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  /** What the guide shows under a heading. */
  private static String shown(String heading) throws IOException {
    return Document.read(GUIDE).blocks("text").stream()
        .filter(block -> block.heading().equals(heading))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void keepsWhatWasSaid() throws IOException {
    try (var server = ScriptedServer.play(LOGIN)) {
      String endpoint = server.endpoint().toString();

      // docs: transcript-keep
      try (var client = new LineClient(endpoint)) {
        Transcript said = Transcript.of(client); // before its first use

        client.readLine();
        client.writeLine("USER joe");
        client.readLine();
        Command.of("PASS").secretText("open sesame").writeTo(client);
        client.readLine();

        System.out.print(said);
      }
      // end: transcript-keep

      assertThat(String.join("\n", printed.lines())).isEqualTo(shown("Keep one"));
    }
  }

  @Test
  void showsItAsItGoesBy() throws IOException {
    PrintStream standard = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try (var server = ScriptedServer.play("S: +OK ready");
        var client = new LineClient(server.endpoint())) {
      // docs: transcript-live
      Transcript.of(client).tell(System.err::println);
      // end: transcript-live

      client.readLine();
    } finally {
      System.setErr(standard);
    }

    assertThat(heard.toString(StandardCharsets.UTF_8)).contains("S: +OK ready");
  }

  @Test
  void standsInAFailure() throws IOException {
    try (var server = ScriptedServer.play("S: +OK ready\nC: USER joe\n<close>");
        var client = new LineClient(server.endpoint())) {
      Transcript.of(client);

      ConnectionClosedException thrown =
          catchThrowableOfType(ConnectionClosedException.class, () -> {
            client.readLine();
            client.writeLine("USER joe");
            client.readLine();
          });

      assertThat(stackTrace(thrown, client)).isEqualTo(shown("In a failure"));
      assertThat(thrown.transcript()).containsExactly("S: +OK ready", "C: USER joe");
    }
  }

  /** As it is printed, without the places in the code. */
  private static String stackTrace(Throwable thrown, LineClient client) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    List<String> lines = out.toString().lines().toList();
    StringBuilder kept = new StringBuilder();
    for (String line : lines) {
      boolean place = line.strip().startsWith("at ");
      if (!place) {
        kept.append(line).append('\n');
      } else if (!kept.toString().endsWith("...\n")) {
        kept.append("\tat ...\n");
      }
    }
    return kept.toString()
        .replace(client.endpoint().toString(), "mail.example:110")
        .stripTrailing();
  }

  @Test
  void isPlayedAgain() throws IOException {
    Transcript said;
    try (var server = ScriptedServer.play("S: +OK ready\nC: QUIT\nS: +OK bye");
        var client = new LineClient(server.endpoint())) {
      said = Transcript.of(client);
      talk(client);
    }

    // docs: transcript-replay
    try (var server = ScriptedServer.play(said.toString());
        var client = new LineClient(server.endpoint())) {
      talk(client);
      server.verify();
    }
    // end: transcript-replay
  }

  private static void talk(LineClient client) throws IOException {
    client.readLine();
    client.writeLine("QUIT");
    client.readLine();
  }

  @Test
  void showsTheHeadsOfHttp() throws IOException {
    try (var server = RawServer.answering(Answers.ok("all quiet"));
        var http = new HttpClient(server.endpoint())) {

      // docs: transcript-http
      Transcript said = Transcript.of(http); // an HttpClient

      HttpRequest news = HttpRequest.get("/news?user=joe").header("Authorization", "Bearer 4711");
      http.send(news).text();

      System.out.print(said);
      // end: transcript-http

      String authority = server.endpoint().authority();
      assertThat(printed.lines())
          .extracting(line -> line.replace(authority, "news.example"))
          .containsExactlyElementsOf(shown("HTTP")
              .replaceAll("Wireline/[0-9.]+", HttpOptions.standard().userAgent())
              .lines()
              .toList());
    }
  }

  @Test
  void showsWhatAnAgentSays() throws IOException {
    try (var server = RawServer.answering(Answers.ok("all quiet"))) {
      String url = Answers.origin(server) + "/news";

      // docs: transcript-agent
      Transcript said = Transcript.create();
      try (HttpAgent agent = HttpAgent.builder().transcript(said).build()) {
        agent.get(url).text();
      }
      // end: transcript-agent

      assertThat(said.lines())
          .startsWith("C: GET /news HTTP/1.1")
          .endsWith("S: Content-Length: 9", "# S: a body of 9 bytes");
    }
  }
}
