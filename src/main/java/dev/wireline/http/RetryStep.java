package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.internal.TimeText;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Retries a request if the rules say so. */
final class RetryStep implements Step {
  private static final Activity WAITING = new Activity(Phase.CALL, "waiting to retry");

  private final RetryRules rules;
  private final InstantSource clock;
  private final DoubleSupplier chance;

  RetryStep(RetryRules rules, InstantSource clock, DoubleSupplier chance) {
    this.rules = rules;
    this.chance = chance;
    this.clock = clock;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    IOException earlier = null;
    for (int retries = 0; ; retries++) {
      Optional<Duration> wait;
      HttpResponse response = null;
      IOException failure = null;
      try {
        response = chain.proceed(request);
        wait = rules.afterResponse(response, clock.instant(), retries, chance.getAsDouble());
      } catch (IOException e) {
        failure = e;
        if (earlier != null && earlier != e) {
          e.addSuppressed(earlier);
        }
        wait = rules.afterFailure(request, e, retries, chance.getAsDouble());
      }
      if (wait.isEmpty() || wait.get().compareTo(chain.remaining()) >= 0) {
        return result(response, failure);
      }
      earlier = failure == null ? earlier : failure;
      if (response != null) {
        chain.call().settle(response);
      }
      pause(wait.get(), request, chain.call());
    }
  }

  private static HttpResponse result(@Nullable HttpResponse response, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(response);
  }

  private void pause(Duration wait, HttpRequest request, Call call) throws IOException {
    Endpoint endpoint = Chain.checkUrl(request).endpoint();
    call.visit().pause(wait, endpoint, WAITING);
    call.because(Attempt.Reason.RETRY);
    call.tell(CallEvent.Kind.RETRIED, Chain.checkUrl(request), "after " + TimeText.of(wait));
  }
}
