package dev.wireline.tour;

import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * The main program.
 *
 * <p>Without an argument it plays two conversations with servers of its own on loopback ports, a short
 * one in lines and one in HTTP, and prints them and the page. With a URL it fetches that document.
 */
public final class Tour {
  private static final String MAIL = """
      S: 220 mail.test ESMTP
      C: EHLO tour.test
      S: 250-mail.test greets tour.test
      S: 250 SIZE 1000
      C: QUIT
      S: 221 bye
      """;

  private static final String PAGE = """
      C: GET / HTTP/1.1
      C: Host: tour.test
      C: User-Agent: {*}
      C:
      S: HTTP/1.1 200 OK
      S: Content-Type: text/plain; charset=utf-8
      S: Content-Length: 37
      S:
      S: Hello over a real socket, Wireline.
      """;

  private final PrintStream out;

  private Tour(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the tour, or fetches one document.
   *
   * @param args nothing, or one http or https URL
   * @throws IOException when a conversation fails; the message says where and why
   */
  public static void main(String[] args) throws IOException {
    // Not closed: standard output belongs to the JVM.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Tour tour = new Tour(out);
    if (args.length == 0) {
      tour.lines();
      tour.document();
    } else {
      tour.fetch(args[0]);
    }
  }

  private void lines() throws IOException {
    try (var server = ScriptedServer.play(MAIL);
        var client = new LineClient(server.endpoint())) {
      out.println("A conversation in lines with " + server.endpoint() + ":");
      out.println();
      client.readLine();
      client.writeLine("EHLO tour.test");
      client.readLine();
      client.readLine();
      client.writeLine("QUIT");
      client.readLine();
      server.verify();
      out.println(server.conversation().strip());
      out.println();
    }
  }

  private void document() throws IOException {
    try (var server = ScriptedServer.play(PAGE);
        var http = new HttpClient(server.endpoint())) {
      out.println("A document over HTTP from " + server.endpoint() + ":");
      out.println();
      HttpResponse page = http.send(HttpRequest.get("/").header("Host", "tour.test"));
      String text = page.text();
      server.verify();
      out.println(server.conversation().strip());
      out.println();
      out.println("The page, with status " + page.status() + ":");
      out.println();
      out.println(text.strip());
    }
  }

  private void fetch(String url) throws IOException {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null || uri.getRawAuthority() == null) {
        throw new IllegalArgumentException(
            "\"" + url + "\" is not an http or https URL; write https://example.org/");
      }
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String origin = uri.getScheme() + "://" + uri.getRawAuthority();
      try (var http = new HttpClient(origin)) {
        HttpResponse page = http.get(path + query);
        out.println(page);
        out.println();
        out.println(page.text());
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getMessage(), e);
    }
  }
}
