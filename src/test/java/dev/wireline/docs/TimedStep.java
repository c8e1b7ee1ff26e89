package dev.wireline.docs;

// docs: http-step-class
import dev.wireline.http.Chain;
import dev.wireline.http.HttpRequest;
import dev.wireline.http.HttpResponse;
import dev.wireline.http.Step;
import java.io.IOException;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Gives each call a number of its own, and tells how long it took. Thread-safe. */
public final class TimedStep implements Step {
  private final LongConsumer nanos;

  /** The consumer is called from the threads of the calls. */
  public TimedStep(LongConsumer nanos) {
    this.nanos = nanos;
  }

  @Override
  public HttpResponse send(HttpRequest request, Chain chain) throws IOException {
    long start = System.nanoTime();
    try {
      return chain.proceed(request.header("X-Request-Id", UUID.randomUUID().toString()));
    } finally {
      nanos.accept(System.nanoTime() - start);
    }
  }
}
// end: http-step-class
