package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.Dialogue;
import dev.wireline.net.Deadline;
import java.io.IOException;
import java.time.Duration;

/**
 * A client that has the short times of its options for one request alone: what has to work before or
 * behind that one may take its time.
 */
final class HastyOnce extends HttpClient {
  private static final Duration PATIENT = Duration.ofSeconds(50);

  private boolean patient;

  HastyOnce(Endpoint endpoint, HttpOptions options) {
    super(endpoint, options);
  }

  @Override
  Deadline callDeadline() {
    return patient ? Deadline.NEVER : super.callDeadline();
  }

  /** Asks for a document without the short times. */
  HttpResponse getPatiently(String target) throws IOException {
    patient = true;
    try {
      return Dialogue.of(this).patient(PATIENT, () -> get(target));
    } finally {
      patient = false;
    }
  }
}
