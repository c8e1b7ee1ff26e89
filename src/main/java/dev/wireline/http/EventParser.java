package dev.wireline.http;

import dev.wireline.internal.Ascii;
import dev.wireline.internal.TooLargeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the lines of an event stream into events (WHATWG HTML, section 9.2.6). */
final class EventParser {
  private final int maxDataChars;
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String lastEventId;
  private String idBuffer;
  private Optional<Duration> retry = Optional.empty();

  /** Begins with the identifier that an earlier connection ended with, or with an empty string. */
  EventParser(int maxDataChars, String lastEventId) {
    this.maxDataChars = maxDataChars;
    this.lastEventId = lastEventId;
    this.idBuffer = lastEventId;
  }

  /** Takes a line without its end; returns the event that ends with it, or null. */
  @Nullable
  ServerSentEvent line(String line) throws TooLargeException {
    if (line.isEmpty()) {
      return event();
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      field(line, "");
    } else if (colon > 0) {
      int value = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
      field(line.substring(0, colon), line.substring(value));
    }
    return null;
  }

  /** The identifier of the last block that has ended, with data or without. */
  String lastEventId() {
    return lastEventId;
  }

  Optional<Duration> retry() {
    return retry;
  }

  private void field(String name, String value) throws TooLargeException {
    switch (name) {
      case "data" -> append(value);
      case "event" -> type = value;
      case "id" -> {
        if (value.indexOf('\0') < 0) {
          idBuffer = value;
        }
      }
      case "retry" -> {
        long millis = Ascii.decimal(value, Long.MAX_VALUE);
        if (millis >= 0) {
          retry = Optional.of(Duration.ofMillis(millis));
        }
      }
      default -> {
        // The standard ignores what it does not know.
      }
    }
  }

  private void append(String value) throws TooLargeException {
    if (data.length() + value.length() >= maxDataChars) {
      throw new TooLargeException("characters of an event", maxDataChars);
    }
    data.append(value).append('\n');
  }

  private @Nullable ServerSentEvent event() {
    // The identifier of an unfinished block counts no more than its data.
    lastEventId = idBuffer;
    ServerSentEvent event = null;
    if (data.length() > 0) {
      data.setLength(data.length() - 1);
      event = new ServerSentEvent(
          type.isEmpty() ? "message" : type, data.toString(), lastEventId, retry);
    }
    data.setLength(0);
    type = "";
    return event;
  }
}
