package dev.wireline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.net.ConnectionState;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt and a close free a thread that waits, whatever it waits for. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class WakeTest {

  /** A call that waits for a silent peer for a long time. */
  interface Waiting {
    Object run(LineClient client) throws IOException;
  }

  private static final Duration LONG = Duration.ofHours(1);
  private static final Map<String, Waiting> CALLS = new TreeMap<>(Map.ofEntries(
      Map.entry("readLine", LineClient::readLine),
      Map.entry("readLineOrEnd", LineClient::readLineOrEnd),
      Map.entry("readLineBytes", LineClient::readLineBytes),
      Map.entry("pollLine", client -> client.pollLine(LONG)),
      Map.entry("read", client -> client.read(100)),
      Map.entry("readToEnd", LineClient::readToEnd),
      Map.entry("input", client -> client.input().read()),
      Map.entry("writeLine", client -> writeForEver(client)),
      Map.entry("startTls", client -> startTls(client)),
      Map.entry("a prompt", client -> Expect.of(client).text("$ ")),
      Map.entry("a polled prompt", client -> Expect.of(client).poll(LONG, "$ ")),
      Map.entry("a block", client -> Blocks.of(client).readLine(100)),
      Map.entry("a streamed block", client -> Blocks.of(client).open(100).read()),
      Map.entry("a text", client -> DotBlocks.of(client).read().readLines()),
      Map.entry("a dialogue", client -> Dialogue.of(client).within(LONG, client::readLine)),
      Map.entry("the writes of a pipeline", client -> runPipeline(client, 64 << 20)),
      Map.entry("the answers of a pipeline", client -> runPipeline(client, 1))));

  private static Object runPipeline(LineClient client, int size) throws IOException {
    Pipeline pipeline = Pipeline.of(client);
    Pipelined<String> answer = pipeline.add(Message.of().data(new byte[size]), client::readLine);
    pipeline.run();
    return answer;
  }

  private static Object writeForEver(LineClient client) throws IOException {
    String line = "x".repeat(100_000);
    while (true) {
      client.writeLine(line);
    }
  }

  private static Object startTls(LineClient client) throws IOException {
    client.startTls();
    return client;
  }

  static List<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    for (ThreadKind kind : ThreadKind.available()) {
      for (Way way : Way.values()) {
        CALLS.keySet().stream()
            .filter(call -> way == Way.TCP || !call.equals("startTls"))
            .forEach(call -> all.add(Arguments.of(kind, way, call)));
      }
    }
    return all;
  }

  private static Caller<Object> start(ThreadKind kind, LineClient client, String call)
      throws Exception {
    client.connect();
    Caller<Object> waiting =
        Caller.start(kind, () -> Objects.requireNonNull(CALLS.get(call)).run(client));
    waiting.awaitSelecting();
    return waiting;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsByAnInterrupt(ThreadKind kind, Way way, String call) throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server)) {
      Caller<Object> waiting = start(kind, client, call);
      waiting.interrupt();

      Throwable thrown = waiting.failure();
      assertThat(thrown)
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining(server.endpoint() + ": interrupted after ");
      assertThat(waiting.endedInterrupted()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(client::readLine)
          .havingCause()
          .isSameAs(thrown);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsByAClose(ThreadKind kind, Way way, String call) throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server)) {
      Caller<Object> waiting = start(kind, client, call);
      close(client);

      assertThat(waiting.failure())
          .isInstanceOf(ClientClosedException.class)
          .hasMessageContaining(server.endpoint() + ": this client was closed [")
          .hasNoCause();
      assertThat(waiting.endedInterrupted()).isFalse();
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAtOnceWhereTheInterruptWasThereBefore(ThreadKind kind, Way way, String call)
      throws Exception {
    try (PeerServer server = way.start(PeerConnection::hold);
        LineClient client = way.client(server)) {
      client.connect();
      Caller<Object> waiting = Caller.start(kind, () -> {
        Thread.currentThread().interrupt();
        return Objects.requireNonNull(CALLS.get(call)).run(client);
      });

      assertThat(waiting.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(waiting.endedInterrupted()).isTrue();
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  private static void close(LineClient client) {
    client.close();
  }
}
