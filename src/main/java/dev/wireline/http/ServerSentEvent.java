package dev.wireline.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * An event of an event stream (WHATWG HTML, section 9.2). Immutable.
 *
 * @param type the type, {@code message} if the stream names none
 * @param data the data, its lines with LF between them; may be empty
 * @param lastEventId the identifier that was set last in the stream, by this event or an earlier one; empty if
 *     there is none. To reconnect, send it as Last-Event-ID, if it is ASCII: a header field takes no other text
 * @param retry how long to wait before reconnecting, as last set in the stream; empty if it never was
 */
public record ServerSentEvent(
    String type, String data, String lastEventId, Optional<Duration> retry) {
  /**
   * An event.
   *
   * @param type as above
   * @param data as above
   * @param lastEventId as above
   * @param retry as above
   */
  public ServerSentEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(lastEventId, "lastEventId");
    Objects.requireNonNull(retry, "retry");
  }
}
