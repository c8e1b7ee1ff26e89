package dev.wireline.docs;

// docs: spring-service
import dev.wireline.http.HttpAgent;
import java.io.IOException;

/** What the harbour says about the tides. Thread-safe. */
public class Tides {
  private final HttpAgent agent;

  public Tides(HttpAgent agent) {
    this.agent = agent;
  }

  public String today() throws IOException {
    return agent.get("tides/today").requireSuccess().text();
  }
}
// end: spring-service
