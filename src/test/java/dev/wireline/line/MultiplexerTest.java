package dev.wireline.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.CallInterruptedException;
import dev.wireline.error.ClientClosedException;
import dev.wireline.error.ConnectionClosedException;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.PeerProtocolException;
import dev.wireline.net.ConnectionState;
import dev.wireline.net.WireOutput;
import dev.wireline.testing.Caller;
import dev.wireline.testing.PeerServer;
import dev.wireline.testing.ThreadKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Many callers on one connection, none of whom has a thread beside its own. */
@Timeout(120)
@ExtendWith(NothingLeft.class)
@SuppressWarnings("try") // Closed while it is used, on purpose.
class MultiplexerTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final int THREADS = 64;

  static List<ThreadKind> kinds() {
    return ThreadKind.available();
  }

  private static Optional<String> idOf(String line) {
    String first = line.substring(0, line.indexOf(' '));
    return first.equals("*") ? Optional.empty() : Optional.of(first);
  }

  private static Multiplexer<String> over(LineClient client) {
    return Multiplexer.of(client, client::readLine, MultiplexerTest::idOf);
  }

  private static Message line(String line) {
    return Message.of().line(line);
  }

  private static String call(Multiplexer<String> calls, String id, Duration time)
      throws IOException {
    return calls.call(id, line(id + " x"), time);
  }

  private static List<Caller<String>> startAll(
      ThreadKind kind, Multiplexer<String> calls, int count) {
    List<Caller<String>> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "c" + i;
      callers.add(Caller.start(kind, () -> call(calls, id, LONG)));
    }
    return callers;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesEachCallerItsAnswer(ThreadKind kind) throws Exception {
    OutOfOrder peer = new OutOfOrder();
    AtomicInteger heard = new AtomicInteger();
    try (PeerServer server = PeerServer.start(peer);
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client).tell(event -> heard.incrementAndGet());
      List<Caller<Boolean>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        callers.add(Caller.run(kind, () -> {
          for (int round = 0; round < 30; round++) {
            String id = number + "-" + round;
            assertThat(calls.call(id, line(id + " text " + id), LONG))
                .isEqualTo(id + " re: text " + id);
          }
        }));
      }
      for (Caller<Boolean> caller : callers) {
        assertThat(caller.result()).isTrue();
      }

      assertThat(heard).hasValue(peer.events.get());
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void leavesTheOthersInPeaceWhenSomeGiveUp(ThreadKind kind) throws Exception {
    AtomicInteger givenUp = new AtomicInteger();
    try (PeerServer server = PeerServer.start(new OutOfOrder());
        LineClient client = new LineClient(server.endpoint())) {
      client.connect();
      Multiplexer<String> calls = over(client);
      List<Caller<Boolean>> patient = new ArrayList<>();
      List<Caller<Boolean>> interrupted = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        Caller<Boolean> caller = Caller.run(kind, () -> {
          for (int round = 0; round < 20; round++) {
            String id = number + "-" + round;
            boolean hurried = (number + round) % 4 == 0;
            try {
              String text = hurried ? id + " later x" : id + " x";
              Duration time = hurried ? Duration.ofNanos(1 + number * 20_000L) : LONG;
              assertThat(calls.call(id, line(text), time)).isEqualTo(id + " re: x");
            } catch (DeadlineExceededException | CallInterruptedException e) {
              assertThat(e.connectionUsable()).as(e.getMessage()).isTrue();
              givenUp.incrementAndGet();
              Thread.interrupted();
            }
          }
        });
        (number % 4 == 1 ? interrupted : patient).add(caller);
      }
      for (int round = 0; round < 50; round++) {
        interrupted.forEach(Caller::interrupt);
        Caller.pause();
      }
      for (Caller<Boolean> caller : patient) {
        assertThat(caller.result()).isTrue();
      }
      for (Caller<Boolean> caller : interrupted) {
        assertThat(caller.result()).isTrue();
      }

      assertThat(givenUp).hasPositiveValue();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
      assertThat(call(calls, "last", LONG)).isEqualTo("last re: x");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tellsAllOfABrokenConnection(ThreadKind kind) throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          for (int i = 0; i < THREADS; i++) {
            connection.readLine();
          }
          connection.write("* half a li");
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      List<Throwable> failures = new ArrayList<>();
      for (Caller<String> caller : startAll(kind, calls, THREADS)) {
        failures.add(caller.failure());
      }

      List<Throwable> first =
          failures.stream().filter(ConnectionClosedException.class::isInstance).toList();
      assertThat(first).hasSize(1);
      assertThat(failures)
          .filteredOn(e -> e != first.get(0))
          .hasSize(THREADS - 1)
          .allSatisfy(e -> {
            assertThat(e).isInstanceOf(ClientClosedException.class);
            assertThat(e.getCause()).isSameAs(first.get(0));
          });
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
      assertThatExceptionOfType(ClientClosedException.class)
          .isThrownBy(() -> call(calls, "new", LONG))
          .withCause(first.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void wakesAllByAClose(ThreadKind kind) throws Exception {
    CountDownLatch asked = new CountDownLatch(THREADS);
    try (PeerServer server = PeerServer.start(connection -> {
          while (connection.readLine() != null) {
            asked.countDown();
          }
        });
        LineClient client = new LineClient(server.endpoint())) {
      List<Caller<String>> callers = startAll(kind, over(client), THREADS);
      asked.await();

      client.close();

      for (Caller<String> caller : callers) {
        assertThat(caller.failure()).isInstanceOf(ClientClosedException.class).hasNoCause();
      }
      assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void handsTheReadingOnWhenTheReaderGivesUp(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(connection -> {
          connection.readLine();
          connection.readLine();
          gone.await();
          connection.write("a late\r\nb answer\r\n");
          connection.hold();
        });
        LineClient client = way.client(server)) {
      client.connect();
      Multiplexer<String> calls = over(client);
      Caller<String> reading = Caller.start(() -> call(calls, "a", LONG));
      reading.awaitSelecting();
      Caller<String> waiting = Caller.start(() -> call(calls, "b", LONG));
      waiting.awaitParked();

      reading.interrupt();

      assertThat(reading.failure(CallInterruptedException.class).connectionUsable())
          .isTrue();
      assertThat(reading.endedInterrupted()).isTrue();
      waiting.awaitSelecting();
      gone.countDown();
      assertThat(waiting.result()).isEqualTo("b answer");
      assertThat(calls.nextEvent(SHORT)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void readsTheMessageToItsEndWhereItGivesUpInTheMiddle(Way way) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = way.start(connection -> {
          connection.readLine();
          connection.readLine();
          connection.write("b an");
          gone.await();
          connection.write("swer\r\n");
          connection.hold();
        });
        LineClient client = way.client(server)) {
      client.connect();
      Multiplexer<String> calls = over(client);
      Caller<String> reading = Caller.start(() -> call(calls, "a", LONG));
      reading.awaitSelecting();
      Caller<String> waiting = Caller.start(() -> call(calls, "b", LONG));
      reading.awaitWaiting(LineReader.class);
      waiting.awaitParked();

      reading.interrupt();
      gone.countDown();

      assertThat(waiting.result()).isEqualTo("b answer");
      assertThat(reading.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void dropsALateAnswerAndRefusesItsIdUntilThen() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          gone.await();
          connection.write("a late\r\n");
          connection.write(connection.readLine() + "\r\n");
          connection.write(connection.readLine() + "\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      DeadlineExceededException late =
          catchThrowableOfType(DeadlineExceededException.class, () -> call(calls, "a", SHORT));
      assertThat(late.connectionUsable()).isTrue();
      assertThatIllegalArgumentException().isThrownBy(() -> call(calls, "a", SHORT));
      gone.countDown();

      assertThat(call(calls, "b", LONG)).isEqualTo("b x");
      assertThat(call(calls, "a", LONG)).isEqualTo("a x");
      assertThat(calls.nextEvent(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void sendsNothingOfACallThatWasInterruptedBefore() throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> connection.write(connection.readLine() + "\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      client.connect();
      Caller<String> interrupted = Caller.start(() -> {
        Thread.currentThread().interrupt();
        return call(calls, "a", LONG);
      });

      assertThat(interrupted.failure()).isInstanceOf(CallInterruptedException.class);
      assertThat(call(calls, "b", LONG)).isEqualTo("b x");
    }
  }

  @Test
  void refusesAnIdThatAnotherCallHas() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          asked.countDown();
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      Caller<String> first = Caller.start(() -> call(calls, "a", LONG));
      asked.await();

      assertThatIllegalArgumentException().isThrownBy(() -> call(calls, "a", LONG));

      client.close();
      assertThat(first.failure()).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void keepsEventsUpToABound() throws Exception {
    int more = 5;
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          StringBuilder events = new StringBuilder();
          for (int i = 0; i < Multiplexer.MAX_EVENTS + more; i++) {
            events.append("* ").append(i).append("\r\n");
          }
          connection.write(events + "a done\r\n* last\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      assertThat(call(calls, "a", LONG)).isEqualTo("a done");

      assertThat(calls.lostEvents()).isEqualTo(more);
      for (int i = more; i < Multiplexer.MAX_EVENTS + more; i++) {
        assertThat(calls.nextEvent(Duration.ZERO)).contains("* " + i);
      }
      assertThat(calls.nextEvent(LONG)).contains("* last");
      assertThat(calls.nextEvent(Duration.ZERO)).isEmpty();
      assertThat(calls.nextEvent(SHORT)).isEmpty();
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void givesAnEventToAThreadThatWaitsWhileAnotherReads() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.readLine();
          connection.write("* news\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      Caller<String> reading = Caller.start(() -> call(calls, "a", LONG));
      reading.awaitSelecting();
      Caller<Optional<String>> events = Caller.start(() -> calls.nextEvent(LONG));
      events.awaitParked();

      calls.send(line("go"));

      assertThat(events.result()).contains("* news");
      client.close();
      assertThat(reading.failure()).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void goesOnWhenAListenerThrowsOrUsesTheMultiplexer() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("* one\r\na done\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      calls.tell(event -> {
        try {
          calls.send(line("x"));
        } catch (IOException | IllegalStateException e) {
          refused.set(e);
        }
        throw new IllegalArgumentException("a listener's own");
      });

      assertThat(call(calls, "a", LONG)).isEqualTo("a done");
      assertThat(refused.get()).isInstanceOf(IllegalStateException.class);
      assertThat(client.state()).isEqualTo(ConnectionState.OPEN);
    }
  }

  @Test
  void refusesAllOtherCommands() throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> connection.write(connection.readLine() + "\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);

      assertThatIllegalStateException().isThrownBy(client::readLine);
      assertThatIllegalStateException().isThrownBy(() -> client.writeLine("x"));
      assertThatIllegalStateException().isThrownBy(() -> client.pollLine(SHORT));
      assertThatIllegalStateException().isThrownBy(client::isQuiet);
      assertThatIllegalStateException().isThrownBy(client::startTls);
      assertThatIllegalStateException()
          .isThrownBy(() -> Dialogue.of(client).within(LONG, () -> "x"));
      assertThatIllegalStateException().isThrownBy(() -> over(client));
      assertThat(call(calls, "a", LONG)).isEqualTo("a x");
    }
  }

  @Test
  void breaksTheClientWhenAMessageMakesNoSense() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("\u00ff\r\n".getBytes(ISO_8859_1));
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);

      assertThatExceptionOfType(PeerProtocolException.class)
          .isThrownBy(() -> call(calls, "a", LONG));
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  @Test
  void breaksTheClientWhenTheIdCannotBeFound() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("nonsense\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);

      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> call(calls, "a", LONG));
      assertThat(client.state()).isEqualTo(ConnectionState.BROKEN);
    }
  }

  /** Each side would wait for the other to read, were the writer alone no reader. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void takesInEventsWhileItSendsWhatIsLarge(Way way) throws Exception {
    int count = 20_000;
    String event = "* " + "e".repeat(1000) + "\r\n";
    try (PeerServer server = way.start(connection -> {
          for (int i = 0; i < count; i++) {
            connection.write(event);
          }
          connection.readLine();
          connection.read(20_000_000);
          connection.write("a done\r\n");
          connection.hold();
        });
        LineClient client = way.client(server)) {
      AtomicInteger heard = new AtomicInteger();
      Multiplexer<String> calls = over(client).tell(any -> heard.incrementAndGet());

      String answer = calls.call("a", line("a").data(new byte[20_000_000]), LONG);

      assertThat(answer).isEqualTo("a done");
      assertThat(heard).hasValue(count);
    }
  }

  @Test
  void readsForOthersWhileItWaitsToSend() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (PeerServer server = PeerServer.start(connection -> {
          connection.readLine();
          connection.write("a done\r\n");
          read.await();
          connection.read(20_000_000);
          connection.write("b done\r\n" + connection.readLine() + "\r\n");
          connection.hold();
        });
        LineClient client = new LineClient(server.endpoint())) {
      Multiplexer<String> calls = over(client);
      client.connect();
      Caller<String> large =
          Caller.start(() -> calls.call("b", line("b").data(new byte[20_000_000]), LONG));
      large.awaitWaiting(WireOutput.class);
      Caller<String> next = Caller.start(() -> call(calls, "c", LONG));
      next.awaitSelecting();
      read.countDown();

      assertThat(large.result()).isEqualTo("b done");
      assertThat(next.result()).isEqualTo("c x");
    }
  }

  @Test
  void goesOnWithTheNextConnection() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          String line = connection.readLine();
          if (connection.number() > 1) {
            connection.write(line + "\r\n");
            connection.hold();
          }
        });
        Redialling client = new Redialling(server.endpoint().toString())) {
      Multiplexer<String> calls = over(client);
      assertThatExceptionOfType(ConnectionClosedException.class)
          .isThrownBy(() -> call(calls, "a", LONG));

      client.redial();

      assertThat(call(calls, "a", LONG)).isEqualTo("a x");
    }
  }

  @Test
  void greetsThroughTheMultiplexer() throws Exception {
    try (PeerServer server = PeerServer.start(connection -> {
          connection.write("* hello\r\n");
          for (int i = 0; i < 2; i++) {
            connection.write(connection.readLine() + "\r\n");
          }
          connection.hold();
        });
        Greeting client = new Greeting(server.endpoint().toString())) {
      assertThat(call(client.calls, "a", LONG)).isEqualTo("a x");
      assertThat(client.answer).isEqualTo("login x");
      assertThat(client.calls.nextEvent(LONG)).contains("* hello");
    }
  }

  private static final class Greeting extends LineClient {
    final Multiplexer<String> calls = over(this);
    private String answer = "";

    Greeting(String endpoint) {
      super(endpoint);
    }

    @Override
    protected void greet() throws IOException {
      answer = call(calls, "login", LONG);
    }
  }

  @Test
  void showsItsMessagesInATranscript() throws Exception {
    try (PeerServer server =
            PeerServer.start(connection -> connection.write(connection.readLine() + "\r\n"));
        LineClient client = new LineClient(server.endpoint())) {
      Transcript said = Transcript.of(client);
      Multiplexer<String> calls = over(client);

      call(calls, "a", LONG);

      assertThat(said.lines()).containsExactly("C: a x", "S: a x");
    }
  }
}
