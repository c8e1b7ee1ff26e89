package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ClientClosedException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are asked and answered in one call, and what a client is after each answer. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AskTest {
  /** What a protocol knows more of a no than its text. */
  private static final class MailException extends ReplyCodeException {
    private static final long serialVersionUID = 1;

    private final boolean mayTryAgain;

    MailException(Refusal<Reply> refusal) {
      super("the mail server answered", refusal);
      mayTryAgain = refusal.reply().matches(4);
    }
  }

  private static ScriptedServer play(Delivery delivery, String script) throws IOException {
    return ScriptedServer.builder(script).delivery(delivery).start();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void writesACommandAndReadsItsReply(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            S: 220 mail.test
            C: EHLO client.test
            S: 250-mail.test
            S: 250 HELP
            C: NOOP
            S: 250 fine
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      replies.expect(220);

      assertThat(replies.ask(Command.of("EHLO").atom("client.test"), 250).lines())
          .containsExactly("mail.test", "HELP");
      assertThat(replies.ask("NOOP", 2).text()).isEqualTo("fine");
      server.verify();
    }
  }

  @Test
  void aNoSaysWhichCommandItAnsweredWithItsSecretsMasked() throws Exception {
    try (var server = ScriptedServer.play("""
            C: PASS xyzzy
            S: 535 no
            C: PASS plugh
            S: 535 never
            C: NOOP
            S: 250 fine
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);

      ReplyCodeException typed = catchThrowableOfType(
          ReplyCodeException.class, () -> replies.ask(Command.of("PASS").secretText("xyzzy"), 235));
      assertThat(typed.command()).hasValue("PASS ***");
      assertThat(typed).hasMessageContaining("the peer answered \"535 no\" to \"PASS ***\"");
      ReplyCodeException plain =
          catchThrowableOfType(ReplyCodeException.class, () -> replies.ask("PASS plugh", 235));
      assertThat(plain.command()).hasValue("PASS");
      assertThat(plain.getMessage()).doesNotContain("plugh");
      assertThat(plain.connectionUsable()).isTrue();
      replies.ask("NOOP", 250);
      server.verify();
    }
  }

  @Test
  void aNoIsTheProtocolsOwnException() throws Exception {
    try (var server = ScriptedServer.play("""
            C: MAIL
            S: 451 later
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withRefusal(MailException::new).withMaxLines(5);

      MailException no =
          catchThrowableOfType(MailException.class, () -> replies.ask(Command.of("MAIL"), 250));

      assertThat(no.mayTryAgain).isTrue();
      assertThat(no).hasMessageContaining("the mail server answered \"451 later\" to \"MAIL\"");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      replies.ask("QUIT", 221);
      server.verify();
    }
  }

  @Test
  void aFactoryThatFailsBreaksTheClient() throws Exception {
    try (var server = ScriptedServer.play("""
            C: MAIL
            S: 451 later
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withRefusal(refusal -> {
        throw new ArithmeticException("not a number");
      });

      assertThatThrownBy(() -> replies.ask("MAIL", 250)).isInstanceOf(ArithmeticException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void aClosingCodeThatWasExpectedClosesTheClient(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withClosingCodes(221, 421);

      assertThat(replies.ask("QUIT", 221).code()).isEqualTo(221);
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void aClosingCodeThatWasNotExpectedBreaksTheClient(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            C: NOOP
            S: 421 going down
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies =
          Replies.of(client).withRefusal(MailException::new).withClosingCodes(221, 421);

      MailException no = catchThrowableOfType(MailException.class, () -> replies.ask("NOOP", 250));
      assertThat(no.connectionUsable()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatThrownBy(() -> replies.ask("NOOP", 250))
          .isInstanceOf(ClientClosedException.class)
          .hasCause(no);
      server.verify();
    }
  }

  @Test
  void aClosingCodeThatWasReadClosesTheClient() throws Exception {
    try (var server = ScriptedServer.play("S: 421 too many of you");
        LineClient client = new LineClient(server.endpoint())) {
      assertThat(Replies.of(client).withClosingCodes(4).read().code()).isEqualTo(421);

      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @Test
  void findsACallersMistakeBeforeItDials() throws Exception {
    try (LineClient client = new LineClient("127.0.0.1:1")) {
      Replies replies = Replies.of(client);

      assertThatIllegalArgumentException().isThrownBy(() -> replies.ask("NOOP"));
      assertThatIllegalArgumentException().isThrownBy(() -> replies.ask("NOOP\r\nQUIT", 250));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> replies.ask(Command.of("NOOP").withMaxBytes(3), 250));
      assertThatIllegalArgumentException().isThrownBy(() -> replies.withClosingCodes(9));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void signsAreAskedForToo(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            C: DELE 1
            S: +OK gone
            C: DELE 1
            S: -ERR gone already
            C: NOOP
            S: +OK
            """);
        LineClient client = new LineClient(server.endpoint())) {
      StatusReplies replies = StatusReplies.of(client).withRefusal(PostException::new);

      assertThat(replies.ask(Command.of("DELE").number(1))).isEqualTo("gone");
      PostException no = catchThrowableOfType(PostException.class, () -> replies.ask("DELE 1"));
      assertThat(no.text).isEqualTo("gone already");
      assertThat(no.command()).hasValue("DELE");
      assertThat(replies.ask("NOOP")).isEmpty();
      server.verify();
    }
  }

  /** A no with a sign. */
  private static final class PostException extends ReplyException {
    private static final long serialVersionUID = 1;

    private final String text;

    PostException(Refusal<StatusReply> refusal) {
      super(refusal);
      text = refusal.reply().text();
    }
  }

  private static PeerServer says(byte[]... replies) throws IOException {
    return PeerServer.start(connection -> {
      for (byte[] reply : replies) {
        connection.readLine();
        connection.writeByteByByte(reply);
      }
      connection.read();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"535 Error: \u00e9t\u00e9", "535-Error:\r\n535 \u00e9t\u00e9"})
  void aReplyMayHaveAnyBytesAfterItsCode(String reply) throws Exception {
    byte[] no = (reply + "\r\n").getBytes(ISO_8859_1);
    try (var server = says(no, "250 ok\r\n".getBytes(ISO_8859_1));
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);

      ReplyCodeException refused =
          catchThrowableOfType(ReplyCodeException.class, () -> replies.ask("AUTH", 235));

      assertThat(refused.code()).isEqualTo(535);
      assertThat(refused.lines().get(refused.lines().size() - 1)).endsWith("\u00e9t\u00e9");
      assertThat(refused.connectionUsable()).isTrue();
      assertThat(replies.ask("NOOP", 250).text()).isEqualTo("ok");
    }
  }

  @Test
  void aReplyWithASignMayHaveAnyBytesToo() throws Exception {
    try (var server =
            says("-ERR \u00fc\r\n".getBytes(ISO_8859_1), "+OK \u00fc\r\n".getBytes(ISO_8859_1));
        LineClient client = new LineClient(server.endpoint())) {
      StatusReplies replies = StatusReplies.of(client);

      assertThatThrownBy(() -> replies.ask("PASS"))
          .isInstanceOfSatisfying(
              ReplyException.class, no -> assertThat(no.reply()).isEqualTo("-ERR \u00fc"));
      assertThat(replies.ask("NOOP")).isEqualTo("\u00fc");
    }
  }

  @Test
  void aCodeMayNotHaveAnyBytes() throws Exception {
    try (var server = says("5\u00b35 no\r\n".getBytes(ISO_8859_1));
        LineClient client = new LineClient(server.endpoint())) {
      assertThatThrownBy(() -> Replies.of(client).ask("AUTH", 235))
          .isInstanceOf(PeerProtocolException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void aLineFallsBackToAnotherCharsetWhereThatIsSet() throws Exception {
    LineOptions options =
        LineOptions.builder().fallbackCharset(Charset.forName("windows-1252")).build();
    try (var server = says(
            "\u0080\r\n".getBytes(ISO_8859_1),
            "\u00e2\u0082\u00ac\r\n".getBytes(ISO_8859_1),
            "\u00fc$ ".getBytes(ISO_8859_1),
            "\u0081\r\nx\r\n".getBytes(ISO_8859_1));
        LineClient client =
            new LineClient(server.endpoint(), options.toBuilder().build())) {
      client.writeLine("");
      assertThat(client.readLine()).isEqualTo("\u20ac");
      client.writeLine("");
      assertThat(client.readLine()).isEqualTo("\u20ac");
      client.writeLine("");
      assertThat(Expect.of(client).text("$ ").before()).isEqualTo("\u00fc");
      client.writeLine("");
      assertThatThrownBy(client::readLine)
          .isInstanceOf(PeerProtocolException.class)
          .hasMessageContaining("\\x81");
      assertThat(client.readLine()).isEqualTo("x");
    }
  }
}
