package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.pool.Visit;
import java.io.IOException;
import java.time.Duration;

/** Connects an event source through an agent, in a visit to its pool that any thread can end. */
final class EventConnector implements EventSource.Connector {
  private static final Activity WAITING = new Activity(Phase.CALL, "waiting to connect again");

  private final HttpAgent agent;
  private final Duration callTimeout;
  private final Visit visit;

  EventConnector(HttpAgent agent, Duration callTimeout, Visit visit) {
    this.agent = agent;
    this.callTimeout = callTimeout;
    this.visit = visit;
  }

  @Override
  public HttpResponse send(HttpRequest request) throws IOException {
    return agent.send(request, callTimeout, visit);
  }

  @Override
  public void pause(Duration time, HttpRequest request) throws IOException {
    visit.pause(time, Chain.checkUrl(request).endpoint(), WAITING);
  }

  @Override
  public void end() {
    visit.end();
  }
}
