package dev.wireline.examples;

import dev.wireline.endpoint.Endpoint;
import dev.wireline.line.LineClient;
import dev.wireline.line.LineOptions;
import dev.wireline.line.Message;
import dev.wireline.line.Multiplexer;
import dev.wireline.line.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client of the Asterisk Manager Interface: any number of threads act, and hear what happens.
 *
 * <p>An answer that says no is a {@link ReplyException}, and the connection goes on. Thread-safe.
 */
public final class Ami extends LineClient {
  private static final int PORT = 5038;
  private static final int MAX_FIELDS = 1000;
  private static final String BANNER = "Asterisk Call Manager/";
  private static final String ID = "ActionID";

  private final Multiplexer<Map<String, String>> calls =
      Multiplexer.of(this, this::packet, Ami::answered);
  private final AtomicLong ids = new AtomicLong();

  public Ami(String endpoint) {
    super(endpoint, PORT);
  }

  public Ami(Endpoint endpoint, LineOptions options) {
    super(endpoint, options);
  }

  @Override
  protected void greet() throws IOException {
    String banner = readLine();
    if (!banner.startsWith(BANNER)) {
      throw malformed("the banner starts with " + BANNER, banner);
    }
  }

  /** Logs in. Without it the server answers nothing else. */
  public void login(String user, String secret) throws IOException {
    String id = nextId();
    ask(id, action("Login", id).line(field("Username", user)).secretLine(field("Secret", secret)));
  }

  /** Acts, and gives what the server answered; some threads may do so at once. */
  public Map<String, String> act(String action, Map<String, String> fields) throws IOException {
    String id = nextId();
    Message request = action(action, id);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      request = request.line(field(field.getKey(), field.getValue()));
    }
    return ask(id, request);
  }

  /** Waits for the next event, so long at most. Up to a thousand are kept between two calls. */
  public Optional<Map<String, String>> nextEvent(Duration time) throws IOException {
    return calls.nextEvent(time);
  }

  private Map<String, String> ask(String id, Message request) throws IOException {
    Map<String, String> answer = calls.call(id, request.line(""));
    if ("Error".equals(answer.get("Response"))) {
      throw refused(answer.getOrDefault("Message", "Error"));
    }
    return answer;
  }

  private String nextId() {
    return Long.toString(ids.incrementAndGet());
  }

  private static Message action(String name, String id) {
    return Message.of().line(field("Action", name)).line(field(ID, id));
  }

  private static String field(String name, String value) {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the name of a field is not empty and has no colon");
    }
    return name + ": " + value;
  }

  /** Lines of fields, up to an empty one; what comes again goes on a line of its own. */
  private Map<String, String> packet() throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    int count = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw malformed("a field is a name, a colon and a value", line);
      }
      if (++count > MAX_FIELDS) {
        throw exceeded("maxFields", MAX_FIELDS);
      }
      String value = line.substring(colon + 1).strip();
      fields.merge(line.substring(0, colon), value, (one, more) -> one + "\n" + more);
    }
    return fields;
  }

  /** Events may carry the id of an action too. */
  private static Optional<String> answered(Map<String, String> packet) {
    return packet.containsKey("Response") ? Optional.ofNullable(packet.get(ID)) : Optional.empty();
  }
}
