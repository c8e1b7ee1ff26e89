package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wireline.endpoint.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A script held from the side of the client, over sockets of the JDK. */
@Timeout(60)
class ScriptedClientTest {

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  private record Plain(Socket socket) implements ScriptedClient.Connection {

    static Plain dial(Endpoint server) throws IOException {
      return new Plain(PlainClient.tcp(server));
    }

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
      throw new IOException("no TLS here");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Plays one script by a server and another by a client. */
  private static void play(String server, String client, Map<String, String> values)
      throws IOException {
    try (ScriptedServer played = ScriptedServer.play(server)) {
      ScriptedClient.of(client, values, "\r\n").play(() -> Plain.dial(played.endpoint()));
      played.verify();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // The names of one side are known to the other.
        "C: HELO {me}|S: 250 hi {me}; C: HELO {me}|S: 250 hi {me}",
        "S: +OK <1.2>|C: APOP <1.2>|S: +OK; S: +OK {stamp}|C: APOP {stamp}|S: +OK{*}",
        "S: 1 a|S: 2 b; S: {n} a|S: {n} {rest*}",
        "S: b; S: a | b",
        "C: a|S: x; C: a | b|S: x",
        "S: grün ü; S: grün {w}",
        "S> \"\\x00ab\"; S> \"\\x00\\?b\"",
        "S> \"bare\\n\"; S: bare",
        "S: {{}w} {|} x; S: {{}w} {|} x",
        "C> \"a\\nb\"|S: ok; C> \"a\\n\"|C> \"b\"|S: ok",
        // What may come is taken, and what may be said is not.
        "S: * a|S: * a|S: ok; <every 1s>|  S: * {*}|C:|S: ok",
        "S: ok|<close>; <at any time>|  C: PING {id}|  S: PONG {id}|S: ok|<close>",
        "S: ok|<half-close>|C: bye; S: ok|<half-close>|C: bye",
        "S: ok|<cut>; S: ok|<cut>",
        "S: ok; S: ok|<stall>",
        "S: 1|<close>|<next connection>|S: 2; S: 1|<close>|<next connection>|S: 2"
      })
  void holdsAConversation(String server, String client) throws Exception {
    boolean asks = client.contains("C:|");

    play((asks ? "C:\n" : "") + lines(server), lines(client), Map.of("me", "grün"));
  }

  private static String lines(String script) {
    return script.replace('|', '\n').replace("{\n}", "{|}").replace(" \n ", " | ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "S: 250 hello; S: 220|S: 250; line 1, \"S: 220\": the server said \"250 hello\"",
        "S: a b; S: {w}; line 1, \"S: {w}\": the server said \"a b\"",
        "C: HELO me|S: hi you; C: HELO {me}|S: hi {me}; line 2, \"S: hi {me}\": the server said",
        "S: a|<close>; S: a|S: b; line 2, \"S: b\": the server hung up",
        "S: a|S: b; S: a|<close>; line 2, \"<close>\": the server said \"b\"",
        "S> \"ab\"|<close>; S> \"abc\"; line 1, \"S> \"abc\"\": the server said \"ab\"",
        "S> \"ab\"|<close>; S: ab; line 1, \"S: ab\": the server said \"ab\"",
        "S> \"\\e\\n\"; S: a; the server said \"\\x1b\""
      })
  void saysWhichLineDiffers(String server, String client, String difference) throws Exception {
    try (ScriptedServer played = ScriptedServer.play(lines(server).replace("\\e", "\\x1b"))) {
      ScriptedClient differing = ScriptedClient.of(lines(client), Map.of("me", "me"), "\r\n");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> differing.play(() -> Plain.dial(played.endpoint())))
          .withMessageContaining(difference);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C: {a}, 'line 1 of the script says {a}, for which there is no value'",
    "C: {*}, 'says any text, {*}'",
    "'C> \"\\?\"', no text in quotes",
    "'<close>\nS: a', comes after <close>",
    "nonsense, starts with neither"
  })
  void refusesWhatItCannotPlay(String script, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScriptedClient.of(script, Map.of(), "\r\n"))
        .withMessageContaining(reason);
  }

  @Test
  void anInterruptEndsADelay() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: a")) {
      ScriptedClient slow = ScriptedClient.of("<delay 30s>\nC: a", Map.of(), "\r\n");
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> slow.play(() -> Plain.dial(server.endpoint())));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aTapeIsWrittenAsAScriptWithoutItsSecrets() {
    ScriptTape tape = new ScriptTape(100, "PASS ");
    assertThat(tape.isEmpty()).isTrue();

    server(tape, "+OK\r\n> ");
    client(tape, "pass hush\r\n");
    server(tape, "ÿ\n");
    tape.serverEnded();

    assertThat(tape.script())
        .isEqualTo("S: +OK\nS> \"> \"\nC: pass {secret*}\nS> \"\\xff\\n\"\n<close>\n");
  }

  @Test
  void anEndThatAnswersTheClientsIsNoStep() {
    ScriptTape tape = new ScriptTape(100);

    client(tape, "QUIT\r\n");
    tape.clientEnded();
    tape.serverEnded();

    assertThat(tape.script()).isEqualTo("C: QUIT\n");
  }

  @Test
  void aTapeThatWasTooShortGivesNoScript() {
    ScriptTape tape = new ScriptTape(2);
    client(tape, "abc");

    assertThatIllegalStateException().isThrownBy(tape::script).withMessageContaining("room");
  }

  private static void client(ScriptTape tape, String text) {
    byte[] bytes = ("-" + text).getBytes(StandardCharsets.ISO_8859_1);
    tape.clientSaid(bytes, 1, bytes.length - 1);
  }

  private static void server(ScriptTape tape, String text) {
    byte[] bytes = ("-" + text).getBytes(StandardCharsets.ISO_8859_1);
    tape.serverSaid(bytes, 1, bytes.length - 1);
  }
}
