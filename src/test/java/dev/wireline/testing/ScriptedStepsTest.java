package dev.wireline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptedStepsTest {

  @AfterEach
  void noThreadIsLeft() {
    Leftovers.assertNoThreads();
  }

  @Test
  void repeatsWhatItHasCaptured() throws Exception {
    String script = """
        C: HELO {name} | EHLO {name}
        S: 250 hello {name}, {5} and {{}name}
        C: NOTE {text*}
        S: 250 {text} of {name}
        """;
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("EHLO gr\u00fcn\r\n");
      assertThat(client.readLine()).isEqualTo("250 hello gr\u00fcn, {5} and {name}\r\n");
      client.send("NOTE  a b\r\n");
      assertThat(client.readLine()).isEqualTo("250  a b of gr\u00fcn\r\n");

      server.verify();
      assertThat(server.conversation())
          .startsWith("C: EHLO gr\u00fcn\nS: 250 hello gr\u00fcn, {5}");
    }
  }

  @Test
  void repeatsNothingForTheChoiceThatWasNotTaken() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: A {x} | B\nS: <{x}>");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("B\r\n");

      assertThat(client.readLine()).isEqualTo("<>\r\n");
    }
  }

  @Test
  void showsAllChoicesWhenNoneWasTaken() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: HELO {x} | EHLO {x}");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("OLEH x\r\n");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessage("""
              the client said another line
                expected: "HELO {x}\\\\r\\\\n" or "EHLO {x}\\\\r\\\\n" (line 1 of the script)
                came:     "OLEH x\\\\r\\\\n"
                  the script             | what was said
                > C: HELO {x} | EHLO {x} | C: OLEH x
              """.replace("\\\\", "\\"));
    }
  }

  @Test
  void sendsAndExpectsBytes() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.play("S: {2}\nS> \"\\x00\\xff\"\nC> \"\\x01\\n\\x02\"\nS: ok");
        Socket client = PlainClient.tcp(server.endpoint())) {
      assertThat(client.getInputStream().readNBytes(7))
          .containsExactly('{', '2', '}', '\r', '\n', 0, 0xff);
      client.getOutputStream().write(new byte[] {1, '\n', 2});
      assertThat(client.getInputStream().readNBytes(4)).containsExactly('o', 'k', '\r', '\n');

      server.verify();
      assertThat(server.conversation())
          .isEqualTo("S: {2}\nS> \"\\x00\\xff\"\nC> \"\\x01\\n\\x02\"\nS: ok");
    }
  }

  @Test
  void findsTheFirstOtherByte() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C> \"abc\"");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("ax");

      assertThat(client.read()).isEqualTo(-1);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("the client said other bytes\n  expected: \"abc\" (line 1")
          .withMessageContaining("came:     \"ax\"");
    }
  }

  @Test
  void startsTls() throws Exception {
    String script = "S: 220 go ahead\n<STARTTLS>\nC: QUIT\nS: 221 bye\n<close>";
    try (ScriptedServer server = ScriptedServer.play(script);
        Socket plain = PlainClient.tcp(server.endpoint())) {
      assertThat(PlainClient.over(plain).readLine()).isEqualTo("220 go ahead\r\n");
      try (PlainClient client = PlainClient.startTls(
          plain, server.endpoint().host(), server.endpoint().port(), server.clientContext())) {
        client.send("QUIT\r\n");
        assertThat(client.readAll()).isEqualTo("221 bye\r\n");
      }

      server.verify();
      assertThat(server.endpoint().isTls()).isFalse();
      assertThat(server.conversation()).isEqualTo(script);
    }
  }

  @Test
  void saysWhenTheClientStartsNoTls() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("<STARTTLS>\nS: ok");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("QUIT\r\n");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("TLS did not come about: ")
          .withMessageContaining("expected: that the client starts TLS (line 1 of the script)");
    }
  }

  @Test
  void startsTlsOnce() {
    ScriptedServer.Builder builder = ScriptedServer.builder("<STARTTLS>\nS: ok").tls();

    assertThatIllegalStateException().isThrownBy(builder::start);
  }

  @Test
  void hearsTheClientAfterAHalfClose() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: bye\n<half-close>\nC: thanks");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readAll()).isEqualTo("bye\r\n");
      client.send("thanks\r\n");

      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<close>", "<cut>"})
  void hangsUp(String step) throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: bye\n" + step);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readAll()).isEqualTo("bye\r\n");

      server.verify();
      assertThat(server.conversation()).isEqualTo("S: bye\n" + step);
    }
  }

  @Test
  void resets() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: hello\n<reset>");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      client.send("hello\r\n");

      assertThatExceptionOfType(SocketException.class).isThrownBy(client::read);
      server.verify();
    }
  }

  @Test
  void stallsUntilItIsClosed() throws Exception {
    ScriptedServer server = ScriptedServer.play("S: hello\n<delay 1ms>\n<stall>");
    try (server;
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");
      client.send("nobody hears this\r\n");
      server.verify();

      server.close();

      assertThat(server.conversation()).isEqualTo("S: hello\n<delay 1ms>\n<stall>");
    }
  }

  @Test
  void endsADelayWhenItIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("S: hello\n<delay 3600s>");
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");
    }
  }

  @Test
  void playsEachConnectionOnce() throws Exception {
    String script = "C: one\nS: 1\n<next connection>\nS: 2";
    try (ScriptedServer server = ScriptedServer.play(script);
        PlainClient first = PlainClient.connect(server.endpoint());
        PlainClient second = PlainClient.connect(server.endpoint())) {
      assertThat(second.readLine()).isEqualTo("2\r\n");
      first.send("one\r\n");
      assertThat(first.readLine()).isEqualTo("1\r\n");

      server.verify();
      assertThat(server.conversation()).isEqualTo(script);
      try (PlainClient third = PlainClient.connect(server.endpoint())) {
        assertThat(third.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void playsAScriptSeveralTimesOver() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder("S: hello\n<close>").times(3).start()) {
      for (int i = 0; i < 3; i++) {
        try (PlainClient client = PlainClient.connect(server.endpoint())) {
          assertThat(client.readAll()).isEqualTo("hello\r\n");
        }
      }

      server.verify();
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void namesTheConnectionThatDidNotCome() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder("S: hello\n<close>")
            .times(2)
            .patience(Duration.ofMillis(50))
            .start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readAll()).isEqualTo("hello\r\n");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageStartingWith("connection 2 of 2: no client connected within 50 ms\n");
    }
  }

  @Test
  void reportsItsSeed() throws Exception {
    try (ScriptedServer server = ScriptedServer.builder("S: hello").seed(42).start();
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readLine()).isEqualTo("hello\r\n");
      client.send("more\r\n");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(server::verify)
          .withMessageEndingWith("\nsplit at random from the seed 42\n");
    }
  }

  private static String printed(Caller.Step step) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream standard = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      step.run();
    } finally {
      System.setErr(standard);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsItsSeedWhenATestFailsBeforeItHasVerified() throws Exception {
    ScriptedServer server =
        ScriptedServer.builder("S: hello").delivery(Delivery.SPLIT_AT_RANDOM).start();

    assertThat(printed(server::close))
        .startsWith(server.endpoint() + " split at random from the seed ");
    assertThat(printed(server::close)).isEmpty();
  }

  @Test
  void printsNothingWhenAllIsWell() throws Exception {
    assertThat(printed(() -> {
          try (ScriptedServer server = ScriptedServer.builder("S: hello")
                  .delivery(Delivery.SPLIT_AT_RANDOM)
                  .start();
              PlainClient client = PlainClient.connect(server.endpoint())) {
            assertThat(client.readLine()).isEqualTo("hello\r\n");
            server.verify();
          }
        }))
        .isEmpty();
  }

  @Test
  void playsAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("hello.txt"), "S: gr\u00fc\u00df\n<close>\n");
    try (ScriptedServer server = ScriptedServer.playFile(file);
        PlainClient client = PlainClient.connect(server.endpoint())) {
      assertThat(client.readAll()).isEqualTo("gr\u00fc\u00df\r\n");

      server.verify();
    }
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> ScriptedServer.playFile(folder.resolve("none.txt")));
  }

  @Test
  void refusesToPlayLessThanOnce() {
    ScriptedServer.Builder builder = ScriptedServer.builder("S: hello");

    assertThatIllegalArgumentException().isThrownBy(() -> builder.times(0));
  }
}
