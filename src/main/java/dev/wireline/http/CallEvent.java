package dev.wireline.http;

import dev.wireline.internal.TimeText;
import dev.wireline.url.HttpUrl;
import java.time.Duration;
import java.util.Objects;

/**
 * Something that happened in a call of an {@link HttpAgent}. Immutable.
 *
 * @param call the number of the call, counted by its agent from 1
 * @param kind what happened
 * @param url what is being requested; {@link HttpUrl#shown} is fit to be printed
 * @param at the time since the start of the call
 * @param detail details fit to be printed, such as the endpoint that was connected; may be empty
 */
public record CallEvent(long call, Kind kind, HttpUrl url, Duration at, String detail) {
  /** What happened. */
  public enum Kind {
    /** The call has begun. */
    STARTED("started"),
    /** A pooled connection is reused; no dial follows. */
    REUSED("uses a kept connection"),
    /** A host name was looked up. */
    RESOLVED("looked up"),
    /** A socket is connected. */
    CONNECTED("connected"),
    /** A proxy has opened a tunnel. */
    TUNNELLED("reached through the proxy"),
    /** A TLS handshake is done. */
    SECURED("TLS is up with"),
    /** The request has been sent. */
    SENT("request sent"),
    /** The first byte of a response has come. */
    FIRST_BYTE("first byte of the response"),
    /** An interim response has come; its status is the detail. */
    INTERIM("interim response"),
    /** The head of the final response has come. */
    ANSWERED("answered"),
    /** The body has been read to its end, and the connection is free. */
    ENDED("response ended"),
    /** The rest of the body was given up, and the connection with it. */
    DROPPED("response dropped"),
    /** The request is sent again, because credentials were asked for. */
    AUTHENTICATING("credentials asked for"),
    /** The request is sent again, to another URL. */
    REDIRECTED("redirected to"),
    /** The request is retried. */
    RETRIED("retried"),
    /** The call has failed. */
    FAILED("failed");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * An event.
   *
   * @param call as above
   * @param kind as above
   * @param url as above
   * @param at as above
   * @param detail as above
   */
  public CallEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(detail, "detail");
  }

  /**
   * The event as text for people, without the query of its URL.
   *
   * @return one line of text
   */
  @Override
  public String toString() {
    return "call " + call + " to " + url.shown() + ": " + kind.words()
        + (detail.isEmpty() ? "" : " " + detail)
        + " after "
        + TimeText.of(at);
  }
}
