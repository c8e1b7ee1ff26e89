package dev.wireline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wireline.error.WirelineException;
import dev.wireline.imap.ImapClient;
import dev.wireline.imap.ImapOptions;
import dev.wireline.imap.MessageSet;
import dev.wireline.imap.Search;
import dev.wireline.line.Content;
import dev.wireline.line.LineClient;
import dev.wireline.net.ConnectionState;
import dev.wireline.pop3.Pop3Client;
import dev.wireline.pop3.Pop3Options;
import dev.wireline.sasl.Sasl;
import dev.wireline.smtp.SmtpClient;
import dev.wireline.smtp.SmtpOptions;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail servers that lie: what they say ends as a documented exception, and is never taken for an answer. */
@Timeout(60)
class HostileMailTest {
  private static final String IMAP = "S: * OK [CAPABILITY IMAP4rev1 IDLE] hello\n";
  private static final String SMTP =
      "S: 220 hello\nC: EHLO [127.0.0.1]\nS: 250-x\nS: 250 AUTH LOGIN\n";
  private static final String POP3 = "S: +OK hello\nC: CAPA\nS: +OK\nS: UIDL\nS: .\n";
  private static final String FETCH = "C: A1 UID FETCH 7 (UID BODY.PEEK[])\n";

  private interface Use<C extends LineClient> {
    void of(C client) throws Exception;
  }

  private static <C extends LineClient> void breaks(C client, Use<C> use) throws IOException {
    try (client) {
      Throwable failed = catchThrowable(() -> use.of(client));

      assertThat(failed).isInstanceOf(WirelineException.class);
      assertThat(failed.toString().chars()).noneMatch(Character::isISOControl);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  private static void imap(String script, Use<ImapClient> use) throws Exception {
    try (var server = ScriptedServer.play(IMAP + script + "<close>\n")) {
      breaks(new ImapClient(server.endpoint(), ImapOptions.standard()), use);
    }
  }

  private static void pop3(String script, Use<Pop3Client> use) throws Exception {
    try (var server = ScriptedServer.play(POP3 + script + "<close>\n")) {
      breaks(new Pop3Client(server.endpoint(), Pop3Options.standard()), use);
    }
  }

  private static void smtp(String script, Use<SmtpClient> use) throws Exception {
    try (var server = ScriptedServer.play(script + "<close>\n")) {
      breaks(new SmtpClient(server.endpoint(), SmtpOptions.standard()), use);
    }
  }

  // ---- IMAP

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{9223372036854775807}",
        "{9223372036854775808}",
        "{18446744073709551616}",
        "{268435457}",
        "{-1}",
        "{+5}",
        "{ 5}",
        "{0x5}",
        "{5+}",
        "{}",
        "~{999999999999}"
      })
  void noLiteralIsLongerThanIsAllowed(String literal) throws Exception {
    imap(FETCH + "S: * 1 FETCH (UID 7 BODY[] " + literal + "\n", mail -> mail.section(7, ""));
    imap(
        "C: A1 FETCH 1:* (UID BODY.PEEK[])\nS: * 1 FETCH (UID 7 BODY[] " + literal + "\n",
        mail -> mail.fetch(MessageSet.all(), "BODY.PEEK[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: * BYE a goodbye in the literal\n",
        "S: A1 OK an end in the literal\n",
        "S: * 1 FETCH (UID 7 BODY[] {5}\n"
      })
  void whatStandsInALiteralIsNoResponse(String within) throws Exception {
    imap(
        FETCH + "S: * 1 FETCH (UID 7 BODY[] {5000}\n" + within,
        mail -> mail.section(7, "").bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: )\nS: * BYE gone\n",
        "S: )\nS: A2 OK of another command\n",
        "S: )\nS: A0 OK of another command\n",
        "S: UID 8)\nS: A1 OK of another message\n",
        "S: BODY[] {5}\n",
        "S: \n",
        "S: ))\nS: A1 OK one too many\n"
      })
  void aSectionEndsWithItsOwnEnd(String end) throws Exception {
    imap(
        FETCH + "S: * 1 FETCH (UID 7 BODY[] {7}\nS: hello\n" + end,
        mail -> mail.section(7, "").bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* X ",
        "* 1 FETCH (X ",
        "* 1 FETCH (ENVELOPE ",
        "* 1 FETCH (BODYSTRUCTURE ",
        "* LIST ",
        "* NAMESPACE ",
        "* STATUS x "
      })
  void nothingIsNestedWithoutABound(String response) throws Exception {
    imap("C: A1 NOOP\nS: " + response + "(".repeat(100_000) + "\n", ImapClient::noop);
    imap(
        "C: A1 LIST \"\" \"*\"\nS: " + response + "((\"a\" \"b\") ".repeat(20_000) + "\n",
        mail -> mail.list("*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ESEARCH (TAG \"A9\") UID ALL 1",
        "* ESEARCH UID ALL 1:",
        "* ESEARCH UID ALL 0",
        "* ESEARCH UID ALL 4294967296",
        "* SEARCH 1 2 x",
        "* SEARCH 99999999999999999999",
        "A2 OK done"
      })
  void nothingIsFoundThatMakesNoSense(String response) throws Exception {
    imap("C: A1 UID SEARCH ALL\nS: " + response + "\n", mail -> mail.search(Search.all()));
  }

  @Test
  void noEndOfACommandIsAGoAhead() throws Exception {
    String command = "C: A1 APPEND \"x\" () {5000}\n";
    Content mail = Content.of("x".repeat(5000));
    imap(command + "S: A1 OK done already\n", client -> client.append("x", mail));
    imap(command + "S: * BYE no\n", client -> client.append("x", mail));
    imap(command + "S: A2 NO of another\n", client -> client.append("x", mail));
  }

  // ---- SMTP

  static List<Sasl> mechanisms() {
    return List.of(
        Sasl.plain("joe", "secret"),
        Sasl.login("joe", "secret"),
        Sasl.cramMd5("joe", "secret"),
        Sasl.scramSha256("joe", "secret"),
        Sasl.xoauth2("joe", "token"),
        Sasl.oauthBearer("joe", "token"));
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void noLoginGoesOnForEver(Sasl mechanism) throws Exception {
    try (var server = PeerServer.start(peer -> {
      peer.write("220 hello\r\n");
      peer.readLine();
      peer.write("250 mail.test\r\n");
      String line = peer.readLine();
      for (int i = 0; line != null && !line.equals("*") && i < 1000; i++) {
        peer.write("334 \r\n");
        line = peer.readLine();
      }
      peer.write("*".equals(line) ? "501 cancelled\r\n" : "421 too much\r\n");
    })) {
      try (SmtpClient mail = new SmtpClient(server.endpoint(), SmtpOptions.standard())) {
        Throwable failed = catchThrowable(() -> mail.login(mechanism));

        assertThat(failed)
            .isInstanceOf(WirelineException.class)
            .message()
            .doesNotContain("421 too much");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: 250-x\nS: 251 y\n",
        "S: 250-x\nS: 550 y\n",
        "S: 250-x\nS: y\n",
        "S: 250x\n",
        "S: 25\n",
        "S: +OK\n"
      })
  void aReplySaysOneThing(String reply) throws Exception {
    smtp(SMTP + "C: NOOP\n" + reply, SmtpClient::noop);
    smtp(reply, SmtpClient::noop);
  }

  @Test
  void aReplyHasAnEnd() throws Exception {
    smtp(SMTP + "C: NOOP\n" + "S: 250-x\n".repeat(1001), SmtpClient::noop);
    smtp("S: 220 hello\nC: EHLO [127.0.0.1]\n" + "S: 250-X\n".repeat(1001), SmtpClient::noop);
  }

  // ---- POP3

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK 1",
        "+OK",
        "+OK -1 5",
        "+OK 2147483648 1",
        "+OK 1 9223372036854775808",
        "+ 1 2",
        "OK 1 2"
      })
  void aStatusIsTwoNumbers(String answer) throws Exception {
    pop3("C: STAT\nS: " + answer + "\n", Pop3Client::stat);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+OK 9223372036854775807 octets", "+OK -1 octets", "+OK 0 octets"})
  void theSizeThatIsAnnouncedCountsForNothing(String answer) throws Exception {
    pop3("C: RETR 1\nS: " + answer + "\nS: hello\n", mail -> mail.retrieve(1).bytes());
    try (var server = ScriptedServer.play(POP3 + "C: RETR 1\nS: " + answer + "\nS: hello\nS: .\n");
        var mail = new Pop3Client(server.endpoint(), Pop3Options.standard())) {
      assertThat(mail.retrieve(1).text()).isEqualTo("hello\r\n");
    }
  }

  @Test
  void aListHasABound() throws Exception {
    pop3("C: UIDL\nS: +OK\n" + "S: 1 x\n".repeat(2), Pop3Client::uids);
    String many = "S: X\n".repeat(40_000);
    try (var server = ScriptedServer.play("S: +OK hello\nC: CAPA\nS: +OK\n" + many)) {
      breaks(new Pop3Client(server.endpoint(), Pop3Options.standard()), Pop3Client::capabilities);
    }
  }
}
