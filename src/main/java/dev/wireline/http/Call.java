package dev.wireline.http;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.DeadlineExceededException;
import dev.wireline.error.Phase;
import dev.wireline.internal.Log;
import dev.wireline.net.Deadline;
import dev.wireline.net.DialListener;
import dev.wireline.pool.Visit;
import dev.wireline.url.HttpUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the steps of one call share: its deadline, its attempts, and its listeners. Not thread-safe. */
final class Call {
  private final long number;
  private final Deadline deadline;
  private final CallListener listener;
  private final Visit visit;
  private List<Attempt> attempts = List.of();
  private List<Runnable> held = List.of();
  private Set<String> leftOrigins = Set.of();
  private Attempt.Reason reason = Attempt.Reason.FIRST;

  Call(long number, Deadline deadline, CallListener listener, Visit visit) {
    this.number = number;
    this.deadline = deadline;
    this.listener = listener;
    this.visit = visit;
  }

  Deadline deadline() {
    return deadline;
  }

  /** The visit to the pool, which another thread may end. */
  Visit visit() {
    return visit;
  }

  /** Why the next attempt is made. */
  void because(Attempt.Reason why) {
    reason = why;
  }

  /** Whether the library is repeating, changed or not, what this call has sent before. */
  boolean isRepeating() {
    return reason != Attempt.Reason.FIRST && reason != Attempt.Reason.STEP;
  }

  void answered(HttpRequest request, int status, boolean reused) {
    ended(new Attempt(request.method(), url(request), reason, reused, status, null));
  }

  void failed(HttpRequest request, boolean reused, IOException failure) {
    ended(new Attempt(request.method(), url(request), reason, reused, 0, failure));
  }

  private void ended(Attempt attempt) {
    if (attempts.isEmpty()) {
      attempts = List.of(attempt);
    } else {
      List<Attempt> longer = new ArrayList<>(attempts);
      longer.add(attempt);
      attempts = List.copyOf(longer);
    }
    reason = Attempt.Reason.STEP;
  }

  private static HttpUrl url(HttpRequest request) {
    return Chain.checkUrl(request);
  }

  /** The attempts so far, for a response that may outlive the call. */
  List<Attempt> attempts() {
    return attempts;
  }

  /** Records that a response is handed out that holds its connection, which {@code giveUp} gives up. */
  void hold(Runnable giveUp) {
    if (held.isEmpty()) {
      held = new ArrayList<>(1);
    }
    held.add(giveUp);
  }

  /** How many responses have held a connection when they were handed out. */
  int holds() {
    return held.size();
  }

  /** Gives up what is unread of all responses except the first {@code count}: no step has them any more. */
  void giveUpBehind(int count) {
    // Without a lambda or a view: this also runs when no memory is left.
    for (int i = count; i < held.size(); i++) {
      held.get(i).run();
    }
  }

  /** Records that a redirect leads away from an origin: the agent's credentials for it are not sent any more. */
  void leave(HttpUrl url) {
    if (leftOrigins.isEmpty()) {
      leftOrigins = new HashSet<>();
    }
    leftOrigins.add(url.origin());
  }

  /** Starts afresh: no origin has been left. */
  void stay() {
    leftOrigins = Set.of();
  }

  /** Whether a redirect has led from one origin to another. */
  boolean hasLeft() {
    return !leftOrigins.isEmpty();
  }

  boolean hasLeft(HttpUrl url) {
    return !leftOrigins.isEmpty() && leftOrigins.contains(url.origin());
  }

  void tell(CallEvent.Kind kind, HttpUrl url, int status) {
    if (isTold()) {
      tell(kind, url, String.valueOf(status));
    }
  }

  void tell(CallEvent.Kind kind, HttpUrl url, String detail) {
    if (!isTold()) {
      return;
    }
    CallEvent event = new CallEvent(number, kind, url, deadline.elapsed(), detail);
    hear(event);
    if (Log.isDebug()) {
      Log.debug("{}", event);
    }
  }

  private boolean isTold() {
    return listener != CallListener.NONE || Log.isDebug();
  }

  private void hear(CallEvent event) {
    try {
      listener.event(event);
    } catch (RuntimeException e) {
      Log.threw(listener, e);
    }
  }

  /**
   * Frees the connection of a response that another request follows.
   *
   * @throws DeadlineExceededException if the time of the call ended meanwhile: by the next request, its server
   *     would be to blame
   */
  void settle(HttpResponse response) throws DeadlineExceededException {
    response.settle(deadline);
    if (deadline.isExpired()) {
      String happened = "the time for " + Phase.CALL + " ran out after";
      throw deadline.exceeded(response.endpoint(), BodyStream.BODY, happened, "");
    }
  }

  /** Passes on the steps of a dial, which may be that of a proxy for the URL. */
  DialListener dialing(HttpUrl url) {
    return new DialListener() {
      @Override
      public Optional<Endpoint> aim() {
        return Optional.of(url.endpoint());
      }

      @Override
      public void done(Phase step, Endpoint hop) {
        switch (step) {
          case RESOLVE -> tell(CallEvent.Kind.RESOLVED, url, hop.host());
          case CONNECT -> tell(CallEvent.Kind.CONNECTED, url, hop.toString());
          case PROXY -> tell(CallEvent.Kind.TUNNELLED, url, hop.toString());
          default -> tell(CallEvent.Kind.SECURED, url, hop.toString());
        }
      }
    };
  }
}
