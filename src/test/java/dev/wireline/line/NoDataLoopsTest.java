package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.LimitExceededException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loop of this package that reads until something comes, and a peer for each that sends for ever, as
 * fast as it can, what is no end of it: the loop ends by a bound, and where that is far away by its
 * deadline, an interrupt or a close.
 */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class NoDataLoopsTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  /** Bounds so far away that a peer does not reach them in a test. */
  private static final int FAR = 1 << 30;

  /** Small, so that what some calls keep in memory stays little until their time is up. */
  private static final int PIECE_BYTES = 512;

  interface Call {
    Object run(LineClient client) throws IOException;
  }

  private static PeerServer flooding(String on) throws IOException {
    return flooding(on, new CountDownLatch(0));
  }

  private static PeerServer flooding(String on, CountDownLatch sent) throws IOException {
    byte[] piece = on.repeat(PIECE_BYTES / on.length()).getBytes(ISO_8859_1);
    return PeerServer.start(connection -> flood(connection, piece, sent));
  }

  private static void flood(PeerConnection connection, byte[] piece, CountDownLatch sent) {
    try {
      while (true) {
        connection.write(piece);
        sent.countDown();
      }
    } catch (IOException e) {
      // The client has had enough, which is what is wanted.
      return;
    }
  }

  static List<Arguments> loops() {
    return List.of(
        loop("a line", "x", LineClient::readLine, "maxLineBytes"),
        loop("a polled line", "x", client -> client.pollLine(Duration.ofHours(1)), "maxLineBytes"),
        loop("bytes of a line", "x", LineClient::readLineBytes, "maxLineBytes"),
        loop("the rest", "x", LineClient::readToEnd, "maxReadBytes"),
        loop("a reply", "250-x\r\n", client -> Replies.of(client).read(), "maxReplyLines"),
        loop("an empty reply", "250-\r\n", client -> Replies.of(client).read(), "maxReplyLines"),
        loop(
            "a reply of any text",
            "250-\r\n\r\n\r\n",
            client -> Replies.of(client).withFreeMiddles().read(),
            "maxReplyLines"),
        loop("a prompt", "x", client -> Expect.of(client).text("$ "), "maxExpectBytes"),
        loop(
            "a polled prompt",
            "x",
            client -> Expect.of(client).poll(Duration.ofHours(1), "$ "),
            "maxExpectBytes"),
        loop(
            "the lines of a text",
            "\r\n",
            client -> DotBlocks.of(client).withMaxBytes(1 << 20).read().readLines(),
            "maxTextBytes"),
        loop(
            "a text",
            "..\r\n",
            client -> DotBlocks.of(client)
                .withMaxBytes(1 << 20)
                .read()
                .transferTo(OutputStream.nullOutputStream()),
            "maxTextBytes"),
        loop("a text that is dropped", "..\r\n", NoDataLoopsTest::dropText, "maxDrainedBytes"),
        loop("a block that is dropped", "x", NoDataLoopsTest::dropBlock, "maxDrainedBytes"),
        loop("answers while commands leave", "x", NoDataLoopsTest::runPipeline, "maxAheadBytes"));
  }

  private static Arguments loop(String name, String on, Call call, String limit) {
    return arguments(name, on, call, limit);
  }

  private static Object dropText(LineClient client) throws IOException {
    DotBlocks.of(client).read().close();
    return next(client);
  }

  private static Object dropBlock(LineClient client) throws IOException {
    Blocks.of(client).open(1 << 20).close();
    return next(client);
  }

  /** What was closed unread is told at the next use. */
  private static Object next(LineClient client) throws IOException {
    try {
      return client.readLine();
    } catch (ClientClosedException e) {
      throw (IOException) e.getCause();
    }
  }

  private static Object runPipeline(LineClient client) throws IOException {
    Pipeline pipeline = Pipeline.of(client);
    Pipelined<String> answer =
        pipeline.add(Message.of().data(new byte[64 << 20]), client::readLine);
    pipeline.run();
    return answer;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("loops")
  void endByABound(String name, String on, Call call, String limit) throws Exception {
    LineOptions options = LineOptions.builder().maxReadBytes(1 << 20).build();
    try (PeerServer server = flooding(on);
        LineClient client = new LineClient(server.endpoint(), options)) {
      assertThat(catchThrowableOfType(LimitExceededException.class, () -> call.run(client))
              .limit())
          .isEqualTo(limit);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  static List<Arguments> farLoops() {
    return List.of(
        loop("a line", "x", LineClient::readLine, "transferTimeout"),
        loop("the rest", "x", LineClient::readToEnd, "transferTimeout"),
        loop("a block", "x", client -> client.read(FAR), "transferTimeout"),
        loop(
            "a reply",
            "250-x\r\n",
            client -> Replies.of(client).withMaxLines(FAR).withMaxBytes(FAR).read(),
            "transferTimeout"),
        loop(
            "the lines of a text",
            ".x\r\n",
            client -> DotBlocks.of(client).withMaxBytes(FAR).read().readLines(),
            "transferTimeout"),
        loop(
            "a line of a text",
            "x",
            client -> Dialogue.of(client)
                .within(SHORT, () -> DotBlocks.of(client).read().readLineOrEnd()),
            "dialogue"),
        loop(
            "a text",
            "x\r\n",
            client -> Dialogue.of(client)
                .within(
                    SHORT,
                    () -> DotBlocks.of(client)
                        .withMaxBytes(1L << 40)
                        .read()
                        .transferTo(OutputStream.nullOutputStream())),
            "dialogue"),
        loop(
            "a streamed block",
            "x",
            client -> Dialogue.of(client)
                .within(
                    SHORT,
                    () -> Blocks.of(client)
                        .withMaxBytes(1L << 40)
                        .open(1L << 40)
                        .transferTo(OutputStream.nullOutputStream())),
            "dialogue"),
        loop(
            "a prompt",
            "x",
            client -> Expect.of(client).withMaxBytes(FAR).withTimeout(SHORT).text("$ "),
            "expectTimeout"));
  }

  private static LineOptions far(Duration transfer) {
    return LineOptions.builder()
        .maxLineBytes(FAR)
        .maxReadBytes(FAR)
        .transferTimeout(transfer)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("farLoops")
  void endAtTheirDeadlineThoughBytesKeepComing(String name, String on, Call call, String setting)
      throws Exception {
    try (PeerServer server = flooding(on);
        LineClient client = new LineClient(server.endpoint(), far(SHORT))) {
      DeadlineExceededException e =
          catchThrowableOfType(DeadlineExceededException.class, () -> call.run(client));

      assertThat(e.setting()).contains(setting);
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  static List<Arguments> polls() {
    return List.of(
        loop("a line", "x", client -> client.pollLine(SHORT), ""),
        loop("a prompt", "x", client -> Expect.of(client).withMaxBytes(FAR).poll(SHORT, "$ "), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polls")
  void giveNothingAtTheirTimeAndBreakNothing(String name, String on, Call call, String none)
      throws Exception {
    try (PeerServer server = flooding(on);
        LineClient client = new LineClient(server.endpoint(), far(Duration.ofHours(1)))) {
      assertThat(call.run(client)).asString().isEqualTo("Optional.empty");
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  static List<Arguments> endlessLoops() {
    Duration hour = Duration.ofHours(1);
    return List.of(
        loop("a line", "x", LineClient::readLine, ""),
        loop("a polled line", "x", client -> client.pollLine(hour), ""),
        loop("the rest", "x", LineClient::readToEnd, ""),
        loop("a block", "x", client -> client.read(FAR), ""),
        loop(
            "a reply",
            "250-x\r\n",
            client -> Replies.of(client).withMaxLines(FAR).withMaxBytes(FAR).read(),
            ""),
        loop(
            "a text",
            "x\r\n",
            client -> DotBlocks.of(client)
                .withMaxBytes(1L << 40)
                .read()
                .transferTo(OutputStream.nullOutputStream()),
            ""),
        loop(
            "a streamed block",
            "x",
            client -> Blocks.of(client)
                .withMaxBytes(1L << 40)
                .open(1L << 40)
                .transferTo(OutputStream.nullOutputStream()),
            ""),
        loop(
            "a prompt",
            "x",
            client -> Expect.of(client).withMaxBytes(FAR).withTimeout(hour).text("$ "),
            ""),
        loop(
            "a polled prompt",
            "x",
            client -> Expect.of(client).withMaxBytes(FAR).poll(hour, "$ "),
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessLoops")
  void endByAnInterruptThoughBytesKeepComing(String name, String on, Call call, String none)
      throws Exception {
    CountDownLatch sent = new CountDownLatch(64);
    try (PeerServer server = flooding(on, sent);
        LineClient client = new LineClient(server.endpoint(), far(Duration.ofHours(1)))) {
      client.connect();
      Caller<Object> reading = Caller.start(() -> call.run(client));
      sent.await();
      reading.interrupt();

      assertThat(reading.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(reading.endedInterrupted()).isTrue();
      assertThatExceptionOfType(ClientClosedException.class).isThrownBy(client::readLine);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessLoops")
  void endByACloseThoughBytesKeepComing(String name, String on, Call call, String none)
      throws Exception {
    CountDownLatch sent = new CountDownLatch(64);
    try (PeerServer server = flooding(on, sent);
        LineClient client = new LineClient(server.endpoint(), far(Duration.ofHours(1)))) {
      client.connect();
      Caller<Object> reading = Caller.start(() -> call.run(client));
      sent.await();
      closeNow(client);

      assertThat(reading.failure()).isInstanceOf(ClientClosedException.class);
    }
  }

  private static void closeNow(LineClient client) {
    client.close();
  }
}
