package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wireline.error.WirelineException;
import dev.wireline.testing.PeerConnection;
import dev.wireline.testing.PeerServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code http-responses.json} over a real socket: its outcome, and what comes next. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ResponseFixturesTest {
  /** They need a client that undoes Content-Encoding, which is the agent's business. */
  private static final Set<String> PACKED = Set.of("gzip_ok", "gzip_trunc");

  static Stream<Arguments> plainCases() {
    return cases(ResponseCase.all().stream().filter(one -> !PACKED.contains(one.name())));
  }

  static Stream<Arguments> cases() {
    return cases(ResponseCase.all().stream());
  }

  private static Stream<Arguments> cases(Stream<ResponseCase> chosen) {
    return chosen.flatMap(one -> one.isHuge()
        ? Stream.of(arguments(one, false))
        : Stream.of(arguments(one, false), arguments(one, true)));
  }

  @ParameterizedTest(name = "{0}, byte by byte: {1}")
  @MethodSource("plainCases")
  void comesToTheRightOutcome(ResponseCase one, boolean byteByByte) throws Exception {
    Answering answering = new Answering(one, byteByByte);
    try (PeerServer server = PeerServer.start(answering::talk);
        HttpClient client = new HttpClient(server.endpoint())) {
      check(one, answering, (method, target) -> client.send(HttpRequest.of(method, target)));
    }
  }

  @ParameterizedTest(name = "{0}, byte by byte: {1}")
  @MethodSource("cases")
  void comesToTheRightOutcomeByAnAgent(ResponseCase one, boolean byteByByte) throws Exception {
    Answering answering = new Answering(one, byteByByte);
    try (PeerServer server = PeerServer.start(answering::talk);
        HttpAgent agent = HttpAgent.create()) {
      String origin = "http://" + server.endpoint().authority();
      check(
          one, answering, (method, target) -> agent.send(HttpRequest.of(method, origin + target)));
    }
  }

  /** A client or an agent. */
  @FunctionalInterface
  private interface Sender {
    HttpResponse send(String method, String target) throws IOException;
  }

  private static void check(ResponseCase one, Answering answering, Sender sender) throws Exception {
    String outcome = outcome(sender, one.method());
    answering.awaitSent();
    HttpResponse next = sender.send("GET", "/next");

    assertThat(one.outcomes()).contains(outcome);
    assertThat(next.text()).isEqualTo("the next one");
    assertThat(next.header("X-Evil")).isEmpty();
    if (!one.next().equals("any")) {
      assertThat(answering.connectionOfNext == 1 ? "same" : "new").isEqualTo(one.next());
    }
  }

  private static String outcome(Sender sender, String method) throws IOException {
    try {
      HttpResponse response = sender.send(method, "/");
      return "ok:" + response.status() + ":" + response.text();
    } catch (WirelineException e) {
      assertThat(e.toString().chars()).noneMatch(Character::isISOControl);
      assertThat(e.connectionUsable()).isFalse();
      return "error";
    }
  }

  @Test
  void hasAllCases() {
    List<String> names = ResponseCase.all().stream().map(ResponseCase::name).toList();

    assertThat(names).hasSize(36).doesNotHaveDuplicates().containsAll(PACKED);
    assertThat(plainCases()).hasSizeGreaterThan(34);
  }

  /** Gives the raw response to the first request, and the same good one to each that follows. */
  private static final class Answering {
    private final ResponseCase one;
    private final boolean byteByByte;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch sent = new CountDownLatch(1);
    private volatile int connectionOfNext;

    Answering(ResponseCase one, boolean byteByByte) {
      this.one = one;
      this.byteByByte = byteByByte;
    }

    void talk(PeerConnection connection) throws IOException {
      while (connection.readHead() != null) {
        if (requests.incrementAndGet() > 1) {
          connectionOfNext = connection.number();
          connection.write(Answers.text("the next one"));
        } else if (!answer(connection)) {
          return;
        }
      }
    }

    private boolean answer(PeerConnection connection) throws IOException {
      try {
        one.sendTo(connection, byteByByte);
      } finally {
        sent.countDown();
      }
      return !one.close();
    }

    /** Leftover bytes have left before the next request does. */
    void awaitSent() throws InterruptedException {
      assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
