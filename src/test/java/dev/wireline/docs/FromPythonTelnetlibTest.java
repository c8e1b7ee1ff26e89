package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wireline.line.Expect;
import dev.wireline.line.Message;
import dev.wireline.telnet.TelnetClient;
import dev.wireline.telnet.TelnetCommand;
import dev.wireline.telnet.TelnetFeature;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/from-python/telnetlib.md. */
@Timeout(60)
class FromPythonTelnetlibTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @Test
  void logsInAndListsAFolder() throws IOException {
    String script = """
        S> "login: "
        C: ann
        S> "Password: "
        C: sesame
        C: ls
        C: exit
        S: notes.txt
        <close>
        """;
    try (var server = ScriptedServer.play(script)) {
      String endpoint = server.endpoint().toString();
      String password = "sesame";

      // docs: py-telnet-login
      try (var telnet = new TelnetClient(endpoint)) { // such as "localhost"
        Expect expect = Expect.of(telnet);
        expect.text("login: ");
        telnet.writeLine("ann");
        expect.text("Password: ");
        Message.of().secretLine(password).writeTo(telnet);
        telnet.writeLine("ls");
        telnet.writeLine("exit");
        System.out.println(telnet.openToEnd().text());
      }
      // end: py-telnet-login

      assertThat(printed.lines()).containsExactly("notes.txt", "");
    }
  }

  @Test
  void waitsForOneOfSeveral() throws IOException {
    try (var server = ScriptedServer.play("S> \"Login incorrect\\r\\nlogin: \"");
        var telnet = new TelnetClient(server.endpoint().toString())) {
      // docs: py-telnet-expect
      Optional<Expect.Found> found =
          Expect.of(telnet).poll(Duration.ofSeconds(10), "$ ", "Login incorrect");
      System.out.println(found.map(Expect.Found::index).orElse(-1));
      // end: py-telnet-expect

      assertThat(printed.lines()).containsExactly("1");
    }
  }

  @Test
  void negotiatesAndInterrupts() throws IOException {
    String script = "C> \"\\xff\\xfd\\x03\\xff\\xf4\"\nS> \"\\xff\\xfb\\x03stopped\\r\\n\"";
    try (var server = ScriptedServer.play(script);
        var telnet = new TelnetClient(server.endpoint().toString())) {
      // docs: py-telnet-options
      telnet.demand(TelnetFeature.SUPPRESS_GO_AHEAD);
      telnet.send(TelnetCommand.INTERRUPT_PROCESS);
      System.out.println(telnet.readLine());
      System.out.println(telnet.isOnThere(TelnetFeature.SUPPRESS_GO_AHEAD));
      // end: py-telnet-options

      assertThat(printed.lines()).containsExactly("stopped", "true");
    }
  }
}
