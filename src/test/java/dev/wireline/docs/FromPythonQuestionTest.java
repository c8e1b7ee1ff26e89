package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpResponse;
import dev.wireline.line.LineClient;
import dev.wireline.line.Message;
import dev.wireline.line.Transcript;
import dev.wireline.net.Dialer;
import dev.wireline.net.Wire;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.FolderServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/from-python/question.md. */
@Timeout(60)
class FromPythonQuestionTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void readsAsMuchAsItSent() throws IOException {
    // docs: py-echo-log
    byte[] message = "This is the message. It is repeated.".getBytes(StandardCharsets.UTF_8);
    try (var server = EchoServer.start();
        var client = new LineClient(server.endpoint())) {
      Transcript.of(client).tell(line -> System.out.println("log: " + line));
      Message.of().data(message).writeTo(client);
      byte[] echo = client.read(message.length);
      System.out.println(new String(echo, StandardCharsets.UTF_8));
    }
    // end: py-echo-log

    assertThat(printed.lines())
        .containsExactly(
            "log: C> \"This is the message. It is repeated.\"",
            "log: S> \"This is the message. It is repeated.\"",
            "This is the message. It is repeated.");
  }

  @Test
  void takesTheFirstAddressThatWorks() throws IOException {
    try (var server = EchoServer.start()) {
      // docs: py-connect
      InetAddress deaf = InetAddress.getByName("127.0.0.9");
      InetAddress good = InetAddress.getLoopbackAddress();
      Dialer dialer = Dialer.builder().resolver(name -> List.of(deaf, good)).build();
      try (Wire wire =
          dialer.dial(Endpoint.tcp("echo.example", server.endpoint().port()))) {
        System.out.println("connected to " + wire.remoteAddress().orElseThrow());
      }
      // end: py-connect

      assertThat(printed.lines())
          .singleElement()
          .asString()
          .startsWith("connected to ")
          .endsWith("/" + server.endpoint().authority());
    }
  }

  @Test
  void listensOnOneInterfaceOrAll() throws IOException {
    // docs: py-listen
    try (var here = EchoServer.start();
        var everywhere =
            EchoServer.builder().address(InetAddress.getByName("0.0.0.0")).start()) {
      System.out.println(here.endpoint().host());
      System.out.println(everywhere.endpoint().host());
      System.out.println(here.endpoint().port() != everywhere.endpoint().port());
    }
    // end: py-listen

    assertThat(printed.lines()).containsExactly("127.0.0.1", "0.0.0.0", "true");
  }

  @Test
  void asksForAFileThatIsThereAndOneThatIsNot(@TempDir Path folder) throws IOException {
    // docs: py-folder
    Files.writeString(folder.resolve("hello.txt"), "hello");
    try (var server = FolderServer.of(folder);
        var http = new HttpClient(server.endpoint())) {
      HttpResponse found = http.get("/hello.txt");
      System.out.println(found.status() + " " + found.text());
      System.out.println(http.get("/none.txt").status());
    }
    // end: py-folder

    assertThat(printed.lines()).containsExactly("200 hello", "404");
  }
}
