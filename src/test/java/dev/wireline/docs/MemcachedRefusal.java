package dev.wireline.docs;

// docs: memcached-refusal
import dev.wireline.endpoint.Endpoint;
import dev.wireline.error.Activity;
import dev.wireline.error.Phase;
import dev.wireline.error.WirelineException;

/** Memcached answered properly, and the answer is an error; the connection stays usable. */
public final class MemcachedRefusal extends WirelineException {
  private static final long serialVersionUID = 1;
  private static final Activity READING = new Activity(Phase.READ, "reading an answer from");

  private final String answer;

  MemcachedRefusal(Endpoint endpoint, String answer) {
    super(endpoint, READING, "memcached says " + quoted(answer), true);
    this.answer = answer;
  }

  /** The whole line, as the server sent it. */
  public String answer() {
    return answer;
  }
}
// end: memcached-refusal
