package dev.wireline.http;

import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.pool.WirePool;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Connects an event source through an agent, and waits where the close of the agent is heard. */
final class EventConnector implements EventSource.Connector {
  private static final Activity WAITING = new Activity(Phase.CALL, "waiting to connect again");

  private final HttpAgent agent;
  private final WirePool pool;

  EventConnector(HttpAgent agent, WirePool pool) {
    this.agent = agent;
    this.pool = pool;
  }

  @Override
  public HttpResponse send(HttpRequest request) throws IOException {
    return agent.send(request);
  }

  @Override
  public void pause(Duration time, HttpRequest request, BooleanSupplier ended) throws IOException {
    pool.pause(time, Chain.checkUrl(request).endpoint(), WAITING, ended);
  }

  @Override
  public void wake() {
    pool.wakePaused();
  }
}
