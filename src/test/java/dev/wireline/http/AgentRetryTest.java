package dev.wireline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wireline.error.ConnectionClosedException;
import dev.wireline.testing.RawAnswer;
import dev.wireline.testing.RawServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller learns of the tries of a call that failed in the end. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
class AgentRetryTest {
  @Test
  void tellsOfTheFailureOfEveryTry() throws Exception {
    RetryRules rules =
        RetryRules.builder().maxRetries(3).firstWait(Duration.ZERO).build();
    RawAnswer nothing = RawAnswer.of("").thenClose();
    try (RawServer server = RawServer.answering(
            nothing,
            nothing,
            Agents.status(503, "Retry-After: 0\r\nConnection: close\r\n"),
            nothing);
        HttpAgent agent = HttpAgent.builder().retries(rules).build()) {
      Throwable thrown = catchThrowableOfType(
          ConnectionClosedException.class, () -> agent.get(Agents.origin(server)));

      List<Throwable> told = new ArrayList<>();
      for (Throwable next = thrown; next != null; next = earlier(next)) {
        told.add(next);
      }
      assertThat(told).hasSize(server.requests().size() - 1).hasSizeGreaterThan(2);
    }
  }

  private static @Nullable Throwable earlier(Throwable failure) {
    return failure.getSuppressed().length == 0 ? null : failure.getSuppressed()[0];
  }
}
