package dev.wireline.http;

import dev.wireline.net.Deadline;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The remaining steps of a call; the last of them talks to the server. Not thread-safe. */
public final class Chain {
  private final List<Step> steps;
  private final int next;
  private final Call call;
  private final HttpUrl url;

  Chain(List<Step> steps, Call call, HttpUrl url) {
    this(steps, 0, call, url);
  }

  private Chain(List<Step> steps, int next, Call call, HttpUrl url) {
    this.steps = steps;
    this.next = next;
    this.call = call;
    this.url = url;
  }

  /**
   * Where the request that the step was handed is going.
   *
   * @return its URL, without user info
   */
  public HttpUrl url() {
    return url;
  }

  /**
   * Sends a request through the remaining steps. It may be for another URL than {@link #url}; {@link
   * HttpRequest#withUrl} leaves out what is meant for one origin only.
   *
   * @param request the request
   * @return the response; its body may still be unread
   * @throws IllegalArgumentException if the request has no URL, or contradicts itself; nothing was
   *     sent
   * @throws IOException as {@link HttpAgent#send}
   */
  public HttpResponse proceed(HttpRequest request) throws IOException {
    Objects.requireNonNull(request, "request");
    HttpUrl to = checkUrl(request);
    int holds = call.holds();
    boolean done = false;
    try {
      HttpResponse response = steps.get(next).send(request, new Chain(steps, next + 1, call, to));
      Objects.requireNonNull(response, "the response of a step");
      done = true;
      return response;
    } finally {
      if (!done) {
        call.giveUpBehind(holds);
      }
    }
  }

  static HttpUrl checkUrl(HttpRequest request) {
    HttpUrl url = request.whole();
    if (url == null) {
      throw new IllegalArgumentException(
          "an agent needs the whole URL, such as http://example.org/, and not a path alone: "
              + request);
    }
    return url;
  }

  /**
   * How much of the call timeout is left.
   *
   * @return zero or more
   */
  public Duration remaining() {
    Deadline deadline = call.deadline();
    return Duration.ofNanos(deadline.remainingNanos());
  }

  Call call() {
    return call;
  }
}
