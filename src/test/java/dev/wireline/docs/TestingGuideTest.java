package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.net.Dialer;
import dev.wireline.testing.CutPoints;
import dev.wireline.testing.HostilePeers;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.TestedClient;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/guide/testing.md. */
@Timeout(60)
class TestingGuideTest {

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
}
