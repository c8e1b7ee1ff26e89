package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.Phase;
import dev.wireline.net.Dialer;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One question on a connection of its own. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class QuestionTest {
  private static final QuestionOptions STANDARD = QuestionOptions.standard();
  private static final Message WHO = Message.of().line("who");

  @Test
  void asksReadsAllAndHangsUp() throws IOException {
    try (var server = ScriptedServer.play("C: who\nS: Ann\nS: Ben\n<close>")) {
      assertThat(Question.text(server.endpoint(), WHO, STANDARD)).isEqualTo("Ann\r\nBen\r\n");
      server.verify();
    }
  }

  @Test
  void asksNothingOfAServerThatSpeaksAtOnce() throws IOException {
    try (var server = ScriptedServer.play("S: noon\n<close>")) {
      assertThat(Question.bytes(server.endpoint(), Message.of(), STANDARD))
          .asString()
          .isEqualTo("noon\r\n");
    }
  }

  @Test
  void readsTextOfAnotherCharsetAsLatin1() throws IOException {
    String script = "C: who\nS> \"J\\xfcrgen\"\n<close>";
    try (var server = ScriptedServer.play(script)) {
      assertThat(Question.text(server.endpoint(), WHO, STANDARD)).isEqualTo("Jürgen");
    }
    try (var server = ScriptedServer.play(script)) {
      QuestionOptions latin1 = STANDARD.withCharset(ISO_8859_1);
      assertThat(Question.text(server.endpoint(), WHO, latin1)).isEqualTo("Jürgen");
    }
    try (var server = ScriptedServer.play(script)) {
      QuestionOptions ascii = STANDARD.withCharset(US_ASCII);
      assertThat(Question.text(server.endpoint(), WHO, ascii)).isEqualTo("Jürgen");
    }
  }

  @Test
  void takesNoMoreThanItsBound() throws IOException {
    try (var server = ScriptedServer.play("C: who\nS: 12345678901\n<close>")) {
      var thrown = catchThrowableOfType(
          LimitExceededException.class,
          () -> Question.bytes(server.endpoint(), WHO, STANDARD.withMaxBytes(10)));

      assertThat(thrown.max()).isEqualTo(10);
    }
  }

  @Test
  void endsAWholeQuestionAtItsTimeout() throws IOException {
    try (var server = ScriptedServer.play("C: who\n<every 10ms>\n  S: wait")) {
      QuestionOptions soon = STANDARD.withTimeout(Duration.ofMillis(300));

      var thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> Question.bytes(server.endpoint(), WHO, soon));

      assertThat(thrown.phase()).isEqualTo(Phase.CALL);
      assertThat(thrown).hasMessageContaining("timeout");
    }
  }

  @Test
  void leavesTheTimeoutBehindWithAStream() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    QuestionOptions brief = STANDARD.withTimeout(Duration.ofSeconds(1));
    try (var server = PeerServer.start(peer -> {
          assertThat(peer.readLine()).isEqualTo("who");
          peer.write("one\r\n");
          assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
          peer.write("two\r\n");
        });
        Incoming answer = Question.open(server.endpoint(), WHO, brief)) {
      assertThat(answer.readLineOrEnd()).hasValue("one");
      Caller<List<String>> reader = Caller.start(answer::readLines).awaitSelecting();

      assertThat(late.await(1, TimeUnit.SECONDS)).isFalse();
      late.countDown();

      assertThat(reader.result()).containsExactly("two");
      assertThat(server.failure()).isEmpty();
    }
  }

  @Test
  void readsAHeadBeforeItsStream() throws IOException {
    try (var server = ScriptedServer.play("C: who\nS: 20 ok\nS: Ann\n<close>");
        Incoming rest = Question.open(
            server.endpoint(), WHO, STANDARD, question -> question.client().readLine())) {
      assertThat(rest.text()).isEqualTo("Ann\r\n");
    }
  }

  @Test
  void hangsUpWhenTheHeadIsRefused() throws IOException {
    try (var server = ScriptedServer.play("C: who\nS: 50 no")) {
      var thrown = catchThrowableOfType(
          PeerProtocolException.class,
          () -> Question.open(server.endpoint(), WHO, STANDARD, question -> {
            throw question.refused("a yes", question.client().readLine());
          }));

      assertThat(thrown.rule()).isEqualTo("a yes");
      assertThat(thrown.excerpt()).isEqualTo("\"50 no\"");
    }
  }

  @Test
  void refusesWhatIsNoLineBeforeItDials() {
    Endpoint nobody = Endpoint.tcp("nobody.test", 1);
    for (String line : new String[] {"a\r\nb", "a\nb", "a\0"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Question.bytes(nobody, Message.of().line(line), STANDARD));
    }
  }

  @Test
  void showsItsSettings() {
    QuestionOptions options = STANDARD
        .withDialer(Dialer.builder().build())
        .withCharset(UTF_8)
        .withMaxBytes(7)
        .withTimeout(Duration.ofSeconds(2));

    assertThat(options.maxBytes()).isEqualTo(7);
    assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.toString()).startsWith("timeout 2 s, dialer (").contains("maxReadBytes 7");
  }

  @Test
  void escapesWhatATerminalWouldActOn() {
    assertThat(Question.printable("a\tb\r\n\u001b[2J\u0007é\u202e\n"))
        .isEqualTo("a\tb\r\n\\x1b[2J\\x07é\\u{202e}\n");
  }
}
