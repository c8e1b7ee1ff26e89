package dev.wireline.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.line.Content;
import dev.wireline.line.Dialogue;
import dev.wireline.line.Expect;
import dev.wireline.line.Incoming;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Outgoing;
import dev.wireline.line.Pipelined;
import dev.wireline.line.ReplyException;
import dev.wireline.line.Transcript;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.Dialer;
import dev.wireline.net.Tls;
import dev.wireline.testing.EchoServer;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/guide/your-own-protocol.md that are not about memcached. */
@Timeout(60)
class YourOwnProtocolTest {
  private static final String LOGIN = """
      S: +OK ready
      C: STLS
      S: +OK go ahead
      <STARTTLS>
      C: USER joe
      S: +OK
      C: PASS open sesame
      """;

  @RegisterExtension
  final Printed printed = new Printed();

  private static Mailbox mailbox(ScriptedServer server) {
    Tls tls = Tls.builder().context(server.clientContext()).build();
    LineOptions options =
        LineOptions.builder().dialer(Dialer.builder().tls(tls).build()).build();
    return new Mailbox(server.endpoint(), options, "joe", "open sesame");
  }

  @Test
  void logsInAndReadsMessages() throws IOException {
    String script = LOGIN + """
        S: +OK 2 messages
        C: RETR 1
        S: +OK
        S: Subject: dots
        S:
        S: ..
        S: .
        C: RETR 2
        S: +OK
        S: Subject: streams
        S: .
        C: DELE 1
        C: DELE 7
        C: DELE 2
        S: +OK
        S: -ERR no such message
        S: +OK
        """;
    try (var server = ScriptedServer.play(script);
        var mailbox = mailbox(server)) {
      assertThat(mailbox.message(1)).containsExactly("Subject: dots", "", ".");

      try (Incoming message = mailbox.open(2)) {
        assertThat(message.text()).isEqualTo("Subject: streams\r\n");
      }
      List<Pipelined<String>> answers = mailbox.delete(List.of(1, 7, 2));

      assertThat(answers.get(0).get()).isEmpty();
      assertThatExceptionOfType(ReplyException.class).isThrownBy(answers.get(1)::get);
      assertThat(answers.get(2).get()).isEmpty();
      assertThat(mailbox.state()).isEqualTo(ConnectionState.OPEN);
      server.verify();
    }
  }

  @Test
  void handsMessagesOver() throws IOException {
    String script = """
        C: DATA
        S: 354 go on
        C: Subject: one
        C: .
        S: 250 taken
        C: DATA
        S: 354 go on
        C: Subject: two
        C: .
        S: 250 taken
        """;
    try (var server = ScriptedServer.play(script);
        var outbox = new Outbox(server.endpoint())) {
      outbox.send(Content.of("Subject: one\n"));
      // docs: outbox-use
      try (Outgoing message = outbox.send()) {
        message.writeLine("Subject: two");
        message.finish();
      }
      // end: outbox-use
      server.verify();
    }
  }

  @Test
  void closesTheConnectionOfAFailedLoginAndShowsNoPassword() throws IOException {
    try (var server = ScriptedServer.play(LOGIN + "S: -ERR no");
        var mailbox = mailbox(server)) {
      Transcript said = Transcript.of(mailbox);

      assertThatExceptionOfType(ReplyException.class)
          .isThrownBy(mailbox::connect)
          .satisfies(e -> assertThat(e.reply()).isEqualTo("-ERR no"));

      assertThat(mailbox.state()).isEqualTo(ConnectionState.BROKEN);
      assertThat(said.toString()).contains("C: PASS ***").doesNotContain("sesame");
    }
  }

  @Test
  void takesNoNameThatWouldBeTwoCommands() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mailbox("mail.example", "joe\r\nDELE 1", "secret"));
    try (var mailbox = new Mailbox("mail.example", "joe", "secret")) {
      assertThat(mailbox.endpoint()).isEqualTo(Endpoint.tcp("mail.example", 110));
    }
  }

  @Test
  void waitsForPrompts() throws IOException {
    String script = """
        S> "\\r\\nswitch login: "
        C: admin
        S> "Password: "
        C: secret
        S> "\\r\\nswitch# "
        C: show version
        S: 9.2
        S> "switch# "
        """;
    try (var server = ScriptedServer.play(script);
        var client = new LineClient(server.endpoint())) {
      String password = "secret";

      // docs: own-prompts
      Expect expect = Expect.of(client).withTimeout(Duration.ofSeconds(10));
      expect.text("login: ");
      client.writeLine("admin");
      if (expect.any("Password: ", "# ").index() == 0) {
        Message.of().secretLine(password).writeTo(client);
        expect.text("# ");
      }
      client.writeLine("show version");
      System.out.print(expect.text("switch# ").before());
      // end: own-prompts

      assertThat(printed.lines()).containsExactly("9.2");
      server.verify();
    }
  }

  @Test
  void endsAWholeDialogueAtOneMoment() throws IOException {
    try (var server = PeerServer.start(connection -> {
          connection.write("+OK ready\r\n");
          connection.hold();
        });
        var mailbox = new Mailbox(server.endpoint(), LineOptions.standard(), "joe", "secret")) {
      Duration time = Duration.ofMillis(150);

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(() -> {
            // docs: own-dialogue
            List<String> first = Dialogue.of(mailbox).within(time, () -> mailbox.message(1));
            // end: own-dialogue
            assertThat(first).isNull();
          })
          .satisfies(e -> assertThat(e.phase()).isEqualTo(Phase.CALL));
    }
  }

  @Test
  void listensWhileItSpeaks() throws Exception {
    try (var server = EchoServer.start()) {
      Chat chat = new Chat(server.endpoint().toString());
      var heard = new LinkedBlockingQueue<String>();
      var listening = new FutureTask<Void>(() -> {
        chat.listen(heard::add);
        return null;
      });
      new Thread(listening).start();

      chat.say("hello");

      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
      chat.close();
      assertThat(listening.get(10, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void compressesFromTheGoAheadOn() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("206 Compression active\r\n");
          DeflaterOutputStream packed =
              new DeflaterOutputStream(peer.output(), new Deflater(9, true), true);
          packed.write("111 20261231235959\r\n".getBytes(StandardCharsets.US_ASCII));
          packed.flush();
        });
        News news = new News(server.endpoint())) {
      news.compress();

      assertThat(news.readLine()).isEqualTo("111 20261231235959");
    }
  }

  @Test
  void movesFilesOverSecondConnections() throws Exception {
    LinkedBlockingQueue<String> stored = new LinkedBlockingQueue<>();
    try (PeerServer data = PeerServer.start(peer -> peer.write("a file"));
        PeerServer control = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("229 Entering Extended Passive Mode (|||" + data.port() + "|)\r\n");
          peer.readLine();
          peer.write("150 here it comes\r\n226 done\r\n");
          String[] eprt = String.valueOf(peer.readLine()).split("\\|", -1);
          peer.write("200 fine\r\n");
          peer.readLine();
          peer.write("150 send it\r\n");
          try (Socket back = new Socket(eprt[2], Integer.parseInt(eprt[3]))) {
            stored.add(new String(back.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
          }
          peer.write("226 done\r\n");
        });
        Files files = new Files(control.endpoint())) {
      assertThat(files.retrieve("a")).asString(StandardCharsets.US_ASCII).isEqualTo("a file");

      files.store("b", "another".getBytes(StandardCharsets.US_ASCII));

      assertThat(stored).containsExactly("another");
    }
  }
}
