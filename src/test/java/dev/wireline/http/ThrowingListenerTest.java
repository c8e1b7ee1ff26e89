package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wireline.error.ClientClosedException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who only listens changes no call; and where an Error does end one, no part of a body is a whole one. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ThrowingListenerTest {
  private static final String TEXT = "hello ".repeat(20_000);

  static List<RawAnswer> bodies() {
    byte[] packed = Packed.gzip(Packed.content(200_000, 1));
    return List.of(
        Answers.ok(TEXT),
        Answers.chunked(TEXT, "", ""),
        Answers.untilClose(TEXT),
        RawAnswer.of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                + packed.length
                + "\r\n\r\n")
            .and(packed));
  }

  private static HttpAgent throwing(CallEvent.Kind kind, Set<CallEvent.Kind> heard) {
    return HttpAgent.builder()
        .retries(RetryRules.builder().maxRetries(2).build())
        .listener(event -> {
          heard.add(event.kind());
          if (event.kind() == kind) {
            throw new IllegalStateException("not heard: " + event);
          }
        })
        .build();
  }

  @ParameterizedTest
  @EnumSource(CallEvent.Kind.class)
  void changesNothing(CallEvent.Kind kind) throws Exception {
    RawAnswer[] answers = {
      Agents.redirect(302, "/again"), Agents.status(503, "Retry-After: 0\r\n"), Answers.ok(TEXT)
    };
    Set<CallEvent.Kind> heard = EnumSet.noneOf(CallEvent.Kind.class);
    try (RawServer server = RawServer.answering(answers);
        HttpAgent agent = throwing(kind, heard)) {
      HttpResponse response = agent.get(Agents.origin(server));

      assertThat(response.text()).isEqualTo(TEXT);
      assertThat(response.text()).isEqualTo(TEXT);
      assertThat(response.attempts()).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(agent.idleConnections()).isEqualTo(1);
      assertThat(heard).contains(CallEvent.Kind.STARTED, CallEvent.Kind.ENDED);
    }
  }

  @Test
  void hidesNoFailure() throws Exception {
    Set<CallEvent.Kind> heard = EnumSet.noneOf(CallEvent.Kind.class);
    try (RawServer server = RawServer.answering(RawAnswer.of("no HTTP"));
        HttpAgent agent = throwing(CallEvent.Kind.FAILED, heard)) {
      assertThatThrownBy(() -> agent.get(Agents.origin(server)))
          .isInstanceOf(IOException.class)
          .hasNoSuppressedExceptions();
      assertThat(heard).contains(CallEvent.Kind.FAILED);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void losesABodyWithAnErrorAndGivesNoPartOfIt(RawAnswer answer) throws Exception {
    AssertionError error = new AssertionError("at the end");
    CallListener failing = event -> {
      if (event.kind() == CallEvent.Kind.ENDED || event.kind() == CallEvent.Kind.DROPPED) {
        throw error;
      }
    };
    try (RawServer server = RawServer.answering(answer);
        HttpAgent agent = HttpAgent.builder().listener(failing).build()) {
      HttpResponse response = agent.get(Agents.origin(server));
      assertThat(catchThrowable(response::text)).isSameAs(error);

      Throwable again = catchThrowable(response::text);

      assertThat(again).isInstanceOf(IOException.class);
      assertThat(again.getCause()).isSameAs(error);
      assertThat(agent.leasedConnections()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void losesAStreamWithAnError(RawAnswer answer) throws Exception {
    AssertionError error = new AssertionError("at the end");
    CallListener failing = event -> {
      if (event.kind() == CallEvent.Kind.ENDED || event.kind() == CallEvent.Kind.DROPPED) {
        throw error;
      }
    };
    try (RawServer server = RawServer.answering(answer);
        HttpAgent agent = HttpAgent.builder().listener(failing).build()) {
      var body = agent.get(Agents.origin(server)).body();
      assertThat(catchThrowable(body::readAllBytes)).isSameAs(error);

      assertThat(catchThrowable(body::read))
          .isInstanceOfAny(ClientClosedException.class, IOException.class);
      assertThat(agent.leasedConnections()).isZero();
    }
  }
}
