package app;

import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;

/** Holds a line conversation and fetches a page, each from a scripted server of its own. */
public final class Main {
  private static final String CHAT = """
      S: 220 ready
      C: QUIT
      S: 221 bye
      """;

  // The body ends with the CRLF of its script line.
  private static final String PAGE = """
      C: GET / HTTP/1.1
      C: Host: consumer.test
      C: User-Agent: {*}
      C:
      S: HTTP/1.1 200 OK
      S: Content-Type: text/plain
      S: Content-Length: 7
      S:
      S: hello
      """;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    chat();
    fetch();
    System.out.println("consumer: this is " + HttpOptions.standard().userAgent());
    System.out.println("consumer: all answers right");
  }

  private static void chat() throws IOException {
    try (var server = ScriptedServer.play(CHAT);
        var client = new LineClient(server.endpoint())) {
      expect("220 ready", client.readLine());
      client.writeLine("QUIT");
      expect("221 bye", client.readLine());
      server.verify();
    }
  }

  private static void fetch() throws IOException {
    try (var server = ScriptedServer.play(PAGE);
        var http = new HttpClient(server.endpoint())) {
      HttpResponse page = http.send(HttpRequest.get("/").header("Host", "consumer.test"));
      expect("200 OK", page.status() + " " + page.reason());
      expect("text/plain", page.header("Content-Type").orElse("none"));
      expect("hello\r\n", page.text());
      server.verify();
    }
  }

  private static void expect(String right, String answer) {
    if (!answer.equals(right)) {
      System.err.println("consumer: expected \"" + right + "\", got \"" + answer + "\"");
      System.exit(1);
    }
    System.out.println("consumer: " + answer.strip());
  }
}
