package dev.wireline.docs;

// docs: http-micrometer
import dev.wireline.http.CallEvent;
import dev.wireline.http.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times the calls of an agent, and counts the dials and the connections that were kept. Thread-safe. */
public final class CallTimers implements CallListener {
  private final MeterRegistry registry;

  public CallTimers(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void event(CallEvent event) {
    String host = event.url().host();
    switch (event.kind()) {
      case ANSWERED -> timer(event, host, event.detail());
      case FAILED -> timer(event, host, "failed");
      case CONNECTED -> registry.counter("http.dials", "host", host).increment();
      case REUSED -> registry.counter("http.reused", "host", host).increment();
      case RETRIED -> registry.counter("http.retries", "host", host).increment();
      default -> {}
    }
  }

  private void timer(CallEvent event, String host, String outcome) {
    Timer.builder("http.calls")
        .tags("host", host, "outcome", outcome)
        .register(registry)
        .record(event.at());
  }
}
// end: http-micrometer
