package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies with codes on a connection, and what a client is after each. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class RepliesTest {
  private static ScriptedServer play(Delivery delivery, String script) throws IOException {
    return ScriptedServer.builder(script).delivery(delivery).start();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsRepliesInTheirOrder(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            S: 220 mail.test
            C: EHLO client.test
            S: 250-mail.test
            S: 250-SIZE 1000
            S: 250 HELP
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);

      assertThat(replies.expect(220).text()).isEqualTo("mail.test");
      client.writeLine("EHLO client.test");
      assertThat(replies.expect(2).lines()).containsExactly("mail.test", "SIZE 1000", "HELP");
      client.writeLine("QUIT");
      assertThat(replies.read()).isEqualTo(new Reply(221, List.of("bye")));
      server.verify();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void goesOnAfterAProperNo(Delivery delivery) throws Exception {
    try (var server = play(delivery, """
            C: RCPT TO:<a@b.test>
            S: 550-no such user
            S: 550 here
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      client.writeLine("RCPT TO:<a@b.test>");

      ReplyCodeException no =
          catchThrowableOfType(ReplyCodeException.class, () -> replies.expect(250, 251));

      assertThat(no.code()).isEqualTo(550);
      assertThat(no.lines()).containsExactly("no such user", "here");
      assertThat(no.reply()).isEqualTo("550-no such user\n550 here");
      assertThat(no)
          .hasMessage("reading a reply from " + server.endpoint() + ": the peer answered"
              + " \"550-no such user\\n550 here\" [READ, connection still usable]");
      client.writeLine("QUIT");
      assertThat(replies.expect(221).text()).isEqualTo("bye");
      server.verify();
    }
  }

  @Test
  void keepsAnExchangeWholeAtAProperNo() throws Exception {
    try (var server = play(Delivery.WHOLE, "C: X\nS: 500 what?");
        LineClient client = new LineClient(server.endpoint())) {
      assertThatExceptionOfType(ReplyCodeException.class)
          .isThrownBy(() -> client.exchange(() -> {
            client.writeLine("X");
            return Replies.of(client).expect(2);
          }));

      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void breaksAtAReplyThatIsNone() throws Exception {
    try (var server = play(Delivery.WHOLE, "S: 250-ok\nS: 550 no");
        LineClient client = new LineClient(server.endpoint())) {
      PeerProtocolException thrown =
          catchThrowableOfType(PeerProtocolException.class, Replies.of(client)::read);

      assertThat(thrown.rule()).contains("RFC 5321, section 4.2.1");
      assertThat(thrown.excerpt()).isEqualTo("\"550 no\"");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void takesFreeMiddlesWhenAsked() throws Exception {
    try (var server = play(Delivery.BYTE_BY_BYTE, "S: 211-Features\nS:  EPSV\nS: 211 End");
        LineClient client = new LineClient(server.endpoint())) {
      Reply features = Replies.of(client).withFreeMiddles().expect(211);

      assertThat(features.lines()).containsExactly("Features", " EPSV", "End");
    }
  }

  @Test
  void breaksAtTooManyLines() throws Exception {
    try (var server = play(Delivery.WHOLE, "S: 250-a\nS: 250-b\nS: 250 c");
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withMaxLines(2);

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(replies::read)
          .matches(e -> e.limit().equals("maxReplyLines") && e.max() == 2);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void countsBytesAndNotCharacters() throws Exception {
    try (var server = play(Delivery.WHOLE, "S: 250-ü\nS: 250 ü");
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client).withMaxBytes(11);

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(replies::read)
          .matches(e -> e.limit().equals("maxReplyBytes"));
    }
  }

  @Test
  void neverTakesACutReplyForAWholeOne() throws Exception {
    String reply = "250-a\r\n250-b\r\n250 c\r\n";
    for (int cut = 0; cut < reply.length(); cut++) {
      String part = reply.substring(0, cut);
      try (PeerServer server = PeerServer.start(connection -> connection.write(part));
          LineClient client = new LineClient(server.endpoint())) {
        assertThatExceptionOfType(ConnectionClosedException.class)
            .as("cut at " + cut)
            .isThrownBy(Replies.of(client)::read);
        assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      }
    }
  }

  @Test
  void endsAReplyThatGoesOnForTooLong() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          try {
            while (true) {
              connection.write("250-still at it\r\n");
            }
          } catch (IOException e) {
            // The client has had enough.
          }
        });
        LineClient client = new LineClient(
            server.endpoint(),
            LineOptions.builder().transferTimeout(Duration.ofMillis(100)).build())) {
      Replies replies =
          Replies.of(client).withMaxLines(Integer.MAX_VALUE).withMaxBytes(Integer.MAX_VALUE);

      assertThatExceptionOfType(DeadlineExceededException.class)
          .isThrownBy(replies::read)
          .matches(e -> e.setting().orElseThrow().equals("transferTimeout"));

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void findsAMistakeBeforeItReads() {
    try (LineClient client = new LineClient("peer.test:1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Replies.of(client).expect());
      assertThatIllegalArgumentException().isThrownBy(() -> Replies.of(client).expect(25));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Replies.of(client).withMaxLines(0))
          .withMessage("maxReplyLines must be 1 or more, not 0");
      assertThatIllegalArgumentException().isThrownBy(() -> Replies.of(client).withMaxBytes(0));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }
}
