package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.Activity;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.error.WirelineException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.Delivery;
import dev.wireline.testing.Peer;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ScriptedServer;
import dev.wireline.testing.ThreadKind;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many commands in one write: the order of the answers, a no among them, and no deadlock. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class PipelineTest {
  private static final int MANY = 20_000;
  private static final String KILOBYTE = "k".repeat(1000);

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void readsAnAnswerToEachCommand(Delivery delivery) throws Exception {
    try (ScriptedServer server = ScriptedServer.builder("""
            S: 220 ready
            C: MAIL FROM:<a@client.test>
            C: RCPT TO:<b@mail.test>
            C: set k 0 0 2
            C> "ab"
            C:\s
            S: 250 sender
            S: 250-receiver
            S: 250 too
            S: STORED
            """).delivery(delivery).start();
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      replies.expect(220);
      Pipeline pipeline = Pipeline.of(client);
      Pipelined<Reply> sender = pipeline.add("MAIL FROM:<a@client.test>", () -> replies.expect(2));
      Pipelined<Reply> receiver =
          pipeline.add(Command.of("RCPT").atom("TO:<b@mail.test>"), () -> replies.expect(250));
      Message set = Message.of().line("set k 0 0 2").data(new byte[] {'a', 'b'}).line("");
      Pipelined<String> stored = pipeline.add(set, client::readLine);
      pipeline.run();

      assertThat(sender.get().text()).isEqualTo("sender");
      assertThat(receiver.get().lines()).containsExactly("receiver", "too");
      assertThat(stored.get()).isEqualTo("STORED");
      server.verify();
    }
  }

  @Test
  void tellsTheNoAfterWhichThePeerHungUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: MAIL FROM:<a@client.test>
            C: RCPT TO:<b@mail.test>
            S: 550 go away
            <close>
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("MAIL FROM:<a@client.test>", () -> replies.expect(2));
      pipeline.add("RCPT TO:<b@mail.test>", () -> replies.expect(2));

      ConnectionClosedException failed =
          catchThrowableOfType(ConnectionClosedException.class, pipeline::run);
      assertThat(failed.getSuppressed())
          .singleElement()
          .isInstanceOfSatisfying(
              ReplyCodeException.class, no -> assertThat(no.code()).isEqualTo(550));
    }
  }

  @Test
  void takesANoForTheAnswerToOneCommand() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: RCPT TO:<a@b.test>
            C: RCPT TO:<c@d.test>
            S: 550 no such user
            S: 250 fine
            C: QUIT
            S: 221 bye
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      Pipeline pipeline = Pipeline.of(client);
      Pipelined<Reply> refused = pipeline.add("RCPT TO:<a@b.test>", () -> replies.expect(2));
      Pipelined<Reply> taken = pipeline.add("RCPT TO:<c@d.test>", () -> replies.expect(2));
      pipeline.run();

      ReplyCodeException no = catchThrowableOfType(ReplyCodeException.class, () -> refused.get());
      client.writeLine("QUIT");

      assertThat(no.code()).isEqualTo(550);
      assertThat(refused.isAnswered()).isTrue();
      assertThat(taken.get().text()).isEqualTo("fine");
      assertThat(replies.expect(2).code()).isEqualTo(221);
      server.verify();
    }
  }

  /** Reads a line, and nothing more before its long answer has left. */
  private static void answerOneByOne(PeerConnection peer) throws Exception {
    String line = peer.readLine();
    while (line != null) {
      peer.write(line + " " + KILOBYTE + "\r\n");
      line = peer.readLine();
    }
  }

  /** Keeps its answers back as long as there is more to read, if it is only a half line. */
  private static void answerWhenNothingIsLeft(PeerConnection peer) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(peer.input(), StandardCharsets.UTF_8));
    OutputStream out = new BufferedOutputStream(peer.output());
    String line = in.readLine();
    while (line != null) {
      out.write((line + " " + KILOBYTE + "\r\n").getBytes(StandardCharsets.UTF_8));
      if (!in.ready()) {
        out.flush();
      }
      line = in.readLine();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void endsInNoDeadlockWhenBothSidesAreFull(Way way) throws Exception {
    assertAllAnswered(way, PipelineTest::answerOneByOne);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void endsInNoDeadlockWithAPeerThatKeepsAnswersBack(Way way) throws Exception {
    assertAllAnswered(way, PipelineTest::answerWhenNothingIsLeft);
  }

  private static void assertAllAnswered(Way way, Peer peer) throws Exception {
    try (PeerServer server = way.start(peer);
        LineClient client = way.client(server)) {
      Pipeline pipeline = Pipeline.of(client);
      List<Pipelined<String>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        answers.add(pipeline.add(i + " " + KILOBYTE, client::readLine));
      }
      pipeline.run();

      for (int i = 0; i < MANY; i++) {
        assertThat(answers.get(i).get()).startsWith(i + " ").hasSizeGreaterThan(2000);
      }
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void takesInAnAnswerThatComesBeforeItsCommandIsWhole() throws Exception {
    byte[] data = new byte[Pipeline.MAX_AHEAD_BYTES - 1];
    try (PeerServer server = PeerServer.start(peer -> peer.input().transferTo(peer.output()));
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      Pipelined<byte[]> echoed =
          pipeline.add(Message.of().data(data), () -> client.read(data.length));
      pipeline.run();

      assertThat(echoed.get()).isEqualTo(data);
    }
  }

  @Test
  void boundsWhatComesBeforeACommandIsWhole() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          byte[] talk = new byte[8192];
          while (true) {
            peer.write(talk);
          }
        });
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add(Message.of().data(new byte[64 << 20]), client::readLine);

      LimitExceededException thrown =
          catchThrowableOfType(LimitExceededException.class, () -> pipeline.run());

      assertThat(thrown.limit()).isEqualTo("maxAheadBytes");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void keepsTheAnswersThatCameBeforeThePeerHungUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: one
            C: two
            S: 1
            <close>
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      Pipelined<String> one = pipeline.add("one", client::readLine);
      Pipelined<String> two = pipeline.add("two", client::readLine);

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(ConnectionClosedException.class);

      assertThat(one.get()).isEqualTo("1");
      assertThat(two.isAnswered()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> two.get());
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void hearsAFarewellOfAPeerThatTakesNoMore() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.readLine();
          peer.write("421 too much\r\n");
          peer.shutdownOutput();
          peer.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      Pipeline pipeline = Pipeline.of(client);
      List<Pipelined<Reply>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        answers.add(pipeline.add(i + KILOBYTE, replies::read));
      }

      WirelineException thrown =
          catchThrowableOfType(WirelineException.class, () -> pipeline.run());

      assertThat(thrown).isInstanceOf(ConnectionClosedException.class);
      assertThat(answers.get(0).get().code()).isEqualTo(421);
      assertThat(answers.get(1).isAnswered()).isFalse();
    }
  }

  @Test
  void doesNotTakeTooManyAnswersForSuccessWhenACommandHasNotLeft() throws Exception {
    try (PeerServer server = PeerServer.start(peer -> {
          peer.write("1\r\n2\r\n");
          peer.shutdownOutput();
          peer.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", client::readLine);
      pipeline.add(Message.of().data(new byte[64 << 20]), client::readLine);

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(ConnectionClosedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksWhenAnAnswerMakesNoSense() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: one
            C: two
            S: what
            S: 250 fine
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Replies replies = Replies.of(client);
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", replies::read);
      Pipelined<Reply> two = pipeline.add("two", replies::read);

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(PeerProtocolException.class);

      assertThat(two.isAnswered()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksWhenAReaderThrows() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nS: x");
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", () -> Integer.parseInt(client.readLine()));

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(NumberFormatException.class);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void refusesAMistakeBeforeItDials() {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", client::readLine);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> pipeline.add("two\r\nthree", client::readLine));
      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
    }
  }

  @Test
  void runsOnce() throws Exception {
    try (LineClient client = new LineClient("nowhere.test:9")) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.run();

      assertThat(client.state()).isEqualTo(ConnectionState.NEW);
      assertThatIllegalStateException().isThrownBy(() -> pipeline.run());
      assertThatIllegalStateException().isThrownBy(() -> pipeline.add("late", client::readLine));
    }
  }

  @Test
  void standsInATranscriptWithItsSecretsMasked() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("""
            C: AUTH sesame
            C: PING
            S: +OK
            S: +PONG
            """);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add(Command.of("AUTH").secretAtom("sesame"), client::readLine);
      pipeline.add("PING", client::readLine);
      pipeline.run();

      assertThat(said.lines()).containsExactly("C: AUTH ***", "C: PING", "S: +OK", "S: +PONG");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keepsTheAnswersThatCameBeforeAReset(Way way) throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    try (PeerServer server = way.start(peer -> {
          peer.readLine();
          peer.write("421 too much\r\n");
          full.await();
          peer.reset();
        });
        LineClient client = way.client(server)) {
      Replies replies = Replies.of(client);
      Pipeline pipeline = Pipeline.of(client);
      List<Pipelined<Reply>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        answers.add(pipeline.add(i + KILOBYTE, replies::read));
      }
      Caller<Boolean> running = Caller.run(ThreadKind.PLATFORM, pipeline::run).awaitSelecting();
      full.countDown();

      running.failure(ConnectionClosedException.class);
      assertThat(answers.get(0).get().code()).isEqualTo(421);
      assertThat(answers.get(1).isAnswered()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void keepsTheAnswersThatCameBeforeTlsWasCut() throws Exception {
    try (PeerServer server = Way.TLS.start(peer -> {
          peer.readLine();
          peer.write("1\r\n2\r\n");
          peer.closeWithoutNotify();
        });
        LineClient client = Way.TLS.client(server)) {
      Pipeline pipeline = Pipeline.of(client);
      List<Pipelined<String>> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        answers.add(pipeline.add(i + KILOBYTE, client::readLine));
      }

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(ConnectionClosedException.class);

      assertThat(answers.get(1).get()).isEqualTo("2");
      assertThat(answers.get(2).isAnswered()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsAnswersThatAreLargerThanWhatIsKept(Way way) throws Exception {
    String large = "x".repeat(Pipeline.MAX_AHEAD_BYTES + 50_000);
    Peer peer = connection -> {
      for (String line = connection.readLine(); line != null; line = connection.readLine()) {
        connection.write(line.length() + "\r\n" + large + "\r\n.\r\n");
      }
    };
    try (PeerServer server = way.start(peer);
        LineClient client = new LineClient(
            server.endpoint(),
            way.options(server::clientContext).maxLineBytes(large.length()).build())) {
      DotBlocks texts = DotBlocks.of(client);
      Pipeline pipeline = Pipeline.of(client);
      List<Pipelined<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(pipeline.add(large, () -> texts.read().readLines()));
      }
      pipeline.run();

      for (Pipelined<List<String>> answer : answers) {
        assertThat(answer.get()).containsExactly("" + large.length(), large);
      }
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  /** A no of a protocol's own, which is no ReplyException. */
  private static final class OddNoException extends WirelineException {
    private static final long serialVersionUID = 1;

    OddNoException(LineClient client) {
      super(client.endpoint(), Activity.READING, "no", true);
    }
  }

  @Test
  void breaksForAFailureThatIsNoReplyThoughItSaysUsable() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nC: two\nS: 1\nS: 2\n<stall>");
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", () -> {
        client.readLine();
        throw new OddNoException(client);
      });
      pipeline.add("two", client::readLine);

      assertThatThrownBy(() -> pipeline.run()).isInstanceOf(OddNoException.class);

      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void isNotInATranscriptWhenItWasRefused() throws Exception {
    try (PeerServer server = PeerServer.start(PeerConnection::hold);
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      Outgoing text = DotBlocks.of(client).write();
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", client::readLine);

      assertThatIllegalStateException().isThrownBy(() -> pipeline.run());

      assertThat(said.lines()).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      text.close();
    }
  }

  @Test
  void refusesAnAnswerThatWrites() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nC: two\nS: 1\nS: 2");
        LineClient client = new LineClient(server.endpoint())) {
      Pipeline pipeline = Pipeline.of(client);
      pipeline.add("one", () -> {
        client.writeLine("and");
        return client.readLine();
      });
      pipeline.add("two", client::readLine);

      assertThatIllegalStateException()
          .isThrownBy(() -> pipeline.run())
          .withMessageContaining("must not write");
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void losesNothingToACommandThatCannotLeave() throws Exception {
    try (ScriptedServer server = ScriptedServer.play("C: one\nC: two\nS: 1\nS: 2");
        LineClient client = new LineClient(
            server.endpoint(),
            LineOptions.builder().charset(StandardCharsets.US_ASCII).build())) {
      Pipeline pipeline = Pipeline.of(client);
      Pipelined<String> one = pipeline.add("one", client::readLine);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> pipeline.add("caf\u00e9", client::readLine))
          .withMessageContaining("does not know");
      Command large = Command.of("X").withMaxBytes(10).text("x".repeat(10));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pipeline.add(Message.of().line("half").line(large), client::readLine));
      Pipelined<String> two = pipeline.add("two", client::readLine);
      pipeline.run();

      assertThat(one.get()).isEqualTo("1");
      assertThat(two.get()).isEqualTo("2");
      server.verify();
    }
  }
}
