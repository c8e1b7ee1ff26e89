package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.PeerProtocolException;
import dev.wireline.internal.MalformedException;
import dev.wireline.line.StatusReply.Status;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that say +OK or -ERR. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class StatusRepliesTest {
  static final List<Arguments> LINES = List.of(
      Arguments.of("+OK", Status.OK, ""),
      Arguments.of("+OK 2 320", Status.OK, "2 320"),
      Arguments.of("+OK  x ", Status.OK, " x "),
      Arguments.of("-ERR", Status.ERR, ""),
      Arguments.of("-ERR [IN-USE] locked", Status.ERR, "[IN-USE] locked"),
      Arguments.of("+", Status.CONTINUE, ""),
      Arguments.of("+ ", Status.CONTINUE, ""),
      Arguments.of("+ b2s=", Status.CONTINUE, "b2s="));

  @ParameterizedTest
  @FieldSource("LINES")
  void readsASignAndWhatStandsBehindIt(String line, Status status, String text) throws Exception {
    StatusReply reply = StatusReply.parse(line);

    assertThat(reply).isEqualTo(new StatusReply(status, text));
    assertThat(reply.toString()).isEqualTo(line.equals("+ ") ? "+" : line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "+ok", "-err", "+OKAY", "+OK\tx", "-", "- x", " +OK", "* OK"})
  void refusesWhatHasNoSign(String line) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> StatusReply.parse(line));
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void goesOnAfterAProperNo(Delivery delivery) throws Exception {
    try (var server = ScriptedServer.builder("""
            S: +OK ready
            C: DELE 1
            S: -ERR no such message
            C: AUTH PLAIN
            S: +
            C: QUIT
            S: +OK
            """).delivery(delivery).start();
        LineClient client = new LineClient(server.endpoint())) {
      StatusReplies replies = StatusReplies.of(client);
      assertThat(replies.expectOk()).isEqualTo("ready");
      client.writeLine("DELE 1");

      ReplyException no = catchThrowableOfType(ReplyException.class, replies::expectOk);

      assertThat(no.reply()).isEqualTo("-ERR no such message");
      client.writeLine("AUTH PLAIN");
      assertThat(replies.read().status()).isEqualTo(Status.CONTINUE);
      client.writeLine("QUIT");
      assertThat(replies.expectOk()).isEmpty();
      server.verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maybe", "+ go on"})
  void breaksAtWhatIsNeitherYesNorNo(String line) throws Exception {
    try (var server = ScriptedServer.play("S: " + line);
        LineClient client = new LineClient(server.endpoint())) {
      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(StatusReplies.of(client)::expectOk)
          .withMessageContaining("RFC 1939, section 3");

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void writesEachSign() {
    assertThat(Status.values()).extracting(Status::sign).containsExactly("+OK", "-ERR", "+");
  }
}
