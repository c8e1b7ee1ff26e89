package dev.wireline.http;

import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request of a call as it went to a server, and what became of it. Immutable. */
public final class Attempt {
  /** Why a request was sent. */
  public enum Reason {
    /** It is the first of its call. */
    FIRST,
    /** A reused connection had been closed by the server before it answered. */
    STALE_CONNECTION,
    /** A failure or a status that is worth a retry. */
    RETRY,
    /** The server refused {@code Expect: 100-continue} with a 417. */
    EXPECTATION,
    /** The server asked for credentials. */
    AUTHENTICATION,
    /** The server redirected the client. */
    REDIRECT,
    /** A step that the user added asked for it. */
    STEP
  }

  private final String method;
  private final HttpUrl url;
  private final Reason reason;
  private final boolean reused;
  private final int status;
  private final @Nullable IOException failure;

  Attempt(
      String method,
      HttpUrl url,
      Reason reason,
      boolean reused,
      int status,
      @Nullable IOException failure) {
    this.method = method;
    this.url = url;
    this.reason = reason;
    this.reused = reused;
    this.status = status;
    this.failure = failure;
  }

  /**
   * The method.
   *
   * @return a token
   */
  public String method() {
    return method;
  }

  /**
   * Where the request went.
   *
   * @return the URL, without user info
   */
  public HttpUrl url() {
    return url;
  }

  /**
   * Why it was sent.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Whether it went over a reused connection.
   *
   * @return false for a connection that was dialled for it, and if the dial failed
   */
  public boolean isReused() {
    return reused;
  }

  /**
   * The status of its response.
   *
   * @return 200 to 999, or 0 if it failed
   */
  public int status() {
    return status;
  }

  /**
   * Why it failed.
   *
   * @return the failure; empty if there was a response
   */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * The attempt as text for people, without the query of its URL.
   *
   * @return one line of text
   */
  @Override
  public String toString() {
    String end = failure == null ? String.valueOf(status) : String.valueOf(failure.getMessage());
    return reason + ": " + method + " " + url.shown() + (reused ? " (kept connection)" : "") + ": "
        + end;
  }
}
