package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.http.HttpClient;
import dev.wireline.http.HttpOptions;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.FolderServer;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.Recorder;
import dev.wireline.testing.ScriptedClient;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestCertificate;
import dev.wireline.testing.TestedClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide/testing.md. */
@Timeout(60)
class TestingGuideTest {

  private static final String LOGIN =
      "S: 220 ready\nC: USER ann\nS: 331 go on\nC: PASS s3cret\nS: 230 hello";

  @TempDir
  private Path folder;

  private ScriptedServer mailServer;
  private Endpoint mail;

  @BeforeEach
  void startMailServer() throws IOException {
    mailServer = ScriptedServer.play(LOGIN);
    mail = mailServer.endpoint();
  }

  @AfterEach
  void stopMailServer() {
    mailServer.close();
  }

  private static void logIn(Endpoint server, String user, String password) throws IOException {
    try (var client = new LineClient(server)) {
      client.readLine();
      client.writeLine("USER " + user);
      client.readLine();
      client.writeLine("PASS " + password);
      client.readLine();
    }
  }

  // docs: kit-script
  @Test
  void greetsByName() throws IOException {
    String script = """
        S: 220 ready
        C: HELO {name} | EHLO {name}
        S: 250 hello {name}
        <close>
        """;
    try (var server = ScriptedServer.play(script);
        var client = new LineClient(server.endpoint())) {
      client.readLine();
      client.writeLine("EHLO client.test");

      assertThat(client.readLine()).isEqualTo("250 hello client.test");
      server.verify();
    }
  }
  // end: kit-script

  // docs: kit-standing
  @Test
  void waitsForMail() throws IOException {
    String script = """
        <at any time>
          C: NOOP
          S: 250 ok
        C: IDLE
        <every 10ms>
          S: * still here
        C: DONE
        S: 250 done
        """;
    try (var server = ScriptedServer.play(script);
        var client = new LineClient(server.endpoint())) {
      client.writeLine("NOOP");
      assertThat(client.readLine()).isEqualTo("250 ok");
      client.writeLine("IDLE");
      assertThat(client.readLine()).isEqualTo("* still here");
      client.writeLine("DONE");

      String line = client.readLine();
      while (line.startsWith("* ")) {
        line = client.readLine();
      }
      assertThat(line).isEqualTo("250 done");
      server.verify();
    }
  }
  // end: kit-standing

  // docs: kit-cuts
  @Test
  void noticesEachCut() throws IOException {
    CutPoints.everyCutPoint("S: 220 ready\nC: QUIT\nS: 221 bye", server -> {
      try (var client = new LineClient(server)) {
        client.readLine();
        client.writeLine("QUIT");
        client.readLine();
      }
    });
  }
  // end: kit-cuts

  // docs: kit-hostile
  @Test
  void withstandsBadServers() throws IOException {
    Duration quarter = Duration.ofMillis(250);
    Dialer dialer = Dialer.builder().silenceTimeout(quarter).tlsTimeout(quarter).build();
    LineOptions options =
        LineOptions.builder().dialer(dialer).transferTimeout(quarter).build();
    TestedClient greeted = server -> {
      try (var client = new LineClient(server, options)) {
        if (!client.readLine().startsWith("220 ")) {
          throw new ProtocolException("this is no greeting");
        }
        client.writeLine("QUIT");
        if (!client.readLine().startsWith("221 ")) {
          throw new ProtocolException("this is no farewell");
        }
      }
    };

    HostilePeers.builder().after("S: 220 ready\nC: QUIT").run(greeted);
  }
  // end: kit-hostile

  // docs: kit-resource
  @Test
  void readsWhatLiesBesideTheTest() throws IOException {
    try (var server = ScriptedServer.playResource(getClass(), "greeting.script");
        var client = new LineClient(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("220 ready");
    }
  }
  // end: kit-resource

  // docs: kit-record
  @Test
  void recordsALogin() throws IOException {
    String script;
    try (var recorder = Recorder.builder(mail).secretBehind("PASS ").start()) {
      logIn(recorder.endpoint(), "ann", "s3cret");
      script = recorder.script();
    }

    assertThat(script).contains("C: USER ann\n", "C: PASS {*}\n").doesNotContain("s3cret");
    try (var server = ScriptedServer.play(script)) {
      logIn(server.endpoint(), "ann", "another");
      server.verify();
    }
  }
  // end: kit-record

  private static ScriptedClient.Connection dial(Endpoint server) throws IOException {
    Socket socket = new Socket(server.host(), server.port());
    return new ScriptedClient.Connection() {
      @Override
      public InputStream input() throws IOException {
        return socket.getInputStream();
      }

      @Override
      public OutputStream output() throws IOException {
        return socket.getOutputStream();
      }

      @Override
      public void startTls() throws IOException {
        throw new IOException("there is no TLS here");
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  // docs: kit-client
  @Test
  void letsAnnIn() throws IOException {
    String script = """
        S: 220 {*}
        C: USER {name}
        S: 331 {*}
        C: PASS s3cret
        S: 230 {greeting*}
        """;
    var client = ScriptedClient.of(script, Map.of("name", "ann"), "\r\n");

    client.play(() -> dial(mail));
  }
  // end: kit-client

  // docs: kit-folder
  @Test
  void asksForAFile() throws IOException {
    Files.writeString(folder.resolve("hello.txt"), "hello");
    try (var server = FolderServer.of(folder);
        var http = new HttpClient(server.endpoint())) {
      assertThat(http.get("/hello.txt").text()).isEqualTo("hello");
      assertThat(http.get("/none.txt").status()).isEqualTo(404);
    }
  }
  // end: kit-folder

  // docs: kit-tls-cuts
  @Test
  void noticesEachCutOverTls() throws IOException {
    String script = """
        C: GET / HTTP/1.1
        C: Host: {*}
        C: User-Agent: {*}
        C:
        S: HTTP/1.1 200 OK
        S:
        S> "hello"
        <close>
        """;
    var certificate = TestCertificate.forHosts();
    Tls tls = Tls.builder().context(certificate.clientContext()).build();
    Dialer dialer = Dialer.builder().tls(tls).build();
    HttpOptions options = HttpOptions.builder().dialer(dialer).build();

    CutPoints.builder(script).tls(certificate).run(server -> {
      try (var http = new HttpClient(server, options)) {
        http.get("/").text();
      }
    });
  }
  // end: kit-tls-cuts
}
